"""Where a picture lies in a widget: zoom to a point, pan, fit, and the way between both coordinates. No widget here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

SMALLEST, LARGEST = 0.02, 64.0
MARGIN = 8.0
# How much of a picture stays in sight however far it is pushed.
KEPT = 48.0


class Viewport:
    """`scale` is widget pixels a picture pixel, `origin` the widget position of the picture's top left corner."""

    def __init__(self) -> None:
        self.scale = 1.0
        self.origin = QPointF()
        self.picture = QSizeF()
        self.area = QRectF()
        self.fitted = True

    def set_area(self, area: QRectF) -> None:
        """The part of the widget to show the picture in; what was fitted stays fitted, else the middle stays put."""
        before, self.area = self.area, area
        if self.fitted or before.isEmpty():
            self.fit()
        else:
            self.origin += area.center() - before.center()
            self._hold()

    def set_picture(self, size: QSizeF) -> None:
        """Another picture: of the same shape it takes over the place of the last, else it is fitted."""
        before, self.picture = self.picture, size
        if size.isEmpty() or size == before:
            return
        same_shape = (
            not before.isEmpty() and abs(size.width() * before.height() / (size.height() * before.width()) - 1) < 0.01
        )
        if same_shape and not self.fitted:
            self.scale *= before.width() / size.width()
        else:
            self.fit()

    def fit(self) -> None:
        """Show the whole picture in the middle."""
        self.fitted = True
        if self.picture.isEmpty() or self.area.isEmpty():
            return
        room = self.area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        scale = min(room.width() / self.picture.width(), room.height() / self.picture.height())
        self.scale = min(max(scale, SMALLEST), LARGEST)
        extent = self._extent()
        self.origin = self.area.center() - QPointF(extent.x() / 2, extent.y() / 2)

    def zoom_at(self, position: QPointF, scale: float) -> None:
        """Set the scale so that what lies at `position` (widget) stays there."""
        scale = min(max(scale, SMALLEST), LARGEST)
        point = self.to_picture(position)
        self.fitted, self.scale = False, scale
        self.origin = position - point * scale
        self._hold()

    def pan(self, by: QPointF) -> None:
        self.fitted = False
        self.origin += by
        self._hold()

    def to_picture(self, position: QPointF) -> QPointF:
        return (position - self.origin) * (1 / self.scale)

    def to_widget(self, point: QPointF) -> QPointF:
        return self.origin + point * self.scale

    def target(self) -> QRectF:
        """The picture's rectangle in the widget."""
        extent = self._extent()
        return QRectF(self.origin.x(), self.origin.y(), extent.x(), extent.y())

    def visible(self) -> QRectF:
        """The part of the picture, in its pixels, that is in sight."""
        corner, far = self.to_picture(self.area.topLeft()), self.to_picture(self.area.bottomRight())
        return QRectF(corner, far).intersected(QRectF(QPointF(), self.picture))

    def _extent(self) -> QPointF:
        return QPointF(self.picture.width() * self.scale, self.picture.height() * self.scale)

    def _hold(self) -> None:
        """Keep a strip of the picture in sight, so that it is never lost."""
        extent, area = self._extent(), self.area
        keep_x, keep_y = min(KEPT, extent.x()), min(KEPT, extent.y())
        self.origin = QPointF(
            min(max(self.origin.x(), area.left() + keep_x - extent.x()), area.right() - keep_x),
            min(max(self.origin.y(), area.top() + keep_y - extent.y()), area.bottom() - keep_y),
        )
