"""The bar over the canvas: zoom, comparison, and what is laid over the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSlider,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from tryon_app.views.canvas.canvas import Canvas
from tryon_app.views.canvas.comparison import MODES
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import line, name_button, tool_button
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import XS, M, S

_MODE_ICONS = {"off": "single", "swipe": "swipe", "side": "side", "blink": "blink", "difference": "difference"}
Overlay = tuple[str, str, bool, float]


class CanvasBar(Translated, QWidget):
    """Controls of one canvas, and the list of overlays (key, text, visible, opacity), which the owner lays on."""

    overlay_changed = Signal(str, bool, float)

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make_zoom()
        self._make_compare()
        self.overlays = OverlayMenu(self)
        self.overlays.changed.connect(self.overlay_changed)
        self.overlay_button = tool_button("layers", self)
        self.overlay_button.setMenu(self.overlays)
        self.overlay_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.overlay_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._lay_out()
        canvas.zoom_changed.connect(self._show_zoom)
        canvas.compare_mode_changed.connect(self._show_mode)
        self.retranslate()
        self.set_comparable(False)
        self.set_overlays(())

    def retranslate(self) -> None:
        name_button(self.out_button, self.tr("Zoom out"), "-")
        name_button(self.in_button, self.tr("Zoom in"), "+")
        name_button(self.fit_button, self.tr("Fit to window"), "0")
        name_button(self.actual_button, self.tr("Pixel for pixel"), "1")
        names = {
            "off": self.tr("One picture"),
            "swipe": self.tr("Swipe between both"),
            "side": self.tr("Side by side"),
            "blink": self.tr("Blink"),
            "difference": self.tr("Difference"),
        }
        for mode, button in self.mode_buttons.items():
            name_button(button, names[mode], "C")
        self.overlay_button.setText(self.tr("Overlays"))
        name_button(self.overlay_button, self.tr("What lies over the picture"))
        self._show_zoom(self._canvas.zoom)

    def set_comparable(self, on: bool) -> None:
        """Whether there is something to compare with."""
        for mode, button in self.mode_buttons.items():
            button.setEnabled(on or mode == "off")

    def set_overlays(self, overlays: Sequence[Overlay]) -> None:
        """The overlays that the shown stage can have."""
        self.overlays.fill(overlays)
        self.overlay_button.setEnabled(bool(overlays))

    def _make_zoom(self) -> None:
        self.out_button, self.in_button = tool_button("zoom-out", self), tool_button("zoom-in", self)
        self.fit_button, self.actual_button = tool_button("fit", self), tool_button("actual", self)
        self.zoom_text = QToolButton(self)
        self.zoom_text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.zoom_text.setMinimumWidth(56)
        self.out_button.clicked.connect(self._canvas.zoom_out)
        self.in_button.clicked.connect(self._canvas.zoom_in)
        self.fit_button.clicked.connect(self._canvas.fit)
        self.actual_button.clicked.connect(self._canvas.actual_size)
        self.zoom_text.clicked.connect(self._canvas.actual_size)

    def _make_compare(self) -> None:
        self.mode_buttons = {mode: tool_button(_MODE_ICONS[mode], self, checkable=True) for mode in MODES}
        self._modes = QButtonGroup(self)
        for mode, button in self.mode_buttons.items():
            self._modes.addButton(button)
            button.clicked.connect(lambda _=False, mode=mode: self._canvas.set_compare_mode(mode))
        self.mode_buttons["off"].setChecked(True)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(S, XS, S, XS)
        row.setSpacing(2)
        for button in (self.out_button, self.zoom_text, self.in_button, self.fit_button, self.actual_button):
            row.addWidget(button)
        row.addSpacing(S)
        row.addWidget(line(vertical=True))
        row.addSpacing(S)
        for button in self.mode_buttons.values():
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.overlay_button)

    def _show_zoom(self, zoom: float) -> None:
        shown = self._canvas.picture is not None
        text = self.tr("{percent}%").format(percent=round(zoom * 100)) if shown else "–"
        self.zoom_text.setText(text)
        name_button(
            self.zoom_text, self.tr("Zoom: {percent}%. Click for pixel for pixel").format(percent=round(zoom * 100))
        )

    def _show_mode(self, mode: str) -> None:
        self.mode_buttons[mode].setChecked(True)


class OverlayMenu(QMenu):
    """A row for each overlay: whether it is seen, and how strongly."""

    changed = Signal(str, bool, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, tuple[QCheckBox, QSlider]] = {}
        self._texts: tuple[tuple[str, str], ...] | None = None

    def fill(self, overlays: Sequence[Overlay]) -> None:
        """Show these; rows that are there stay, since one may be under the pointer."""
        texts = tuple((key, text) for key, text, _, _ in overlays)
        if texts != self._texts:
            self._texts = texts
            self._make(texts)
        for key, _, visible, opacity in overlays:
            box, slider = self.rows[key]
            with QSignalBlocker(box), QSignalBlocker(slider):
                box.setChecked(visible)
                slider.setValue(round(opacity * 100))

    def _make(self, texts: Sequence[tuple[str, str]]) -> None:
        self.clear()
        self.rows = {}
        panel = QWidget(self)
        grid = QGridLayout(panel)
        grid.setContentsMargins(M, S, M, S)
        grid.setHorizontalSpacing(M)
        for row, (key, text) in enumerate(texts):
            box, slider = self._row(key, text)
            grid.addWidget(box, row, 0)
            grid.addWidget(slider, row, 1)
            self.rows[key] = box, slider
        action = QWidgetAction(self)
        action.setDefaultWidget(panel)
        self.addAction(action)

    def _row(self, key: str, text: str) -> tuple[QCheckBox, QSlider]:
        box, slider = QCheckBox(text), QSlider(Qt.Orientation.Horizontal)
        slider.setRange(5, 100)
        slider.setMinimumWidth(120)
        slider.setAccessibleName(self.tr("Opacity of {overlay}").format(overlay=text))
        slider.setToolTip(slider.accessibleName())
        box.toggled.connect(lambda _: self._tell(key))
        slider.valueChanged.connect(lambda _: self._tell(key))
        return box, slider

    def _tell(self, key: str) -> None:
        box, slider = self.rows[key]
        self.changed.emit(key, box.isChecked(), slider.value() / 100)
