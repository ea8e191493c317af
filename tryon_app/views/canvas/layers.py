"""What is laid over the picture on the canvas: labels, masks, pictures, pose, control points, boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from tryon_app.views.canvas.viewport import Viewport
from tryon_app.views.common.view_types import Array8, Box, Joint, Label

_SIDE_COLOURS = {"left": "#4cc3ff", "right": "#ff9f5a", "": "#f4e87a"}
SHADE = QColor(0, 0, 0, 150)


Part = tuple[int, int, int, int]


class LabelLayer:
    """A label map (H, W) in its palette's colours; background is see-through, hidden labels too."""

    def __init__(self) -> None:
        self.labels: Array8 | None = None
        self.palette: dict[int, Label] = {}
        self.hidden: frozenset[int] = frozenset()
        self.opacity = 0.6
        self._table = np.zeros(256, np.uint32)
        self._pixels = np.zeros((0, 0), np.uint32)
        self._image: QImage | None = None

    def set(self, labels: Array8 | None, palette: Sequence[Label]) -> None:
        """Show a copy of these labels, or none."""
        self.palette = {label.id: label for label in palette}
        self.labels = None if labels is None else np.array(labels, np.uint8, order="C")
        self._image = None
        if self.labels is not None:
            height, width = self.labels.shape
            self._pixels = np.zeros((height, width), np.uint32)
            # reads the array's own memory: what is written there is seen at once
            form = QImage.Format.Format_ARGB32_Premultiplied
            self._image = QImage(self._pixels.data, width, height, 4 * width, form)
            self.colour()

    def colour(self) -> None:
        """Take over palette and hidden labels; 255 is white, other numbers are not seen."""
        self._table[:] = 0
        for number, label in self.palette.items():
            if number not in self.hidden and not (number == 0 and label.name == "background"):
                self._table[number] = QColor(*label.colour).rgba()
        self._table[255] = QColor(255, 255, 255).rgba()
        if self.labels is not None:
            self.refresh((0, 0, self.labels.shape[1], self.labels.shape[0]))

    def refresh(self, part: Part) -> None:
        """Show what is now in the box (x0, y0, x1, y1) of the labels."""
        if self.labels is not None:
            x0, y0, x1, y1 = part
            self._pixels[y0:y1, x0:x1] = self._table[self.labels[y0:y1, x0:x1]]

    def at(self, point: QPointF, picture_width: float) -> Label | None:
        """The label under a point of the picture."""
        if self.labels is None or picture_width <= 0:
            return None
        ratio = self.labels.shape[1] / picture_width
        x, y = int(point.x() * ratio), int(point.y() * ratio)
        if point.x() < 0 or point.y() < 0 or y >= self.labels.shape[0] or x >= self.labels.shape[1]:
            return None
        return self.palette.get(int(self.labels[y, x]))

    def paint(self, painter: QPainter, view: Viewport) -> None:
        if self._image is not None and self.opacity > 0:
            draw_image(painter, view, self._image, self.opacity, smooth=False)


@dataclass
class PictureLayer:
    """A picture with transparency, stretched over the shown one."""

    image: QImage
    opacity: float = 0.7

    def paint(self, painter: QPainter, view: Viewport) -> None:
        draw_image(painter, view, self.image, self.opacity, smooth=view.scale < 4)


def prepared(image: QImage) -> QImage:
    """The picture in the format that is painted fastest, itself if it has it."""
    form = QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else QImage.Format.Format_RGB32
    return image if image.format() == form else image.convertToFormat(form)


def draw_image(painter: QPainter, view: Viewport, image: QImage, opacity: float = 1.0, *, smooth: bool) -> None:
    """Draw the part of `image` that is in sight, stretched over the picture's place; other sizes are scaled to it."""
    seen = view.visible()
    if seen.isEmpty() or image.isNull():
        return
    across, down = image.width() / view.picture.width(), image.height() / view.picture.height()
    left, top = int(seen.left() * across), int(seen.top() * down)
    right = min(int(seen.right() * across) + 1, image.width())
    bottom = min(int(seen.bottom() * down) + 1, image.height())
    source = QRectF(left, top, right - left, bottom - top)
    corner = view.to_widget(QPointF(left / across, top / down))
    target = QRectF(corner, view.to_widget(QPointF(right / across, bottom / down)))
    painter.save()
    painter.setOpacity(painter.opacity() * opacity)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(target, image, source)
    painter.restore()


