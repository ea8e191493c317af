"""Regions of a label map, and the tools that give them to a label."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.app.views.canvas.test_canvas import LEFT, drag, place
from tests.app.views.conftest import PALETTE, plain
from tryon_app.views.canvas import regions
from tryon_app.views.canvas.canvas import Canvas


@given(st.integers(0, 2**31), st.integers(0, 23), st.integers(0, 17))
def test_a_flood_reaches_what_is_connected(seed: int, x: int, y: int) -> None:
    labels = np.random.default_rng(seed).integers(0, 2, (18, 24), dtype=np.uint8)
    expected = np.zeros(labels.shape, bool)
    expected[y, x] = True
    for _ in range(labels.size):
        spread = expected.copy()
        for near in regions._neighbours(expected, False):
            spread |= near & (labels == labels[y, x])
        if (spread == expected).all():
            break
        expected = spread
    assert (regions.flood(labels, x, y) == expected).all()


def test_a_border_moves_by_a_pixel_and_back() -> None:
    labels = np.full((20, 20), 3, np.uint8)
    labels[6:14, 6:14] = 5
    grown = regions.grown(labels, 5)
    assert (grown == 5).sum() == 64 + 4 * 8
    assert (regions.shrunk(grown, 5) == labels).all()
    full = np.full((4, 4), 5, np.uint8)
    assert (regions.shrunk(full, 5) == full).all(), "there is nobody to give it to"


def test_smoothing_takes_spikes_and_fills_notches() -> None:
    labels = np.zeros((30, 30), np.uint8)
    labels[8:22, 8:22] = 7
    rough = labels.copy()
    rough[4:8, 14] = 7
    rough[22:19:-1, 11] = 0
    made = regions.smoothed(rough, 7)
    assert made[5, 14] == 0
    assert made[20, 11] == 7
    assert (made != labels)[9:20, 9:13].sum() == 0
    assert (made != labels).sum() <= 20, "but for the corners and what was at spike and notch it is what it was"


def test_colours_are_alike_up_to_a_tolerance_and_grain_is_no_edge() -> None:
    picture = np.full((30, 40, 3), 200, np.uint8)
    picture[:, 20:] = (200, 150, 200)
    grain = np.random.default_rng(2).integers(-9, 10, picture.shape)
    noisy = (picture.astype(int) + grain).astype(np.uint8)
    near = regions.alike(noisy, 5, 5, 15)
    assert near[:, :19].all()
    assert not near[:, 21:].any()
    assert regions.alike(noisy, 5, 5, 80).all()
    holed = near.copy()
    holed[10, 10] = False
    assert regions.closed(holed)[10, 10]


def test_a_fill_stops_where_the_photo_has_an_edge(canvas: Canvas, qtbot: QtBot) -> None:
    picture = plain(60, 40, "#c8c8c8")
    for y in range(40):
        for x in range(30, 60):
            picture.setPixelColor(x, y, QColor("#305090"))
    canvas.set_picture(picture)
    labels = np.full((40, 60), 4, np.uint8)
    labels[:, :10] = 7
    canvas.set_labels(labels, PALETTE)
    canvas.set_tool("fill")
    canvas.set_brush(5)
    canvas.tolerance = 30.0
    with qtbot.waitSignal(canvas.labels_edited):
        qtbot.mouseClick(canvas, LEFT, pos=place(canvas, 20, 20))
    filled = canvas.labels()
    assert filled is not None
    assert (filled[:, 10:29] == 5).all()
    assert (filled[:, 31:] == 4).all(), "beyond the edge"
    assert (filled[:, :10] == 7).all(), "another label"
    canvas.tolerance = None
    with qtbot.waitSignal(canvas.labels_edited):
        qtbot.mouseClick(canvas, LEFT, pos=place(canvas, 50, 20))
    filled = canvas.labels()
    assert filled is not None
    assert (filled[:, 31:] == 5).all()


def test_an_outline_holds_the_pixels_whose_middle_is_within() -> None:
    corners = [QPointF(*corner) for corner in ((2, 1), (6, 1), (6, 4), (2, 4))]
    found = np.argwhere(regions.outlined(corners, (8, 10)))
    assert (found.min(0).tolist(), found.max(0).tolist(), len(found)) == ([1, 2], [3, 5], 12)


@pytest.fixture
def painted(canvas: Canvas) -> Canvas:
    """A picture of 200 x 100 with two halves of labels, and label 5 in hand."""
    canvas.set_picture(plain(200, 100))
    labels = np.zeros((100, 200), np.uint8)
    labels[:, 100:] = 2
    canvas.set_labels(labels, PALETTE)
    canvas.set_brush(5, 4)
    return canvas


def labels_of(canvas: Canvas) -> np.ndarray:
    found = canvas.labels()
    assert found is not None
    return found


def test_fill_takes_one_half_as_one_edit(painted: Canvas, qtbot: QtBot) -> None:
    painted.set_tool("fill")
    with qtbot.waitSignal(painted.labels_edited) as edited:
        qtbot.mouseClick(painted, LEFT, pos=place(painted, 150, 50))
    assert (edited.args[0].before.shape, set(edited.args[0].after.flat)) == ((100, 100), {5})
    assert labels_of(painted)[0, 99] == 0


def test_lasso_by_clicks_and_by_hand(painted: Canvas, qtbot: QtBot) -> None:
    painted.set_tool("lasso")
    corners = [place(painted, *corner) for corner in ((10, 10), (60, 10), (60, 60), (10, 60))]
    for corner in corners:
        qtbot.mouseClick(painted, LEFT, pos=corner)
    assert painted.tool.busy
    with qtbot.waitSignal(painted.labels_edited):
        qtbot.keyClick(painted, Qt.Key.Key_Return)
    assert (labels_of(painted)[12:58, 12:58] == 5).all()
    assert not painted.tool.busy
    with qtbot.waitSignal(painted.labels_edited):
        drag(qtbot, painted, *(place(painted, *corner) for corner in ((110, 20), (190, 20), (190, 80), (110, 80))))
    assert labels_of(painted)[50, 150] == 5
    qtbot.mouseClick(painted, LEFT, pos=corners[0])
    with qtbot.assertNotEmitted(painted.labels_edited):
        qtbot.keyClick(painted, Qt.Key.Key_Escape)
    assert not painted.outline


def test_shift_draws_straight_from_the_last_stroke(painted: Canvas, qtbot: QtBot) -> None:
    painted.set_tool("brush")
    qtbot.mouseClick(painted, LEFT, pos=place(painted, 20, 50))
    assert labels_of(painted)[50, 60] == 0
    qtbot.mouseClick(painted, LEFT, Qt.KeyboardModifier.ShiftModifier, place(painted, 90, 50))
    assert (labels_of(painted)[50, 20:90] == 5).all()


def test_space_moves_the_picture_while_painting(painted: Canvas, qtbot: QtBot) -> None:
    painted.set_tool("brush")
    painted.set_zoom(8)
    before = painted.scene.view.to_widget(QPointF(0, 0))
    qtbot.keyPress(painted, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(painted.labels_edited):
        drag(qtbot, painted, place(painted, 100, 50), place(painted, 104, 50))
    qtbot.keyRelease(painted, Qt.Key.Key_Space)
    assert painted.scene.view.to_widget(QPointF(0, 0)).x() == pytest.approx(before.x() + 32, abs=2)
    assert not painted.scene.show_original
