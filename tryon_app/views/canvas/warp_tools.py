"""Tools that push about what is laid over the picture: whole by a frame, softly by a brush, along an edge; and pins."""

from __future__ import annotations

from math import atan2, degrees, hypot, radians
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF

from tryon_app.views.canvas import displacement
from tryon_app.views.canvas.displacement import Motion, Part, Point, Reach
from tryon_app.views.canvas.pushed import Pushed, there
from tryon_app.views.canvas.surface import LONGEST_BRUSH, Surface
from tryon_app.views.canvas.tools import Tool

_LOCAL = 220.0  # pixels of the laid picture: brushes that reach no further show every one of them
_PIN = 0.06  # of the picture's width: so far around it a pin holds
_NEAR = 10.0  # pixels of the widget, to a grip or a pin
_LEAST_SCALE = 0.05
_SNAP = 15.0  # degrees
_GRIPS: Final = ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1))  # column and row, clockwise


class _Pushing(Tool):
    """Shows a picture that is laid over the other one pushed about, and tells how once the button is let go."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Surface) -> None:
        super().__init__(canvas)
        self._field = displacement.still()
        self._hold: displacement.Hold | None = None
        self._pushed: Pushed | None = None
        self._mask: tuple[int, displacement.Mask | None] = (0, None)  # of the picture with this key

    def release(self, position: QPointF) -> None:
        if self._last is None:
            return
        self._last = None
        pushed, laid = self._pushed, self.scene.laid
        if pushed is None or laid is None or not self._field.any():
            self.cancel()
            return
        self._pushed = None
        laid.image = pushed.image.copy()  # whose pixels go with `pushed`
        self.canvas.laid_pushed.emit(displacement.in_halves(self._field))

    def cancel(self) -> None:
        super().cancel()
        pushed, self._pushed = self._pushed, None
        laid = self.scene.laid
        if pushed is not None and laid is not None:
            laid.image = pushed.before
            self.canvas.update()

    def laid_changed(self) -> None:
        """A stroke goes on over the new picture."""
        if self._pushed is not None and self.scene.laid is not None:
            self._pushed = Pushed(self.scene.laid.image, self._pushed.step)
            self.scene.laid.image = self._pushed.image
            self._pushed.show(self._field)

    def begin(self, position: QPointF, local: float = 0.0) -> bool:
        """Take hold of what is laid; False where nothing is. local: how far the brush reaches, in its pixels."""
        laid = self.scene.laid
        if laid is None:
            return False
        self._last, self._field = position, displacement.still()
        pins = [self.to_cell(pin) for pin in self.scene.pins]
        self._hold = displacement.holding(pins, _PIN * displacement.SIZE[1])
        self._pushed = Pushed(laid.image, 1 if 0 < local <= _LOCAL else 2)
        laid.image = self._pushed.image
        return True

    def show(self, cells: Part | None = None) -> None:
        """Draw what is laid as it is pushed by now, where `cells` are."""
        if self._pushed is not None:
            part = self._pushed.show(self._field, cells)
            self.canvas.update_part(part, self._pushed.image.width())

    @property
    def cell(self) -> float:
        """Pixels of the picture for a cell of the field."""
        return self.scene.view.picture.width() / displacement.SIZE[1]

    def to_cell(self, point: QPointF) -> Point:
        """A point of the picture in cells."""
        return point.x() / self.cell - 0.5, point.y() / self.cell - 0.5

    def in_cells(self, by: QPointF) -> Point:
        """A way in the picture."""
        return by.x() / self.cell, by.y() / self.cell

    def mask(self) -> displacement.Mask | None:
        """Where something is laid, in the pixels of what is laid."""
        laid = self.scene.laid
        if laid is not None and self._mask[0] != laid.image.cacheKey():
            self._mask = laid.image.cacheKey(), there(laid.image)
        return None if laid is None else self._mask[1]


class PushTool(_Pushing):
    """A soft brush that takes along what is under it; less where the pen is pressed less."""

    def press(self, position: QPointF) -> None:
        reach = self.reach(self.scene.view.to_picture(position))
        if self.begin(position, reach.radius * reach.stretch * self.cell):
            self._reach = reach

    def move(self, position: QPointF) -> None:
        if self._last is None:
            return
        by = (position - self._last) * (self.canvas.pressure / self.scene.view.scale / self.cell)
        self._last = position
        to = self.to_cell(self.scene.view.to_picture(position))
        self.show(displacement.push(self._field, to, by.toTuple(), self._reach, self._hold))

    def reach(self, point: QPointF) -> Reach:
        """The brush for a stroke that begins here."""
        return Reach(self.canvas.brush_diameter / 2 / self.cell)


class EdgeTool(PushTool):
    """The brush, long along the edge that it takes hold of: a hem, a sleeve's end or a neckline comes whole."""

    def point_at(self, position: QPointF) -> None:
        """Show the brush as it would take hold here."""
        reach = self.reach(self.scene.view.to_picture(position))
        self.canvas.brush_stretch = reach.stretch
        self.canvas.brush_turn = degrees(atan2(reach.along[1], reach.along[0]))

    def reach(self, point: QPointF) -> Reach:
        mask, radius = self.mask(), self.canvas.brush_diameter / 2
        if mask is None:
            return Reach(radius / self.cell)
        ratio = mask.shape[1] / self.scene.view.picture.width()
        along = displacement.edge_at(mask, (point.x() * ratio, point.y() * ratio), radius * ratio)
        return Reach(radius / self.cell, LONGEST_BRUSH if along else 1.0, along or (1.0, 0.0))


