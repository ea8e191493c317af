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


def test_marked_sleeves_are_laid_where_the_outline_shows_none() -> None:
    mask = garment()
    cv2.rectangle(mask, (BODY[0] - 16, BODY[1]), (BODY[2] + 16, BODY[3]), 255, -1)
    close = Garment(np.repeat(mask[..., None] // 2, 3, axis=2), mask)
    assert long_sleeves(close, None, person(), said(1.9)) is None
    marked = MarkedParts(np.where(garment() > 0, 0, mask).astype(np.uint8))
    one = long_sleeves(close, marked, person(), said(1.9))
    assert one is not None
    assert len(one.parts.sleeves) == 2
    assert one.laid(STILL, SIZE).flow is not STILL
