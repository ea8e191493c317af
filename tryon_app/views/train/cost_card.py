"""What a training will cost on this computer, as a dry run has measured it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from tryon_app.model.training import Cost
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label, push_button
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import M, S
from tryon_app.views.words.names import duration, size_text

_ROWS = 6


class CostCard(Translated, QFrame):
    """Time, speed and memory; what they are before the measurement is a dash, not a guess."""

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cost: Cost | None = None
        self._busy = False
        set_role(self, "card")
        self.title, self.note = label("heading"), label("caption", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.repeat = push_button("link")
        self.repeat.setProperty("flush", True)
        self.repeat.clicked.connect(self.again)
        self._names = [label("hint") for _ in range(_ROWS)]
        self._values = [QLabel() for _ in range(_ROWS)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(0, 1)
        for number, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            grid.addWidget(name, number, 0)
            grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(M, M, M, M)
        column.setSpacing(S)
        column.addWidget(self.title)
        column.addLayout(grid)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addWidget(self.repeat)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("On this computer"))
        names = (self.tr("Training"), self.tr("Reading the data"), self.tr("A step"), self.tr("Speed"))
        for name, text in zip(self._names, (*names, self.tr("Memory"), self.tr("Free memory")), strict=True):
            name.setText(text)
        self.repeat.setText(self.tr("Measure again"))
        self.bar.setAccessibleName(self.tr("Measuring"))
        self._show()

    def set_busy(self, on: bool) -> None:
        """A measurement runs."""
        self._busy = on
        self._show()

    def set_cost(self, cost: Cost | None) -> None:
        """What was measured; None where the choices have changed since."""
        self.cost = cost
        self._show()

    def _show(self) -> None:
        for value, text in zip(self._values, self._texts(), strict=True):
            value.setText(text)
        self.bar.setVisible(self._busy)
        self.repeat.setVisible(self.cost is not None and not self._busy)
        self.note.setText(self._note())

    def _texts(self) -> list[str]:
        cost = self.cost
        if cost is None:
            return ["–"] * _ROWS
        packed = self.tr("done already") if cost.packing_seconds < 0.5 else duration(cost.packing_seconds)
        return [
            duration(cost.seconds),
            packed,
            self.tr("{seconds:.2f} s").format(seconds=cost.seconds_a_step),
            self.tr("{count:.1f} pictures/s").format(count=cost.images_per_second),
            size_text(cost.memory_mb * 2**20),
            size_text(cost.memory_free_mb * 2**20),
        ]

    def _note(self) -> str:
        if self._busy:
            return self.tr("Taking a few real steps with these choices …")
        if self.cost is None:
            return self.tr("Measured with a few real steps as soon as data and choices are complete.")
        if not self.cost.measured:
            return self.tr("The larger pictures were estimated from the smaller ones.")
        return self.tr("Measured with a few real steps, while everything else here was running too.")