class PinTool(Tool):
    """Puts a pin where the garment is to stay, or takes away the one that is there."""

    cursor = Qt.CursorShape.CrossCursor

    def press(self, position: QPointF) -> None:
        pins, view = self.scene.pins, self.scene.view
        near = [pin for pin in pins if _length(view.to_widget(pin) - position) <= _NEAR]
        if near:
            pins.remove(near[0])
        elif self.scene.laid is not None:
            pins.append(self.canvas.held_inside(view.to_picture(position)))
        self.canvas.update()


class FrameTool(_Pushing):
    """A frame around what is laid: inside it moves, grips scale, and outside it turns.

    A corner keeps the proportions, with Shift it does not; Alt scales about the middle; Shift turns by 15 degrees.
    """

    def __init__(self, canvas: Surface) -> None:
        super().__init__(canvas)
        self._box, self._from, self._motion = QRectF(), QPointF(), Motion()
        self._grip: tuple[int, int] | None = None
        self.laid_changed()

    def laid_changed(self) -> None:
        super().laid_changed()
        if not self.busy:
            self._box = self._around()
            self._motion = Motion()
        self._frame()

    def press(self, position: QPointF) -> None:
        if not self._box.isEmpty() and self.begin(position):
            self._grip, self._from = self._grip_at(position), self.scene.view.to_picture(position)

    def move(self, position: QPointF) -> None:
        if self._last is not None:
            self._last = position
            self._follow(self._wanted(self.scene.view.to_picture(position)))

    def cancel(self) -> None:
        super().cancel()
        self._motion = Motion()
        self._frame()

    def release(self, position: QPointF) -> None:
        if self._last is not None:
            self._box = self._shape().boundingRect()
            super().release(position)
            self._motion = Motion()
            self._frame()

    def point_at(self, position: QPointF) -> None:
        self.canvas.setCursor(self._cursor(position))

    def nudge(self, by: QPointF) -> None:
        """Move all of it by pixels of the picture, as one edit."""
        if self.begin(QPointF()):
            self._follow(Motion(shift=self.in_cells(by)))
            self.release(QPointF())

    def _follow(self, motion: Motion) -> None:
        self._motion = motion
        self._field = displacement.moved(motion, self._hold)
        self.show()
        self._frame()
        self.canvas.update()

    def _wanted(self, point: QPointF) -> Motion:
        """The motion that the pointer asks for."""
        if self._grip is not None:
            return self._scaled(point, *self._grip)
        if self._box.contains(self._from):
            return Motion(shift=self.in_cells(point - self._from))
        middle = self._box.center()
        before, now = self._from - middle, point - middle
        turn = (degrees(atan2(now.y(), now.x()) - atan2(before.y(), before.x())) + 180) % 360 - 180
        turn = round(turn / _SNAP) * _SNAP if self.straight else turn
        return Motion(self.to_cell(middle), turn=radians(turn))

    def _scaled(self, point: QPointF, column: int, row: int) -> Motion:
        about_middle = bool(self.modifiers & Qt.KeyboardModifier.AltModifier)
        grip = self._place(column, row)
        fixed = self._box.center() if about_middle else self._place(2 - column, 2 - row)
        across = 1.0 if column == 1 else (point.x() - fixed.x()) / (grip.x() - fixed.x())
        down = 1.0 if row == 1 else (point.y() - fixed.y()) / (grip.y() - fixed.y())
        if 1 not in (column, row) and not self.straight:
            gap = grip - fixed  # the nearest point of the diagonal says how large both become
            across = down = QPointF.dotProduct(point - fixed, gap) / QPointF.dotProduct(gap, gap)
        return Motion(self.to_cell(fixed), scale=(max(across, _LEAST_SCALE), max(down, _LEAST_SCALE)))

    def _around(self) -> QRectF:
        """The box, in the picture, around what is laid."""
        mask = self.mask()
        box = None if mask is None else displacement.bounds(mask)
        if mask is None or box is None:
            return QRectF()
        ratio = self.scene.view.picture.width() / mask.shape[1]
        x0, y0, x1, y1 = (side * ratio for side in box)
        return QRectF(x0, y0, x1 - x0, y1 - y0)

    def _place(self, column: int, row: int) -> QPointF:
        return self._box.topLeft() + QPointF(self._box.width() * column / 2, self._box.height() * row / 2)

    def _shape(self) -> QPolygonF:
        """The grips as they are moved by now, in the picture."""
        moved = [self._motion.forth(self.to_cell(self._place(*grip))) for grip in _GRIPS]
        return QPolygonF([QPointF(x + 0.5, y + 0.5) * self.cell for x, y in moved])

    def _frame(self) -> None:
        self.canvas.frame[:] = [] if self._box.isEmpty() else self._shape().toList()
        self.canvas.update()

    def _grip_at(self, position: QPointF) -> tuple[int, int] | None:
        gaps = [_length(self.scene.view.to_widget(self._place(*grip)) - position) for grip in _GRIPS]
        nearest = int(np.argmin(gaps))
        return _GRIPS[nearest] if gaps[nearest] <= _NEAR else None

    def _cursor(self, position: QPointF) -> Qt.CursorShape:
        if self._box.isEmpty():
            return Qt.CursorShape.ArrowCursor
        grip = self._grip_at(position)
        if grip is None:
            inside = self._box.contains(self.scene.view.to_picture(position))
            return Qt.CursorShape.SizeAllCursor if inside else Qt.CursorShape.PointingHandCursor
        if 1 in grip:
            return Qt.CursorShape.SizeVerCursor if grip[0] == 1 else Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.SizeFDiagCursor if grip in ((0, 0), (2, 2)) else Qt.CursorShape.SizeBDiagCursor


def _length(gap: QPointF) -> float:
    return hypot(gap.x(), gap.y())
