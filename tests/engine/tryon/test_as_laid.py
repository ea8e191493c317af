"""Short sleeves and hems end as the flow lays them, and nothing else of the parse changes."""

from dataclasses import replace

import numpy as np
import pytest

from engine.arrays import Labels
from engine.category import UPPER
from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.tryon.as_laid import with_hem_as_laid, with_sleeves_as_laid
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
    made = with_sleeves_as_laid(balloon(), laid(), pose())
    for middle in (100, 280):
        for corner in (slice(middle - 20, middle - 16), slice(middle + 16, middle + 20)):
            assert (balloon()[END - 8 : END - 3, corner] != Seg.UPPER).all(), "what is tried"
            assert (made[END - 8 : END - 3, corner] == Seg.UPPER).all()
        assert (made[END + 3 :, middle - 10 : middle + 10] == balloon()[END + 3 :, middle - 10 : middle + 10]).all()


def test_what_was_drawn_beyond_the_end_is_the_arms() -> None:
    made = with_sleeves_as_laid(balloon(), laid(END - 15), pose())
    assert (made[END - 12 : END - 4, 92:108] == Seg.RIGHT_ARM).all()
    assert (made[END - 12 : END - 4, 272:288] == Seg.LEFT_ARM).all()


def test_a_sleeve_that_is_laid_flat_does_not_stand_out_from_the_arm() -> None:
    wide = with_sleeves_as_laid(balloon(), laid(half=52), pose())
    assert (wide[END - 5, 49:60] == Seg.BACKGROUND).all()
    assert (wide[END - 5, 80:100] == Seg.UPPER).all()


@pytest.mark.parametrize("end", [END + 45, END - 45])
def test_ends_far_apart_are_left_as_predicted(end: int) -> None:
    assert np.array_equal(with_sleeves_as_laid(balloon(), laid(end), pose()), balloon())


def test_long_sleeves_unknown_arms_and_what_lies_over_a_sleeve_stay() -> None:
    long = np.where(np.isin(balloon(), (Seg.LEFT_ARM, Seg.RIGHT_ARM)), np.uint8(Seg.UPPER), balloon())
    assert np.array_equal(with_sleeves_as_laid(long, laid(), pose()), long)
    unknown = pose(Joint.RIGHT_ELBOW, Joint.LEFT_ELBOW)
    assert np.array_equal(with_sleeves_as_laid(balloon(), laid(), unknown), balloon())
    combed = balloon()
    combed[100:148, 70:80] = Seg.HAIR
    assert (with_sleeves_as_laid(combed, laid(), pose())[100:148, 70:80] == Seg.HAIR).all()


def test_the_outline_has_no_teeth() -> None:
    ragged = laid()
    ragged[END - 3 : END, ::4] = False
    made = with_sleeves_as_laid(balloon(), ragged, pose())
    ends = np.array([np.flatnonzero(made[:, x] == Seg.UPPER).max() for x in range(84, 116)])
    assert np.ptp(ends) <= 1


HEM = 350


def hipped(*missing: Joint) -> Pose:
    keypoints = pose().keypoints.copy()
    for joint, x in ((Joint.RIGHT_HIP, 150), (Joint.LEFT_HIP, 230)):
        keypoints[joint] = (x, 320, float(joint not in missing))
    return Pose(keypoints, SIZE)


def rounded() -> Labels:
    """A top whose hem has lost its corners, over a skirt that is as wide."""
    labels = np.zeros(SIZE, np.uint8)
    labels[90:HEM, 130:250] = Seg.UPPER
    labels[HEM:, 130:250] = Seg.BOTTOM
    for column in range(12):
        for x in (130 + column, 249 - column):
            labels[HEM - (12 - column) : HEM, x] = Seg.BACKGROUND
    return labels


def scalloped(end: int = HEM) -> np.ndarray:
    """The same with corners, and a hem of waves."""
    where = np.zeros(SIZE, bool)
    for x in range(130, 250):
        where[90 : end + round(5 * np.sin((x - 130) / 6)), x] = True
    return where


def test_a_hem_gets_its_corners_and_waves_back() -> None:
    made = with_hem_as_laid(rounded(), scalloped(), hipped())
    assert (made[HEM - 9 : HEM - 6, 133:247] == Seg.UPPER).all(), "corners"
    ends = np.array([np.flatnonzero(made[:, x] == Seg.UPPER).max() for x in range(140, 240)])
    waves = np.array([np.flatnonzero(scalloped()[:, x]).max() for x in range(140, 240)])
    assert np.abs(ends - waves).max() <= 2
    assert np.array_equal(made[: HEM - 60], rounded()[: HEM - 60])
    assert (made[HEM + 8 :] == rounded()[HEM + 8 :]).all()


@pytest.mark.parametrize("case", ["tucked in", "no hips", "legs", "hands"])
def test_hems_that_are_not_the_same_or_not_seen_stay(case: str) -> None:
    labels, laid_down, where = rounded(), scalloped(HEM + 40 if case == "tucked in" else HEM), hipped()
    if case == "no hips":
        where = hipped(Joint.LEFT_HIP)
    if case == "hands":
        labels[HEM - 20 : HEM + 20, 140:240] = Seg.LEFT_ARM
    category = replace(UPPER, torso=False) if case == "legs" else UPPER
    assert np.array_equal(with_hem_as_laid(labels, laid_down, where, category), labels)


def test_an_arm_before_a_hem_stays() -> None:
    labels = rounded()
    labels[200:420, 225:240] = Seg.LEFT_ARM
    made = with_hem_as_laid(labels, scalloped(), hipped())
    assert (made[200:420, 225:240] == Seg.LEFT_ARM).all()
    assert (made[HEM - 9 : HEM - 6, 133:220] == Seg.UPPER).all()
