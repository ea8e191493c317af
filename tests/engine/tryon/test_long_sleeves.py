"""Which garments' sleeves are laid along which arms."""

import cv2
import numpy as np
import pytest

from engine.labels import Lip
from engine.networks.flow import SIZE
from engine.tryon.long_sleeves import long_sleeves
from engine.values import Garment, MarkedParts, Person, Sleeves
from tests.engine.warping.garments import BODY, garment
from tests.engine.warping.test_along_arms import STILL, pose


def said(length: float, doubt: float = 0.1) -> Sleeves:
    return Sleeves(np.array([length, doubt], np.float32))


def photo(*angles: float) -> Garment:
    mask = garment(*angles)
    return Garment(np.repeat(mask[..., None] // 2, 3, axis=2), mask)


def person(elbows: str = "apart", hands: bool = True) -> Person:
    parse = np.zeros(SIZE, np.uint8)
    parse[60:200, 60:132] = Lip.UPPER
    if hands:
        parse[146:166, 4:20] = Lip.RIGHT_ARM
        parse[146:166, 176:192] = Lip.LEFT_ARM
    return Person(np.zeros((*SIZE, 3), np.uint8), pose(elbows), parse)


@pytest.mark.parametrize("sleeves", [None, said(0.6), said(1.9, 0.9), said(float("nan")), said(1.9, float("nan"))])
def test_short_or_doubtful_sleeves_are_the_flows(sleeves: Sleeves | None) -> None:
    assert long_sleeves(photo(20, 20), None, person(), sleeves) is None


def test_nothing_is_laid_where_nobody_is_known() -> None:
    assert long_sleeves(photo(20, 20), None, None, said(1.9)) is None
    assert long_sleeves(photo(), None, person(), said(1.9)) is None, "nor a garment that shows none"


def test_a_hanging_garment_is_shown_as_it_is_and_a_spread_one_hung() -> None:
    hanging, spread = photo(15, 15), photo(80, 80)
    first, second = (long_sleeves(one, None, person(), said(1.9)) for one in (hanging, spread))
    assert first is not None
    assert second is not None
    assert first.shown(hanging) is hanging
    shown = second.shown(spread)
    assert shown.size == SIZE
    assert (shown.image[shown.mask == 0] == 255).mean() > 0.95, "white lies around it, as in a shop's photo"


def test_arms_whose_hands_are_hidden_by_the_body_are_behind_it() -> None:
    one = long_sleeves(photo(20, 20), None, person("before", hands=False), said(1.9))
    assert one is not None
    assert one.laid(STILL, SIZE).flow is STILL


def test_hands_in_pockets_are_before_it() -> None:
    one = long_sleeves(photo(20, 20), None, person("apart", hands=False), said(1.9))
    assert one is not None
    assert one.laid(STILL, SIZE).flow is not STILL


def batwing(angle: float) -> tuple[Garment, MarkedParts]:
    """A garment whose sleeves are one with its sides down to the hem, and what of it is sleeve."""
    mask, whole = garment(), garment(angle, angle)
    rows, columns = np.nonzero(whole)
    for x, side in ((BODY[0], columns.argmin()), (BODY[2], columns.argmax())):
        corners = np.array([(x, BODY[1]), (columns[side], rows[side]), (x, BODY[3])], np.int32)
        cv2.fillConvexPoly(whole, cv2.convexHull(corners), 255)
    marks = np.where((garment(angle, angle) > 0) & (mask == 0), 255, 0).astype(np.uint8)
    return Garment(np.repeat(whole[..., None] // 2, 3, axis=2), whole), MarkedParts(marks)


def test_marked_sleeves_are_laid_where_the_outline_shows_none_and_they_lie_spread() -> None:
    spread, marked = batwing(60)
    assert long_sleeves(spread, None, person(), said(1.9)) is None
    one = long_sleeves(spread, marked, person(), said(1.9))
    assert one is not None
    assert len(one.parts.sleeves) == 2
    assert one.laid(STILL, SIZE).flow is not STILL


def test_marked_sleeves_that_hang_are_left_to_the_networks() -> None:
    assert long_sleeves(*batwing(12), person(), said(1.9)) is None
