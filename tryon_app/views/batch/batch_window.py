"""The window of a batch: its grid, how far it is, and what can be done with it. Closing it ends nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tryon_app.model.batch import Batch
from tryon_app.model.favourites import Favourites
from tryon_app.views.batch.batch_grid import BatchGrid
from tryon_app.views.batch.cell_menu import CellMenu
from tryon_app.views.batch.pair_view import PairView
from tryon_app.views.common.empty import EmptyState
from tryon_app.views.common.forms import Choice, no_button_by_return
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import Flow, label, push_button, set_icon
from tryon_app.views.common.tokens import L, M, S
from tryon_app.views.words.names import time_left

_SEEDS = (1, 2, 4)


class BatchWindow(Translated, QDialog):
    """Not modal; what the buttons ask for is told, not done: "go_on", "pause", "retry", "reseed", "cancel", "clear",
    "save". seeds_chosen: so many pictures a pair. cells: tells what is asked of the grid's cells."""

    asked = Signal(str)
    seeds_chosen = Signal(int)

    def __init__(self, batch: Batch, favourites: Favourites, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._batch = batch
        self.varies = True
        self.grid, self.pair = BatchGrid(batch, favourites), PairView(batch, favourites)
        self.grid.looked_at.connect(self.pair.show_pair)
        self.cells = CellMenu(batch, favourites, self)
        self.cells.serve(self.grid)
        self.cells.serve(self.pair)
        self.text, self.left = label(), label("caption")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.seeds, self._seeds_title = Choice(), label("caption")
        self.seeds.chosen.connect(lambda key: self.seeds_chosen.emit(int(key)))
        self.empty = EmptyState("grid")
        self.buttons: dict[str, QPushButton] = {
            "go_on": push_button("primary", "play"),
            "retry": push_button(icon="refresh"),
            "reseed": push_button(icon="dice"),
            "save": push_button(icon="save"),
            "cancel": push_button("danger", "stop"),
        }
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _=False, key=key: self.asked.emit(self._meaning(key)))
        self._lay_out()
        self._close_keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        batch.changed.connect(self.refresh)
        batch.saved.connect(self._say_saved)
        self.resize(1060, 720)
        no_button_by_return(self)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(M)
        for widget in (self.text, self.left):
            head.addWidget(widget)
        head.addStretch()
        self.seeds.setFixedWidth(96)
        self._seeds_title.setBuddy(self.seeds)
        head.addWidget(self._seeds_title)
        head.addWidget(self.seeds)
        bar = Flow(spacing=S)
        for button in self.buttons.values():
            bar.addWidget(button)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addWidget(self.grid, 1)
        column.addWidget(self.pair)
        column.addLayout(bar)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Batch"))
        self.empty.set_text(
            self.tr("No batch yet"),
            self.tr("Drop several people and garments on their fields, then choose “All on all” in the Try on menu."),
        )
        self._seeds_title.setText(self.tr("Pictures a pair"))
        self.seeds.setAccessibleName(self.tr("Pictures a pair"))
        self.progress.setAccessibleName(self.tr("Progress of the batch"))
        texts = {
            "retry": (self.tr("&Try failed again"), self.tr("Makes those that failed, once the reason is mended")),
            "reseed": (self.tr("&Other seeds for doubtful"), self.tr("Makes the doubtful ones again")),
            "save": (self.tr("&Save all…"), self.tr("Pictures under names of your choice, a contact sheet, a table")),
        }
        for key, (text, tip) in texts.items():
            self._name(key, text, tip)
        self.refresh()

    def set_varies(self, on: bool) -> None:
        """Whether another seed gives another picture; without that there is nothing to choose."""
        self.varies = on
        for widget in (self.seeds, self._seeds_title, self.buttons["reseed"]):
            widget.setVisible(on)
        self.refresh()

    def refresh(self) -> None:
        """Say how it stands; every button keeps its place."""
        batch, running = self._batch, self._batch.state == "running"
        waiting, failed, warned = (batch.count(state) for state in ("queued", "failed", "warned"))
        over = len(batch.cells) - waiting - batch.count("running")
        self.pages.setCurrentIndex(1 if batch.state else 0)
        self.progress.setRange(0, max(len(batch.cells), 1))
        self.progress.setValue(over)
        self.text.setText(self._summary(over, failed, warned))
        begun = batch.count("running") or batch.seconds_left is not None
        states = {"running": self.tr("starting…"), "paused": self.tr("paused"), "finished": self.tr("finished")}
        self.left.setText(time_left(batch.seconds_left) if running and begun else states.get(batch.state, ""))
        self.left.setToolTip("")
        pause = self.tr("&Pause"), self.tr("Stops at once; what is made is kept")
        self._name("go_on", *(pause if running else (self.tr("&Go on"), self.tr("Makes what is not made yet"))))
        set_icon(self.buttons["go_on"], "pause" if running else "play")
        rest = self.tr("&Cancel"), self.tr("Stops at once, and leaves out what is not made")
        remove = self.tr("&Remove…"), self.tr("Removes the batch with its pictures")
        self._name("cancel", *(rest if running or waiting else remove))
        set_icon(self.buttons["cancel"], "stop" if running or waiting else "trash")
        self._enable(running, waiting, failed, warned)
        self._show_seeds()

    def _say_saved(self, folder: str) -> None:
        self.left.setText(self.tr("saved in {folder}").format(folder=Path(folder).name or folder))
        self.left.setToolTip(folder)

    def _show_seeds(self) -> None:
        """So many as there are; left alone where that is shown, since it may be open."""
        seeds = str(self._batch.seeds)
        if self.seeds.key != seeds or not self.seeds.count():
            blocked = self.seeds.blockSignals(True)
            self.seeds.set_entries([(str(count), str(count)) for count in sorted({*_SEEDS, self._batch.seeds} - {0})])
            self.seeds.choose(seeds)
            self.seeds.blockSignals(blocked)

    def _enable(self, running: bool, waiting: int, failed: int, warned: int) -> None:
        enabled = {
            "go_on": running or bool(waiting),
            "retry": not running and bool(failed),
            "reseed": bool(warned) and self.varies,
            "save": len(self._batch.cells) > waiting,
            "cancel": True,
        }
        for key, on in enabled.items():
            self.buttons[key].setEnabled(on)
        self.seeds.setEnabled(self.varies)

    def _summary(self, over: int, failed: int, warned: int) -> str:
        made = self.tr("{made} of {all} made").format(made=over - failed, all=len(self._batch.cells))
        doubtful = [self.tr("%n doubtful", "", warned)] if warned else []
        broken = [self.tr("%n failed", "", failed)] if failed else []
        return " · ".join((made, *doubtful, *broken))

    def _meaning(self, key: str) -> str:
        running = self._batch.state == "running"
        if key == "go_on":
            return "pause" if running else key
        return "clear" if key == "cancel" and not running and not self._batch.count("queued") else key

    def _name(self, key: str, text: str, tip: str) -> None:
        button = self.buttons[key]
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text.replace("&", "").rstrip("…"))
