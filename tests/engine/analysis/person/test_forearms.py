"""Sleeves go on down to the hands, before trousers by their colours, before a wall by the arm's bone."""

import numpy as np
import pytest

from engine.analysis.person.colours import smooth_lab
from engine.analysis.person.forearms import along_forearms, in_sleeves, with_whole_sleeves
from engine.arrays import Labels, Picture
from engine.labels import Lip
from engine.pose import Joint, Pose
from engine.pose.skeleton import JOINTS

SIZE = (512, 384)
COLOURS = {
    Lip.UPPER: (25, 25, 28), Lip.PANTS: (80, 90, 120), Lip.FACE: (220, 170, 140),
    Lip.LEFT_ARM: (215, 165, 135), Lip.RIGHT_ARM: (215, 165, 135), Lip.BACKGROUND: (235, 235, 235),
}  # fmt: skip


def pose() -> Pose:
    """Both arms hang beside the body, the elbows at row 230 and the wrists at row 390."""
    keypoints = np.zeros((JOINTS, 3), np.float32)
    places = {"SHOULDER": (90, 110), "ELBOW": (72, 230), "WRIST": (72, 390)}
    for joint, (x, y) in places.items():
        keypoints[Joint[f"RIGHT_{joint}"]] = x, y, 1
        keypoints[Joint[f"LEFT_{joint}"]] = SIZE[1] - x, y, 1
    return Pose(keypoints, SIZE)


def person(top: tuple[int, int, int], **other: tuple[int, int, int]) -> tuple[Picture, Labels]:
    """In long sleeves over trousers."""
    parse = np.zeros(SIZE, np.uint8)
    parse[40:90, 160:225] = Lip.FACE
    parse[90:300, 100:284] = Lip.UPPER
    parse[290:512, 90:294] = Lip.PANTS
    for columns, arm in ((slice(52, 100), Lip.RIGHT_ARM), (slice(284, 332), Lip.LEFT_ARM)):
        parse[100:390, columns] = Lip.UPPER
        parse[390:430, columns] = arm
    picture = np.zeros((*SIZE, 3), np.uint8)
    for label, colour in COLOURS.items():
        picture[parse == label] = other.get(label.name, top if label is Lip.UPPER else colour)
    noise = np.random.default_rng(0).integers(-6, 7, picture.shape)
    return (picture + noise).clip(0, 255).astype(np.uint8), parse


@pytest.mark.parametrize("top", [(25, 25, 28), (160, 40, 40), (235, 230, 220)])
def test_a_sleeve_beside_a_hip_is_no_trousers(top: tuple[int, int, int]) -> None:
    picture, parse = person(top)
    lost = parse.copy()
    lost[310:380, 284:332] = Lip.PANTS
    made = with_whole_sleeves(smooth_lab(picture), lost, pose())
    assert (made[314:376, 290:326] == Lip.UPPER).mean() > 0.99
    assert (made[parse == Lip.PANTS] == Lip.PANTS).mean() > 0.999
    assert np.array_equal(with_whole_sleeves(smooth_lab(picture), parse, pose()), parse)


def test_trousers_of_the_sleeves_colour_stay_trousers() -> None:
    picture, parse = person((25, 25, 28), PANTS=(28, 26, 30))
    parse[310:380, 284:332] = Lip.PANTS
    assert np.array_equal(with_whole_sleeves(smooth_lab(picture), parse, pose()), parse)


def test_a_white_sleeve_before_a_white_wall_goes_on_to_the_hand() -> None:
    picture, parse = person((235, 235, 235))
    lost = parse.copy()
    lost[320:392, 284:332] = Lip.BACKGROUND
    made = with_whole_sleeves(smooth_lab(picture), lost, pose())
    bone = slice(324, 386), slice(300, 324)
    assert (made[bone] == Lip.UPPER).all()
    assert np.array_equal(made[:, :280], parse[:, :280])
    assert (made[:, 350:] == Lip.BACKGROUND).all()


def test_a_bone_beside_its_arm_and_a_bare_arm_claim_no_wall() -> None:
    picture, parse = person((235, 235, 235))
    beside = parse.copy()
    beside[320:392, 308:332] = Lip.BACKGROUND  # half of what lies along the bone
    assert np.array_equal(with_whole_sleeves(smooth_lab(picture), beside, pose()), beside)
    bare = parse.copy()
    bare[250:390, 284:332] = Lip.LEFT_ARM
    bare[350:380, 284:332] = Lip.BACKGROUND
    assert np.array_equal(with_whole_sleeves(smooth_lab(picture), bare, pose()), bare)


def test_sleeves_are_looked_for_where_elbow_and_wrist_are_found() -> None:
    found = along_forearms(pose(), (256, 192))
    assert found[150, 36]
    assert found[150, 192 - 36]
    assert not found[150, 96]
    keypoints = pose().keypoints.copy()
    keypoints[Joint.LEFT_WRIST] = 0
    assert not along_forearms(Pose(keypoints, SIZE), (256, 192))[:, 96:].any()


def test_sleeves_end_at_the_wrists_and_a_bare_forearm_is_in_none() -> None:
    _, parse = person((25, 25, 28))
    found = in_sleeves(parse, pose())
    assert found[270:388, 60:84].all()
    assert found[270:388, 300:324].all()
    assert not found[430:].any()  # the hands
    assert not found[:, 130:250].any()
    parse[200:390, 284:332] = Lip.LEFT_ARM
    assert not in_sleeves(parse, pose())[:, 200:].any()
