"""Pixels at an outline are told apart by whose colour they have."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.imaging.colour_bleed import bleeding, grown_mask, shrunk_mask

SIZE = (60, 80)
INSIDE: NDArray[np.bool_] = np.zeros(SIZE, dtype=np.bool_)
INSIDE[:, 40:] = True


def picture(inside: int, outside: int) -> NDArray[np.uint8]:
    flat = np.where(INSIDE[..., None], np.uint8(inside), np.uint8(outside)) * np.ones(3, np.uint8)
    return np.asarray(cv2.GaussianBlur(flat, (0, 0), 3), dtype=np.uint8)


def test_the_share_of_a_mixture_is_read_from_its_colour() -> None:
    share = bleeding(picture(20, 220), shrunk_mask(INSIDE, 12), ~grown_mask(INSIDE, 12))
    row = share[30]
    assert (np.diff(row) >= -1e-6).all()
    assert row[0] == 0
    assert row[-1] == 1
    assert row[39] == pytest.approx(0.5, abs=0.1)


def test_colours_that_nobody_tells_apart_leave_no_fringe() -> None:
    share = bleeding(picture(200, 210), shrunk_mask(INSIDE, 12), ~grown_mask(INSIDE, 12))
    assert set(np.unique(share)) == {0.0, 1.0}
    assert (share[:, :52] == 0).all()


@pytest.mark.parametrize("source", [np.zeros(SIZE, bool), np.ones(SIZE, bool)])
def test_without_two_colours_only_the_source_has_it(source: NDArray[np.bool_]) -> None:
    assert np.array_equal(bleeding(picture(0, 255), source, ~source), source.astype(np.float32))
