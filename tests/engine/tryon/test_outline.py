"""The laid cloth goes on to the garment's outline."""

import numpy as np

from engine.tryon.outline import to_outline
from engine.values import Warp


def test_gaps_beside_the_cloth_in_the_garments_place_are_covered() -> None:
    mask = np.zeros((1024, 768), np.uint8)
    mask[300:600, 300:500], mask[300:600, 290:300] = 255, 100
    garment = np.zeros(mask.shape, bool)
    garment[300:600, 250:700] = True
    made = to_outline(Warp(None, np.zeros((1024, 768, 3), np.uint8), mask), garment)
    assert (made[350:550, 250:550] == 255).all()
    assert not made[350:550, 600:].any(), "too far away"
    assert not made[:290].any(), "not the garment's place"
