"""Progress of one job: what it does, how far it is, how long it will take, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import Elided, label, name_button, tool_button
from tryon_app.views.common.tokens import XS, S
from tryon_app.views.words.names import time_left

_STEPS = 1000


class JobProgress(Translated, QWidget):
    """Text over a bar, the time left under it and a cancel button beside it."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds: float | None = None
        self.text = Elided()
        self.text.setText(" ")
        self.left = label("caption")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.cancel = tool_button("close", self, side=16)
        self.cancel.clicked.connect(self.cancel_requested)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(S)
        grid.setVerticalSpacing(XS)
        grid.addWidget(self.text, 0, 0)
        grid.addWidget(self.bar, 1, 0)
        grid.addWidget(self.left, 2, 0)
        grid.addWidget(self.cancel, 0, 1, 3, 1)
        grid.setColumnStretch(0, 1)
        self.retranslate()

    def retranslate(self) -> None:
        name_button(self.cancel, self.tr("Cancel"), self.tr("Esc"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.set_seconds_left(self._seconds)

    def set_text(self, text: str) -> None:
        self.text.setText(text)
        self.text.update()
        self.bar.setAccessibleDescription(text)

    def set_fraction(self, fraction: float | None) -> None:
        """0..1, or None while nobody can say."""
        self.bar.setRange(0, 0 if fraction is None else _STEPS)
        if fraction is not None:
            self.bar.setValue(round(min(max(fraction, 0.0), 1.0) * _STEPS))

    def set_seconds_left(self, seconds: float | None) -> None:
        self._seconds = seconds
        self.left.setText(time_left(seconds) or " ")  # as high before it is known

    def set_cancellable(self, on: bool) -> None:
        self.cancel.setVisible(on)
