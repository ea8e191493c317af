"""The parse goes with the garment that a user pushes about."""

import numpy as np
import pytest

from engine.category import UPPER
from engine.labels import Seg
from engine.tryon.pushed import worn
from engine.values import Segmentation, Warp

SIZE = (64, 48)


def parse() -> Segmentation:
    """A top between hair above and trousers below, on a background."""
    labels = np.full(SIZE, Seg.BACKGROUND, np.uint8)
    labels[4:16, 16:32] = Seg.HAIR
    labels[16:40, 16:32] = Seg.UPPER
    labels[40:, 16:32] = Seg.BOTTOM
    return Segmentation(labels)


def pushed(x: float, y: float) -> Warp:
    """Laid so many pixels further right and down than it was."""
    field = np.zeros((8, 6, 2), np.float32)
    field[:] = (-2 * x / SIZE[1], -2 * y / SIZE[0])
    cloth = np.zeros((*SIZE, 3), np.uint8)
    return Warp(None, cloth, cloth[..., 0], field)


def test_the_garment_is_where_it_was_pushed_and_its_neighbours_where_it_was() -> None:
    labels = worn(parse(), pushed(0, 6), UPPER).labels
    assert (labels[22:46, 16:32] == Seg.UPPER).all()
    assert (labels[46:, 16:32] == Seg.BOTTOM).all()
    assert (labels[16:19, 18:30] == Seg.HAIR).all()
    assert not (labels[16:22] == Seg.UPPER).any()
    beside = worn(parse(), pushed(8, 0), UPPER).labels
    assert (beside[16:40, 24:40] == Seg.UPPER).all()
    assert (beside[20:36, 16:20] == Seg.BACKGROUND).all()


def test_what_lies_over_it_stays_there() -> None:
    labels = worn(parse(), pushed(0, -6), UPPER).labels
    assert (labels[4:16, 16:32] == Seg.HAIR).all()
    assert (labels[36:40, 21:27] == Seg.BOTTOM).all(), "a shorter hem"


@pytest.mark.parametrize("displacement", [None, np.zeros((4, 3, 2), np.float32)])
def test_a_garment_that_nobody_pushed_has_the_predicted_parse(displacement: np.ndarray | None) -> None:
    predicted, laid = parse(), pushed(0, 0)
    found = worn(predicted, Warp(None, laid.cloth, laid.mask, displacement), UPPER)
    assert np.array_equal(found.labels, predicted.labels)
    assert (found is predicted) is (displacement is None)
