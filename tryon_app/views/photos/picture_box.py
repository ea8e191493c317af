"""A picture that fills its place as far as its shape allows, with what is being done to it over it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tryon_app.views.common.theme import Theme


class PictureBox(QWidget):
    """Shows a picture; a click, Enter or Space activates it."""

    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: QImage | None = None
        self._text, self._fraction = "", None  # type: tuple[str, float | None]
        self._scaled: tuple[tuple[int, int, int], QImage] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(QSize(60, 72))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_picture(self, picture: QImage | None) -> None:
        self.picture = picture
        self.update()

    def set_busy(self, text: str, fraction: float | None) -> None:
        """What is being done, "" for nothing, and how far it is."""
        self._text, self._fraction = text, fraction
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            place = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            if self.picture is not None and not self.picture.isNull():
                place = self._place(place, self.picture.size())
                path = QPainterPath()
                path.addRoundedRect(place, 5, 5)
                painter.setClipPath(path)
                painter.drawImage(place.topLeft(), self._fitted(place))
                painter.setClipping(False)
            if self._text:
                self._paint_busy(painter, place)
            if self.hasFocus():
                painter.setPen(QPen(Theme.current().colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(-2, -2, 2, 2), 6, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def _place(self, room: QRectF, size: QSize) -> QRectF:
        scale = min(room.width() / size.width(), room.height() / size.height())
        width, height = size.width() * scale, size.height() * scale
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def _fitted(self, place: QRectF) -> QImage:
        assert self.picture is not None
        ratio = self.devicePixelRatioF()
        size = QSize(max(round(place.width() * ratio), 1), max(round(place.height() * ratio), 1))
        key = self.picture.cacheKey(), size.width(), size.height()
        if self._scaled is None or self._scaled[0] != key:
            small = self.picture.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            small.setDevicePixelRatio(ratio)
            self._scaled = key, small
        return self._scaled[1]

    def _paint_busy(self, painter: QPainter, place: QRectF) -> None:
        """A dark strip with text and a bar at the picture's foot."""
        height = painter.fontMetrics().height() + 18
        strip = QRectF(3, place.bottom() - height, self.width() - 6, height)  # a narrow picture has no room for words
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(16, 17, 18, 215))
        painter.drawRoundedRect(strip, 5, 5)
        painter.setPen(QColor("#ffffff"))
        line = strip.adjusted(8, 3, -8, -9)
        text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        bar = QRectF(strip.left() + 8, strip.bottom() - 8, strip.width() - 16, 3)
        painter.fillRect(bar, QColor(255, 255, 255, 70))
        if self._fraction is not None:
            bar.setWidth(bar.width() * min(max(self._fraction, 0.0), 1.0))
            painter.fillRect(bar, QColor("#a9baff"))
