"""One training: how it stands, its curves, what it paints, what it says, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tryon_app.model.faults import said
from tryon_app.model.runs import Run
from tryon_app.views.common.language import Translated
from tryon_app.views.common.notices import Notices
from tryon_app.views.common.parts import Flow, label, push_button
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import L, M, S
from tryon_app.views.common.view_types import Notice, Remedy
from tryon_app.views.train.curves import Curves
from tryon_app.views.train.sample_view import SampleView
from tryon_app.views.words import training as words
from tryon_app.views.words.errors import fault_sentence
from tryon_app.views.words.names import duration, size_text
from tryon_app.views.words.number_words import number_name

_LAST_LINES = 6
_WISHED = ("pausing", "stopping", "cancelling")
_NEXT = {"preparing": "pause", "running": "pause", "paused": "resume", "stopped": "use", "finished": "use"}
"""What somebody wants next who steers by key."""


class RunPage(Translated, QWidget):
    """Shows the run given to `set_run`; what the buttons ask for is told, not done."""

    asked = Signal(str)  # "pause", "resume", "stop", "cancel", "use", "folder", "again"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run: Run | None = None
        self.name, self.state = label("title"), label("chip")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.outlives = label("caption")
        self.notices = Notices(2)
        self.notices.remedy_chosen.connect(lambda _, key: self.asked.emit(key))
        self.curves, self.numbers = Curves(), Curves(smoothing=False)
        self.samples = SampleView()
        self.log = QPlainTextEdit(readOnly=True, maximumBlockCount=400)
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.tabs = QTabWidget()
        self._facts = {key: (label("caption"), QLabel()) for key in ("step", "speed", "left", "memory", "best")}
        self.buttons: dict[str, QPushButton] = {
            "use": push_button("primary", "pack"),
            "resume": push_button(icon="play"),
            "pause": push_button(icon="pause"),
            "stop": push_button(icon="stop"),
            "cancel": push_button("danger", "trash"),
            "folder": push_button(icon="folder"),
        }
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _=False, key=key: self.asked.emit(key))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(M)
        head.addWidget(self.name)
        head.addWidget(self.state)
        head.addStretch()
        facts = QGridLayout()
        facts.setHorizontalSpacing(L)
        facts.setVerticalSpacing(0)
        for column, (title, value) in enumerate(self._facts.values()):
            facts.addWidget(title, 0, column)
            facts.addWidget(value, 1, column)
            facts.setColumnStretch(column, 1)
        bar = Flow(spacing=S)
        for button in self.buttons.values():
            bar.addWidget(button)
        self.tabs.addTab(self.curves, "")
        self.tabs.addTab(self.numbers, "")
        self.tabs.addTab(self.log, "")
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.tabs)
        split.addWidget(self.samples)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setSizes([600, 400])
        page = QVBoxLayout(self)
        page.setContentsMargins(L, L, L, L)
        page.setSpacing(M)
        page.addLayout(head)
        page.addWidget(self.progress)
        page.addLayout(facts)
        page.addWidget(self.notices)
        page.addWidget(split, 1)
        page.addWidget(self.outlives)
        page.addLayout(bar)

    def retranslate(self) -> None:
        titles = {
            "step": self.tr("Step"),
            "speed": self.tr("Pictures a second"),
            "left": self.tr("Time left"),
            "memory": self.tr("Memory"),
            "best": self.tr("Best so far"),
        }
        for key, text in titles.items():
            self._facts[key][0].setText(text)
        for index, text in enumerate((self.tr("Losses"), self.tr("Validation"), self.tr("Log"))):
            self.tabs.setTabText(index, text)
        self.log.setAccessibleName(self.tr("What the training program says"))
        self.progress.setAccessibleName(self.tr("Progress of the training"))
        self.outlives.setText(self.tr("The training goes on when this window, or the whole program, is closed."))
        self._name_buttons()
        if self.run is not None:
            self._show_all()

    def _name_buttons(self) -> None:
        texts = {
            "use": (self.tr("&Use these weights now…"), self.tr("Makes a weight pack and compares old and new")),
            "resume": (self.tr("&Resume"), self.tr("Goes on from the last checkpoint")),
            "pause": (self.tr("&Pause"), self.tr("Saves and ends the program; nothing is lost")),
            "stop": (self.tr("&Stop early"), self.tr("Ends the training and keeps the weights")),
            "cancel": (self.tr("&Cancel…"), self.tr("Ends the training and deletes its files")),
            "folder": (self.tr("Open the &folder"), self.tr("Shows the files of this training")),
        }
        for key, (text, tip) in texts.items():
            self.buttons[key].setText(text)
            self.buttons[key].setToolTip(tip)
            self.buttons[key].setAccessibleName(text.replace("&", "").rstrip("…"))
        self._hold_width(self.buttons["cancel"], self.tr("&Delete…"))

    def _hold_width(self, button: QPushButton, other: str) -> None:
        """As wide as both texts that the button can have, so that those beside it stay where they are."""
        text, width = button.text(), 0
        for one in (other, text):
            button.setText(one)
            width = max(width, button.sizeHint().width())
        button.setMinimumWidth(width)

    def set_run(self, run: Run | None) -> None:
        """Show another run from now on."""
        if self.run is not None:
            for signal, slot in self._connections(self.run):
                signal.disconnect(slot)
        self.run = run
        if run is None:
            return
        for signal, slot in self._connections(run):
            signal.connect(slot)
        self.log.setPlainText("\n".join(run.log))
        self.samples.set_run(run)
        self._show_all()

    def _connections(self, run: Run) -> list[tuple]:
        return [
            (run.changed, self._show_state),
            (run.progressed, self._show_progress),
            (run.sampled, self._show_samples),
            (run.logged, self._append_log),
        ]

    def _show_all(self) -> None:
        self._show_state()
        self._show_progress()
        self._show_samples()

    def _show_state(self) -> None:
        run = self.run
        assert run is not None
        self.name.setText(run.name)
        self.state.setText(words.state_name(run.state))
        set_role(self.state, "chip-warning" if run.state in ("failed", "died") else "chip")
        self.outlives.setVisible(run.live)
        self._show_buttons(run)
        self._show_notices()
        self._show_facts()

    def _show_buttons(self, run: Run) -> None:
        """Every button keeps its place, whatever can be done now: a second click must not hit another one."""
        free = run.live and run.state not in _WISHED
        enabled = {
            "use": run.usable and not run.live,
            "resume": run.resumable,
            "pause": free,
            "stop": free,
            "cancel": run.state != "cancelling",
            "folder": True,
        }
        focus = self.window().focusWidget()
        loses = focus is self or any(focus is button and not enabled[key] for key, button in self.buttons.items())
        if loses:
            self.setFocus()  # else Qt gives it to the next button, which deletes the run
        for key, on in enabled.items():
            self.buttons[key].setEnabled(on)
        if loses and run.state not in _WISHED:
            self.buttons[_NEXT.get(run.state, "folder")].setFocus()
        self.buttons["cancel"].setText(self.tr("&Cancel…") if run.live else self.tr("&Delete…"))

    def _show_progress(self) -> None:
        run = self.run
        assert run is not None
        self.curves.show_curves(run.record.losses)
        self.numbers.show_curves(run.record.numbers)
        self._show_facts()

    def _show_facts(self) -> None:
        run = self.run
        assert run is not None
        record = run.record
        preparing = run.state == "preparing"
        self.progress.setRange(0, 0 if preparing else max(run.steps, 1))
        self.progress.setValue(record.step)
        best = record.numbers.get(record.score)
        at_best = dict(zip(best.steps, best.values, strict=True)).get(record.best_step) if best else None
        texts = {
            "step": f"{record.step:,} / {run.steps:,}",
            "speed": f"{record.images_per_second:.2f}" if record.images_per_second else "–",
            "left": duration(record.seconds_left) if run.live and record.seconds_left else "–",
            "memory": size_text(record.memory_mb * 2**20) if record.memory_mb else "–",
            "best": f"{number_name(record.score)} {at_best:.4f}" if at_best is not None else "–",
        }
        for key, text in texts.items():
            self._facts[key][1].setText(text)

    def _show_samples(self) -> None:
        self.samples.refresh()

    def _append_log(self, lines: list[str]) -> None:
        self.log.appendPlainText("\n".join(lines))

    def _show_notices(self) -> None:
        run = self.run
        assert run is not None
        self.notices.set([self._notice(run)] if run.state in ("failed", "died") else [])

    def _notice(self, run: Run) -> Notice:
        resume = [Remedy("resume", self.tr("Resume from the last checkpoint"))] if run.resumable else []
        again = [] if resume else [Remedy("again", self.tr("Start it again…"))]
        if run.state == "failed":
            return Notice(fault_sentence(run.record.fault or said("")), "error", (*resume, *again))
        return Notice(self._how_it_died(run), "error", (*resume, *again))

    def _how_it_died(self, run: Run) -> str:
        code = run.exit_code
        if code is not None and code < 0:
            reason = self.tr(
                "The training program was ended from outside (signal {number}); often the memory was full: close other "
                "programs or choose a smaller batch."
            ).format(number=-code)
        elif code:
            reason = self.tr("The training program met an error it was not prepared for; a bug report needs its log.")
        else:
            reason = self.tr("The training program ended without a last word: it crashed, or the computer went off.")
        kept = self.tr("Everything up to the last checkpoint is kept.") if run.resumable else ""
        lines = list(run.log)[-_LAST_LINES:]
        last = self.tr("Its last lines:") + "\n" + "\n".join(lines) if lines else ""
        return "\n".join(part for part in (f"{reason} {kept}".strip(), last) if part)
