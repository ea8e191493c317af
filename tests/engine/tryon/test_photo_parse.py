"""What the photo shows stays in the predicted parse, unless the new garment covers it."""

import numpy as np
import pytest

from engine.labels import IGNORE, Seg
from engine.tryon.photo_parse import with_even_limbs, with_what_is_seen

SIZE = (256, 192)


def body() -> np.ndarray:
    """A head, a short-sleeved top, two bare arms and trousers."""
    labels = np.zeros(SIZE, np.uint8)
    labels[10:50, 80:112] = Seg.FACE
    labels[50:150, 70:122] = Seg.UPPER
    labels[50:90, 50:142] = Seg.UPPER
    labels[90:160, 50:64], labels[90:160, 128:142] = Seg.RIGHT_ARM, Seg.LEFT_ARM
    labels[150:256, 70:122] = Seg.BOTTOM
    return labels


def test_arms_drawn_beside_where_they_are_lie_where_the_photo_shows_them() -> None:
    before = body()
    predicted = before.copy()
    arms = (Seg.LEFT_ARM, Seg.RIGHT_ARM)
    predicted[np.isin(before, arms)] = Seg.BACKGROUND
    predicted[90:160, 56:70], predicted[90:160, 134:148] = arms
    made = with_what_is_seen(predicted, before)
    assert np.array_equal(np.isin(made, arms)[100:160], np.isin(before, arms)[100:160])


def test_the_new_garment_covers_arms_trousers_and_background_but_no_head() -> None:
    before = body()
    predicted = before.copy()
    predicted[40:200, 40:150] = Seg.UPPER
    made = with_what_is_seen(predicted, before)
    covered = predicted == Seg.UPPER
    assert (made[covered & (before != Seg.FACE)] == Seg.UPPER).all()
    assert (made[before == Seg.FACE] == Seg.FACE).all()


@pytest.mark.parametrize("unknown", [Seg.UPPER, IGNORE])
def test_where_the_old_garment_was_the_prediction_holds(unknown: int) -> None:
    before = np.where(body() == Seg.UPPER, unknown, body()).astype(np.uint8)
    predicted = body()
    predicted[50:90, 50:64], predicted[130:150, 70:122] = Seg.RIGHT_ARM, Seg.BOTTOM
    assert np.array_equal(with_what_is_seen(predicted, before), predicted)


def test_a_sleeve_a_little_narrower_than_the_arm_covers_it() -> None:
    before = np.kron(body(), np.ones((4, 4), np.uint8))
    predicted = before.copy()
    predicted[90 * 4 : 140 * 4, 50 * 4 : 64 * 4] = Seg.BACKGROUND
    predicted[90 * 4 : 140 * 4, 51 * 4 : 62 * 4] = Seg.UPPER  # a long sleeve, narrower by 4 and 8 of 1024
    made = with_what_is_seen(predicted, before)
    assert (made[90 * 4 : 138 * 4, 50 * 4 : 64 * 4] == Seg.UPPER).all()
    assert (made[146 * 4 : 160 * 4, 50 * 4 : 64 * 4] == Seg.RIGHT_ARM).all()


def test_teeth_that_a_print_makes_on_an_arm_are_none_of_its_and_fingers_stay() -> None:
    """As `before` a parse of 256 rows, of which 2 are the blur's spread."""
    before = body()
    before[90:160, 64:70] = Seg.RIGHT_ARM
    for row in range(94, 150, 6):
        before[row : row + 3, 70:73] = Seg.RIGHT_ARM
    nobodys = np.zeros(SIZE, np.bool_)
    made = with_even_limbs(before, nobodys)
    edge = (made[98:146] == Seg.RIGHT_ARM).sum(axis=1)
    assert np.ptp(edge) <= 1, "a straight line"
    assert 70 - 50 <= edge.mean() <= 73 - 50
    assert np.array_equal(made[98:146, 100:], before[98:146, 100:]), "the other arm was even"
    hand = nobodys.copy()
    hand[90:160, 60:75] = True
    assert np.array_equal(with_even_limbs(before, hand)[:, :75], before[:, :75])


def test_without_bare_limbs_nothing_changes() -> None:
    before = body()
    before[np.isin(before, (Seg.LEFT_ARM, Seg.RIGHT_ARM))] = Seg.UPPER
    assert np.array_equal(with_even_limbs(before, np.zeros(SIZE, np.bool_)), before)
