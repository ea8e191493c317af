"""Short sleeves end as the flow lays them, and nothing else of the parse changes."""

import numpy as np
import pytest

from engine.arrays import Labels
from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.tryon.cuffs import with_cuffs_as_laid
from tests.engine.category.test_sleeves import SIZE, pose

END = 150  # of the sleeves, half way down the upper arms


def balloon() -> Labels:
    """A T-shirt whose sleeves grow narrower towards their rounded ends."""
    labels = np.zeros(SIZE, np.uint8)
    labels[90:400, 130:250] = Seg.UPPER
    for middle, arm in ((100, Seg.RIGHT_ARM), (280, Seg.LEFT_ARM)):
        labels[90:320, middle - 16 : middle + 16] = arm
        for row in range(85, END):
            half = round(22 * np.sqrt(max(0.0, 1 - ((row - 110) / (END - 110)) ** 2))) if row > 110 else 22
            labels[row, middle - half : middle + half] = Seg.UPPER
    return labels


def laid(end: int = END, half: int = 22) -> np.ndarray:
    where = balloon() == Seg.UPPER
    for middle in (100, 280):
        where[85:END, middle - 32 : middle + 32] = False
        where[85:end, middle - half : middle + half] = True
    return where


def test_a_rounded_end_gets_its_corners_back() -> None:
    made = with_cuffs_as_laid(balloon(), laid(), pose())
    for middle in (100, 280):
        for corner in (slice(middle - 20, middle - 16), slice(middle + 16, middle + 20)):
            assert (balloon()[END - 8 : END - 3, corner] != Seg.UPPER).all(), "what is tried"
            assert (made[END - 8 : END - 3, corner] == Seg.UPPER).all()
        assert (made[END + 3 :, middle - 10 : middle + 10] == balloon()[END + 3 :, middle - 10 : middle + 10]).all()


def test_what_was_drawn_beyond_the_end_is_the_arms() -> None:
    made = with_cuffs_as_laid(balloon(), laid(END - 15), pose())
    assert (made[END - 12 : END - 4, 92:108] == Seg.RIGHT_ARM).all()
    assert (made[END - 12 : END - 4, 272:288] == Seg.LEFT_ARM).all()


def test_a_sleeve_that_is_laid_flat_does_not_stand_out_from_the_arm() -> None:
    wide = with_cuffs_as_laid(balloon(), laid(half=52), pose())
    assert (wide[END - 5, 49:60] == Seg.BACKGROUND).all()
    assert (wide[END - 5, 80:100] == Seg.UPPER).all()


@pytest.mark.parametrize("end", [END + 45, END - 45])
def test_ends_far_apart_are_left_as_predicted(end: int) -> None:
    assert np.array_equal(with_cuffs_as_laid(balloon(), laid(end), pose()), balloon())


def test_long_sleeves_unknown_arms_and_what_lies_over_a_sleeve_stay() -> None:
    long = np.where(np.isin(balloon(), (Seg.LEFT_ARM, Seg.RIGHT_ARM)), np.uint8(Seg.UPPER), balloon())
    assert np.array_equal(with_cuffs_as_laid(long, laid(), pose()), long)
    unknown = pose(Joint.RIGHT_ELBOW, Joint.LEFT_ELBOW)
    assert np.array_equal(with_cuffs_as_laid(balloon(), laid(), unknown), balloon())
    combed = balloon()
    combed[100:148, 70:80] = Seg.HAIR
    assert (with_cuffs_as_laid(combed, laid(), pose())[100:148, 70:80] == Seg.HAIR).all()


def test_the_outline_has_no_teeth() -> None:
    ragged = laid()
    ragged[END - 3 : END, ::4] = False
    made = with_cuffs_as_laid(balloon(), ragged, pose())
    ends = np.array([np.flatnonzero(made[:, x] == Seg.UPPER).max() for x in range(84, 116)])
    assert np.ptp(ends) <= 1


def test_cloth_of_the_body_does_not_come_to_lie_before_an_arm_below_its_sleeve() -> None:
    """A body that is laid wider than the person's lies behind the arm."""
    wide = laid()
    wide[85:400, 100:280] = True
    made = with_cuffs_as_laid(balloon(), wide, pose())
    assert (made[END + 22 : END + 45, 86:114] == Seg.RIGHT_ARM).all()
    assert (made[END + 22 : END + 45, 266:294] == Seg.LEFT_ARM).all()


def test_the_sleeve_of_a_folded_arm_stays_as_predicted() -> None:
    keypoints = pose().keypoints.copy()
    for joint in (Joint.RIGHT_WRIST, Joint.LEFT_WRIST):
        keypoints[joint, 1] = 130  # at the shoulder again
    assert np.array_equal(with_cuffs_as_laid(balloon(), laid(), Pose(keypoints, SIZE)), balloon())
    keypoints[[Joint.RIGHT_WRIST, Joint.LEFT_WRIST], 1] = 260
    assert not np.array_equal(with_cuffs_as_laid(balloon(), laid(), Pose(keypoints, SIZE)), balloon())
