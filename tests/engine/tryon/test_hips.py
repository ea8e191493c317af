"""Nobody's hips have holes in them, and none sticks out below the hem of a narrower top."""

import numpy as np
import pytest

from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.tryon.hips import with_whole_hips, without_ledges
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
