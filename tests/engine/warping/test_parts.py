"""Sleeves are told from the body by their outline."""

import cv2
import numpy as np
import pytest

from engine.warping.parts import Parts, parts_of
from tests.engine.warping.garments import BODY, LENGTH, RADIUS, garment


def by_side(parts: Parts) -> dict[bool, float]:
    return {one.left: one.length for one in parts.sleeves}


@pytest.mark.parametrize("angle", [20, 45, 80])
def test_both_sleeves_are_found_wherever_they_lie(angle: float) -> None:
    length = LENGTH if angle < 60 else 50
    parts = parts_of(garment(angle, angle, length=length))
    found = by_side(parts)
    assert set(found) == {True, False}
    assert found[True] == pytest.approx(length, abs=20)
    assert found[True] == pytest.approx(found[False], abs=4)
    for one in parts.sleeves:
        assert np.median(one.radius) == pytest.approx(RADIUS, abs=2.5)
        assert (one.along[parts.body] == -1).all()


def test_the_way_begins_at_the_body() -> None:
    (left,) = (one for one in parts_of(garment(60, 60)).sleeves if one.left)
    assert left.axis[0, 0] > left.axis[-1, 0]
    assert abs(left.axis[0, 0] - BODY[0]) < 12
    ends = left.along[left.along >= 0]
    assert (ends.min(), ends.max()) == (0, 1)


def test_places_on_a_sleeve_are_counted_from_its_axis() -> None:
    (left,) = (one for one in parts_of(garment(60, 60)).sleeves if one.left)
    middle, beside = left.at(np.array([0.5, 0.5]), np.array([0.0, 5.0]))
    assert middle == pytest.approx(left.axis[[len(left.axis) // 2]][0], abs=3)
    assert np.hypot(*(beside - middle)) == pytest.approx(5, abs=0.2)


def test_a_garment_without_sleeves_is_all_body() -> None:
    parts = parts_of(garment())
    assert parts.sleeves == ()
    assert parts.body[100:180, 70:120].all()


def test_sleeves_that_hang_close_to_the_body_are_body() -> None:
    mask = garment(0, 0)
    left, top, right, bottom = BODY
    cv2.rectangle(mask, (left - 14, top), (right + 14, bottom), 255, -1)
    assert parts_of(mask).sleeves == ()


def test_a_hood_and_a_corner_of_the_hem_are_no_sleeves() -> None:
    mask = garment()
    cv2.circle(mask, (96, 50), 22, 255, -1)
    cv2.line(mask, (BODY[0], BODY[3] - 8), (BODY[0] - 50, BODY[3] + 30), 255, 16)
    assert parts_of(mask).sleeves == ()


def test_nothing_is_no_garment() -> None:
    assert parts_of(np.zeros((1024, 768), np.uint8)).sleeves == ()


def test_the_gap_lies_between_body_and_sleeve() -> None:
    parts = parts_of(garment(25, 25))
    (left,) = (one for one in parts.sleeves if one.left)
    gap = parts.beside(left)
    assert gap.any()
    assert not gap[:, BODY[0] :].any()
    assert not (gap & parts.whole).any()
    y, x = np.argwhere(gap)[len(np.argwhere(gap)) // 2]
    assert (left.along[y, :x] >= 0).any(), "the sleeve is on its left"


def test_masks_of_any_size_are_the_same_garment() -> None:
    large = cv2.resize(garment(45, 45), (768, 1024), interpolation=cv2.INTER_NEAREST)
    small, found = by_side(parts_of(garment(45, 45))), by_side(parts_of(large))
    assert found == pytest.approx(small, abs=3)
