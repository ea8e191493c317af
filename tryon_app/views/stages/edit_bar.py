"""The bar of editing tools; a stage that cannot be edited has none, and the bar is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QSlider, QWidget

from tryon_app.views.canvas.toolbox import TOOLS
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label, line, name_button, push_button, tool_button
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import XS, S
from tryon_app.views.words.names import tool_key, tool_name, tool_tip

_LARGEST_BRUSH = 400
_WHOLE = 100  # a tolerance that asks for no edge
_AMOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "brush": ("size", "hardness"),
    "eraser": ("size", "hardness"),
    "push": ("size",),
    "edge": ("size",),
    "fill": ("tolerance",),
}
"""What can be set of each tool."""


class Amount(QWidget):
    """A slider with its name and its value; `changed` is told only of what the user sets."""

    changed = Signal(int)

    def __init__(self, low: int, high: int, value: int) -> None:
        super().__init__()
        self.name, self.value = label("caption"), label("caption")
        self.value.setMinimumWidth(40)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(low, high)
        self.slider.setMinimumWidth(48)
        self.slider.setMaximumWidth(120)
        self.slider.setValue(value)
        self.slider.valueChanged.connect(self._on_value)
        self._form = "{value}"
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(XS)
        for widget in (self.name, self.slider, self.value):
            row.addWidget(widget)

    def set_words(self, name: str, form: str, tip: str) -> None:
        """Its name, its value with its unit, and what it does."""
        self._form = form
        self.name.setText(name)
        self.slider.setAccessibleName(name)
        self.slider.setToolTip(tip)
        self.value.setText(form.format(value=self.slider.value()))

    def set(self, value: int) -> None:
        """Show a value without telling of it."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(value)
        self.value.setText(self._form.format(value=value))

    def _on_value(self, value: int) -> None:
        self.value.setText(self._form.format(value=value))
        self.changed.emit(value)


class EditBar(Translated, QWidget):
    """Chooses a tool and how it works, and takes all edits of a stage back."""

    tool_chosen = Signal(str)
    brush_size_changed = Signal(int)
    hardness_changed = Signal(float)  # in [0, 1]
    tolerance_changed = Signal(object)  # of 255, None where edges do not count
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
        self.size_of_brush, self.hardness = Amount(1, _LARGEST_BRUSH, 24), Amount(0, 100, 100)
        self.tolerance = Amount(1, _WHOLE, _WHOLE)
        self._amounts = {"size": self.size_of_brush, "hardness": self.hardness, "tolerance": self.tolerance}
        self.size_of_brush.changed.connect(self.brush_size_changed)
        self.hardness.changed.connect(lambda percent: self.hardness_changed.emit(percent / 100))
        self.tolerance.changed.connect(self._on_tolerance)
        self.revert_button = push_button("quiet", "revert")
        self.revert_button.clicked.connect(self.revert_requested)
        self._lay_out()
        self.retranslate()
        self.set_tools(())

    def retranslate(self) -> None:
        for name, button in self.buttons.items():
            name_button(button, tool_name(name))
            button.setToolTip(f"{tool_tip(name)} ({tool_key(name)})" if tool_key(name) else tool_tip(name))
        name_button(self.borders["grow"], self.tr("Grow the chosen label"))
        name_button(self.borders["shrink"], self.tr("Shrink the chosen label"))
        name_button(self.borders["smooth"], self.tr("Smooth the chosen label's border"))
        self.size_of_brush.set_words(self.tr("Size"), self.tr("{value} px"), self.tr("Brush size ([ and ])"))
        tip = self.tr("How much of the brush paints at once; the rest fills where it goes to and fro")
        self.hardness.set_words(self.tr("Hardness"), "{value} %", tip)
        tip = self.tr("How different colours may be before a fill stops; at 100 % the photo is not looked at")
        self.tolerance.set_words(self.tr("Tolerance"), "{value} %", tip)
        self.revert_button.setText(self.tr("Undo all edits"))
        self.revert_button.setToolTip(self.tr("Go back to what was computed"))

    def set_tools(self, tools: Sequence[str], edited: bool = False) -> None:
        """The tools of the stage that is shown; with fewer than two there is nothing to choose and the bar hides."""
        for name, button in self.buttons.items():
            button.setVisible(name in tools)
        for button in self.borders.values():
            button.setVisible("brush" in tools)
        self.set_edited(edited)
        self.setVisible(len(tools) > 1)
        self._show_amounts()

    def set_edited(self, edited: bool) -> None:
        """Whether there are edits to take back."""
        self.revert_button.setVisible(edited)

    def set_current(self, name: str) -> None:
        self.buttons[name].setChecked(True)
        self._show_amounts()

    def set_brush_size(self, diameter: int) -> None:
        """Show a size without telling of it."""
        self.size_of_brush.set(diameter)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(S, XS, S, XS)
        row.setSpacing(2)
        for button in (*self.buttons.values(), *self.borders.values()):
            row.addWidget(button)
        self._line = line(vertical=True)
        row.addSpacing(S)
        row.addWidget(self._line)
        row.addSpacing(S)
        for amount in self._amounts.values():
            row.addWidget(amount)
        row.addStretch()
        row.addWidget(self.revert_button)

    def _choose(self, name: str) -> None:
        self._show_amounts()
        self.tool_chosen.emit(name)

    def _on_tolerance(self, percent: int) -> None:
        self.tolerance_changed.emit(None if percent == _WHOLE else percent * 1.28)

    def _show_amounts(self) -> None:
        current = next((name for name, button in self.buttons.items() if button.isChecked()), "")
        shown = _AMOUNTS.get(current, ())
        self._line.setVisible(bool(shown))
        for name, amount in self._amounts.items():
            amount.setVisible(name in shown)
