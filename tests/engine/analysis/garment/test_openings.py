"""Backdrop that shows through drawn garments is opened; white cloth and white prints are not."""

import numpy as np
import pytest

from engine.analysis.garment.cut_out import find_garment

SIZE = (400, 300)
KEYHOLE = slice(66, 82), slice(146, 154)
GAP = slice(180, 300), slice(90, 94)
PRINT = slice(160, 220), slice(130, 170)


class Sees:
    """A network that says of each pixel what it is told to."""

    def __init__(self, probability: np.ndarray) -> None:
        self._probability = probability

    def probability(self, picture: np.ndarray) -> np.ndarray:
        return self._probability


def on_paper(cloth: tuple[int, int, int] = (40, 60, 120)) -> tuple[np.ndarray, np.ndarray]:
    """A top on a studio's paper, and a network that sees no holes in it."""
    photo, seen = np.full((*SIZE, 3), 252, np.uint8), np.zeros(SIZE, np.float32)
    photo[60:340, 60:240], seen[60:340, 60:240] = cloth, 0.99
    return photo, seen


def mask_of(photo: np.ndarray, seen: np.ndarray) -> np.ndarray:
    return find_garment(photo, Sees(seen)).mask > 0


def test_a_keyhole_at_the_neck_is_open() -> None:
    photo, seen = on_paper()
    photo[KEYHOLE] = 252
    mask = mask_of(photo, seen)
    assert not mask[KEYHOLE].any()
    assert (mask[60:340, 60:240].mean() * 280 * 180) == pytest.approx(280 * 180 - 16 * 8, abs=120)


def test_a_slit_between_sleeve_and_body_that_a_network_doubts_is_open() -> None:
    photo, seen = on_paper()
    photo[GAP], seen[GAP] = 251, 0.4
    assert not mask_of(photo, seen)[GAP].any()


def test_a_cut_out_deep_in_the_garment_of_which_a_network_is_unsure_is_open() -> None:
    photo, seen = on_paper()
    photo[PRINT], seen[PRINT] = 252, 0.75
    assert not mask_of(photo, seen)[PRINT].any()


def test_a_print_as_blank_as_the_paper_stays() -> None:
    photo, seen = on_paper()
    photo[PRINT] = 252
    assert mask_of(photo, seen)[PRINT].all()


def test_a_white_print_near_the_outline_that_is_no_paper_stays() -> None:
    photo, seen = on_paper()
    photo[KEYHOLE] = 246
    assert mask_of(photo, seen)[KEYHOLE].all()


def test_a_hole_with_a_faint_edge_stays() -> None:
    """What is hardly darker than the paper around it may be white cloth with a fold."""
    photo, seen = on_paper((238, 238, 238))
    photo[KEYHOLE] = 252
    assert mask_of(photo, seen)[KEYHOLE].all()


def test_white_stripes_stay() -> None:
    photo, seen = on_paper()
    for top in range(80, 330, 24):
        photo[top : top + 10, 64:236] = 252
    assert mask_of(photo, seen)[64:336, 64:236].all()


def test_a_slit_is_open_to_its_narrow_end() -> None:
    photo, seen = on_paper()
    end = slice(300, 330), slice(92, 94)
    photo[GAP], seen[GAP] = 251, 0.4
    photo[end], seen[end] = 200, 0.6
    assert not mask_of(photo, seen)[320, 92:94].any()
