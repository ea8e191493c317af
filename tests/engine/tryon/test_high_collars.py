"""Collars that stand around the neck are told by their shape, and laid around it; open ones are let alone."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.category import UPPER
from engine.labels import Seg
from engine.tryon.high_collars import standing_collar, with_standing_collar
from engine.values import Garment

SIZE = (512, 384)
TOP, JUNCTION, BOTTOM = 112, 124, 420  # rows: of the collar, of the shoulders, of the hem
TALL = 24  # rows of a collar that only a standing one has


def garment(
    high: bool = True, stripes: bool = False, placket: bool = False, dark_inside: bool = False, folded: bool = False
) -> Garment:
    """A top with long shoulders, and above them a collar; one that is folded over is tall."""
    top = JUNCTION - TALL if folded else TOP
    mask, picture = np.zeros(SIZE, np.uint8), np.full((*SIZE, 3), 255, np.uint8)
    body = np.array([(150, JUNCTION), (234, JUNCTION), (310, 160), (290, BOTTOM), (94, BOTTOM), (74, 160)])
    cv2.fillPoly(mask, [body.astype(np.int32)], 255)
    if high:
        mask[top : JUNCTION + 4, 150:234] = 255
    picture[mask > 0] = (90, 60, 120)
    if stripes:
        picture[::8][mask[::8] > 0] = picture[1::8][mask[1::8] > 0] = (220, 200, 210)
    if placket:
        picture[JUNCTION:200, 186:190] = picture[JUNCTION:200, 196:200] = 230
    if dark_inside:
        cv2.ellipse(picture, (192, TOP + 7), (36, 6), 0, 0, 360, (5, 5, 5), -1)
    if folded:
        picture[top + 14 : top + 18, 150:234] = 10
    return Garment(picture, mask)


def person() -> np.ndarray:
    """A face above a neck 90 pixels wide and 60 high, in a round neckline."""
    labels = np.zeros(SIZE, np.uint8)
    labels[120:, 90:294] = Seg.UPPER
    labels[90:150, 147:237] = Seg.NECK
    labels[20:92, 140:244] = Seg.FACE
    return labels


@pytest.mark.parametrize("stripes", [False, True])
def test_a_standing_collar_is_found_where_it_stands(stripes: bool) -> None:
    found = standing_collar(garment(stripes=stripes))
    assert found is not None
    assert found[TOP + 2 : JUNCTION - 2, 160:224].all()
    assert not found[JUNCTION + 8 :].any()


def test_a_tall_collar_stands_whatever_folds_it_has() -> None:
    found = standing_collar(garment(folded=True))
    assert found is not None
    assert found[JUNCTION - TALL + 2 : JUNCTION - 2, 160:224].all()


@pytest.mark.parametrize(
    "other", [{"high": False}, {"placket": True}, {"dark_inside": True}, {"folded": True, "placket": True}]
)
def test_flat_buttoned_and_open_collars_do_not_stand(other: dict[str, bool]) -> None:
    assert standing_collar(garment(**other)) is None
    assert np.array_equal(with_standing_collar(person(), garment(**other)), person())


def test_no_garment_has_no_collar() -> None:
    assert standing_collar(Garment(np.full((*SIZE, 3), 255, np.uint8), np.zeros(SIZE, np.uint8))) is None


def test_the_neck_is_covered_as_high_as_the_collar_stands_and_the_face_is_not() -> None:
    before = person()
    made = with_standing_collar(before, garment())
    covered = (made == Seg.UPPER) & (before == Seg.NECK)
    rows = np.flatnonzero(covered.any(axis=1))
    assert abs(rows[0] - (120 - (JUNCTION - TOP) * 90 / 84)) < 8
    assert (made[rows[0] + 2 : 150, 150:234] == Seg.UPPER).all()
    assert np.array_equal(made == Seg.FACE, before == Seg.FACE)
    assert (made[92 : rows[0] - 1, 150:234] == Seg.NECK).all()
    assert np.array_equal(made[before == Seg.UPPER], before[before == Seg.UPPER])


def test_hair_over_a_shoulder_hides_nothing_of_the_collars_height() -> None:
    free, hidden = person(), person()
    hidden[100:300, 215:300] = Seg.HAIR
    rows = [
        np.flatnonzero(((with_standing_collar(one, garment()) == Seg.UPPER) & (one == Seg.NECK)).any(axis=1))[0]
        for one in (free, hidden)
    ]
    assert abs(rows[0] - rows[1]) < 10


def test_who_shows_no_neck_and_what_has_no_neckline_stay_as_they_are() -> None:
    bare = np.where(person() == Seg.NECK, np.uint8(Seg.HAIR), person())
    assert np.array_equal(with_standing_collar(bare, garment()), bare)
    assert np.array_equal(with_standing_collar(person(), garment(), replace(UPPER, neckline=False)), person())
