"""A pen on a tablet paints as it is pressed."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.views.conftest import PALETTE
from tryon_app.views.canvas.canvas import Canvas

LEFT = Qt.MouseButton.LeftButton


def pen(canvas: Canvas, kind: QEvent.Type, at: QPoint, pressure: float) -> None:
    """A tablet's event; Qt makes the mouse's of it only where it comes from a window system."""
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletRelease else LEFT
    where, keys, device = QPointF(at), Qt.KeyboardModifier.NoModifier, QPointingDevice.primaryPointingDevice()
    event = QTabletEvent(kind, device, where, where, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, keys, LEFT, held)
    QApplication.sendEvent(canvas, event)
    assert not event.isAccepted(), "else no mouse event would follow"


def test_a_pen_that_is_pressed_less_paints_less(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    canvas.set_tool("brush")
    canvas.set_brush(1, 60)
    painted = []
    for pressure in (0.25, 1.0):
        canvas.set_labels(np.zeros((256, 192), np.uint8), PALETTE)
        at = canvas.scene.view.to_widget(QPointF(90, 120)).toPoint()
        pen(canvas, QEvent.Type.TabletPress, at, pressure)
        qtbot.mousePress(canvas, LEFT, pos=at)
        pen(canvas, QEvent.Type.TabletRelease, at, 0.0)  # as while the pen is over the tablet
        qtbot.mouseRelease(canvas, LEFT, pos=at)
        labels = canvas.labels()
        assert labels is not None
        painted.append(int(labels.sum()))
    assert painted[0] == pytest.approx(painted[1] / 16, rel=0.2)
    canvas.set_labels(np.zeros((256, 192), np.uint8), PALETTE)
    qtbot.mouseClick(canvas, LEFT, pos=canvas.scene.view.to_widget(QPointF(90, 120)).toPoint())
    labels = canvas.labels()
    assert labels is not None
    assert labels.sum() == painted[1], "a mouse presses fully"
