"""Fields that push a picture about: what is under the pointer comes along, nothing folds, pins hold."""

from math import pi

import numpy as np
import pytest

from tryon_app.views.canvas import displacement
from tryon_app.views.canvas.displacement import SIZE, Field, Motion, Reach

HEIGHT, WIDTH = SIZE


def unfolded(field: Field) -> bool:
    """Whether no part of the picture is turned over: the determinant of its derivative is positive everywhere."""
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    (x_down, x_across), (y_down, y_across) = np.gradient(x + field[..., 0]), np.gradient(y + field[..., 1])
    return bool((x_across * y_down - x_down * y_across > 0).all())


def test_what_is_under_the_pointer_comes_along_and_what_is_far_stays() -> None:
    field = displacement.still()
    box = displacement.push(field, (110, 90), (30, 0), Reach(40))
    assert field[90, 110] == pytest.approx((-30, 0), abs=2.5)
    assert not field[:, :35].any()
    assert not field[140:].any()
    assert (box[0] <= 50, box[2] >= 145) == (True, True)
    touched = np.argwhere(field.any(axis=2))
    assert (touched.min(axis=0) >= (box[1], box[0])).all()
    assert (touched.max(axis=0) < (box[3], box[2])).all()
    assert unfolded(field)


def test_the_picture_is_the_same_however_often_the_pointer_tells_where_it_is() -> None:
    once, often = displacement.still(), displacement.still()
    displacement.push(once, (110, 90), (30, 0), Reach(40))
    for step in range(1, 11):
        displacement.push(often, (80 + 3 * step, 90), (3, 0), Reach(40))
    assert np.abs(once - often).max() < 1.5, "of 30"


def test_a_stroke_out_of_the_picture_folds_nothing() -> None:
    field = displacement.still()
    for to in ((150.0, 100.0), (260.0, 130.0), (400.0, 400.0)):
        displacement.push(field, to, (60, 20), Reach(30))
    assert np.isfinite(field).all()
    assert unfolded(field)
    before = field.copy()
    displacement.push(field, (900, 900), (5, 5), Reach(10))
    assert np.array_equal(field, before)


def test_a_long_reach_takes_an_edge_along() -> None:
    field = displacement.still()
    displacement.push(field, (96, 120), (0, 10), Reach(20, 3.0, (1.0, 0.0)))
    assert field[120, 96 + 40, 1] < -2, "two radii along the edge"
    assert not field[120 + 25, 96].any()
    assert not field[120 - 40, 96].any(), "across it the reach is the radius"


@pytest.mark.parametrize("stretch", [1.0, 3.0])
def test_a_pin_holds(stretch: float) -> None:
    hold = displacement.holding([(100, 90)], 12)
    field = displacement.still()
    displacement.push(field, (110, 90), (30, 0), Reach(40, stretch), hold)
    assert np.abs(field[90, 100]).max() < 1e-3
    assert field[90, 125, 0] < -5
    assert unfolded(field)
    turned = displacement.moved(Motion((96, 128), turn=0.3), hold)
    assert np.abs(turned[90, 100]).max() < 1e-3
    assert np.abs(turned[20, 20]).max() > 5
    assert displacement.holding([], 12) is None


@pytest.mark.parametrize(
    ("motion", "place", "comes_from"),
    [
        (Motion(shift=(7, -3)), (50, 60), (43, 63)),
        (Motion((96, 128), turn=pi / 2), (96, 138), (106, 128)),
        (Motion((0, 0), scale=(2.0, 1.0)), (80, 60), (40, 60)),
        (Motion((96, 128), scale=(0.5, 0.5)), (100, 128), (104, 128)),
    ],
)
def test_a_motion_moves_all_of_it(motion: Motion, place: tuple[int, int], comes_from: tuple[int, int]) -> None:
    field = displacement.moved(motion)
    assert field[place[1], place[0]] + place == pytest.approx(comes_from, abs=1e-3)
    assert motion.forth(comes_from) == pytest.approx(place, abs=1e-3)


def test_one_after_the_other_is_both() -> None:
    right, down = (displacement.in_halves(displacement.moved(Motion(shift=by))) for by in ((9.6, 0.0), (0.0, 12.8)))
    both = displacement.composed(right, down)
    assert both[100, 100] == pytest.approx((-0.1, -0.1), abs=1e-5)
    assert displacement.composed(None, down) is down
    assert both.dtype == np.float32
    turned = displacement.in_halves(displacement.moved(Motion((96, 128), turn=0.4)))
    back = displacement.in_halves(displacement.moved(Motion((96, 128), turn=-0.4)))
    assert np.abs(displacement.composed(turned, back)[60:200, 40:150]).max() < 1e-3, "there and back"
    coarse = np.full((4, 3, 2), 0.25, np.float32)
    assert displacement.composed(coarse, down)[100, 100] == pytest.approx((0.25, 0.15), abs=1e-5), "of another size"


def test_points_are_pushed_with_the_picture_and_found_again() -> None:
    field = displacement.in_halves(displacement.moved(Motion((96, 128), turn=0.3, scale=(0.6, 0.6))))
    points = np.array([(0, 0), (0.5, -0.25), (-0.4, 0.6)], np.float32)
    pushed = displacement.pushed_points(points, field)
    assert pushed[0] == pytest.approx((0, 0), abs=0.02)
    for point, there in zip(points, pushed, strict=True):
        assert displacement.origin((float(there[0]), float(there[1])), field) == pytest.approx(point, abs=0.02)


def test_a_picture_is_shown_pushed_about() -> None:
    pixels = np.arange(512 * 384, dtype=np.uint32).reshape(512, 384)
    into = pixels.copy()
    field = displacement.moved(Motion(shift=(5, 0)))
    assert displacement.fetched(pixels, field, into) == (0, 0, 384, 512)
    assert np.array_equal(into[:, 10:], pixels[:, :-10])
    assert np.array_equal(into[:, 0], pixels[:, 0]), "the edge goes on"
    part = into.copy()
    box = displacement.fetched(pixels, displacement.still(), part, (20, 20, 30, 30))
    assert np.array_equal(part[box[1] : box[3], box[0] : box[2]], pixels[box[1] : box[3], box[0] : box[2]])
    part[box[1] : box[3], box[0] : box[2]] = into[box[1] : box[3], box[0] : box[2]]
    assert np.array_equal(part, into), "the rest is as it was"


def test_the_box_and_the_edge_of_a_mask() -> None:
    mask = np.zeros((60, 50), bool)
    assert displacement.bounds(mask) is None
    mask[10:40, 20:30] = True
    assert displacement.bounds(mask) == (20, 10, 30, 40)
    along = displacement.edge_at(mask, (25, 40), 5)
    assert along is not None
    assert abs(along[0]) == pytest.approx(1, abs=0.05), "the hem runs across"
    assert displacement.edge_at(mask, (25, 25), 4) is None, "inside"
    assert displacement.edge_at(mask, (45, 55), 4) is None, "outside"
