"""The menus Train, Evaluate and Weight packs, and the windows behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QMenuBar

from tryon_app.model.app_model import AppModel
from tryon_app.model.experiments import Experiment, Experiments
from tryon_app.model.faults import Fault
from tryon_app.model.packs import Packs
from tryon_app.model.runs import Run, Runs
from tryon_app.model.training import Choices
from tryon_app.views.common import icons
from tryon_app.views.common.dialogs import once, show_error, to_front
from tryon_app.views.common.view_types import Notice
from tryon_app.views.words import training as words
from tryon_app.views.words.names import licence_text

if TYPE_CHECKING:
    from tryon_app.views.evaluate.compare_weights import CompareWeights
    from tryon_app.views.evaluate.evaluate_dialog import EvaluateDialog
    from tryon_app.views.evaluate.experiment_dialog import ExperimentDialog
    from tryon_app.views.packs.packs_dialog import PacksDialog
    from tryon_app.views.train.monitor import Monitor
    from tryon_app.views.train.train_dialog import TrainDialog


class TrainingMenu(QObject):
    """Opens the windows of training, packs and evaluation, each at most once.

    say: shows what happened to a training. `close` it with its window.
    """

    def __init__(self, window: QMainWindow, studio: AppModel, say: Callable[[Notice], None]) -> None:
        super().__init__(window)
        self.window, self.studio, self._say = window, studio, say
        self.runs, self.packs, self.choices = Runs(parent=self), Packs(self), Choices(self)
        self.experiments = Experiments(parent=self)
        self.monitor: Monitor | None = None
        self.packs_dialog: PacksDialog | None = None
        self.evaluate_dialog: EvaluateDialog | None = None
        self.experiment_dialog: ExperimentDialog | None = None
        self.train_dialog: TrainDialog | None = None
        self.compare_dialog: CompareWeights | None = None
        self._using: Run | None = None
        self._make_menus()
        self._connect()
        self.retranslate()
        self.runs.scan()

    def _make_menus(self) -> None:
        bar = self.window.menuBar()
        before = bar.actions()[-1] if bar.actions() else None  # Help stays last
        self.train_menu = _menu(bar, before)
        self.train_actions: dict[str, QAction] = {}
        for kind in words.RECIPES:
            action = self.train_menu.addAction("")
            action.triggered.connect(lambda _=False, kind=kind: self.open_training(kind))
            self.train_actions[kind] = action
        self.train_menu.addSeparator()
        self.monitor_action = self.train_menu.addAction(icons.icon("train"), "")
        self.monitor_action.setShortcut("Ctrl+Shift+M")
        self.monitor_action.triggered.connect(lambda: self.open_monitor())
        self.packs_menu = _menu(bar, before)
        self.packs_action = self.packs_menu.addAction(icons.icon("pack"), "")
        self.packs_action.setShortcut("Ctrl+Shift+W")
        self.packs_action.triggered.connect(lambda: self.open_packs())
        self.packs_menu.addSeparator()
        self.packs_menu.aboutToShow.connect(self._fill_packs_menu)
        self._pack_actions: list[QAction] = []
        self.evaluate_menu = _menu(bar, before)
        self.evaluate_action = self.evaluate_menu.addAction(icons.icon("evaluate"), "")
        self.evaluate_action.setShortcut("Ctrl+Shift+E")
        self.evaluate_action.triggered.connect(lambda: self.open_evaluation())
        self.experiment_action = self.evaluate_menu.addAction(icons.icon("compare"), "")
        self.experiment_action.triggered.connect(lambda: self.open_experiments())

    def _connect(self) -> None:
        self.packs.taken_in.connect(lambda _: self.studio.reload_packs())
        self.packs.combined.connect(self._on_combined)
        self.packs.failed.connect(self._on_packs_failed)
        self.packs.deleted.connect(lambda _: self.studio.reload_packs())
        self.runs.ended.connect(self._on_run_ended)
        self.experiments.ended.connect(self._on_experiment_ended)
        self.studio.pack_changed.connect(self._on_pack_changed)

    def retranslate(self) -> None:
        self.train_menu.setTitle(self.tr("Trai&n"))
        for kind, action in self.train_actions.items():
            action.setText(words.kind_name(kind) + "…")
            action.setStatusTip(words.kind_purpose(kind))
        self.monitor_action.setText(self.tr("Training &monitor"))
        self.packs_menu.setTitle(self.tr("&Packs"))
        self.packs_action.setText(self.tr("&Weight packs…"))
        self.evaluate_menu.setTitle(self.tr("Eva&luate"))
        self.evaluate_action.setText(self.tr("&Evaluate weight packs…"))
        self.experiment_action.setText(self.tr("E&xperiments…"))

    def close(self) -> None:
        """End what belongs to the window; trainings and experiments go on."""
        dialogs = (self.train_dialog, self.compare_dialog, self.packs_dialog, self.monitor)
        for dialog in (*dialogs, self.evaluate_dialog, self.experiment_dialog):
            if dialog is not None:
                dialog.done(QDialog.DialogCode.Rejected)
        self.runs.close()
        self.experiments.close()
        self.packs.close()
        self.choices.close()

    # the windows

    def open_training(self, kind: str) -> None:
        """Choose a training of one network."""
        from tryon_app.views.train.train_dialog import TrainDialog

        if self.train_dialog is not None:
            self.train_dialog.reject()
        settings = self.studio.settings.qsettings
        dialog = once(TrainDialog(kind, self.choices, self.packs, self.runs, self.studio.pack, self.window))
        dialog.form.data.set_path(str(settings.value("train/data", "") or ""))
        dialog.form.street.set_path(str(settings.value("train/street", "") or ""))
        dialog.started.connect(self._on_started)
        dialog.finished.connect(self._forget_training)
        self.train_dialog = dialog
        dialog.open()

    def open_monitor(self, run: Run | None = None) -> None:
        """Show the trainings, this one in full."""
        from tryon_app.views.train.monitor import Monitor

        if self.monitor is None:
            self.monitor = Monitor(self.runs, self.window)
            self.monitor.use_requested.connect(self.use)
            self.monitor.again_requested.connect(lambda run: self.open_training(run.kind))
        self.monitor.show_run(run)

    def open_packs(self) -> None:
        """Show the weight packs."""
        from tryon_app.views.packs.packs_dialog import PacksDialog

        if self.packs_dialog is None:
            self.packs_dialog = PacksDialog(self.packs, self.studio.pack, self.window)
            self.packs_dialog.chosen.connect(self.studio.set_pack)
        else:
            self.packs.refresh()
        to_front(self.packs_dialog)

    def open_evaluation(self) -> None:
        """Measure packs."""
        from tryon_app.views.evaluate.evaluate_dialog import EvaluateDialog

        if self.evaluate_dialog is None:
            device = self.studio.settings.device
            self.evaluate_dialog = EvaluateDialog(self.packs, self.choices, self.studio.pack, device, self.window)
        to_front(self.evaluate_dialog)

    def open_experiments(self) -> None:
        """Compare methods by a plan."""
        from tryon_app.views.evaluate.experiment_dialog import ExperimentDialog

        if self.experiment_dialog is None:
            settings = self.studio.settings
            data = str(settings.qsettings.value("train/data", "") or "")
            self.experiment_dialog = ExperimentDialog(self.experiments, data, settings.device, self.window)
        to_front(self.experiment_dialog)

    # from a training to weights in use

    def use(self, run: Run) -> None:
        """Make a pack of the one in use and what the run has learned; then show both side by side."""
        base = self.studio.pack or run.base
        self._using = run
        self.packs.combine(base, [str(run.folder)], self.packs.free_name(run.name))

    def _on_combined(self, name: str) -> None:
        self.studio.reload_packs()
        if self._using is not None:
            self._using = None
            self._compare(name)

    def _compare(self, name: str) -> None:
        from tryon_app.views.evaluate.compare_weights import CompareWeights

        dialog = once(CompareWeights(self.studio, name, self.window))
        dialog.taken.connect(self.studio.set_pack)
        dialog.finished.connect(lambda _: setattr(self, "compare_dialog", None))
        self.compare_dialog = dialog
        dialog.open()

    # what happens

    def _on_started(self, run: Run) -> None:
        for key in ("data", "street"):
            if key in run.launch:
                self.studio.settings.qsettings.setValue(f"train/{key}", str(run.launch[key]))
        self.open_monitor(run)

    def _forget_training(self) -> None:
        self.train_dialog = None

    def _on_run_ended(self, run: Run) -> None:
        """Said in the window when the monitor is not looked at."""
        if self.monitor is not None and self.monitor.isVisible():
            return
        kind = "error" if run.state in ("failed", "died") else "success"
        text = self.tr("Training {name}: {state}").format(name=run.name, state=words.state_name(run.state))
        self._say(Notice(text, kind))

    def _on_experiment_ended(self, experiment: Experiment) -> None:
        """Said in the window when its own is not looked at."""
        if self.experiment_dialog is not None and self.experiment_dialog.isVisible():
            return
        if experiment.state == "finished":
            self._say(Notice(self.tr("Experiment {name}: finished").format(name=experiment.folder.name), "success"))
        else:
            self._say(Notice(self.tr("Experiment {name}: interrupted").format(name=experiment.folder.name), "error"))

    def _on_packs_failed(self, fault: Fault) -> None:
        self._using = None
        if self.packs_dialog is None or not self.packs_dialog.isVisible():
            show_error(self.window, fault)

    def _on_pack_changed(self, name: str) -> None:
        if self.packs_dialog is not None:
            self.packs_dialog.set_current(name)

    def _fill_packs_menu(self) -> None:
        """The packs that can try on, to switch with two clicks."""
        for action in self._pack_actions:
            self.packs_menu.removeAction(action)
            action.deleteLater()
        able = [pack for pack in self.studio.packs if pack.can_try_on]
        self._pack_actions = []
        for pack in able:
            action = self.packs_menu.addAction(pack.name)
            action.setCheckable(True)
            action.setChecked(pack.name == self.studio.pack)
            action.setStatusTip(licence_text(pack.licence))
            action.triggered.connect(lambda _=False, name=pack.name: self.studio.set_pack(name))
            self._pack_actions.append(action)


def _menu(bar: QMenuBar, before: QAction | None) -> QMenu:
    menu = QMenu(bar)
    if before is None:
        bar.addMenu(menu)
    else:
        bar.insertMenu(before, menu)
    return menu
