"""Brush strokes: what they paint, and that undo costs and changes only their box."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryon_app.views.canvas.strokes import Stroke

points = st.tuples(st.floats(-10, 50), st.floats(-10, 40))


def test_one_pixel_brush_paints_the_pixel_it_is_in() -> None:
    labels = np.zeros((10, 12), np.uint8)
    stroke = Stroke(labels, 5, 1)
    stroke.to((7.9, 3.1))
    assert np.argwhere(labels == 5).tolist() == [[3, 7]]


def test_a_dab_is_round() -> None:
    labels = np.zeros((41, 41), np.uint8)
    Stroke(labels, 1, 20).to((20.5, 20.5))
    assert labels.sum() == pytest.approx(np.pi * 100, rel=0.06)
    assert (labels == labels[::-1]).all()
    assert (labels == labels.T).all()


def test_a_stroke_has_no_gaps() -> None:
    labels = np.zeros((40, 60), np.uint8)
    stroke = Stroke(labels, 2, 3)
    stroke.to((5, 5))
    stroke.to((55, 35))
    assert all((labels[:, x] == 2).any() for x in range(5, 56))


@given(st.lists(points, min_size=1, max_size=6), st.floats(1, 15), st.integers(0, 19))
def test_undo_and_redo_are_exact(path: list[tuple[float, float]], diameter: float, label: int) -> None:
    before = np.random.default_rng(1).integers(0, 20, (32, 44), dtype=np.uint8)
    labels = before.copy()
    stroke = Stroke(labels, label, diameter)
    for point in path:
        stroke.to(point)
    after, delta = labels.copy(), stroke.finish()
    if delta is None:
        assert (before == after).all()
        return
    delta.revert(labels)
    assert (labels == before).all()
    delta.apply(labels)
    assert (labels == after).all()


def test_delta_is_no_larger_than_what_changed() -> None:
    labels = np.zeros((1024, 768), np.uint8)
    stroke = Stroke(labels, 3, 9)
    stroke.to((100, 200))
    stroke.to((120, 210))
    delta = stroke.finish()
    assert delta is not None
    assert delta.nbytes < 2 * 32 * 24


def test_painting_what_is_there_already_changes_nothing() -> None:
    labels = np.full((20, 20), 4, np.uint8)
    stroke = Stroke(labels, 4, 5)
    stroke.to((10, 10))
    assert stroke.finish() is None


def test_beside_the_map_nothing_is_painted() -> None:
    labels = np.zeros((20, 20), np.uint8)
    stroke = Stroke(labels, 4, 5)
    assert stroke.to((-50, 10)) is None
    assert stroke.finish() is None


def test_a_soft_brush_paints_its_core_at_once_and_the_rest_to_and_fro() -> None:
    def painted(hardness: float, passes: int) -> int:
        labels = np.zeros((60, 200), np.uint8)
        stroke = Stroke(labels, 1, 40, hardness)
        for number in range(passes):
            for x in range(30, 171, 10) if number % 2 == 0 else range(170, 29, -10):
                stroke.to((float(x), 30.5))
        return int(labels[:, 100].sum())

    hard = painted(1.0, 1)
    assert hard == pytest.approx(40, abs=1)
    assert painted(0.5, 1) == pytest.approx(20, abs=1)
    widths = [painted(0.5, passes) for passes in (1, 2, 4, 8)]
    assert widths == sorted(widths)
    assert widths[0] < widths[1] < widths[3] <= hard


@pytest.mark.parametrize("hardness", [0.0, 0.5, 1.0])
def test_a_brush_is_as_large_as_the_pen_is_pressed(hardness: float) -> None:
    labels = np.zeros((60, 60), np.uint8)
    stroke = Stroke(labels, 1, 40, hardness)
    stroke.to((10.5, 30.5), 0.2)
    light = int(labels.sum())
    stroke.to((40.5, 30.5), 0.8)
    assert labels[30, 10] == 1
    assert light <= np.pi * 5**2
    assert labels[30 - 10 : 30 + 10, 40].any()
    assert not labels[:10].any(), "not as large as with all pressure"
    soft = labels.copy()
    delta = stroke.finish()
    assert delta is not None
    delta.revert(labels)
    assert not labels.any()
    delta.apply(labels)
    assert (labels == soft).all()
