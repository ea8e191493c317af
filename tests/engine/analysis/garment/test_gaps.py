"""Shadows of drawn garments on grey walls and floors are no cloth; what is grey on the garment is."""

import cv2
import numpy as np
import pytest

from engine.analysis.garment.gaps import without_gaps

SIZE = (400, 300)
SHADOW = slice(100, 340), slice(240, 256)


def on_floor(cloth: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A top on a grey floor and its shadow to the right, a mask of both, and what a network thinks."""
    photo = np.full((*SIZE, 3), 170, np.uint8)
    photo[80:320, 60:240] = cloth
    photo[SHADOW] = 105
    photo = (photo + np.random.default_rng(1).normal(0, 3, photo.shape)).clip(0, 255).astype(np.uint8)
    mask, seen = np.zeros(SIZE, np.uint8), np.zeros(SIZE, np.float32)
    mask[80:320, 60:240], seen[80:320, 60:240] = 255, 0.98
    mask[SHADOW] = 255
    return cv2.GaussianBlur(photo, (3, 3), 0), mask, seen


@pytest.mark.parametrize(("cloth", "seen_there"), [((190, 40, 90), 0.85), ((35, 35, 38), 0.5)])
def test_a_shadow_that_is_neither_of_the_hue_nor_of_the_darkness_of_the_cloth_goes(
    cloth: tuple[int, int, int], seen_there: float
) -> None:
    photo, mask, seen = on_floor(cloth)
    seen[SHADOW] = seen_there
    found = without_gaps(photo, mask, seen)
    assert (found[110:330, 243:256] == 0).mean() > 0.97
    assert found[84:316, 64:236].all()


@pytest.mark.parametrize(("cloth", "seen_there"), [((190, 40, 90), 0.96), ((110, 110, 112), 0.5)])
def test_what_may_be_cloth_stays(cloth: tuple[int, int, int], seen_there: float) -> None:
    """A grey cuff that a network knows, or one of grey cloth."""
    photo, mask, seen = on_floor(cloth)
    seen[SHADOW] = seen_there
    assert without_gaps(photo, mask, seen)[104:336, 241:253].all()


def test_a_grey_print_stays() -> None:
    photo, mask, seen = on_floor((190, 40, 90))
    photo[150:200, 100:160], seen[150:200, 100:160] = 120, 0.5
    assert without_gaps(photo, mask, seen)[150:200, 100:160].all()


def test_a_white_collar_on_white_paper_stays() -> None:
    photo, mask, seen = on_floor((190, 40, 90))
    photo[photo.std(axis=2) < 12] += 80
    photo[SHADOW], seen[SHADOW] = 225, 0.85
    assert without_gaps(photo, mask, seen)[SHADOW].all()
