"""Experiments: a plan, data and minutes; then how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QSpinBox, QWidget

from tryon_app.model.experiments import Experiment, Experiments, Wanted
from tryon_app.model.faults import Fault
from tryon_app.model.judging import Judging
from tryon_app.views.common.assets import asset
from tryon_app.views.common.dialogs import confirm, show_file
from tryon_app.views.common.forms import Choice, FolderField, Form, no_button_by_return
from tryon_app.views.common.language import Translated
from tryon_app.views.common.notices import Notices
from tryon_app.views.common.parts import label, push_button
from tryon_app.views.common.progress import JobProgress
from tryon_app.views.common.view_types import Notice
from tryon_app.views.evaluate.columns import lay_out
from tryon_app.views.evaluate.experiment_results import ExperimentResults
from tryon_app.views.judge.judge_window import JudgeWindow
from tryon_app.views.words.errors import fault_sentence

_OTHER = "…"  # key of the entry that asks for a file


class ExperimentDialog(Translated, QDialog):
    """Not modal; experiments go on when it is closed."""

    closed = Signal()

    def __init__(
        self, experiments: Experiments, data: str = "", device: str = "auto", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.experiments, self._device = experiments, device
        self.judge_window: JudgeWindow | None = None
        self._followed: Experiment | None = None
        self._file = ""  # a plan of the user's own
        self.which, self.plan = Choice(), Choice()
        self.data, self.minutes = FolderField(small=True), QSpinBox()
        self.data.set_path(data)
        self.minutes.setRange(0, 10_000)
        self.form, self.notices, self.progress = Form(title_width=76), Notices(2), JobProgress()
        self.progress.set_cancellable(False)
        self.start_button, self.pause_button = push_button("primary", "evaluate"), push_button(icon="pause")
        self.resume_button, self.remove_button = push_button("primary", "play"), push_button("danger", "trash")
        self.judge_button, self.folder_button = push_button(icon="compare"), push_button(icon="folder")
        self.results, self.empty = ExperimentResults(), label("hint", wrap=True)
        self._lay_out()
        self._connect()
        self.resize(1040, 660)
        no_button_by_return(self)
        self.retranslate()
        experiments.scan()

    @property
    def experiment(self) -> Experiment | None:
        """The chosen one; None for a new one."""
        return self.experiments.find(self.which.key)

    def _lay_out(self) -> None:
        self._rows = {
            "which": self.form.add(self.which),
            "plan": self.form.add(self.plan),
            "data": self.form.add(self.data, self.data.edit),
            "minutes": self.form.add(self.minutes),
        }
        self.form.finish()
        buttons = self.start_button, self.resume_button, self.pause_button, self.remove_button
        asked = self.form, self.notices, self.progress, *buttons
        lay_out(self, asked, self.results, (self.empty, self.judge_button, self.folder_button))

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start)
        self.resume_button.clicked.connect(self._resume)
        self.pause_button.clicked.connect(self._pause)
        self.remove_button.clicked.connect(self._remove)
        self.judge_button.clicked.connect(self.judge)
        self.folder_button.clicked.connect(self._show_folder)
        self.which.chosen.connect(lambda _: self._on_chosen())
        self.plan.chosen.connect(lambda _: self._on_plan())
        self.plan.activated.connect(lambda _: self._ask_for_plan())
        self.data.changed.connect(lambda _: self._refresh())
        self.experiments.listed.connect(self._fill)
        self.experiments.counted.connect(self._on_counted)
        self.experiments.ended.connect(lambda one: self._on_chosen() if one is self.experiment else None)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Experiments"))
        self.data.title = self.tr("Folder of the data set")
        self.minutes.setSpecialValueText(self.tr("As the plan says"))
        self._rows["which"].set(self.tr("&Experiment"), "")
        self._rows["data"].set(self.tr("&Data"), self.tr("A data set in the VITON-HD layout (holds train/)."))
        budget = self.tr("Of the slowest network; all others see as many samples, or have as much time.")
        self._rows["minutes"].set(self.tr("&Minutes"), budget)
        self.start_button.setText(self.tr("&Start"))
        self.pause_button.setText(self.tr("&Pause"))
        self.resume_button.setText(self.tr("&Resume"))
        self.judge_button.setText(self.tr("&Judge blind…"))
        self.folder_button.setText(self.tr("&Open the folder"))
        self._fill_plans()
        self._fill()

    # what is chosen

    def wanted(self) -> Wanted:
        """What a new experiment would be."""
        return Wanted(self.plan.key, self.data.path, self.minutes.value(), self._device)

    def set_plan(self, path: str) -> None:
        """Choose a plan in a file."""
        self._file = path
        self._fill_plans()
        self.plan.choose(path)

    def _fill_plans(self) -> None:
        shipped = sorted(path.stem for path in asset("experiments").glob("*.yaml"))
        own = [(self._file, Path(self._file).name)] if self._file else []
        self.plan.set_entries([*((name, name) for name in shipped), *own, (_OTHER, self.tr("A plan in a file…"))])
        self._on_plan()

    def _on_plan(self) -> None:
        about = {
            "smoke": self.tr("Every method for seconds, to see that all of it works. Its numbers say nothing."),
            "viton": self.tr("The methods of the papers and the ablations, each on as many samples. Takes hours."),
        }
        self._rows["plan"].set(self.tr("P&lan"), about.get(self.plan.key, ""))
        self._refresh()

    def _ask_for_plan(self) -> None:
        if self.plan.key != _OTHER:
            return
        path, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), "", self.tr("Plan (*.yaml *.yml)"))
        if path:
            self.set_plan(path)
        else:
            self.plan.setCurrentIndex(0)

    def _fill(self) -> None:
        self.which.set_entries([("", self.tr("A new one")), *((one.folder.name,) * 2 for one in self.experiments.all)])
        self._on_chosen()

    def _on_chosen(self) -> None:
        """Another one, or the same with results."""
        chosen = self.experiment
        if self._followed is not chosen:
            if self._followed is not None and self._followed in self.experiments.all:
                self._followed.changed.disconnect(self._refresh)
            if chosen is not None:
                chosen.changed.connect(self._refresh)
            self._followed = chosen
        if chosen is not None and chosen.wanted is not None:
            self._show_wanted(chosen.wanted)
        self.results.show_results(chosen.folder if chosen else None, chosen.results if chosen else "")
        self.notices.set([])
        self._refresh()

    def _show_wanted(self, wanted: Wanted) -> None:
        if self.plan.findData(wanted.plan) < 0:
            self.set_plan(wanted.plan)
        self.plan.choose(wanted.plan)
        self.data.set_path(wanted.data)
        self.minutes.setValue(wanted.minutes)

    # how it stands

    def _refresh(self) -> None:
        one = self.experiment
        state = one.state if one is not None else ""
        for row in ("plan", "data", "minutes"):
            self._rows[row].control.setEnabled(one is None)
        self.start_button.setVisible(one is None)
        ready = bool(self.data.path) and self.plan.key not in ("", _OTHER)
        self.start_button.setEnabled(ready)
        self.start_button.setToolTip("" if ready else self.tr("Choose a plan and the folder of a data set."))
        self.resume_button.setVisible(state in ("paused", "failed") and one is not None and one.wanted is not None)
        self.pause_button.setVisible(state in ("running", "pausing"))
        self.pause_button.setEnabled(state == "running")
        self.remove_button.setVisible(one is not None)
        self.remove_button.setText(self.tr("&Cancel") if one is not None and one.live else self.tr("Dele&te"))
        self.folder_button.setEnabled(one is not None)
        self.judge_button.setEnabled(state == "finished" and self.judge_window is None)
        self.empty.setText(self._standing(state))
        self._show_far(one)
        if one is not None and one.fault is not None:
            self._say(one.fault)

    def _standing(self, state: str) -> str:
        return {
            "": self.tr("The table, the plots and the pictures appear here."),
            "running": self.tr("It goes on when this window is closed, and is found here again."),
            "pausing": self.tr("The step is being finished …"),
            "paused": self.tr("Interrupted; it goes on where it stopped."),
        }.get(state, "")

    def _show_far(self, one: Experiment | None) -> None:
        self.progress.setVisible(one is not None and one.live)
        if one is None:
            return
        far = one.far
        texts = {
            "training": self.tr("{name}: step {done} of {total}"),
            "measuring": self.tr("{name}: picture {done} of {total}"),
        }
        text = texts.get(far.doing, self.tr("Reading the plan and the data …"))
        self.progress.set_text(text.format(name=far.name, done=far.done, total=far.total))
        self.progress.set_fraction(far.share)
        self.progress.set_seconds_left(far.seconds_left)

    def _say(self, fault: Fault) -> None:
        self.notices.set([Notice(fault_sentence(fault), "error")])

    # what can be done

    def start(self) -> None:
        """Begin what is chosen."""
        begun = self._attempt(lambda: self.experiments.start(self.wanted()))
        if isinstance(begun, Experiment):
            self.which.choose(begun.folder.name)

    def _resume(self) -> None:
        one = self.experiment
        if one is not None:
            self.notices.set([])
            self._attempt(lambda: self.experiments.go_on(one))

    def _pause(self) -> None:
        if self.experiment is not None:
            self.experiment.pause()

    def _remove(self) -> None:
        one = self.experiment
        question = self.tr("Delete the experiment {name}?").format(name=one.folder.name if one else "")
        consequence = self.tr("Its networks, pictures, numbers and votes are deleted.")
        if one is not None and confirm(self, question, consequence, self.tr("Delete")):
            self._attempt(lambda: self.experiments.remove(one))

    def _show_folder(self) -> None:
        if self.experiment is not None:
            show_file(str(self.experiment.folder))

    def _attempt(self, act: Callable[[], object]) -> object:
        try:
            return act()
        except OSError as error:
            sentence = self.tr("{file} could not be written ({reason}).")
            text = sentence.format(file=error.filename or self.experiments.folder, reason=error.strerror)
            self.notices.set([Notice(text, "error")])
            return None

    # blind

    def judge(self) -> None:
        """Ask which pictures are better, then count the votes."""
        one = self.experiment
        if one is None or self.judge_window is not None:
            return
        try:
            judging = Judging(one.folder, "judge")
        except (OSError, ValueError, KeyError, TypeError):
            text = self.tr("There are no pictures of other garments by two methods, so nothing can be judged.")
            self.notices.set([Notice(text, "info")])
            return
        self.judge_window = JudgeWindow(judging)
        self.judge_window.closed.connect(lambda: self._judged(one))
        self.judge_window.show()
        self._refresh()

    def _judged(self, one: Experiment) -> None:
        if self.judge_window is not None:
            self.judge_window.deleteLater()
        self.judge_window = None
        self._refresh()
        self.experiments.count_votes(one)

    def _on_counted(self, one: Experiment, fault: Fault | None) -> None:
        if one is self.experiment:
            self._on_chosen()
            if fault is not None:
                self._say(fault)

    def done(self, result: int) -> None:
        """Experiments go on; the window of votes goes with this one."""
        window, self.judge_window = self.judge_window, None
        if window is not None:
            window.closed.disconnect()
            window.close()
            window.deleteLater()
        self.results.wait()
        super().done(result)
        self.closed.emit()
