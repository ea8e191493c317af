"""What is laid over the picture, pushed about by its user: frame, brush, edge and pins."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tryon_app.views.canvas.canvas import Canvas
from tryon_app.views.canvas.displacement import SIZE, Field

LEFT = Qt.MouseButton.LeftButton
BOX = (60, 80, 60, 80)  # of what is laid, in a picture of 192 x 256, where a cell is a pixel
GARMENT = QColor("#3366cc")


def garment() -> QImage:
    image = QImage(192, 256, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    with QPainter(image) as painter:
        painter.fillRect(*BOX, GARMENT)
    return image


@pytest.fixture
def canvas(canvas: Canvas, photo: QImage) -> Canvas:
    canvas.set_picture(photo)
    canvas.set_laid("warped")
    canvas.set_layer("warped", garment(), 1.0)
    return canvas


def place(canvas: Canvas, x: float, y: float) -> QPoint:
    """Where a point of the picture is in the widget."""
    return canvas.scene.view.to_widget(QPointF(x, y)).toPoint()


def there(canvas: Canvas, x: int, y: int) -> bool:
    """Whether the garment is seen at a pixel of the picture."""
    laid = canvas.scene.laid
    assert laid is not None
    return laid.image.pixelColor(x, y) == GARMENT


def hover(canvas: Canvas, at: QPoint) -> None:
    """The pointer comes there, whatever other windows there are."""
    none = Qt.MouseButton.NoButton
    where = QPointF(at), QPointF(canvas.mapToGlobal(at))
    move = QMouseEvent(QEvent.Type.MouseMove, *where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, move)


def drag(
    qtbot: QtBot,
    canvas: Canvas,
    *path: tuple[float, float],
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> Field:
    """A stroke through points of the picture; what is told of it, in pixels."""
    with qtbot.waitSignal(canvas.laid_pushed) as heard:
        held(qtbot, canvas, *path, keys=keys)
        qtbot.mouseRelease(canvas, LEFT, keys, place(canvas, *path[-1]))
    (field,) = heard.args
    pixels: Field = field * np.float32([192 / 2, 256 / 2])
    return pixels


def held(
    qtbot: QtBot,
    canvas: Canvas,
    *path: tuple[float, float],
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    qtbot.mousePress(canvas, LEFT, keys, place(canvas, *path[0]))
    for point in path[1:]:
        qtbot.mouseMove(canvas, place(canvas, *point))


def test_the_brush_pushes_what_is_under_it_and_shows_it_at_once(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool("push")
    canvas.set_brush(1, 60)
    assert not there(canvas, 130, 120)
    held(qtbot, canvas, (115, 120), (125, 120), (145, 120))
    assert there(canvas, 130, 120), "before the button is let go"
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not there(canvas, 130, 120)
    assert there(canvas, 115, 120)
    field = drag(qtbot, canvas, (115, 120), (125, 120), (145, 120))
    assert field.shape == (*SIZE, 2)
    assert field[120, 144, 0] == pytest.approx(-30, abs=4)
    assert not field[:40].any()
    assert there(canvas, 130, 120), "until the garment comes that is really laid so"


def test_a_click_pushes_nothing(canvas: Canvas, qtbot: QtBot) -> None:
    for tool in ("push", "edge", "frame"):
        canvas.set_tool(tool)
        with qtbot.assertNotEmitted(canvas.laid_pushed):
            qtbot.mouseClick(canvas, LEFT, pos=place(canvas, 90, 120))
    canvas.set_layer("warped", None)
    canvas.set_tool("push")
    with qtbot.assertNotEmitted(canvas.laid_pushed):
        held(qtbot, canvas, (90, 120), (120, 120))
        qtbot.mouseRelease(canvas, LEFT, pos=place(canvas, 120, 120))


def test_a_hem_is_pulled_along_its_length(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool("push")
    canvas.set_brush(1, 30)
    soft = drag(qtbot, canvas, (90, 159), (90, 166), (90, 172))
    canvas.set_layer("warped", garment(), 1.0)
    canvas.set_tool("edge")
    canvas.set_brush(1, 30)
    hover(canvas, place(canvas, 90, 120))
    assert canvas.brush_stretch == 1, "not at an edge"
    hover(canvas, place(canvas, 90, 159))
    assert canvas.brush_stretch > 2
    assert np.sin(np.radians(canvas.brush_turn)) == pytest.approx(0, abs=0.1)
    edge = drag(qtbot, canvas, (90, 159), (90, 166), (90, 172))
    assert edge[165, 90, 1] == pytest.approx(soft[165, 90, 1], abs=1)
    assert not soft[165, 110].any()
    assert edge[165, 110, 1] < -3
    assert not edge[120:145].any(), "not further across"


def test_a_pin_holds_what_is_under_it_until_it_is_taken_away(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool("pin")
    qtbot.mouseClick(canvas, LEFT, pos=place(canvas, 118, 120))
    assert len(canvas.scene.pins) == 1
    canvas.set_tool("push")
    canvas.set_brush(1, 80)
    field = drag(qtbot, canvas, (100, 120), (115, 120), (125, 120))
    assert abs(field[120, 118, 0]) < 1
    assert field[145, 118, 0] < -3
    canvas.set_tool("frame")
    field = drag(qtbot, canvas, (90, 120), (95, 120), (105, 120))
    assert abs(field[120, 118, 0]) < 1
    assert field[60, 60, 0] == pytest.approx(-15, abs=1)
    canvas.set_tool("pin")
    qtbot.mouseClick(canvas, LEFT, pos=place(canvas, 118, 120))
    assert canvas.scene.pins == []


def test_the_frame_lies_around_the_garment_and_moves_it(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool("frame")
    assert [point.toTuple() for point in canvas.frame[:3]] == [(60, 80), (90, 80), (120, 80)]
    field = drag(qtbot, canvas, (90, 120), (95, 120), (110, 130))
    assert field[30, 30] == pytest.approx((-20, -10), abs=1)
    assert there(canvas, 138, 168)
    assert not there(canvas, 70, 85)
    assert canvas.frame[0].toTuple() == pytest.approx((80, 90), abs=1)
    canvas.set_layer("warped", garment(), 1.0)
    assert canvas.frame[0].toTuple() == (60, 80), "as it is really laid"
    canvas.set_tool("hand")
    assert canvas.frame == []


def test_grips_scale(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool("frame")
    drag(qtbot, canvas, (120, 120), (130, 125), (150, 125))
    assert [canvas.frame[4].x(), canvas.frame[4].y()] == pytest.approx([150, 160], abs=1.5), "a side, one way only"
    canvas.set_layer("warped", garment(), 1.0)
    drag(qtbot, canvas, (120, 160), (125, 165), (150, 200))
    assert [canvas.frame[4].x(), canvas.frame[4].y()] == pytest.approx([150, 200], abs=1.5)
    assert canvas.frame[0].toTuple() == pytest.approx((60, 80), abs=1)
    canvas.set_layer("warped", garment(), 1.0)
    drag(qtbot, canvas, (120, 160), (130, 160), (180, 160))
    across, down = canvas.frame[4].x() - 60, canvas.frame[4].y() - 80
    assert across / 60 == pytest.approx(down / 80, abs=0.03), "a corner keeps the proportions"


def modified(canvas: Canvas, keys: Qt.KeyboardModifier, *path: tuple[float, float]) -> None:
    """A drag with keys held, which `qtbot.mouseMove` does not know."""
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (len(path) - 1), QEvent.Type.MouseButtonRelease]
    for kind, point in zip(kinds, (*path, path[-1]), strict=True):
        at = QPointF(place(canvas, *point))
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
        QApplication.sendEvent(canvas, QMouseEvent(kind, at, QPointF(canvas.mapToGlobal(at)), button, LEFT, keys))


def test_keys_free_a_corner_scale_about_the_middle_and_snap_a_turn(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool("frame")
    modified(canvas, Qt.KeyboardModifier.ShiftModifier, (120, 160), (130, 160), (180, 160))
    assert [canvas.frame[4].x(), canvas.frame[4].y()] == pytest.approx([180, 160], abs=1.5)
    canvas.set_layer("warped", garment(), 1.0)
    modified(canvas, Qt.KeyboardModifier.AltModifier, (120, 120), (125, 120), (135, 120))
    assert [canvas.frame[0].x(), canvas.frame[4].x()] == pytest.approx([45, 135], abs=1.5)
    canvas.set_layer("warped", garment(), 1.0)
    with qtbot.waitSignal(canvas.laid_pushed) as heard:
        modified(canvas, Qt.KeyboardModifier.ShiftModifier, (150, 120), (150, 130), (150, 137))
    field = heard.args[0] * np.float32([96, 128])
    turn = np.radians(15)
    assert field[120, 119] == pytest.approx((30 * np.cos(turn) - 30, -30 * np.sin(turn)), abs=0.7)


def test_the_framed_garment_is_moved_by_keys(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool("frame")
    with qtbot.waitSignal(canvas.laid_pushed) as heard:
        qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert heard.args[0][100, 100] * 96 == pytest.approx((-10, 0), abs=0.01)
    assert there(canvas, 125, 120)


def test_a_stroke_goes_on_over_what_is_laid_meanwhile(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool("frame")
    held(qtbot, canvas, (90, 120), (95, 120), (110, 120))
    canvas.set_layer("warped", garment(), 1.0)
    assert there(canvas, 138, 120)
    assert not there(canvas, 65, 120)
    with qtbot.waitSignal(canvas.laid_pushed):
        qtbot.mouseRelease(canvas, LEFT, pos=place(canvas, 110, 120))


def test_brushes_have_sizes_of_their_own_and_space_moves_the_picture(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool("brush")
    canvas.set_brush(1, 20)
    with qtbot.waitSignal(canvas.brush_changed) as heard:
        canvas.set_tool("push")
    assert heard.args == [200]
    with qtbot.waitSignal(canvas.brush_changed):
        qtbot.keyClicks(canvas, "]")
    assert canvas.brush_diameter == 251
    canvas.set_tool("brush")
    assert canvas.brush_diameter == 20
    canvas.set_tool("push")
    before = place(canvas, 0, 0)
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(canvas.laid_pushed):
        qtbot.mousePress(canvas, LEFT, pos=QPoint(300, 250))
        qtbot.mouseMove(canvas, QPoint(330, 260))
        qtbot.mouseRelease(canvas, LEFT, pos=QPoint(330, 260))
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert place(canvas, 0, 0) - before == QPoint(30, 10)
