"""Pose, parse and mask from other programs' files, for photos of any shape."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.analysis import given_files
from engine.errors import TryOnError
from engine.imaging.framing import frame
from engine.imaging.parses import read_parse
from engine.labels import Lip
from engine.pose import Pose
from tests.rendered import RenderedPair, openpose, rendered_pair, write_labels

PAIR: RenderedPair = rendered_pair(11, (512, 384))
ATR_OF_LIP = {0: 0, 1: 1, 2: 2, 4: 3, 5: 4, 12: 5, 9: 6, 6: 7, 18: 9, 19: 10, 13: 11, 16: 12, 17: 13, 14: 14, 15: 15}


def written(folder: Path, offset: tuple[int, int], size: tuple[int, int], bodies: str) -> dict[str, Path]:
    """Files of the pair's person, laid at `offset` (x, y) into a white photo of `size`."""
    x, y = offset
    photo, parse = np.full((*size, 3), 255, np.uint8), np.zeros(size, np.uint8)
    photo[y : y + 512, x : x + 384], parse[y : y + 512, x : x + 384] = PAIR.image, PAIR.parse
    keypoints = PAIR.pose.keypoints.copy()
    keypoints[keypoints[:, 2] > 0, :2] += offset
    files = {"photo": folder / "photo.png", "pose": folder / "pose.json", "parse": folder / "parse.png"}
    Image.fromarray(photo).save(files["photo"])
    files["pose"].write_text(json.dumps(openpose(keypoints, bodies)))
    write_labels(files["parse"], parse)
    return files


@pytest.mark.parametrize("bodies", ["body25", "coco18"])
def test_a_wide_photo_is_framed_with_its_pose_and_parse(bodies: str, tmp_path: Path) -> None:
    files = written(tmp_path, (300, 150), (700, 1100), bodies)
    person = given_files.read_person(files["photo"], files["pose"], files["parse"], size=(512, 384))
    assert person.size == (512, 384)
    scale = person.framed.scale
    for joint in (1, 2, 5, 8):
        expected = person.framed.to_frame(np.add(PAIR.pose.point(joint), (300, 150)))
        assert np.abs(person.pose.point(joint) - expected).max() < 0.5 * scale
    # photo and parse were framed alike: clothes, taken from the frame, have the colours they have in the photo
    inside = person.image[person.parse == Lip.UPPER].astype(int).mean(axis=0)
    assert np.abs(inside - PAIR.image[PAIR.parse == Lip.UPPER].mean(axis=0)).max() < 6
    assert person.parse.shape == (512, 384)


def test_a_photo_of_the_right_shape_is_taken_whole(tmp_path: Path) -> None:
    files = written(tmp_path, (0, 0), (512, 384), "body25")
    person = given_files.read_person(files["photo"], files["pose"], files["parse"])
    assert person.framed.box == (0, 0, 384, 512)
    assert np.array_equal(person.image, PAIR.image)
    assert np.array_equal(person.parse, PAIR.parse)
    assert person.size == (512, 384)


def test_atr_ids(tmp_path: Path) -> None:
    """Every class that ATR knows comes back as its LIP class; the neck, which it does not know, is face there."""
    table = np.zeros(20, np.uint8)
    for lip, atr in ATR_OF_LIP.items():
        table[lip] = atr
    table[Lip.NECK] = ATR_OF_LIP[Lip.FACE]
    write_labels(tmp_path / "atr.png", table[PAIR.parse])
    expected = np.where(PAIR.parse == Lip.NECK, Lip.FACE, PAIR.parse)
    assert np.array_equal(read_parse(tmp_path / "atr.png", "atr"), expected)


def test_lip_ids_read_as_atr_are_refused(tmp_path: Path) -> None:
    write_labels(tmp_path / "lip.png", np.full((64, 48), 19, np.uint8))
    with pytest.raises(TryOnError, match=r"lip\.png holds the value 19"):
        read_parse(tmp_path / "lip.png", "atr")


def test_an_empty_parse_gets_a_sentence(tmp_path: Path) -> None:
    files = written(tmp_path, (100, 100), (700, 1100), "body25")
    write_labels(files["parse"], np.zeros((700, 1100), np.uint8))
    with pytest.raises(TryOnError, match="all background"):
        given_files.read_person(files["photo"], files["pose"], files["parse"])


def test_a_parse_of_another_shape_is_named(tmp_path: Path) -> None:
    files = written(tmp_path, (100, 100), (700, 1100), "body25")
    write_labels(files["parse"], np.zeros((512, 384), np.uint8))
    with pytest.raises(TryOnError, match=r"parse\.png has 384 x 512 pixels"):
        given_files.read_person(files["photo"], files["pose"], files["parse"])


def test_labels_in_a_frame_are_where_the_pixels_are() -> None:
    """The parse as a picture, framed as a photo, and the parse framed as labels, agree but for borders."""
    framed = frame(PAIR.image, (256, 192), (-60, -40, 360, 520), fill=255)
    labels = given_files.framed_labels(PAIR.parse, framed)
    picture = np.repeat((PAIR.parse == Lip.UPPER).astype(np.uint8)[..., None] * 255, 3, axis=2)
    upper = frame(picture, (256, 192), (-60, -40, 360, 520), fill=0).image[..., 0] > 127
    assert ((labels == Lip.UPPER) != upper).mean() < 0.003
    assert not labels[:, 0].any()


def test_joints_outside_the_frame_are_dropped_and_hands_come_along() -> None:
    hand = np.tile(np.array([[200, 300, 0.8]], np.float32), (21, 1))
    hand[0] = (10, 10, 0.9)
    pose = Pose(PAIR.pose.keypoints, (512, 384), hands=(hand, None))
    moved = given_files.framed_pose(pose, frame(PAIR.image, (256, 192), (100, 150, 340, 470)))
    assert not moved.found(0)  # the nose lies above the frame
    assert moved.found(8)
    assert moved.hands[0] is not None
    assert not moved.hands[0][0].any()
    assert moved.hands[0][1, 0] == pytest.approx((200 + 0.5 - 100) * 0.8 - 0.5)
    assert moved.hands[1] is None
