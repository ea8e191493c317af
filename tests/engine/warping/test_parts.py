"""Sleeves are told from the body by their outline."""

import cv2
import numpy as np
import pytest

from engine.warping.parts import Parts, parts_of, with_marked
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


def test_openings_do_not_change_what_is_body() -> None:
    """A neckline closed by a band above it, and a slit at the side."""
    mask = garment(60, 60)
    whole = parts_of(mask)
    left, top, right, bottom = BODY
    middle = (left + right) // 2
    cv2.fillPoly(mask, [np.array([(middle - 24, top + 6), (middle + 24, top + 6), (middle, top + 50)])], 0)
    mask[bottom - 60 : bottom - 40, left + 8 : left + 10] = 0
    parts = parts_of(mask)
    assert (parts.body == whole.body).all()
    assert by_side(parts) == pytest.approx(by_side(whole))


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


def close(marked: int = 16) -> tuple[np.ndarray, np.ndarray]:
    """A garment whose sleeves hang straight down at the body, to its hem, and the outer columns of it as marks."""
    mask = garment()
    left, top, right, bottom = BODY
    cv2.rectangle(mask, (left - 16, top), (right + 16, bottom), 255, -1)
    marks = np.zeros_like(mask)
    marks[top : bottom + 1, left - 16 : left - 16 + marked] = 255
    marks[top : bottom + 1, right + 16 - marked : right + 17] = 255
    return mask, marks


def test_marked_sleeves_hang_beside_the_body_from_their_upper_end() -> None:
    parts = with_marked(parts_of(close()[0]), close()[1])
    assert {one.left for one in parts.sleeves} == {True, False}
    for one in parts.sleeves:
        assert one.axis[0, 1] < BODY[1] + 25
        assert one.axis[-1, 1] > BODY[3] - 25
        assert np.ptp(one.axis[:, 0]) < 8
        assert np.median(one.radius) == pytest.approx(8, abs=2)
        assert (one.along[parts.body] == -1).all()
    assert parts.body[100, 96]


def test_what_marks_cut_off_from_the_body_is_sleeve() -> None:
    mask, marks = close()
    ends = slice(BODY[3] + 1, BODY[3] + 30)
    mask[ends, BODY[0] - 16 : BODY[0]] = mask[ends, BODY[2] + 1 : BODY[2] + 17] = 255  # longer than the body
    marks[ends.start : ends.start + 15] = mask[ends.start : ends.start + 15]
    parts = with_marked(parts_of(mask), marks)
    assert len(parts.sleeves) == 2
    assert all(one.axis[-1, 1] > BODY[3] + 20 for one in parts.sleeves)


def test_sleeves_that_touch_stay_apart_where_the_marks_leave_a_line() -> None:
    mask = garment()
    marks = np.zeros_like(mask)
    left, top, right, _ = BODY
    for column, far in ((left + 6, 89), (right - 6, 103)):
        cv2.line(marks, (column, top + 8), (far, 170), 255, 12)
    marks[:, 95:98] = 0
    parts = with_marked(parts_of(mask), marks)
    assert {one.left for one in parts.sleeves} == {True, False}
    assert all(one.length > 80 for one in parts.sleeves)


def test_marks_tell_only_what_the_outline_does_not() -> None:
    both = garment(25, 25)
    marks = np.zeros_like(both)
    cv2.rectangle(marks, (BODY[0], BODY[1]), (BODY[0] + 14, BODY[3]), 255, -1)
    assert np.array_equal(with_marked(parts_of(both), marks).sleeves[0].along, parts_of(both).sleeves[0].along)
    right = np.where(np.arange(192) < BODY[0], 0, both).astype(np.uint8)
    found = {one.left: one for one in with_marked(parts_of(right), marks).sleeves}
    assert set(found) == {True, False}
    assert np.array_equal(found[False].along, parts_of(right).sleeves[0].along)
    assert not (with_marked(parts_of(right), marks).body & (found[True].along >= 0)).any()


def test_marks_that_leave_no_body_tell_nothing() -> None:
    mask = garment()
    assert with_marked(parts_of(mask), mask).sleeves == with_marked(parts_of(mask), np.zeros_like(mask)).sleeves == ()


def test_a_strip_along_the_body_below_a_marked_sleeve_is_none() -> None:
    mask, marks = close()
    marks[130:] = 0
    marks[130:, BODY[0] - 10 : BODY[0] - 6] = marks[130:, BODY[2] + 6 : BODY[2] + 10] = 255
    parts = with_marked(parts_of(mask), marks)
    assert len(parts.sleeves) == 2
    assert all(one.axis[:, 1].max() < 140 for one in parts.sleeves)
