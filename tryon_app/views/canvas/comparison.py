"""Two pictures against each other: swipe, side by side, blink, difference."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from qimage2ndarray import array2qimage

from tryon_app.views.canvas.layers import chip
from tryon_app.views.canvas.viewport import Viewport
from tryon_app.views.common.pictures import array_of

MODES: Final = ("off", "swipe", "side", "blink", "difference")
BLINK_MS: Final = 650
# A difference is shown this much stronger than it is; most are too faint to see.
_GAIN: Final = 3
_DIFFERENCE_SIDE: Final = 1536


class Comparison:
    """The other picture, how it is compared, and where the swipe line stands (0..1 of the picture's width)."""

    def __init__(self) -> None:
        self.other: QImage | None = None
        self.mode = "off"
        self.names = ("", "")
        self.split = 0.5
        self.blinked = False
        self._difference: tuple[tuple[int, int], QImage] | None = None

    @property
    def active(self) -> str:
        """The mode that is in effect: "off" as long as there is nothing to compare with."""
        return self.mode if self.other is not None and not self.other.isNull() else "off"

    def difference(self, picture: QImage) -> QImage:
        """The absolute difference of both, made stronger; computed once a pair."""
        assert self.other is not None
        key = (picture.cacheKey(), self.other.cacheKey())
        if self._difference is None or self._difference[0] != key:
            self._difference = key, _difference(picture, self.other)
        return self._difference[1]

    def line(self, view: Viewport) -> float:
        """Where the swipe line stands in the widget."""
        target = view.target()
        return target.left() + target.width() * self.split

    def grabs(self, position: QPointF, view: Viewport) -> bool:
        return self.active == "swipe" and abs(position.x() - self.line(view)) <= 9

    def move_line(self, position: QPointF, view: Viewport) -> None:
        target = view.target()
        self.split = min(max((position.x() - target.left()) / max(target.width(), 1), 0.0), 1.0)


def paint_line(painter: QPainter, view: Viewport, x: float) -> None:
    """The swipe line with its handle in the middle of what is in sight."""
    shown = view.target().intersected(view.area)
    painter.setPen(QPen(QColor(0, 0, 0, 120), 4))
    painter.drawLine(QPointF(x, shown.top()), QPointF(x, shown.bottom()))
    painter.setPen(QPen(QColor("#ffffff"), 2))
    painter.drawLine(QPointF(x, shown.top()), QPointF(x, shown.bottom()))
    middle = QPointF(x, shown.center().y())
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1))
    painter.setBrush(QColor("#ffffff"))
    painter.drawEllipse(middle, 15, 15)
    painter.setPen(
        QPen(QColor("#26292d"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    for side in (-1, 1):
        tip = middle + QPointF(8.5 * side, 0)
        painter.drawPolyline([tip + QPointF(-4 * side, -4.5), tip, tip + QPointF(-4 * side, 4.5)])


def paint_names(painter: QPainter, place: QRectF, names: tuple[str, str]) -> None:
    """Which picture is on which side."""
    if names[0]:
        chip(painter, place.topLeft() + QPointF(10, 10), names[0])
    if names[1]:
        chip(painter, place.topRight() + QPointF(-10, 10), names[1], right=True)


def _difference(picture: QImage, other: QImage) -> QImage:
    size = picture.size()
    if max(size.width(), size.height()) > _DIFFERENCE_SIDE:
        size = size.scaled(QSize(_DIFFERENCE_SIDE, _DIFFERENCE_SIDE), Qt.AspectRatioMode.KeepAspectRatio)
    one, two = (array_of(_scaled(image, size)).astype(np.int16) for image in (picture, other))
    return array2qimage(np.clip(np.abs(one - two) * _GAIN, 0, 255).astype(np.uint8))


def _scaled(image: QImage, size: QSize) -> QImage:
    if image.size() == size:
        return image
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
