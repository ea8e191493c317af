"""What the left mouse button does on the canvas: one class a tool, each with press, move and release."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

import numpy as np
from PySide6.QtCore import QPointF, Qt

from tryon_app.views.canvas import regions
from tryon_app.views.canvas.strokes import Stroke
from tryon_app.views.canvas.surface import Surface
from tryon_app.views.common.pictures import array_of
from tryon_app.views.common.view_types import Array8, Box

_LEAST_BOX = 8.0  # pixels of the picture; anything smaller was not meant as a box
_NEAR, _FREE = 10.0, 24.0  # pixels of the widget: to the beginning of an outline; a line that was drawn, not clicked
_SMOOTH = Qt.TransformationMode.SmoothTransformation
_CLICK = 4.0  # a press that moves less than this is a click


class Tool:
    """Pans, or drags a picture out that is seen whole; the tools below do something else first.

    Positions are the widget's, within the picture's pane.
    """

    cursor = Qt.CursorShape.OpenHandCursor

    def __init__(self, canvas: Surface) -> None:
        self.canvas, self.scene = canvas, canvas.scene
        self._last: QPointF | None = None
        self._moved = 0.0
        self._line = False
        self.modifiers = Qt.KeyboardModifier.NoModifier  # that are held

    @property
    def busy(self) -> bool:
        return self._last is not None

    @property
    def straight(self) -> bool:
        """Whether Shift is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    def press(self, position: QPointF) -> None:
        self._last, self._moved = position, 0.0
        self._line = self.scene.comparison.grabs(position, self.scene.view)
        if not self._line:
            self.canvas.setCursor(Qt.CursorShape.ClosedHandCursor)

    def move(self, position: QPointF) -> None:
        if self._last is None:
            return
        by, self._last = position - self._last, position
        self._moved += abs(by.x()) + abs(by.y())
        if self._line:
            self.scene.comparison.move_line(position, self.scene.view)
        elif self._moved > _CLICK:
            if self.canvas.gives_away and self.scene.view.fitted:
                self.cancel()
                self.canvas.setCursor(self.cursor)
                self.canvas.dragged_out.emit()
                return
            self.scene.view.pan(by)
        self.canvas.update()

    def release(self, position: QPointF) -> None:
        clicked = self._last is not None and self._moved <= _CLICK and not self._line
        self._last, self._line = None, False
        self.canvas.setCursor(self.cursor)
        box = self.scene.boxes.at(self.scene.view.to_picture(position)) if clicked else None
        if box is not None:
            self.canvas.box_chosen.emit(box)

    def cancel(self) -> None:
        """Forget what was begun."""
        self._last = None

    def point_at(self, position: QPointF) -> None:
        """The pointer is here, and nothing is held."""

    def laid_changed(self) -> None:
        """What is laid over the picture is another one."""


class Brush(Tool):
    """Paints a label; the stroke's delta is handed out when the button is let go."""

    cursor = Qt.CursorShape.BlankCursor

    def __init__(self, canvas: Surface, *, erase: bool = False) -> None:
        super().__init__(canvas)
        self._erase = erase
        self._stroke: Stroke | None = None
        self._end: QPointF | None = None  # of the last stroke, in the picture

    def press(self, position: QPointF) -> None:
        labels = self.scene.labels.labels
        if labels is None:
            return
        self._last = position
        ratio = labels.shape[1] / self.scene.view.picture.width()
        label = 0 if self._erase else self.canvas.brush_label
        self._stroke = Stroke(labels, label, self.canvas.brush_diameter * ratio, self.canvas.hardness)
        if self.straight and self._end is not None:
            self._paint(self.scene.view.to_widget(self._end))
        self._paint(position)

    def move(self, position: QPointF) -> None:
        if self._stroke is not None:
            self._paint(position)

    def release(self, position: QPointF) -> None:
        self._last = None
        self._end = self.scene.view.to_picture(position)
        stroke, self._stroke = self._stroke, None
        delta = stroke.finish() if stroke is not None else None
        if delta is not None:
            self.canvas.labels_edited.emit(delta)

    def cancel(self) -> None:
        """Take back the stroke that is being drawn."""
        stroke, self._stroke, self._last = self._stroke, None, None
        delta = stroke.finish() if stroke is not None else None
        if delta is not None and self.scene.labels.labels is not None:
            delta.revert(self.scene.labels.labels)
            self.scene.labels.colour()
            self.canvas.update()

    def _paint(self, position: QPointF) -> None:
        labels = self.scene.labels.labels
        if labels is None or self._stroke is None:
            return
        point = self.scene.view.to_picture(position) * (labels.shape[1] / self.scene.view.picture.width())
        part = self._stroke.to((point.x(), point.y()), self.canvas.pressure)
        if part is not None:
            self.scene.labels.refresh(part)
            self.canvas.update_part(part, labels.shape[1])