@dataclass
class PoseLayer:
    """Joints and bones in the widget's own pixels, so that they stay thin at every zoom."""

    joints: list[Joint] = field(default_factory=list)
    bones: tuple[tuple[int, int], ...] = ()
    opacity: float = 1.0

    def nearest(self, position: QPointF, view: Viewport, reach: float = 11) -> int | None:
        """The joint within `reach` widget pixels of a widget position."""
        found = [
            (distance(view.to_widget(QPointF(joint.x, joint.y)), position), index)
            for index, joint in enumerate(self.joints)
            if joint.confidence > 0
        ]
        return min(found)[1] if found and min(found)[0] <= reach else None

    def paint(self, painter: QPainter, view: Viewport, lit: int | None) -> None:
        if not self.joints or self.opacity <= 0:
            return
        painter.save()
        painter.setOpacity(self.opacity)
        for one, other in self.bones:
            self._bone(painter, view, one, other)
        for index, joint in enumerate(self.joints):
            if joint.confidence > 0:
                _dot(painter, view.to_widget(QPointF(joint.x, joint.y)), _colour(joint), joint.guessed, index == lit)
        painter.restore()

    def _bone(self, painter: QPainter, view: Viewport, one: int, other: int) -> None:
        if max(one, other) >= len(self.joints):
            return
        ends = self.joints[one], self.joints[other]
        if any(joint.confidence <= 0 for joint in ends):
            return
        line = [view.to_widget(QPointF(joint.x, joint.y)) for joint in ends]
        guessed = any(joint.guessed for joint in ends)
        style = Qt.PenStyle.DashLine if guessed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(SHADE, 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawLine(*line)
        painter.setPen(QPen(_colour(ends[1]), 2.5, style, Qt.PenCapStyle.RoundCap))
        painter.drawLine(*line)


@dataclass
class PointLayer:
    """The warp's control points as a grid of lines with handles."""

    points: list[tuple[float, float]] = field(default_factory=list)
    columns: int = 1

    def nearest(self, position: QPointF, view: Viewport, reach: float = 12) -> int | None:
        """The point within `reach` widget pixels of a widget position."""
        found = [(distance(view.to_widget(QPointF(*point)), position), i) for i, point in enumerate(self.points)]
        return min(found)[1] if found and min(found)[0] <= reach else None

    def paint(self, painter: QPainter, view: Viewport, lit: int | None) -> None:
        places = [view.to_widget(QPointF(*point)) for point in self.points]
        for pen in (QPen(SHADE, 3), QPen(QColor("#ffffff"), 1)):
            painter.setPen(pen)
            for i, place in enumerate(places):
                if (i + 1) % self.columns and i + 1 < len(places):
                    painter.drawLine(place, places[i + 1])
                if i + self.columns < len(places):
                    painter.drawLine(place, places[i + self.columns])
        for i, place in enumerate(places):
            _dot(painter, place, QColor("#8ea4ff"), False, i == lit)


@dataclass
class BoxLayer:
    """The people found in a photo, to be chosen by a click."""

    boxes: list[Box] = field(default_factory=list)
    drawn: Box | None = None  # under the pointer, not chosen yet

    def at(self, point: QPointF) -> int | None:
        """The smallest box around a point of the picture."""
        around = [
            ((box.x1 - box.x0) * (box.y1 - box.y0), index)
            for index, box in enumerate(self.boxes)
            if box.x0 <= point.x() < box.x1 and box.y0 <= point.y() < box.y1
        ]
        return min(around)[1] if around else None

    def paint(self, painter: QPainter, view: Viewport, lit: int | None) -> None:
        for index, box in enumerate((*self.boxes, *([self.drawn] if self.drawn else []))):
            corners = view.to_widget(QPointF(box.x0, box.y0)), view.to_widget(QPointF(box.x1, box.y1))
            frame = QRectF(*corners)
            bright = box.chosen or index == lit
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(SHADE, 5))
            painter.drawRoundedRect(frame, 5, 5)
            painter.setPen(QPen(QColor("#8ea4ff" if bright else "#ffffff"), 2.5 if bright else 1.5))
            painter.drawRoundedRect(frame, 5, 5)
            if box.text:
                chip(painter, frame.topLeft() + QPointF(7, 7), box.text)


def paint_pins(painter: QPainter, view: Viewport, pins: Sequence[QPointF]) -> None:
    """Where the garment is to stay: each pin with its head above the place."""
    for pin in pins:
        place = view.to_widget(pin)
        head = place - QPointF(0, 13)
        for pen in (QPen(SHADE, 4), QPen(QColor("#ffffff"), 1.5)):
            painter.setPen(pen)
            painter.drawLine(place, head)
        _dot(painter, head, QColor("#ff5a6e"), False, True)


def chip(painter: QPainter, corner: QPointF, text: str, *, right: bool = False, middle: bool = False) -> QRectF:
    """A short text on a dark pill, readable on any picture, hung from its top left, right or middle."""
    painter.save()
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.92)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 16, metrics.height() + 6
    back = width if right else width / 2 if middle else 0
    frame = QRectF(corner.x() - back, corner.y(), width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(16, 17, 18, 205))
    painter.drawRoundedRect(frame, height / 2, height / 2)
    painter.setPen(QColor("#ffffff"))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return frame


def distance(one: QPointF, other: QPointF) -> float:
    gap = one - other
    return float((gap.x() ** 2 + gap.y() ** 2) ** 0.5)


def _colour(joint: Joint) -> QColor:
    words = joint.name.lower().replace("_", " ").split()
    side = words[0] if words and words[0] in _SIDE_COLOURS else ""
    return QColor(_SIDE_COLOURS[side])


def _dot(painter: QPainter, place: QPointF, colour: QColor, hollow: bool, lit: bool) -> None:
    radius = 6.5 if lit else 4.5
    painter.setPen(QPen(SHADE, 4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(place, radius, radius)
    painter.setPen(QPen(colour if hollow else QColor("#ffffff"), 2 if hollow else 1.5))
    painter.setBrush(QColor(20, 20, 20, 190) if hollow else colour)
    painter.drawEllipse(place, radius, radius)
