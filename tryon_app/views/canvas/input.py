"""Mouse, wheel, keyboard and drops of the canvas; what they do to the scene is in the tools and the canvas."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEnterEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from tryon_app.views.canvas.comparison import MODES
from tryon_app.views.canvas.surface import BRUSHED, Surface
from tryon_app.views.canvas.toolbox import tool
from tryon_app.views.canvas.tools import Drag, Lasso
from tryon_app.views.canvas.warp_tools import FrameTool
from tryon_app.views.common.drops import can_drop, dropped_of
from tryon_app.views.common.view_types import Hover

_STEP = 40.0
_DRAWING = (*BRUSHED, "fill", "lasso", "frame", "pin")  # with these in hand Space moves the picture
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class CanvasInput(Surface):
    """The input half of `Canvas`, which is the only class made from it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = tool(self.tool_name, self)
        self._pans, self._pan_from = False, QPointF()
        self._held = self.space = False
        self._menu_wanted = True  # by the last click: what took something away wants none
        self.setCursor(self.tool.cursor)

    def set_tool(self, name: str) -> None:
        """Set one of `TOOLS`."""
        if name == self.tool_name:
            return
        self.tool.cancel()
        self.frame.clear()
        self.brush_stretch, self.brush_turn = 1.0, 0.0
        before = self.brush_diameter
        self.tool_name = name
        self.scene.show_points = name in ("hand", "points")
        self.tool = tool(name, self)
        if self.brush_diameter != before:
            self.brush_changed.emit(self.brush_diameter)
        self.scene.lit_joint = self.scene.lit_point = None
        self.setCursor(self.tool.cursor)
        self._tell_held()
        self.tool_changed.emit(name)
        self.update()

    def set_layer(self, key: str, picture: QImage | None, opacity: float = 0.7) -> None:
        super().set_layer(key, picture, opacity)
        if key == self.scene.laid_key:
            self.tool.laid_changed()

    def set_laid(self, key: str) -> None:
        """Which layer the tools push about; "" for none."""
        if key != self.scene.laid_key:
            self.scene.laid_key = key
            self.tool.laid_changed()

    def _tell_held(self) -> None:
        if self._held != self.tool.busy:
            self._held = self.tool.busy
            self.held.emit(self._held)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = pane_position(self, event.position())
        self.tool.modifiers = event.modifiers()
        if self.picture is None:
            return
        left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (self.space and left):
            self._pans, self._pan_from = True, event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() is Qt.MouseButton.RightButton:
            joint = self.scene.pose.nearest(place, self.scene.view) if self.tool_name == "joints" else None
            self._menu_wanted = joint is None
            remove_joint(self, joint)
        elif event.button() is Qt.MouseButton.LeftButton:
            if event.modifiers() & Qt.KeyboardModifier.AltModifier and self.scene.labels.labels is not None:
                pick_label(self, place)
            else:
                self.tool.press(place)
                self._tell_held()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        if event.reason() is not QContextMenuEvent.Reason.Mouse or self._menu_wanted:
            self.menu_requested.emit(event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = pane_position(self, event.position())
        before, self.pointer = self.pointer, place
        self.tool.modifiers = event.modifiers()
        if self._pans:
            self.scene.view.pan(event.position() - self._pan_from)
            self._pan_from = event.position()
            self.update()
        elif self.tool.busy:
            self.tool.move(place)  # an outline follows the pointer between clicks too
        else:
            self.tool.point_at(place)
            if light_up(self, place):
                self.update()
        if self.tool_name in BRUSHED:
            self.update_brush(before, place)
        self._tell_held()
        self.hovered.emit(under(self, place))

    def look_again(self) -> None:
        """What is shown is new: say what lies under the pointer now."""
        self.hovered.emit(None if self.pointer is None else under(self, self.pointer))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pans:
            self._pans = False
            self.setCursor(Qt.CursorShape.OpenHandCursor if self.space else self.tool.cursor)
        elif event.button() is Qt.MouseButton.LeftButton and self.tool.busy:
            self.tool.release(pane_position(self, event.position()))
        self._tell_held()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802
        """How strongly a pen is pressed; the mouse's event that Qt makes of an ignored one does the rest."""
        self.pressure = min(max(event.pressure(), 0.0), 1.0) if event.buttons() & Qt.MouseButton.LeftButton else 1.0
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Between the whole picture and pixel for pixel; while painting it is two clicks, which close an outline."""
        if isinstance(self.tool, Lasso):
            self.tool.close()
            self._tell_held()
        elif self.tool_name != "hand" or event.button() is not Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        elif self.scene.view.fitted:
            self.set_zoom(1.0, pane_position(self, event.position()))
        else:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if self.picture is None:
            return
        by = event.pixelDelta()
        if not by.isNull() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier and by.x():
            self.scene.view.pan(QPointF(by))  # two fingers sideways on a touchpad
            self.update()
        else:
            self.set_zoom(self.zoom * 1.0015 ** event.angleDelta().y(), pane_position(self, event.position()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching zooms; Tab is left to the focus."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom * (1 + event.value()), pane_position(self, event.position()))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        self.ringed = self.ringed or key != Qt.Key.Key_Space
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.hold_space(True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.tool, Lasso) and self.tool.busy:
            self.tool.close()
            self._tell_held()
        elif key == Qt.Key.Key_Escape and self.tool.busy:
            self.tool.cancel()
            self._tell_held()
        elif key in _ARROWS:
            arrow(self, _ARROWS[key], event.modifiers())
        elif event.modifiers() & ~_PLAIN or not press_letter(self, event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hold_space(False)
        else:
            event.ignore()

    def hold_space(self, on: bool) -> None:
        """Space shows the original; while painting, where that is seldom wanted, it moves the picture."""
        self.space = on and self.tool_name in _DRAWING
        self.show_original(on and not self.space)
        if not self._pans:
            self.setCursor(Qt.CursorShape.OpenHandCursor if self.space else self.tool.cursor)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The ring is for those who came by key; who clicked knows where they are."""
        super().focusInEvent(event)
        self.ringed = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.hold_space(False)
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        self.pointer = None
        self.scene.lit_box = None
        self.left.emit()
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if event.source() is not self and can_drop(event.mimeData()):
            event.acceptProposedAction()
            self.drop_over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.drop_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.drop_over = False
        self.update()
        content = dropped_of(event.mimeData())
        if content is not None:
            event.acceptProposedAction()
            self.dropped.emit(content)


def pane_position(canvas: CanvasInput, position: QPointF) -> QPointF:
    """A position of the widget in the pane of the picture: of two side by side both count as one."""
    second = canvas.scene.second_pane
    return position - QPointF(second, 0) if second and position.x() >= second else QPointF(position)


def under(canvas: CanvasInput, position: QPointF) -> Hover | None:
    """What lies under a position, None beside the picture."""
    picture, scene = canvas.picture, canvas.scene
    point = scene.view.to_picture(position)
    if picture is None or not picture.rect().contains(int(point.x()), int(point.y())) or min(point.x(), point.y()) < 0:
        return None
    x, y = int(point.x()), int(point.y())
    colour = picture.pixelColor(x, y)
    joint = scene.pose.nearest(position, scene.view) if scene.pose.opacity > 0 else None
    return Hover(
        x,
        y,
        (colour.red(), colour.green(), colour.blue()),
        scene.labels.at(point, picture.width()),
        None if joint is None else scene.pose.joints[joint],
    )


def light_up(canvas: CanvasInput, position: QPointF) -> bool:
    """Mark what a press would take hold of; whether that is something else than before."""
    scene, point = canvas.scene, canvas.scene.view.to_picture(position)
    before = scene.lit_joint, scene.lit_point, scene.lit_box
    if canvas.tool_name == "joints":
        scene.lit_joint = scene.pose.nearest(position, scene.view)
    elif canvas.tool_name == "points":
        scene.lit_point = scene.points.nearest(position, scene.view)
    elif canvas.tool_name == "hand":
        scene.lit_box = scene.boxes.at(point)
        line = scene.comparison.grabs(position, scene.view)
        pointing = Qt.CursorShape.PointingHandCursor if scene.lit_box is not None else canvas.tool.cursor
        canvas.setCursor(Qt.CursorShape.SplitHCursor if line else pointing)
    return before != (scene.lit_joint, scene.lit_point, scene.lit_box)


def pick_label(canvas: CanvasInput, position: QPointF) -> None:
    """Take the label under the pointer for the brush."""
    hover = under(canvas, position)
    if hover is not None and hover.label is not None:
        canvas.set_brush(hover.label.id)
        canvas.label_picked.emit(hover.label.id)


def remove_joint(canvas: CanvasInput, index: int | None) -> None:
    """Take a joint away."""
    if index is None:
        return
    joints = canvas.scene.pose.joints
    joints[index] = replace(joints[index], confidence=0.0)
    canvas.scene.lit_joint = None
    canvas.joint_removed.emit(index)
    canvas.update()


def arrow(canvas: CanvasInput, direction: QPointF, modifiers: Qt.KeyboardModifier) -> None:
    """Alt and an arrow move the marked joint or point, or what is framed, by a pixel (with Shift by ten).

    An arrow alone moves the picture.
    """
    many = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
    if not modifiers & Qt.KeyboardModifier.AltModifier:
        line = canvas.scene.comparison
        if line.active == "swipe" and direction.x() and not modifiers & Qt.KeyboardModifier.ControlModifier:
            line.split = min(max(line.split + 0.02 * many * direction.x(), 0.0), 1.0)
        else:
            canvas.scene.view.pan(direction * -_STEP * many)
        canvas.update()
        return
    if canvas.tool_name == "joints" and canvas.scene.lit_joint is not None:
        nudge(canvas, canvas.scene.lit_joint, direction * many)
    elif canvas.tool_name == "points" and canvas.scene.lit_point is not None:
        nudge(canvas, canvas.scene.lit_point, direction * many)
    elif isinstance(canvas.tool, FrameTool):
        canvas.tool.nudge(direction * many)


def nudge(canvas: CanvasInput, index: int, by: QPointF) -> None:
    """Move a joint or point by picture pixels and tell of it."""
    if isinstance(canvas.tool, Drag):
        spot = canvas.scene.points.points[index] if canvas.tool_name == "points" else None
        joint = canvas.scene.pose.joints[index] if spot is None else None
        here = QPointF(*spot) if spot is not None else QPointF(joint.x, joint.y) if joint is not None else QPointF()
        canvas.tool.put(index, canvas.held_inside(here + by))
        canvas.tool.tell(index)
        canvas.update()


def press_letter(canvas: CanvasInput, event: QKeyEvent) -> bool:
    """The single keys; False for one that means nothing here."""
    actions = {
        "+": canvas.zoom_in,
        "=": canvas.zoom_in,
        "-": canvas.zoom_out,
        "0": canvas.fit,
        "1": canvas.actual_size,
        "[": lambda: canvas.set_brush(canvas.brush_label, max(int(canvas.brush_diameter / 1.25), 1)),
        "]": lambda: canvas.set_brush(canvas.brush_label, int(canvas.brush_diameter * 1.25) + 1),
        ",": lambda: step(canvas, -1),
        ".": lambda: step(canvas, 1),
        "c": lambda: canvas.set_compare_mode(MODES[(MODES.index(canvas.compare_mode) + 1) % len(MODES)]),
        "b": lambda: next_box(canvas),
    }
    if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and canvas.tool_name == "joints":
        remove_joint(canvas, canvas.scene.lit_joint)
        return True
    action = actions.get(event.text().lower())
    if action is None:
        return False
    action()
    return True


def step(canvas: CanvasInput, by: int) -> None:
    """Mark the next joint or control point."""
    scene = canvas.scene
    if canvas.tool_name == "joints":
        there = [i for i, joint in enumerate(scene.pose.joints) if joint.confidence > 0]
        scene.lit_joint = _next(there, scene.lit_joint, by)
        if scene.lit_joint is not None:
            joint = scene.pose.joints[scene.lit_joint]
            canvas.hovered.emit(Hover(int(joint.x), int(joint.y), joint=joint))
    elif canvas.tool_name == "points":
        scene.lit_point = _next(list(range(len(scene.points.points))), scene.lit_point, by)
    canvas.update()


def next_box(canvas: CanvasInput) -> None:
    """Choose the next person."""
    boxes = canvas.scene.boxes.boxes
    if len(boxes) > 1:
        chosen = next((i for i, box in enumerate(boxes) if box.chosen), -1)
        canvas.box_chosen.emit((chosen + 1) % len(boxes))


def _next(there: list[int], now: int | None, by: int) -> int | None:
    if not there:
        return None
    if now not in there:
        return there[0 if by > 0 else -1]
    return there[(there.index(now) + by) % len(there)]
