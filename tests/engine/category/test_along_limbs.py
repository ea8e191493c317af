"""Where pixels lie along arms."""

import numpy as np
import pytest

from engine.category.along_limbs import along_limbs
from engine.pose import Joint
from tests.engine.category.test_sleeves import SIZE, pose


def test_places_are_counted_in_bones_from_the_shoulder() -> None:
    left, right = along_limbs(pose(), SIZE)
    assert (left.number, right.number) == (0, 1)
    assert right.place[[90, 150, 250, 350], 110] == pytest.approx([0, 0.5, 1.5, 2.5])
    assert right.away[[150, 250], 110] == pytest.approx(10)
    assert right.away[70, 100] == pytest.approx(30), "before the shoulder"


def test_each_pixel_is_nearest_to_one_arm() -> None:
    left, right = along_limbs(pose(), SIZE)
    assert right.nearest[:, :180].all()
    assert not (left.nearest & right.nearest)[:, :180].any()
    assert left.nearest[:, 200:].all()


def test_a_smaller_picture_shows_the_same() -> None:
    (_, whole), (_, half) = (list(along_limbs(pose(), size)) for size in (SIZE, (256, 192)))
    assert half.place[75, 50] == pytest.approx(whole.place[150, 100])
    assert half.away[75, 60] == pytest.approx(whole.away[150, 120] / 2)


def test_arms_that_are_not_found_are_left_out() -> None:
    (only,) = along_limbs(pose(Joint.LEFT_ELBOW), SIZE)
    assert only.number == 1
    assert only.nearest.all()
    assert not np.isnan(only.place).any()
