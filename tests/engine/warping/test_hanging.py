"""Spread sleeves are hung before a network sees them."""

import numpy as np

from engine.imaging.sampling import taken_from
from engine.warping.hanging import hung
from engine.warping.parts import parts_of
from tests.engine.warping.garments import garment


def test_sleeves_that_hang_are_left() -> None:
    assert hung(parts_of(garment(10, 10))) is None
    assert hung(parts_of(garment())) is None


def test_spread_sleeves_hang_and_the_garment_fills_the_picture() -> None:
    mask = garment(85, 85, length=50)
    places = hung(parts_of(mask))
    assert places is not None
    made = taken_from(mask, places) > 127
    columns = np.flatnonzero(made.any(axis=0))
    assert made.sum() > 1.15 * (mask > 127).sum()
    assert (columns[0] < 12) or (made[:12].any())
    lowest = [np.flatnonzero(made[:, column]).max() for column in (columns[9], columns[-10])]
    highest = [np.flatnonzero(made[:, column]).min() for column in (columns[9], columns[-10])]
    assert min(lowest) - max(highest) > 40, "a sleeve's column is as high as it is long, not as it is wide"


def test_the_hung_picture_takes_every_pixel_from_the_garment() -> None:
    mask = garment(70, 70, length=60)
    places = hung(parts_of(mask))
    assert places is not None
    there = (places > 0).all(axis=2)
    assert (taken_from(mask, places)[there] > 127).mean() > 0.97


def test_one_spread_sleeve_suffices() -> None:
    assert hung(parts_of(garment(10, 80))) is not None
