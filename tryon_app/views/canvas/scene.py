"""Everything the canvas shows, and how it is painted. No widget and no input here."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from tryon_app.views.canvas import comparison
from tryon_app.views.canvas.comparison import Comparison
from tryon_app.views.canvas.layers import (
    BoxLayer,
    LabelLayer,
    PictureLayer,
    PointLayer,
    PoseLayer,
    chip,
    draw_image,
    paint_pins,
    prepared,
)
from tryon_app.views.canvas.viewport import Viewport

GRID_FROM = 10.0  # device pixels a picture pixel
_HALVED_FROM = 1500  # pixels of width
SHARP_FROM = 3.0  # from here on pixels are shown as squares


class Scene:
    """The picture, what it is compared with, and the layers over it."""

    def __init__(self) -> None:
        self.view = Viewport()
        self.picture: QImage | None = None
        self.original: QImage | None = None
        self.revealed: tuple[QImage, float] | None = None  # the picture before, and how much of the new one shows
        self.show_original = False
        self.original_name = ""
        self.labels = LabelLayer()
        self.layers: dict[str, PictureLayer] = {}
        self.pose = PoseLayer()
        self.points = PointLayer()
        self.show_points = True
        self.laid_key = ""  # of the layer that can be pushed about
        self.pins: list[QPointF] = []  # where it is to stay, in the picture
        self.boxes = BoxLayer()
        self.comparison = Comparison()
        self.lit_joint: int | None = None
        self.lit_point: int | None = None
        self.lit_box: int | None = None
        self.accent = QColor("#8ea4ff")
        self._scaled = _Scaled()

    @property
    def laid(self) -> PictureLayer | None:
        """What lies over the picture and can be pushed about."""
        return self.layers.get(self.laid_key)

    def set_picture(self, picture: QImage | None) -> None:
        self.picture = prepared(picture) if picture is not None and not picture.isNull() else None
        if self.picture is not None:
            self.view.set_picture(QSizeF(self.picture.size()))

    def lay_out(self, area: QRectF) -> None:
        """Give the picture its place: half the widget when two stand side by side."""
        half = self.comparison.active == "side"
        self.view.set_area(QRectF(area.left(), area.top(), area.width() / 2 if half else area.width(), area.height()))

    @property
    def second_pane(self) -> float:
        """How far right the second of two pictures stands, 0 when there is one."""
        return self.view.area.width() if self.comparison.active == "side" else 0.0

    def paint(self, painter: QPainter) -> None:
        """Paint all of it; the painter's device tells how many device pixels a pixel has."""
        if self.picture is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.show_original and self.original is not None:
            self._draw(painter, self.original)
            chip(painter, self._corner(), self.original_name)
            return
        getattr(self, f"_paint_{self.comparison.active}")(painter)

    def _paint_off(self, painter: QPainter) -> None:
        assert self.picture is not None
        if self.revealed is None:
            self._draw(painter, self.picture)
        else:
            self._paint_reveal(painter, *self.revealed)
        self._paint_layers(painter)

    def _paint_reveal(self, painter: QPainter, before: QImage, share: float) -> None:
        assert self.picture is not None
        target = self.view.target()
        edge = target.left() + target.width() * share
        self._draw(painter, before)
        painter.save()
        painter.setClipRect(QRectF(target.left(), target.top(), target.width() * share, target.height()))
        self._draw(painter, self.picture)
        painter.restore()
        painter.setPen(QPen(self.accent, 2))
        painter.drawLine(QPointF(edge, target.top()), QPointF(edge, target.bottom()))

    def _paint_swipe(self, painter: QPainter) -> None:
        assert self.picture is not None
        assert self.comparison.other is not None
        target, x = self.view.target(), self.comparison.line(self.view)
        self._draw(painter, self.picture)
        painter.save()
        painter.setClipRect(QRectF(target.left(), target.top(), x - target.left(), target.height()))
        self._draw(painter, self.comparison.other)
        painter.restore()
        self._paint_layers(painter)
        comparison.paint_line(painter, self.view, x)
        comparison.paint_names(painter, self._shown(), self.comparison.names)

    def _paint_side(self, painter: QPainter) -> None:
        assert self.picture is not None
        assert self.comparison.other is not None
        area = self.view.area
        for shift, image, name in (
            (0.0, self.comparison.other, self.comparison.names[0]),
            (self.second_pane, self.picture, self.comparison.names[1]),
        ):
            painter.save()
            painter.setClipRect(area.translated(shift, 0))
            painter.translate(shift, 0)
            self._draw(painter, image)
            if shift:
                self._paint_layers(painter)
            comparison.paint_names(painter, self._shown(), (name, ""))
            painter.restore()

    def _paint_blink(self, painter: QPainter) -> None:
        assert self.picture is not None
        assert self.comparison.other is not None
        other = self.comparison.blinked
        self._draw(painter, self.comparison.other if other else self.picture)
        if not other:
            self._paint_layers(painter)
        comparison.paint_names(painter, self._shown(), (self.comparison.names[0 if other else 1], ""))

    def _paint_difference(self, painter: QPainter) -> None:
        assert self.picture is not None
        self._draw(painter, self.comparison.difference(self.picture))
        self._paint_layers(painter)

    def _paint_layers(self, painter: QPainter) -> None:
        for layer in self.layers.values():
            layer.paint(painter, self.view)
        self.labels.paint(painter, self.view)
        self._paint_grid(painter)
        self.pose.paint(painter, self.view, self.lit_joint)
        if self.points.points and self.show_points:
            self.points.paint(painter, self.view, self.lit_point)
        if self.laid is not None:
            paint_pins(painter, self.view, self.pins)
        self.boxes.paint(painter, self.view, self.lit_box)

    def _draw(self, painter: QPainter, image: QImage) -> None:
        ratio = painter.device().devicePixelRatio()
        scale = self.view.target().width() * ratio / image.width()
        if scale < 1:
            target = self.view.target()
            size = QSize(round(target.width() * ratio), round(target.height() * ratio))
            painter.drawImage(
                QPointF(round(target.x() * ratio) / ratio, round(target.y() * ratio) / ratio),
                self._scaled.get(image, size, ratio),
            )
        else:
            draw_image(painter, self.view, image, smooth=scale < SHARP_FROM)

    def _paint_grid(self, painter: QPainter) -> None:
        """Thin lines between pixels, once they are large enough to be looked at singly."""
        if self.view.scale * painter.device().devicePixelRatio() < GRID_FROM:
            return
        seen = self.view.visible()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(QColor(128, 128, 128, 110), 0))
        top_left, bottom_right = self.view.to_widget(seen.topLeft()), self.view.to_widget(seen.bottomRight())
        across = [self.view.to_widget(QPointF(x, 0)).x() for x in range(int(seen.left()), int(seen.right()) + 2)]
        down = [self.view.to_widget(QPointF(0, y)).y() for y in range(int(seen.top()), int(seen.bottom()) + 2)]
        painter.drawLines([QLineF(x, top_left.y(), x, bottom_right.y()) for x in across])
        painter.drawLines([QLineF(top_left.x(), y, bottom_right.x(), y) for y in down])
        painter.restore()

    def _shown(self) -> QRectF:
        return self.view.target().intersected(self.view.area)

    def _corner(self) -> QPointF:
        return self._shown().topLeft() + QPointF(10, 10)


