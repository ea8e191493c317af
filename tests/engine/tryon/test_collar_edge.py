"""A mark of a collar's inside, some pixels off, ends where the photo has the front's edge."""

import cv2
import numpy as np
import pytest

from engine.arrays import BoolMask, Picture
from engine.tryon.collar_edge import ended_at_edge

SIZE = (1024, 768)


def opening(deep: int, wide: int = 110) -> BoolMask:
    """The lower half of an ellipse at the garment's top."""
    made = np.zeros(SIZE, np.uint8)
    cv2.ellipse(made, (384, 150), (wide, deep), 0, 0, 180, 1, -1)
    return made > 0


def photo(inside: BoolMask, dark: int) -> tuple[Picture, BoolMask]:
    """A light garment on white, whose inside is darker by so much, and its mask."""
    garment = np.zeros(SIZE, np.bool_)
    garment[150:900, 150:620] = True
    picture = np.full((*SIZE, 3), 255, np.uint8)
    picture[garment] = (180, 170, 160)
    picture[inside & garment] -= np.uint8(dark)
    noise = np.random.default_rng(0).integers(-4, 5, picture.shape)
    return (picture + noise).clip(0, 255).astype(np.uint8), garment


def away(made: BoolMask, true: BoolMask) -> float:
    """The share of the true place that is otherwise."""
    return float((made ^ true).sum() / true.sum())


@pytest.mark.parametrize(("deep", "wide"), [(50, 100), (70, 118), (74, 104)])
def test_it_ends_at_the_edge(deep: int, wide: int) -> None:
    true = opening(60)
    picture, garment = photo(true, 60)
    marked = opening(deep, wide) & garment
    assert away(marked, true & garment) > 0.1
    assert away(ended_at_edge(marked, picture, garment), true & garment) < 0.07


def test_without_an_edge_it_ends_where_it_did() -> None:
    picture, garment = photo(opening(60), 0)
    marked = opening(50, 100) & garment
    assert away(ended_at_edge(marked, picture, garment), marked) < 0.08


def test_a_second_mark_elsewhere_is_none() -> None:
    true = opening(60)
    picture, garment = photo(true, 60)
    print_ = np.zeros(SIZE, np.bool_)
    print_[500:540, 300:340] = True
    assert not ended_at_edge((true & garment) | print_, picture, garment)[400:].any()


def test_nothing_marked_nothing_found() -> None:
    picture, garment = photo(opening(60), 60)
    assert not ended_at_edge(np.zeros(SIZE, np.bool_), picture, garment).any()
