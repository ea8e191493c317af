"""The one button that matters, the sleeves, the coat, the seed, and how far the try-on is."""

from __future__ import annotations

import random

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QStackedLayout, QVBoxLayout, QWidget

from tryon_app.model.stages import SLEEVE_LENGTHS
from tryon_app.views.common.forms import Choice
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import Elided, label, name_button, push_button, tool_button
from tryon_app.views.common.progress import JobProgress
from tryon_app.views.common.tokens import S
from tryon_app.views.words.names import sleeves_name

_LARGEST_SEED = 2**31 - 1


class RunPanel(Translated, QWidget):
    """Button, sleeves, coat, seed and a line of news; running the progress takes the line's place, which is as high."""

    run_requested = Signal()
    cancel_requested = Signal()
    seed_changed = Signal(int)
    sleeves_chosen = Signal(str)  # what they are called, "" for as in the photo
    coat_chosen = Signal(bool)  # whether it stays on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reason, self._done, self._read = "", "", ""
        self.button = push_button("primary", "try-on")
        self.button.setProperty("large", True)
        self.button.clicked.connect(self.run_requested)
        self.sleeves = Choice()
        self.sleeves.chosen.connect(self.sleeves_chosen)
        self.sleeves_text = label("hint")
        self.sleeves_text.setBuddy(self.sleeves)
        self.coat = QCheckBox()
        self.coat.toggled.connect(self.coat_chosen)
        self.seed = QSpinBox()
        self.seed.setRange(0, _LARGEST_SEED)
        self.seed.setMinimumWidth(92)
        self.seed.valueChanged.connect(self.seed_changed)
        self.seed_text = label("hint")
        self.seed_text.setBuddy(self.seed)
        self.dice = tool_button("dice", self)
        self.dice.clicked.connect(lambda: self.seed.setValue(random.randrange(1, 100_000)))
        self.news = Elided("caption")
        self.progress = JobProgress(self)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self._lay_out()
        self.set_running(None)
        self.set_ready(False)
        self.retranslate()
        self.set_sleeves(False, False, "", "")
        self.set_coat(False, False)

    def retranslate(self) -> None:
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self.button.setText(self.tr("Try on"))
        name_button(self.button, self.tr("Try on"), keys)
        self.seed_text.setText(self.tr("Seed"))
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(self.tr("Another seed gives another variation of what is made up"))
        name_button(self.dice, self.tr("Random seed"))
        self.sleeves_text.setText(self.tr("Sleeves"))
        self.sleeves.setAccessibleName(self.tr("Sleeves"))
        tip = self.tr("How long the garment's sleeves are; choose it where its photo was read wrongly")
        self.sleeves.setToolTip(tip)
        self._name_sleeves()
        self.coat.setText(self.tr("Coat stays on"))
        self.coat.setToolTip(
            self.tr("A coat that is worn open stays on over the new garment; untick it to take the coat off")
        )

    def set_ready(self, ready: bool, reason: str = "") -> None:
        """Whether a try-on can be started, and what is missing if not."""
        self._reason = "" if ready else reason
        self.button.setEnabled(ready)
        self._show_news()

    def set_running(self, text: str | None, fraction: float | None = None, seconds_left: float | None = None) -> None:
        """What is being done, or None when nothing is."""
        self._lines.setCurrentWidget(self.news if text is None else self.progress)
        if text is not None:
            self.progress.set_text(text)
            self.progress.set_fraction(fraction)
            self.progress.set_seconds_left(seconds_left)

    def set_seed(self, seed: int) -> None:
        """Show a seed without telling of it."""
        blocked = self.seed.blockSignals(True)
        self.seed.setValue(seed)
        self.seed.blockSignals(blocked)

    def set_sleeves(self, offered: bool, enabled: bool, said: str, read: str) -> None:
        """Whether sleeves can be chosen; what the user has said, and what the photo, "" for nothing yet."""
        for widget in (self.sleeves_text, self.sleeves):
            widget.setVisible(offered)
        self.sleeves.setEnabled(enabled)
        if read != self._read:
            self._read = read
            self._name_sleeves()
        with QSignalBlocker(self.sleeves):
            self.sleeves.choose(said)

    def set_coat(self, offered: bool, stays: bool) -> None:
        """Whether the person wears a coat that can stay on, and whether it does."""
        self.coat.setVisible(offered)
        with QSignalBlocker(self.coat):
            self.coat.setChecked(stays)

    def set_varies(self, varies: bool) -> None:
        """Whether another seed gives another picture; without that there is nothing to choose."""
        for widget in (self.seed_text, self.seed, self.dice):
            widget.setVisible(varies)

    def set_done(self, text: str) -> None:
        """News of the last try-on, such as how long it took."""
        self._done = text
        self._show_news()

    def _lay_out(self) -> None:
        sleeves = QHBoxLayout()
        sleeves.setSpacing(S)
        sleeves.addWidget(self.sleeves_text)
        sleeves.addWidget(self.sleeves, 1)
        seeds = QHBoxLayout()
        seeds.setSpacing(S)
        seeds.addWidget(self.seed_text)
        seeds.addWidget(self.seed, 1)
        seeds.addWidget(self.dice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.button)
        column.addLayout(sleeves)
        column.addWidget(self.coat)
        column.addLayout(seeds)
        self._lines = QStackedLayout()
        for widget in (self.news, self.progress):
            self._lines.addWidget(widget)
        column.addLayout(self._lines)

    def _name_sleeves(self) -> None:
        photo = self.tr("As the photo shows")
        if self._read:
            photo = self.tr("Photo: {length}").format(length=sleeves_name(self._read).lower())
        self.sleeves.set_entries([("", photo), *((called, sleeves_name(called)) for called in SLEEVE_LENGTHS)])

    def _show_news(self) -> None:
        self.news.setText(self._reason or self._done)
        self.news.update()
