"""What of the canvas is seen: the picture, what lies over it, comparison and zoom. Knows neither tools nor mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from tryon_app.views.canvas.comparison import BLINK_MS, MODES
from tryon_app.views.canvas.layers import PictureLayer, chip, prepared
from tryon_app.views.canvas.scene import Scene
from tryon_app.views.canvas.strokes import delta_between
from tryon_app.views.common import icons
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.view_types import Array8, Box

REVEAL_MS = 480
BRUSHES: Final = {"brush": 24, "push": 200, "edge": 220}
"""Diameters in the beginning, by the tools that have one of their own."""
PUSHING: Final = ("push", "edge")
BRUSHED: Final = ("brush", "eraser", *PUSHING)
LARGEST_BRUSH: Final = 512
LONGEST_BRUSH: Final = 2.5  # times its width, along an edge


class Surface(QWidget):
    """Shows one picture with layers; the signals say what a user can do with it. Coordinates are the picture's."""

    box_chosen = Signal(int)
    box_drawn = Signal(object)  # Box
    joint_moved = Signal(int, float, float)
    joint_removed = Signal(int)
    point_moved = Signal(int, float, float)
    laid_pushed = Signal(object)  # a field (h, w, 2) as in `displacement`, in units of half the picture
    labels_edited = Signal(object)
    brush_changed = Signal(int)
    label_picked = Signal(int)
    tool_changed = Signal(str)
    hovered = Signal(object)
    left = Signal()
    dropped = Signal(object)
    dragged_out = Signal()
    menu_requested = Signal(QPoint)  # on the screen
    held = Signal(bool)  # whether something is drawn or dragged, so that the picture must not move by itself
    zoom_changed = Signal(float)
    compare_mode_changed = Signal(str)
    original_shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self.brush_label = 1
        self._diameters = dict(BRUSHES)
        self.brush_stretch, self.brush_turn = 1.0, 0.0  # how much longer than wide it is, and where to, in degrees
        self.hardness = 1.0  # of the brush, see `Stroke`
        self.tolerance: float | None = None  # of 255: what is no edge to a fill; None where edges do not count
        self.pressure = 1.0  # of a pen; what has none presses fully
        self.tool_name = "hand"
        self.frame: list[QPointF] = []  # its grips, clockwise, in the picture
        self.outline: list[QPointF] = []  # of a region that is being outlined, in the picture
        self.pointer: QPointF | None = None
        self.drop_over = self.ringed = False
        self._empty, self._drop_text = ("", ""), ""
        self.gives_away = False  # whether a picture that is seen whole can be dragged into other programs
        self._blink = QTimer(self, interval=BLINK_MS)
        self._blink.timeout.connect(self._blinked)
        self._reveal = QVariantAnimation(self, duration=REVEAL_MS, startValue=0.0, endValue=1.0)
        self._reveal.valueChanged.connect(self._revealing)
        self._reveal.finished.connect(self._reveal_ended)
        self.setMinimumSize(QSize(220, 200))
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def picture(self) -> QImage | None:
        return self.scene.picture

    def set_picture(self, picture: QImage | None, reveal: bool = False) -> None:
        """Show a picture, or the empty text for None; `reveal` swipes it in over the one before."""
        before = self.scene.picture
        self._reveal.stop()
        self.scene.revealed = None
        self.scene.set_picture(picture)
        self._lay_out()
        if reveal and before is not None and self.scene.picture is not None and self._animated():
            self.scene.revealed = (before, 0.0)
            self._reveal.start()
        self.update()

    def set_original(self, picture: QImage | None) -> None:
        """What is shown while Space is held."""
        self.scene.original = prepared(picture) if picture is not None and not picture.isNull() else None
        self.update()

    def show_original(self, on: bool) -> None:
        """Show the original instead, for as long as it is wanted."""
        if on != self.scene.show_original and (not on or self.scene.original is not None):
            self.scene.show_original = on
            self.original_shown.emit(on)
            self.update()

    def set_empty(self, title: str, hint: str) -> None:
        """What to say while there is no picture."""
        if (title, hint) != self._empty:
            self._empty = (title, hint)
            self.update()

    def labels(self) -> Array8 | None:
        """A copy of the label map as it is now, edits included."""
        labels = self.scene.labels.labels
        return None if labels is None else labels.copy()

    def paint_labels(self, where: NDArray[np.bool_]) -> None:
        """Give a region (H, W) of the label map to the brush's label."""
        if self.scene.labels.labels is not None:
            self.change_labels(np.where(where, np.uint8(self.brush_label), self.scene.labels.labels))

    def change_labels(self, after: Array8) -> None:
        """Another label map of the same size, as one edit."""
        labels = self.scene.labels.labels
        delta = None if labels is None else delta_between(labels, after)
        if labels is not None and delta is not None:
            delta.apply(labels)
            self.scene.labels.colour()
            self.update()
            self.labels_edited.emit(delta)

    def set_labels_opacity(self, opacity: float) -> None:
        self.scene.labels.opacity = opacity
        self.update()

    def set_hidden_labels(self, hidden: set[int] | frozenset[int]) -> None:
        """Labels not to be seen."""
        self.scene.labels.hidden = frozenset(hidden)
        self.scene.labels.colour()
        self.update()

    def set_layer(self, key: str, picture: QImage | None, opacity: float = 0.7) -> None:
        """Lay a picture with transparency over the shown one, or take it away; a known key keeps its place."""
        if picture is None:
            self.scene.layers.pop(key, None)
        else:
            self.scene.layers[key] = PictureLayer(prepared(picture), opacity)
        self.update()

    def set_layer_opacity(self, key: str, opacity: float) -> None:
        """Change a layer or mask; one that is not there is ignored."""
        if key in self.scene.layers:
            self.scene.layers[key].opacity = opacity
            self.update()

    def set_pose_opacity(self, opacity: float) -> None:
        self.scene.pose.opacity = opacity
        self.update()

    def set_boxes(self, boxes: Sequence[Box]) -> None:
        self.scene.boxes.boxes = list(boxes)
        self.scene.lit_box = None
        self.update()

    # Comparison ---------------------------------------------------------------------------------------------------

    @property
    def compare_mode(self) -> str:
        return self.scene.comparison.mode

    def set_comparison(self, other: QImage | None, mode: str | None = None, names: tuple[str, str] = ("", "")) -> None:
        """Compare with another picture; names are of (the other, the shown). Without `mode` the last one stays."""
        self.scene.comparison.other = None if other is None else prepared(other)
        self.scene.comparison.names = names
        self.set_compare_mode(self.scene.comparison.mode if mode is None else mode)

    def set_compare_mode(self, mode: str) -> None:
        """Set "off", "swipe", "side", "blink" or "difference"."""
        if mode not in MODES:
            raise ValueError(f"no such comparison: {mode}")
        changed, self.scene.comparison.mode = mode != self.scene.comparison.mode, mode
        self.scene.comparison.blinked = False
        blinks = self.scene.comparison.active == "blink"
        if blinks != self._blink.isActive():
            (self._blink.start if blinks else self._blink.stop)()
        self._lay_out()
        if changed:
            self.compare_mode_changed.emit(mode)

    # Brush and zoom -----------------------------------------------------------------------------------------------

    @property
    def brush_diameter(self) -> int:
        """Of the tool in hand, in picture pixels; what has no brush of its own has the one that paints."""
        return self._diameters[self._brush]

    @property
    def _brush(self) -> str:
        return self.tool_name if self.tool_name in BRUSHES else "brush"

    def set_brush(self, label: int, diameter: int | None = None) -> None:
        """What the brush paints, and its diameter in picture pixels."""
        self.brush_label = label
        if diameter is not None and diameter != self.brush_diameter:
            self._diameters[self._brush] = min(max(diameter, 1), LARGEST_BRUSH)
            self.brush_changed.emit(self.brush_diameter)
        self.update()

    @property
    def zoom(self) -> float:
        """Device pixels a picture pixel: 1 is pixel for pixel on every screen."""
        return self.scene.view.scale * self.devicePixelRatioF()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom to a point of the widget, by default the middle."""
        if self.picture is not None:
            self.scene.view.zoom_at(
                self.scene.view.area.center() if at is None else at, zoom / self.devicePixelRatioF()
            )
            self._zoomed()

    def fit(self) -> None:
        self.scene.view.fit()
        self._zoomed()

    def actual_size(self) -> None:
        self.set_zoom(1.0)

    def zoom_in(self) -> None:
        self.set_zoom(self.zoom * 1.25)

    def zoom_out(self) -> None:
        self.set_zoom(self.zoom / 1.25)

    def held_inside(self, point: QPointF) -> QPointF:
        """The nearest point within the picture."""
        size = self.scene.view.picture
        return QPointF(min(max(point.x(), 0.0), size.width()), min(max(point.y(), 0.0), size.height()))

    def update_part(self, part: tuple[int, int, int, int], width: int) -> None:
        """Paint only a box (x0, y0, x1, y1) of a label map `width` wide again."""
        ratio, pane = self.scene.view.picture.width() / width, QPointF(self.scene.second_pane, 0)
        corners = [self.scene.view.to_widget(QPointF(x, y) * ratio) for x, y in (part[:2], part[2:])]
        area = QRectF(*corners).adjusted(-4, -4, 4, 4).toAlignedRect()
        self.update(area)
        self.update(area.translated(pane.toPoint()))

    def update_brush(self, *places: QPointF | None) -> None:
        """Paint again where the brush was and where it is."""
        reach = self.brush_diameter * self.scene.view.scale / 2 * LONGEST_BRUSH + 4
        for place in places:
            if place is not None:
                middle = place + QPointF(self.scene.second_pane, 0)
                area = QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)
                self.update(area.toAlignedRect())

    # Painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = Theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("canvas"))
            if self.picture is None:
                self._paint_empty(painter)
            self.scene.accent = theme.colour("accent")
            self.scene.paint(painter)
            self._paint_brush(painter)
            self._paint_outline(painter)
            if self.frame:
                self._paint_frame(painter)
            if self.drop_over:
                self._paint_ring(painter, "accent", 3)
                chip(painter, QPointF(self.width() / 2, 14), self._drop_text, middle=True)
            elif self.hasFocus() and self.ringed:
                self._paint_ring(painter, "focus", 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._lay_out()

    def _paint_ring(self, painter: QPainter, token: str, width: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(Theme.current().colour(token), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_empty(self, painter: QPainter) -> None:
        title, hint = self._empty
        colour = Theme.current().colour("canvas_text")
        middle = self.rect().center()
        painter.drawPixmap(middle.x() - 24, middle.y() - 78, icons.pixmap("hanger", 48, colour.name()))
        painter.setPen(Theme.current().colour("text"))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        wide = self.rect().adjusted(24, 0, -24, 0)
        wide.setTop(middle.y() - 18)
        used = painter.drawText(wide, _CENTRED, title)
        wide.setTop((used.bottom() if used is not None else wide.top() + 24) + 8)
        painter.setFont(self.font())
        painter.setPen(colour)
        painter.drawText(wide, _CENTRED, hint)

    def _paint_brush(self, painter: QPainter) -> None:
        """The brush as a circle of its true size, in black and white so that it is seen on everything."""
        there = self.scene.laid if self.tool_name in PUSHING else self.scene.labels.labels
        if self.tool_name not in BRUSHED or self.pointer is None or there is None:
            return
        radius = max(self.brush_diameter * self.scene.view.scale / 2, 1.5)
        place = self.pointer + QPointF(self.scene.second_pane, 0)
        label = self.scene.labels.palette.get(self.brush_label)
        inner = QColor(*label.colour) if label is not None and self.tool_name == "brush" else QColor("#ffffff")
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.translate(place)
        painter.rotate(self.brush_turn)
        for colour, width, grow in ((QColor("#000000"), 1.0, 1.5), (QColor("#ffffff"), 1.5, 0.5), (inner, 1.5, -1.0)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(QPointF(), radius * self.brush_stretch + grow, radius + grow)
        painter.restore()

    def _paint_outline(self, painter: QPainter) -> None:
        """The outline as far as it is drawn, and the way to the pointer."""
        points = [self.scene.view.to_widget(point) for point in self.outline]
        if not points:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        line = QPolygonF([*points, *([self.pointer] if self.pointer is not None else [])])
        for colour, width in ((QColor("#000000"), 3.0), (QColor("#ffffff"), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawPolyline(line)
            painter.drawEllipse(points[0], 4, 4)

    def _paint_frame(self, painter: QPainter) -> None:
        """The frame around what is laid, with its grips."""
        places = [self.scene.view.to_widget(grip) + QPointF(self.scene.second_pane, 0) for grip in self.frame]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor("#ffffff"), 1.0)):
            painter.setPen(QPen(colour, width))
            painter.drawPolygon(QPolygonF(places))
        painter.setPen(QPen(QColor(0, 0, 0, 150), 1))
        painter.setBrush(QColor("#ffffff"))
        for place in places:
            painter.drawRect(QRectF(place.x() - 4, place.y() - 4, 8, 8))

    def _lay_out(self) -> None:
        self.scene.lay_out(QRectF(self.rect()))
        self._zoomed()

    def _zoomed(self) -> None:
        self.zoom_changed.emit(self.zoom)
        self.update()

    def _blinked(self) -> None:
        self.scene.comparison.blinked = not self.scene.comparison.blinked
        self.update()

    def _revealing(self, share: float) -> None:
        if self.scene.revealed is not None:
            eased = 1 - (1 - float(share)) ** 3
            self.scene.revealed = (self.scene.revealed[0], eased)
            self.update()

    def _reveal_ended(self) -> None:
        self.scene.revealed = None
        self.update()

    def _animated(self) -> bool:
        """Whether the desktop wants animations."""
        return self.isVisible() and self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


_CENTRED = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