class _Scaled:
    """Pictures made smaller once and well, not at every paint; large ones by way of halves that zooming uses again."""

    def __init__(self, keep: int = 4) -> None:
        self._made: OrderedDict[tuple[int, int, int], QImage] = OrderedDict()
        self._halves: OrderedDict[int, QImage] = OrderedDict()
        self._keep = keep

    def get(self, image: QImage, size: QSize, ratio: float) -> QImage:
        """The picture at `size` device pixels, for a screen of this device pixel ratio."""
        key = image.cacheKey(), size.width(), size.height()
        if key not in self._made:
            base = image
            while base.width() >= max(2 * size.width(), _HALVED_FROM):
                base = self._half(base)
            self._made[key] = _smaller(base, size)
            self._made[key].setDevicePixelRatio(ratio)
        self._made.move_to_end(key)
        while len(self._made) > self._keep:
            self._made.popitem(last=False)
        return self._made[key]

    def _half(self, image: QImage) -> QImage:
        key = image.cacheKey()
        if key not in self._halves:
            self._halves[key] = _smaller(image, QSize(image.width() // 2, image.height() // 2))
            while len(self._halves) > self._keep:
                self._halves.popitem(last=False)
        return self._halves[key]


def _smaller(image: QImage, size: QSize) -> QImage:
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
