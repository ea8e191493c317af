from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.category.agnostic import GREY, agnostic_image, agnostic_parse, bare_limbs
from engine.errors import TryOnError
from engine.imaging.images import resize_labels, resize_picture
from engine.labels import Lip
from engine.pose import Joint, Pose
from tests import fill

SIZE = (1024, 768)
GOLDEN = Path(__file__).parents[2] / "data" / "agnostic.npz"
NEEDED = (Joint.NECK, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER)


def body(size=SIZE):
    points = fill.body_25_keypoints(*size)
    return Pose(np.column_stack([points, points.any(axis=1)]), size)


def without(pose, joints):
    keypoints = pose.keypoints.copy()
    keypoints[list(joints)] = 0
    return Pose(keypoints, pose.size)


def is_grey(image):
    return (image == GREY).all(axis=-1)


def overlap(a, b):
    return (a & b).sum() / (a | b).sum()


@pytest.fixture(scope="module")
def golden():
    with np.load(GOLDEN) as data:
        grey = np.unpackbits(data["image_agnostic_is_grey"])[: SIZE[0] * SIZE[1]].reshape(SIZE).astype(bool)
        return data["parse_agnostic"], grey


def test_the_parse_is_the_published_one_pixel_for_pixel(golden):
    assert (agnostic_parse(fill.lip_labels(*SIZE), body()) == golden[0]).all()


def test_the_grey_region_is_the_published_one_and_the_rest_is_the_photo(golden):
    photo = fill.photo(*SIZE)
    image = agnostic_image(photo, fill.lip_labels(*SIZE), body())
    assert (is_grey(image) == golden[1]).all()
    assert (image[~golden[1]] == photo[~golden[1]]).all()


def test_the_inputs_are_left_as_they_are():
    photo, labels = fill.photo(128, 96), fill.lip_labels(128, 96)
    copies = photo.copy(), labels.copy()
    agnostic_image(photo, labels, body((128, 96)))
    agnostic_parse(labels, body((128, 96)))
    assert (photo == copies[0]).all()
    assert (labels == copies[1]).all()


@pytest.mark.parametrize("size", [(2048, 1536), (512, 384), (256, 192)])
def test_at_other_sizes_it_is_the_same_drawing_scaled(golden, size):
    labels = resize_labels(fill.lip_labels(*SIZE), size)
    photo = resize_picture(fill.photo(*SIZE), size)
    parse = agnostic_parse(labels, body())
    assert (parse == resize_labels(golden[0], size)).mean() > 0.99
    grey = is_grey(agnostic_image(photo, labels, body()))
    assert overlap(grey, resize_labels(golden[1].astype(np.uint8), size) > 0) > 0.97


def test_nothing_of_the_worn_top_is_left_and_head_and_legs_stay():
    labels = fill.lip_labels(*SIZE)
    parse = agnostic_parse(labels, body())
    assert not np.isin(parse, [Lip.UPPER, Lip.DRESS, Lip.COAT, Lip.NECK]).any()
    kept = np.isin(labels, [Lip.FACE, Lip.PANTS])
    assert (parse[kept] == labels[kept]).all()
    assert not is_grey(agnostic_image(fill.photo(*SIZE), labels, body()))[kept].any()


@settings(deadline=None, max_examples=60)
@given(st.sets(st.sampled_from(range(25))), st.sampled_from([(96, 72), (256, 192)]))
def test_any_missing_joints_still_give_a_person_without_the_top(missing, size):
    pose = without(body(size), missing)
    labels, photo = fill.lip_labels(*size), fill.photo(*size)
    if missing >= set(NEEDED):
        with pytest.raises(TryOnError, match="neither a shoulder nor the neck"):
            agnostic_parse(labels, pose)
        return
    parse = agnostic_parse(labels, pose)
    assert not (parse == Lip.UPPER).any()
    assert is_grey(agnostic_image(photo, labels, pose)).any()


