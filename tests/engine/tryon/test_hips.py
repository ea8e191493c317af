"""Nobody's hips have holes in them, and none sticks out below the hem of a narrower top."""

import numpy as np
import pytest

from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.tryon.hips import with_hips_behind_arms, with_whole_hips, without_ledges
from tests.engine.tryon.test_parse_cleanup import over_trousers

SIZE = (256, 192)


def pose() -> Pose:
    keypoints = np.zeros((25, 3), np.float32)
    keypoints[Joint.RIGHT_HIP], keypoints[Joint.LEFT_HIP] = (75, 175, 1), (115, 175, 1)
    return Pose(keypoints, SIZE)


def test_where_a_cuff_lay_before_trousers_are_trousers_and_no_hole() -> None:
    before, made = over_trousers(), over_trousers()
    before[180:215, 128:150] = Seg.UPPER  # a cuff before the hip, wider than the arm in it
    made[150:215, 136:150] = Seg.LEFT_ARM
    made[180:215, 128:136] = Seg.BACKGROUND
    whole = with_whole_hips(made, before, pose())
    assert (whole[180:215, 128:136] == Seg.BOTTOM).all()
    assert np.array_equal(whole[:, 136:], made[:, 136:])
    made[100:180, 40:50] = Seg.BACKGROUND
    before[100:180, 40:50] = Seg.UPPER  # a coat was wider: there is wall beside it
    assert np.array_equal(with_whole_hips(made, before, pose())[100:180, 40:50], made[100:180, 40:50])


@pytest.mark.parametrize(("seen", "filled"), [(Seg.UPPER, True), (Seg.BACKGROUND, False)])
def test_between_pieces_of_trousers_there_are_trousers_where_the_old_top_lay_and_wall_where_that_is_seen(
    seen: Seg, filled: bool
) -> None:
    before, made = over_trousers(), over_trousers()
    hole = slice(190, 250), slice(80, 100)
    made[hole], before[hole] = Seg.BACKGROUND, seen
    made[190:250, 100:112] = Seg.LEFT_ARM
    above = slice(100, 150), slice(80, 100)  # what lies above the hips is a sleeve's gap
    made[above] = Seg.BACKGROUND
    whole = with_whole_hips(made, before, pose())
    assert (whole[hole] == (Seg.BOTTOM if filled else Seg.BACKGROUND)).all()
    assert (whole[above] == Seg.BACKGROUND).all()


def behind_an_arm() -> tuple[np.ndarray, np.ndarray]:
    """What a photo shows of a top that goes on behind a bare arm, and a parse of a shorter one without it."""
    before, made = over_trousers(), over_trousers()
    before[150:190, 140:152] = Seg.UPPER
    made[165:180, 50:140] = Seg.BOTTOM
    for labels in (before, made):
        labels[60:215, 128:142] = Seg.LEFT_ARM
    return before, made


def test_behind_an_arm_the_new_top_goes_on_down_to_its_hem_and_below_are_trousers() -> None:
    before, made = behind_an_arm()
    whole = with_hips_behind_arms(made, before, pose())
    assert (whole[150:164, 142:152] == Seg.UPPER).all()
    assert (whole[166:190, 142:152] == Seg.BOTTOM).all()
    assert np.array_equal(whole[:, :142], made[:, :142])


@pytest.mark.parametrize("case", ["sleeve", "apart", "large", "no hips", "raised"])
def test_a_piece_that_is_no_hip_stays_as_predicted(case: str) -> None:
    before, made = behind_an_arm()
    keypoints = pose().keypoints.copy()
    if case == "sleeve":  # the bones of a forearm lie in it
        for joint, row in ((Joint.LEFT_SHOULDER, 70), (Joint.LEFT_ELBOW, 130), (Joint.LEFT_WRIST, 200)):
            keypoints[joint] = (146, row, 1)
    if case == "apart":
        before[150:190, 140:144] = Seg.BACKGROUND
        before[150:190, 152:156] = Seg.UPPER
    if case == "large":
        before[70:230, 142:190] = Seg.UPPER
    if case == "no hips":
        keypoints[[Joint.RIGHT_HIP, Joint.LEFT_HIP]] = 0
    if case == "raised":  # above the shoulders, beside a hand
        keypoints[Joint.LEFT_SHOULDER] = keypoints[Joint.RIGHT_SHOULDER] = (75, 200, 1)
    assert np.array_equal(with_hips_behind_arms(made, before, Pose(keypoints, SIZE)), made)


def test_between_a_sleeve_and_the_hip_beside_it_there_is_wall() -> None:
    before, made = over_trousers(), over_trousers()
    before[100:240, 20:50] = Seg.UPPER
    made[100:240, 20:35] = Seg.UPPER
    assert np.array_equal(with_whole_hips(made, before, pose())[:, :50], made[:, :50])


@pytest.mark.parametrize("mirrored", [False, True])
def test_no_hip_sticks_out_below_the_hem_of_a_narrower_top(mirrored: bool) -> None:
    before, made = over_trousers(), over_trousers()
    made[60:180, 50:65] = Seg.BACKGROUND
    before[60:150, 50:56] = Seg.BACKGROUND
    if mirrored:
        before, made = before[:, ::-1].copy(), made[:, ::-1].copy()
    whole = without_ledges(made, before)
    width = (whole == Seg.UPPER).sum(axis=1)
    assert width[179] >= 88
    assert (np.diff(width[130:180]) >= 0).all()
    assert width[120] == 75
    assert set(whole[whole != made].tolist()) == {int(Seg.UPPER)}
    assert np.array_equal(without_ledges(made, made), made), "where the wall was seen it stays"
