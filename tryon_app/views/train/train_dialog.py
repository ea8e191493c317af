"""The dialog before a training: choices with their price, and nothing to start that is known to fail."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tryon_app.model.faults import Fault, said
from tryon_app.model.packs import Packs
from tryon_app.model.runs import Runs
from tryon_app.model.training import Checked, Choices, Cost, DataCheck, DryRun, Obstacle, Spec, obstacles
from tryon_app.views.common.forms import no_button_by_return
from tryon_app.views.common.language import Translated
from tryon_app.views.common.notices import Notices
from tryon_app.views.common.parts import label, push_button
from tryon_app.views.common.tokens import L, M, S
from tryon_app.views.common.view_types import Notice
from tryon_app.views.train.cost_card import CostCard
from tryon_app.views.train.data_status import DataStatus
from tryon_app.views.train.train_form import TrainForm
from tryon_app.views.words import training as words
from tryon_app.views.words.names import size_text

_SETTLE = 900  # milliseconds without a change before a measurement starts
_HEIGHT = 860  # every choice is seen at once, where the screen is that high
_SIDE = 290  # width of the column with the price


class TrainDialog(Translated, QDialog):
    """Chooses a training of one network and starts it; `started` carries the `Run`."""

    started = Signal(object)

    def __init__(
        self, kind: str, choices: Choices, packs: Packs, runs: Runs, pack: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kind, self.pack = kind, pack
        self._choices, self._runs = choices, runs
        self._problem: Fault | None = None  # of a failed check or dry run
        self._measured: Spec | None = None
        self._check, self._dry_run = DataCheck(self), DryRun(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self.measure)
        self.purpose = label("hint", wrap=True)
        self.form = TrainForm(kind, choices, packs)
        self.data_status, self.cost, self.notices = DataStatus(), CostCard(), Notices(3)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = push_button("primary", "play")
        self._lay_out()
        self._connect()
        self.form.name.setText(runs.free_name(kind))
        self.retranslate()
        self.refresh()
        choices.load()
        packs.refresh()
        self.resize(940, min(_HEIGHT, self.screen().availableGeometry().height() - 80))
        no_button_by_return(self)

    def _lay_out(self) -> None:
        self.form.below_data.addWidget(self.data_status)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, M, 0)
        inside.addWidget(self.form)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        side = QVBoxLayout()
        side.setSpacing(M)
        side.addWidget(self.cost)
        side.addWidget(self.notices)
        side.addStretch()
        holder = QWidget()
        holder.setFixedWidth(_SIDE)
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(L)
        row.addWidget(scroll, 1)
        row.addWidget(holder)
        self.buttons.addButton(self.start_button, QDialogButtonBox.ButtonRole.AcceptRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(L)
        column.addWidget(self.purpose)
        column.addLayout(row, 1)
        column.addWidget(self.buttons)
        column.setSpacing(S + M)

    def _connect(self) -> None:
        self.buttons.rejected.connect(self.reject)
        self.start_button.clicked.connect(self.start)
        self.form.changed.connect(self._on_changed)
        self.form.data_changed.connect(lambda _: self.check())
        self.data_status.again.connect(self.check)
        self.cost.again.connect(self.measure)
        self._check.progressed.connect(self.data_status.set_progress)
        self._check.found.connect(self._on_checked)
        self._check.failed.connect(self._on_check_failed)
        self._dry_run.measured.connect(self._on_cost)
        self._dry_run.failed.connect(self._on_dry_run_failed)
        self._dry_run.busy_changed.connect(self.cost.set_busy)
        self._choices.failed.connect(self._on_dry_run_failed)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Train: {network}").format(network=words.kind_name(self.kind)))
        self.purpose.setText(words.kind_purpose(self.kind))
        self.start_button.setText(self.tr("Start training"))
        self.refresh()

    # what is known

    @property
    def checked(self) -> Checked | None:
        return self.data_status.checked

    def check(self) -> None:
        """Look at the data folder again."""
        self._problem = None
        self._check.drop()
        self._dry_run.drop()
        if self.form.data.path:
            self.data_status.set_progress(0.0)
            self._check.check(self.form.data.path)
        else:
            self.data_status.clear()
        self._on_changed()

    def measure(self) -> None:
        """A dry run of what is chosen, if it could be started."""
        if not self._choices.recipes or any(one.code != "memory" for one in self.obstacles()):
            return
        self._measured = self.form.spec_without_name()
        self._dry_run.measure(self.form.spec())

    def obstacles(self) -> list[Obstacle]:
        """Why the training cannot start, as far as is known."""
        if not self._choices.recipes:
            return [Obstacle("failed", fault=self._problem) if self._problem else Obstacle("recipes")]
        spec = self.form.spec()
        folder = self._runs.folder
        existing = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
        taken = bool(spec.name) and (folder / spec.name).exists()
        free = shutil.disk_usage(existing).free
        found = obstacles(spec, self.checked, self._problem, self.form.chosen_device(), taken, free)
        cost = self.cost.cost
        if cost is not None and cost.memory_mb > cost.memory_free_mb:
            found.append(Obstacle("memory", size_text(cost.memory_mb * 2**20)))
        return found

    def refresh(self) -> None:
        """Show what stands in the way; the button works when nothing does."""
        found = self.obstacles()
        waiting = {"recipes", "data_checking", "data_missing"}
        self.notices.set(
            [Notice(words.obstacle_sentence(one), "info" if one.code in waiting else "warning") for one in found]
        )
        self.start_button.setEnabled(not found)
        self.start_button.setDefault(not found)

    def _on_changed(self) -> None:
        if self._measured is not None and self._measured != self.form.spec_without_name():
            self._measured = None
            self.cost.set_cost(None)
            self._dry_run.drop()
            if self.checked is not None:
                self._problem = None  # it was about other choices
        if self._measured is None:
            self._settle.start()
        self.refresh()

    def _on_checked(self, checked: Checked) -> None:
        self.data_status.set_checked(checked)
        self._on_changed()

    def _on_check_failed(self, fault: Fault) -> None:
        self._problem = fault
        self.data_status.set_problem(fault)
        self.refresh()

    def _on_cost(self, cost: Cost) -> None:
        self.cost.set_busy(False)  # the child only has to end yet
        self.cost.set_cost(cost)
        self.refresh()

    def _on_dry_run_failed(self, fault: Fault) -> None:
        self._problem = fault
        self.refresh()

    # the end

    def start(self) -> None:
        """Start what is chosen and close."""
        if self.obstacles():
            self.refresh()
            return
        spec = self.form.spec()
        try:
            run = self._runs.start(spec.name, spec.arguments(), spec.launch(self.pack))
        except OSError as error:
            where = Path(error.filename).name if error.filename else spec.name
            sentence = self.tr("The run could not be started ({reason}: {file}).")
            self._on_dry_run_failed(said(sentence.format(reason=error.strerror, file=where)))
            return
        self.accept()
        self.started.emit(run)

    def done(self, result: int) -> None:
        """Nothing goes on behind a closed dialog."""
        self._settle.stop()
        self._check.close()
        self._dry_run.close()
        super().done(result)
