"""Garments without sleeves leave the arms bare from the shoulder on."""

import numpy as np
import pytest

from engine.labels import Seg
from engine.tryon.armholes import with_armholes
from engine.values import Sleeves
from tests.engine.category.test_sleeves import SIZE, pose

ROWS, RIGHT, LEFT = slice(98, 150), slice(93, 108), slice(273, 288)


def sleeves(length: float, doubt: float = 0.1) -> Sleeves:
    return Sleeves(np.array([length, doubt], np.float32))


def capped() -> np.ndarray:
    """A top with little sleeves, wider than the arms, that stand off to the outside."""
    labels = np.zeros(SIZE, np.uint8)
    labels[90:400, 80:300] = Seg.UPPER
    labels[85:160, 50:330] = Seg.UPPER
    labels[160:320, 85:115], labels[160:320, 265:295] = Seg.RIGHT_ARM, Seg.LEFT_ARM
    return labels


COAT = np.where(np.arange(SIZE[1]) // 10 % 38 > 2, np.uint8(Seg.UPPER), np.uint8(0)) * np.ones(SIZE, np.uint8)


def test_arms_are_bare_from_their_joints_on_and_nothing_hangs_in_the_air() -> None:
    made = with_armholes(capped(), COAT, pose(), sleeves(0.02))
    assert (made[ROWS, RIGHT] == Seg.RIGHT_ARM).all()
    assert (made[ROWS, LEFT] == Seg.LEFT_ARM).all()
    assert (made[ROWS, 52:76] == Seg.BACKGROUND).all()
    assert (made[ROWS, 304:328] == Seg.BACKGROUND).all()
    assert (made[100:380, 140:240] == Seg.UPPER).all(), "the body"


def test_the_outline_has_no_steps() -> None:
    """Places along arms are worked out in a smaller picture."""
    made = with_armholes(capped(), COAT, pose(), sleeves(0.02))
    inner = (made[110:155] == Seg.RIGHT_ARM).argmin(axis=1) - (made[110:155, ::-1] == Seg.RIGHT_ARM).argmin(axis=1)
    edge = np.array([np.flatnonzero(row == Seg.RIGHT_ARM)[-1] for row in made[110:155]])
    assert np.abs(np.diff(edge)).max() <= 1, inner


@pytest.mark.parametrize("said", [sleeves(0.4), sleeves(0.02, 0.4), sleeves(float("nan")), sleeves(0.0, float("nan"))])
def test_sleeves_and_doubt_change_nothing(said: Sleeves) -> None:
    assert np.array_equal(with_armholes(capped(), COAT, pose(), said), capped())


def test_a_bare_arm_of_the_photo_is_as_wide_as_it_shows_and_what_lies_before_it_stays() -> None:
    before = COAT.copy()
    before[90:320, 60:109] = Seg.RIGHT_ARM
    before[100:140, 265:295] = Seg.BOTTOM  # something else lies over the other arm
    made = with_armholes(capped(), before, pose(), sleeves(0.02))
    assert (made[110:150, 62:107] == Seg.RIGHT_ARM).all()
    assert (made[105:135, LEFT] == Seg.UPPER).all()
