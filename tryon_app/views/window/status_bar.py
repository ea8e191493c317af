"""The line at the window's foot: what is under the cursor, what runs, and on what it runs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label, tool_button
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import S
from tryon_app.views.common.view_types import Hover
from tryon_app.views.words.names import joint_name, label_name, size_text


class StatusBar(Translated, QStatusBar):
    """Left: cursor and messages. Right: the running job, memory, device, weight pack with its licence."""

    pack_clicked = Signal()
    device_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack: tuple[str, str, bool] = ("", "", True)
        self._device: tuple[str, str] = ("", "")
        self._memory: str | int = ""
        self.setSizeGripEnabled(False)
        self.setContentsMargins(S, 0, S, 0)
        self.swatch = QLabel()
        self.swatch.setFixedSize(12, 12)
        self.swatch.hide()
        self.cursor_text, self.job, self.memory = label("caption"), label("caption"), label("caption")
        self.device_button, self.pack_button = self._button("device"), self._button("pack")
        self.licence = label("chip")
        self.device_button.clicked.connect(self.device_clicked)
        self.pack_button.clicked.connect(self.pack_clicked)
        self.addWidget(self.swatch)
        self.addWidget(self.cursor_text, 1)
        for widget in (self.job, self.memory, self.device_button, self.pack_button, self.licence):
            self.addPermanentWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Status"))
        self.device_button.setAccessibleName(self.tr("Device: {name}").format(name=self._device[0]))
        self.set_device(*self._device)
        self.set_pack(*self._pack)
        self.set_memory(self._memory)

    def set_device(self, text: str, tip: str = "") -> None:
        """The device that computes."""
        self._device = (text, tip)
        self.device_button.setText(text)
        self.device_button.setToolTip(tip or self.tr("Device that computes"))
        self.device_button.setVisible(bool(text))

    def set_memory(self, memory: str | int) -> None:
        """Memory in use: a text, or a number of bytes."""
        self._memory = memory
        self.memory.setText(size_text(memory) if isinstance(memory, int) else memory)
        self.memory.setToolTip(self.tr("Memory in use by the engine"))
        self.memory.setVisible(bool(self.memory.text()))

    def set_pack(self, name: str, licence: str = "", trained: bool = True) -> None:
        """The weights in use, their licence, and whether they are trained at all."""
        self._pack = (name, licence, trained)
        self.pack_button.setText(name or self.tr("No weights"))
        self.pack_button.setToolTip(self.tr("Weight pack in use"))
        self.licence.setText(licence if trained else self.tr("untrained"))
        self.licence.setVisible(bool(self.licence.text()))
        set_role(self.licence, "chip" if trained else "chip-warning")

    def set_job(self, text: str) -> None:
        """What is running, "" for nothing."""
        self.job.setText(text)
        self.job.setVisible(bool(text))

    def set_message(self, text: str, ms: int = 6000) -> None:
        """A short piece of news, which goes away by itself."""
        self.showMessage(text, ms)

    def set_cursor(self, hover: Hover | None) -> None:
        """Position, colour, label and joint under the canvas's cursor."""
        if hover is None:
            self.cursor_text.clear()
            self.swatch.hide()
            return
        parts = [f"{hover.x}, {hover.y}"]
        if hover.rgb is not None:
            parts.append("#{:02x}{:02x}{:02x}".format(*hover.rgb))
        if hover.label is not None:
            parts.append(label_name(hover.label.name))
        if hover.joint is not None:
            parts.append(self._joint(hover))
        self.cursor_text.setText("   ".join(parts))
        self._show_swatch(hover)

    def _joint(self, hover: Hover) -> str:
        assert hover.joint is not None
        name = joint_name(hover.joint.name)
        if hover.joint.guessed:
            return self.tr("{joint} (guessed)").format(joint=name)
        return self.tr("{joint} ({percent}% sure)").format(joint=name, percent=round(hover.joint.confidence * 100))

    def _show_swatch(self, hover: Hover) -> None:
        colour = hover.label.colour if hover.label is not None else hover.rgb
        self.swatch.setVisible(colour is not None)
        if colour is not None:
            self.swatch.setStyleSheet("background: #{:02x}{:02x}{:02x}; border-radius: 3px;".format(*colour))

    def _button(self, icon: str) -> QToolButton:
        button = tool_button(icon, self, side=14)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button
