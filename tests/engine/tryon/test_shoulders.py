"""Garments lie on shoulders; collars, sleeves and what the photo does not show of them are let alone."""

import numpy as np
import pytest

from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.tryon.shoulders import lying_on_shoulders

SIZE = (512, 384)


def pose(*missing: Joint) -> Pose:
    keypoints = np.zeros((25, 3), np.float32)
    for joint, x in ((Joint.RIGHT_SHOULDER, 122), (Joint.LEFT_SHOULDER, 262)):
        keypoints[joint] = 0 if joint in missing else (x, 160, 1)
    return Pose(keypoints, SIZE)


def photo() -> np.ndarray:
    """A neck between shoulders whose upper outline is row 140."""
    labels = np.zeros(SIZE, np.uint8)
    labels[40:100, 165:219] = Seg.FACE
    labels[100:140, 175:209] = Seg.NECK
    labels[140:450, 110:274] = Seg.UPPER
    return labels


def with_garment(first_row: int, columns: slice) -> np.ndarray:
    labels = photo()
    labels[first_row:150, columns] = Seg.UPPER
    return labels


@pytest.mark.parametrize("columns", [slice(125, 150), slice(235, 260)])
def test_straps_do_not_stand_in_the_air(columns: slice) -> None:
    drawn = with_garment(120, columns)
    made = lying_on_shoulders(drawn, photo(), pose())
    assert (made[120:136, columns] == Seg.BACKGROUND).mean() > 0.95
    assert np.array_equal(made[140:], drawn[140:])
    elsewhere = np.ones(SIZE, np.bool_)
    elsewhere[:140, columns] = False
    assert np.array_equal(made[elsewhere], drawn[elsewhere])


@pytest.mark.parametrize(
    ("first_row", "columns"),
    [(139, slice(125, 150)), (132, slice(209, 212)), (130, slice(276, 282)), (100, slice(175, 209))],
    ids=["thick cloth", "collar", "puffed sleeve", "turtleneck"],
)
def test_what_may_stand_away_stays(first_row: int, columns: slice) -> None:
    drawn = with_garment(first_row, columns)
    assert np.array_equal(lying_on_shoulders(drawn, photo(), pose()), drawn)


def test_nothing_is_known_without_both_shoulders_or_from_the_side() -> None:
    drawn = with_garment(110, slice(125, 150))
    assert np.array_equal(lying_on_shoulders(drawn, photo(), pose(Joint.LEFT_SHOULDER)), drawn)
    keypoints = pose().keypoints.copy()
    keypoints[Joint.LEFT_SHOULDER, 0] = 140
    assert np.array_equal(lying_on_shoulders(drawn, photo(), Pose(keypoints, SIZE)), drawn)
