"""Masks grow and shrink by discs."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.imaging.colour_bleed import disc, distance_from, grown_by_disc, grown_mask, near, shrunk_mask

INSIDE: NDArray[np.bool_] = np.zeros((60, 80), dtype=np.bool_)
INSIDE[:, 40:] = True


@pytest.mark.parametrize(("radius", "pixels"), [(12, 12), (1, 1), (0.2, 1)])  # never less than a pixel
def test_a_mask_grows_and_shrinks_by_its_radius(radius: float, pixels: int) -> None:
    grown, shrunk = grown_mask(INSIDE, radius), shrunk_mask(INSIDE, radius)
    assert np.array_equal(np.flatnonzero(grown[30]), np.arange(40 - pixels, 80))
    assert np.array_equal(np.flatnonzero(shrunk[30]), np.arange(40 + pixels, 80))


def test_corners_are_round() -> None:
    dot = np.zeros((31, 31), dtype=np.bool_)
    dot[15, 15] = True
    grown = grown_mask(dot, 10)
    assert np.array_equal(grown[5:26, 5:26], disc(10) > 0)
    assert grown[15, 5]
    assert not grown[7, 7]


def test_how_far_outside_a_pixel_lies() -> None:
    away = distance_from(INSIDE)
    assert (away[:, 40:] == 0).all()
    assert away[30, 30] == pytest.approx(10, abs=0.5)


@pytest.mark.parametrize("reach", [0.9, 3, 11.2, 40])
@pytest.mark.parametrize("places", [[], [(0, 0)], [(29, 79)], [(30, 40), (12, 7)]])
def test_what_is_near_is_less_than_that_far(places: list[tuple[int, int]], reach: float) -> None:
    region = np.zeros((60, 80), dtype=np.bool_)
    for place in places:
        region[place] = True
    assert np.array_equal(near(region, reach), distance_from(region) < reach)


@pytest.mark.parametrize("place", [(0, 0), (0, 30), (29, 0), (59, 79), (30, 40)])
def test_only_what_can_change_is_looked_at(place: tuple[int, int]) -> None:
    dot = np.zeros((60, 80), dtype=np.bool_)
    dot[place] = True
    assert np.array_equal(grown_mask(dot, 6), cv2.dilate(dot.astype(np.uint8), disc(6)) > 0)
    assert np.array_equal(shrunk_mask(~dot, 6), cv2.erode((~dot).astype(np.uint8), disc(6)) > 0)
    assert np.array_equal(
        shrunk_mask(grown_mask(dot, 9), 6), cv2.erode(grown_mask(dot, 9).astype(np.uint8), disc(6)) > 0
    )
    assert not grown_mask(dot & ~dot, 6).any()


@pytest.mark.parametrize("radius", [1, 16.4, 17, 24, 41])
def test_large_discs_are_those_of_opencv(radius: float) -> None:
    mask = np.random.default_rng(1).random((150, 90)) > 0.99
    mask[0, 3] = mask[-1, -1] = True
    element, own = disc(radius), mask.astype(np.uint8)
    assert np.array_equal(grown_by_disc(255 * own, radius), cv2.dilate(255 * own, element))
    assert np.array_equal(grown_mask(mask, radius), cv2.dilate(own, element) > 0)
    assert np.array_equal(shrunk_mask(~mask, radius), cv2.erode(1 - own, element) > 0)
