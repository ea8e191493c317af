"""Where pixels lie along arms."""

import numpy as np
import pytest

from engine.category.along_limbs import along_limbs, along_path, bare_radius
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


def test_signs_tell_the_sides_of_an_arm() -> None:
    """Left and right of somebody who looks down the arm; in the picture it is the other way round."""
    left, right = along_limbs(pose(), SIZE)
    assert right.beside[150, 110] == pytest.approx(-10)
    assert right.beside[150, 90] == pytest.approx(10)
    assert left.beside[150, 290] == pytest.approx(-10)


def test_a_path_has_any_number_of_points() -> None:
    beside, place = along_path((40, 40), np.array([[5.0, 5], [5, 15], [15, 15], [15, 25]]))
    assert place[[5, 10, 20, 29], [5, 5, 15, 15]] == pytest.approx([0, 0.5, 2.5, 3.4])
    assert np.abs(beside[10, 8]) == pytest.approx(3)


def test_bare_arms_taper() -> None:
    wide = bare_radius(np.array([0.0, 1.0, 2.0]), pose(), SIZE)
    assert wide[0] > wide[1] > wide[2] > 5