@pytest.mark.parametrize(
    "missing",
    [
        {Joint.MID_HIP, Joint.RIGHT_HIP, Joint.LEFT_HIP},
        {Joint.RIGHT_HIP},
        {Joint.LEFT_HIP, Joint.MID_HIP},
        {Joint.NECK},
        {Joint.RIGHT_SHOULDER},
        {Joint.LEFT_SHOULDER, Joint.NECK},
    ],
    ids=lambda joints: "+".join(joint.name for joint in sorted(joints)),
)
def test_estimated_joints_give_nearly_the_same_grey(golden, missing):
    image = agnostic_image(fill.photo(*SIZE), fill.lip_labels(*SIZE), without(body(), missing))
    assert overlap(is_grey(image), golden[1]) > 0.9


def test_a_person_seen_exactly_from_the_side_is_drawn():
    keypoints = body((256, 192)).keypoints.copy()
    keypoints[[Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER], 0] = 96
    keypoints[[Joint.RIGHT_HIP, Joint.LEFT_HIP, Joint.MID_HIP], :2] = (96, 180)
    image = agnostic_image(fill.photo(256, 192), fill.lip_labels(256, 192), Pose(keypoints, (256, 192)))
    assert is_grey(image)[100:150, 96].all()


def test_photo_and_parse_must_have_one_size():
    with pytest.raises(TryOnError, match="photo has the shape 64x48x3, its parse 128x96"):
        agnostic_image(fill.photo(64, 48), fill.lip_labels(128, 96), body((128, 96)))


JOINTS = {
    Joint.NECK: (192, 100), Joint.RIGHT_SHOULDER: (130, 110), Joint.LEFT_SHOULDER: (254, 110),
    Joint.MID_HIP: (192, 330), Joint.RIGHT_HIP: (160, 330), Joint.LEFT_HIP: (224, 330),
    Joint.RIGHT_ELBOW: (70, 210), Joint.RIGHT_WRIST: (70, 330),  # hanging down
    Joint.LEFT_ELBOW: (314, 230), Joint.LEFT_WRIST: (300, 160),  # raised, the hand beside the shoulder
}  # fmt: skip


def thick_bare_arms() -> tuple[np.ndarray, Pose]:
    """Somebody at 512 x 384 whose arms are thicker than the lines along which the agnostic parse is cleared."""
    keypoints = np.zeros((25, 3), np.float32)
    for joint, point in JOINTS.items():
        keypoints[joint] = (*point, 1)
    parse = np.zeros((512, 384), np.uint8)
    cv2.rectangle(parse, (130, 100), (254, 330), int(Lip.UPPER), -1)
    for label, side, hand in ((Lip.LEFT_ARM, "LEFT", (288, 112)), (Lip.RIGHT_ARM, "RIGHT", (70, 372))):
        shoulder, elbow, wrist = (JOINTS[Joint[f"{side}_{part}"]] for part in ("SHOULDER", "ELBOW", "WRIST"))
        for start, end in ((shoulder, elbow), (elbow, wrist)):
            cv2.line(parse, start, end, int(label), 76)
        cv2.circle(parse, hand, 16, int(label), -1)
    return parse, Pose(keypoints, (512, 384))


def test_hands_are_no_bare_limbs_and_what_is_beside_the_lines_is():
    parse, pose = thick_bare_arms()
    agnostic = agnostic_parse(parse, pose)
    shown = bare_limbs(agnostic, pose)
    arms = np.isin(agnostic, (Lip.LEFT_ARM, Lip.RIGHT_ARM))
    assert (shown <= arms).all()
    assert shown[:300, :160].sum() > 500, "beside the arm that hangs"
    hands = np.zeros_like(shown)
    for x, y in ((288, 112), (70, 372)):
        cv2.circle(hands.view(np.uint8), (x, y), 12, 1, -1)
    assert not (shown & hands).any()
    assert (arms & ~shown)[hands].sum() > 300
    assert not (arms & ~shown)[:150, :200].any(), "no shoulder is taken for a hand"


def test_a_limb_whose_end_is_not_found_is_left():
    parse, pose = thick_bare_arms()
    lost = without(pose, [Joint.RIGHT_WRIST])
    agnostic = agnostic_parse(parse, lost)
    assert not bare_limbs(agnostic, lost)[agnostic == Lip.RIGHT_ARM].any()
    assert bare_limbs(agnostic, lost)[agnostic == Lip.LEFT_ARM].any()
