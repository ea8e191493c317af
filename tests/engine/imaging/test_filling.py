"""Nearest pixels and small parts: what is left out for speed changes no result."""

import cv2
import numpy as np
import pytest

from engine.imaging.components import small_parts
from engine.imaging.filling import fill, nearest_places, nearest_values


@pytest.mark.parametrize("exactness", [cv2.DIST_MASK_3, cv2.DIST_MASK_5])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_nearest_places_are_known_and_near(share: float, exactness: int) -> None:
    rng = np.random.default_rng(1)
    known = rng.random((40, 30)) < share
    where = ~known & (rng.random(known.shape) < 0.5)
    places = nearest_places(known, where, exactness)
    assert known.ravel()[places].all()
    asked, sources = np.argwhere(where), np.argwhere(known)
    best = np.linalg.norm(asked[:, None] - sources, axis=2).min(axis=1)
    found = np.linalg.norm(asked - np.column_stack(np.unravel_index(places, known.shape)), axis=1)
    assert (found <= best * 1.1 + 0.5).all()  # OpenCV's distances are that exact


def test_small_parts_of_a_region_away_from_the_edge() -> None:
    region = np.zeros((20, 30), dtype=np.bool_)
    region[5:10, 6:20] = True
    region[14, 25] = region[12:14, 8:10] = True
    small = small_parts(region, 4, least=4)
    assert np.argwhere(small).tolist() == [[14, 25]]
    assert np.array_equal(small_parts(region, 4, share=0.5), region & (np.arange(20)[:, None] > 10))
    assert not small_parts(region, 4, least=1).any()
    assert not small_parts(np.zeros_like(region), 4, least=4).any()


def test_fill_keeps_what_is_known_and_stays_within_its_range() -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(50, 100, (70, 53, 3), dtype=np.uint8)
    known = rng.random((70, 53)) < 0.1
    filled = fill(picture, known)
    assert np.array_equal(filled[known], picture[known])
    assert filled.min() >= 49.9
    assert filled.max() <= 99.1
    assert np.array_equal(fill(picture, np.zeros((70, 53), bool)), picture)


def test_fill_of_a_slope_is_smooth() -> None:
    ramp = np.repeat(np.arange(64, dtype=np.uint8)[None, :, None] * 3, 48, axis=0).repeat(3, axis=2)
    known = np.ones((48, 64), bool)
    known[10:38, 20:44] = False
    assert np.abs(fill(ramp, known) - ramp).max() < 45


def test_nearest_takes_the_colour_of_the_rim() -> None:
    picture = np.zeros((9, 9, 3), np.uint8)
    picture[:, 4] = (np.arange(9) * 20)[:, None]
    known = np.zeros((9, 9), bool)
    known[:, 4] = True
    assert np.array_equal(nearest_values(picture, known, ~known)[::8], picture[:, 4])
