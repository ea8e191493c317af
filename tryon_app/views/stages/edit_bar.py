"""The bar of editing tools; a stage that cannot be edited has none, and the bar is not there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSlider, QWidget

from tryon_app.views.canvas.tools import TOOLS
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label, line, name_button, push_button, tool_button
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import XS, S

_LARGEST_BRUSH = 200


class EditBar(Translated, QWidget):
    """Chooses a tool and the brush's size, and takes all edits of a stage back."""

    tool_chosen = Signal(str)
    brush_size_changed = Signal(int)
    revert_requested = Signal()
    border_requested = Signal(str)  # "grow", "shrink" or "smooth" the chosen label

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons = {name: tool_button(name, self, checkable=True) for name in TOOLS}
        self._group = QButtonGroup(self)
        for name, button in self.buttons.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, name=name: self._choose(name))
        self.borders = {name: tool_button(name, self) for name in ("grow", "shrink", "smooth")}
        for name, button in self.borders.items():
            button.clicked.connect(lambda _=False, name=name: self.border_requested.emit(name))
        self.size_text, self.size_value = label("caption"), label("caption")
        self.size_value.setMinimumWidth(44)
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(1, _LARGEST_BRUSH)
        self.size_slider.setValue(24)
        self.size_slider.setMaximumWidth(140)
        self.size_slider.valueChanged.connect(self._size_changed)
        self.revert_button = push_button("quiet", "revert")
        self.revert_button.clicked.connect(self.revert_requested)
        self.hint = label("caption")
        self._lay_out()
        self.retranslate()
        self.set_tools(())

    def retranslate(self) -> None:
        names = {
            "hand": self.tr("Move the picture"),
            "box": self.tr("Draw a box around a person"),
            "brush": self.tr("Brush"),
            "eraser": self.tr("Eraser"),
            "fill": self.tr("Fill a region with the chosen label"),
            "lasso": self.tr("Outline a region: draw, or click from corner to corner; Enter closes"),
            "joints": self.tr("Move joints"),
            "points": self.tr("Move control points"),
        }
        for name, button in self.buttons.items():
            name_button(button, names[name])
        self.buttons["brush"].setToolTip(
            self.tr("Brush (Shift: straight from where it was; Alt+click: take the label)")
        )
        name_button(self.borders["grow"], self.tr("Grow the chosen label"))
        name_button(self.borders["shrink"], self.tr("Shrink the chosen label"))
        name_button(self.borders["smooth"], self.tr("Smooth the chosen label's border"))
        self.size_text.setText(self.tr("Size"))
        self.size_slider.setAccessibleName(self.tr("Brush size"))
        self.size_slider.setToolTip(self.tr("Brush size ([ and ])"))
        self.revert_button.setText(self.tr("Undo all edits"))
        self.revert_button.setToolTip(self.tr("Go back to what was computed"))
        self._show_size(self.size_slider.value())

    def set_tools(self, tools: Sequence[str], edited: bool = False) -> None:
        """The tools of the stage that is shown; with fewer than two there is nothing to choose and the bar hides."""
        for name, button in self.buttons.items():
            button.setVisible(name in tools)
        for button in self.borders.values():
            button.setVisible("brush" in tools)
        self.set_edited(edited)
        self.setVisible(len(tools) > 1)
        self._show_brush()

    def set_edited(self, edited: bool) -> None:
        """Whether there are edits to take back."""
        self.revert_button.setVisible(edited)

    def set_current(self, name: str) -> None:
        self.buttons[name].setChecked(True)
        self._show_brush()

    def set_brush_size(self, diameter: int) -> None:
        """Show a size without telling of it."""
        blocked = self.size_slider.blockSignals(True)
        self.size_slider.setValue(diameter)
        self.size_slider.blockSignals(blocked)
        self._show_size(diameter)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(S, XS, S, XS)
        row.setSpacing(2)
        for button in self.buttons.values():
            row.addWidget(button)
        for button in self.borders.values():
            row.addWidget(button)
        self._line = line(vertical=True)
        row.addSpacing(S)
        row.addWidget(self._line)
        row.addSpacing(S)
        for widget in (self.size_text, self.size_slider, self.size_value):
            row.addWidget(widget)
            row.addSpacing(XS)
        row.addStretch()
        row.addWidget(self.revert_button)

    def _choose(self, name: str) -> None:
        self._show_brush()
        self.tool_chosen.emit(name)

    def _size_changed(self, diameter: int) -> None:
        self._show_size(diameter)
        self.brush_size_changed.emit(diameter)

    def _show_size(self, diameter: int) -> None:
        self.size_value.setText(self.tr("{pixels} px").format(pixels=diameter))

    def _show_brush(self) -> None:
        painting = any(self.buttons[name].isChecked() for name in ("brush", "eraser"))
        for widget in (self._line, self.size_text, self.size_slider, self.size_value):
            widget.setVisible(painting)
