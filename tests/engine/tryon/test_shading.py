"""The light of the photo on new cloth: a fold of a plain old top stays, a pattern of it does not."""

import numpy as np
import pytest

from engine.arrays import Array8, FloatPicture
from engine.tryon.shading import lit

SIZE = (256, 192)
TOP = np.zeros(SIZE, dtype=bool)
TOP[60:200, 40:150] = True
EVERYWHERE = np.ones(SIZE, dtype=bool)
WHITE: FloatPicture = np.full((*SIZE, 3), 240, dtype=np.float32)
FOLD = 1 - 0.25 * np.exp(-(((np.arange(SIZE[0]) - 130) / 8) ** 2))[:, None, None]  # a soft dark line across


def photo(colour: tuple[int, int, int]) -> Array8:
    """A top of one colour, with the fold in it, before grey."""
    picture = np.full((*SIZE, 3), 128, dtype=np.uint8)
    picture[TOP] = np.rint(np.asarray(colour) * np.broadcast_to(FOLD, (*SIZE, 1)))[TOP]
    return picture


@pytest.mark.parametrize("colour", [(200, 60, 60), (240, 240, 240), (70, 75, 90)])
def test_a_fold_of_a_plain_top_is_on_the_new_one(colour: tuple[int, int, int]) -> None:
    made = lit(WHITE, photo(colour), TOP, EVERYWHERE)
    assert made[130, 95, 0] < 0.95 * made[90, 95, 0]
    assert made[90, 95, 0] == pytest.approx(240, rel=0.02)
    assert np.array_equal(made[:50], WHITE[:50]), "there was no old top"


def test_light_ends_softly_where_the_old_top_does() -> None:
    made = lit(WHITE, photo((200, 60, 60)), TOP, EVERYWHERE)[130, :, 0]
    assert 240 - made.min() > 25
    assert np.abs(np.diff(made)).max() < 10
    assert made[0] == made[-1] == 240


def test_only_the_new_garment_is_lit() -> None:
    new = TOP.copy()
    new[:, :95] = False
    made = lit(WHITE, photo((200, 60, 60)), TOP, new)
    assert np.array_equal(made[~new], WHITE[~new])
    assert not np.array_equal(made[new], WHITE[new])


def test_a_pattern_is_no_light() -> None:
    striped = photo((200, 60, 60))
    striped[TOP & (np.arange(SIZE[0])[:, None] % 24 < 12)] = (60, 60, 200)
    assert lit(WHITE, striped, TOP, EVERYWHERE) is WHITE


def test_a_print_is_left_out() -> None:
    printed = photo((240, 240, 240))
    printed[80:110, 80:110] = (20, 20, 20)
    made = lit(WHITE, printed, TOP, EVERYWHERE)
    assert made[95, 95, 0] == pytest.approx(240, rel=0.03)
    assert made[130, 60, 0] < 0.95 * 240


def test_faint_letters_of_the_tops_own_colour_are_left_out() -> None:
    """Grey on white, finer than a fold: no step as large as a print's, yet it could be read on the new cloth."""
    lettered = photo((240, 240, 240))
    letters = np.zeros(SIZE, dtype=bool)
    letters[80:104, 70:120] = (np.arange(24)[:, None] % 6 < 3) & (np.arange(50) % 5 < 3)
    lettered[letters] = 190
    made = lit(WHITE, lettered, TOP, EVERYWHERE)[..., 0]
    assert made[76:108, 66:124].min() > 0.98 * 240
    assert made[130, 60] < 0.95 * 240


def test_what_lies_within_a_print_is_left_out_with_it() -> None:
    """A drawing of the top's colour has large places, which differ from the cloth and are not busy."""
    drawn = photo((90, 120, 70))
    frame = np.zeros(SIZE, dtype=bool)
    frame[80:104, 70:94] = True
    drawn[frame] = (80, 107, 62)
    for edge in (80, 84, 100, 104):
        drawn[edge : edge + 2, 70:94] = (60, 80, 50)
        drawn[80:106, edge - 10 : edge - 8] = (60, 80, 50)
    made = lit(WHITE, drawn, TOP, EVERYWHERE)[..., 0]
    assert made[84:102, 74:90].min() > 0.985 * 240
    assert made[130, 60] < 0.95 * 240


def test_black_beside_the_tops_colour_is_another_cloth() -> None:
    """A black yoke has no colour, as a deep shadow has none; and nothing ends at a hard edge around it."""
    yoke = photo((200, 60, 60))
    yoke[60:80, 40:150] = (12, 10, 10)
    made = lit(WHITE, yoke, TOP, EVERYWHERE)[..., 0]
    assert made[62:76, 60:130].min() > 0.95 * 240
    assert np.abs(np.diff(made[:110, 95])).max() < 3


def test_a_black_top_shows_nothing() -> None:
    assert lit(WHITE, photo((6, 6, 6)), TOP, EVERYWHERE) is WHITE


def test_no_old_top_no_light() -> None:
    assert lit(WHITE, photo((200, 60, 60)), np.zeros(SIZE, dtype=bool), EVERYWHERE) is WHITE