class Fill(Tool):
    """Gives the region under the pointer to the brush's label, as far as the photo has no edge if those count."""

    cursor = Qt.CursorShape.CrossCursor

    def press(self, position: QPointF) -> None:
        labels = self.scene.labels.labels
        if labels is None:
            return
        point = self.scene.view.to_picture(position) * (labels.shape[1] / self.scene.view.picture.width())
        x, y = int(point.x() // 1), int(point.y() // 1)
        if 0 <= x < labels.shape[1] and 0 <= y < labels.shape[0]:
            self.canvas.paint_labels(self._reached(labels, x, y))

    def _reached(self, labels: Array8, x: int, y: int) -> regions.Mask:
        picture, tolerance = self.scene.picture, self.canvas.tolerance
        if picture is None or tolerance is None:
            return regions.flood(labels, x, y)
        colours = array_of(picture.scaled(labels.shape[1], labels.shape[0], mode=_SMOOTH))
        same = (labels == labels[y, x]) & regions.alike(colours, x, y, tolerance)
        return regions.closed(regions.flood(same.astype(np.uint8), x, y)) & (labels == labels[y, x])


class Lasso(Tool):
    """Outlines a region for the brush's label: drawn freely while the button is held, straight from click to click.

    A double click, Enter or a click on the beginning closes it; so does letting go of a line that was drawn freely.
    """

    cursor = Qt.CursorShape.CrossCursor

    @property
    def busy(self) -> bool:
        return bool(self.canvas.outline)

    def press(self, position: QPointF) -> None:
        if self.scene.labels.labels is None:
            return
        self._last, self._moved = position, 0.0
        outline = self.canvas.outline
        if len(outline) > 2 and _distance(self.scene.view.to_widget(outline[0]), position) <= _NEAR:
            self.close()
        else:
            outline.append(self.scene.view.to_picture(position))
        self.canvas.update()

    def move(self, position: QPointF) -> None:
        if self._last is not None:
            self._moved += _distance(self._last, position)
            self._last = position
            if self._moved > _CLICK:
                self.canvas.outline.append(self.scene.view.to_picture(position))
        self.canvas.update()

    def release(self, position: QPointF) -> None:
        self._last = None
        if self._moved > _FREE:
            self.close()

    def close(self) -> None:
        """Paint what is outlined."""
        outline, labels = list(self.canvas.outline), self.scene.labels.labels
        self.cancel()
        if labels is not None and len(outline) > 2:
            ratio = labels.shape[1] / self.scene.view.picture.width()
            self.canvas.paint_labels(regions.outlined([point * ratio for point in outline], labels.shape))

    def cancel(self) -> None:
        super().cancel()
        self._moved = 0.0
        self.canvas.outline.clear()
        self.canvas.update()


def _distance(one: QPointF, other: QPointF) -> float:
    return hypot(one.x() - other.x(), one.y() - other.y())


class Drag(Tool):
    """Moves what is near the pointer, pans elsewhere."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Surface) -> None:
        super().__init__(canvas)
        self._grabbed: int | None = None

    def press(self, position: QPointF) -> None:
        self._grabbed = self.nearest(position)
        if self._grabbed is None:
            super().press(position)
        else:
            self._last, self._moved = position, 0.0

    def move(self, position: QPointF) -> None:
        if self._grabbed is None:
            super().move(position)
        elif self._last is not None:
            self._moved += abs(position.x() - self._last.x()) + abs(position.y() - self._last.y())
            self._last = position
            self.put(self._grabbed, self.canvas.held_inside(self.scene.view.to_picture(position)))
            self.canvas.update()

    def release(self, position: QPointF) -> None:
        if self._grabbed is None:
            super().release(position)
            return
        grabbed, self._grabbed, self._last = self._grabbed, None, None
        if self._moved > 0:
            self.tell(grabbed)

    def cancel(self) -> None:
        super().cancel()
        self._grabbed = None

    def nearest(self, position: QPointF) -> int | None:
        raise NotImplementedError

    def put(self, index: int, point: QPointF) -> None:
        raise NotImplementedError

    def tell(self, index: int) -> None:
        raise NotImplementedError


class JointTool(Drag):
    """Drags keypoints; one that is moved by hand is no guess any more."""

    def nearest(self, position: QPointF) -> int | None:
        return self.scene.pose.nearest(position, self.scene.view)

    def put(self, index: int, point: QPointF) -> None:
        joints = self.scene.pose.joints
        joints[index] = replace(joints[index], x=point.x(), y=point.y(), guessed=False)

    def tell(self, index: int) -> None:
        joint = self.scene.pose.joints[index]
        self.canvas.joint_moved.emit(index, joint.x, joint.y)


class PointTool(Drag):
    """Drags the warp's control points."""

    def nearest(self, position: QPointF) -> int | None:
        return self.scene.points.nearest(position, self.scene.view)

    def put(self, index: int, point: QPointF) -> None:
        self.scene.points.points[index] = (point.x(), point.y())

    def tell(self, index: int) -> None:
        self.canvas.point_moved.emit(index, *self.scene.points.points[index])


class BoxTool(Tool):
    """Draws a box around a person; a click chooses one that is there."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Surface) -> None:
        super().__init__(canvas)
        self._from = QPointF()

    def press(self, position: QPointF) -> None:
        self._last, self._moved = position, 0.0
        self._from = self.canvas.held_inside(self.scene.view.to_picture(position))

    def move(self, position: QPointF) -> None:
        if self._last is None:
            return
        self._moved += abs(position.x() - self._last.x()) + abs(position.y() - self._last.y())
        self._last = position
        to = self.canvas.held_inside(self.scene.view.to_picture(position))
        xs, ys = sorted((self._from.x(), to.x())), sorted((self._from.y(), to.y()))
        self.scene.boxes.drawn = Box(xs[0], ys[0], xs[1], ys[1], True)
        self.canvas.update()

    def release(self, position: QPointF) -> None:
        drawn, clicked = self.scene.boxes.drawn, self._moved <= _CLICK
        self.cancel()
        box = self.scene.boxes.at(self.scene.view.to_picture(position)) if clicked else None
        if box is not None:
            self.canvas.box_chosen.emit(box)
        elif drawn is not None and min(drawn.x1 - drawn.x0, drawn.y1 - drawn.y0) >= _LEAST_BOX:
            self.canvas.box_drawn.emit(drawn)

    def cancel(self) -> None:
        super().cancel()
        self.scene.boxes.drawn = None
        self.canvas.update()
