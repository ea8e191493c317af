"""The training monitor: every run there is, and one of them in full. Closing it ends nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMessageBox, QStackedWidget, QWidget

from tryon_app.model.runs import Run, Runs
from tryon_app.views.common.dialogs import once
from tryon_app.views.common.empty import EmptyState
from tryon_app.views.common.forms import no_button_by_return
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import line
from tryon_app.views.train.run_list import RunList
from tryon_app.views.train.run_page import RunPage

_LIST_WIDTH = 250


class Monitor(Translated, QDialog):
    """Not modal; `use_requested` and `again_requested` carry the run."""

    use_requested = Signal(object)
    again_requested = Signal(object)

    def __init__(self, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.runs = runs
        self.list, self.page = RunList(runs), RunPage()
        self.list.setFixedWidth(_LIST_WIDTH)
        self.line = line(vertical=True)
        self.empty = EmptyState("train")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.line)
        row.addWidget(self.pages, 1)
        self.list.chosen.connect(self._show)
        runs.added.connect(lambda _: self._show(self.list.current_run()))
        runs.removed.connect(lambda _: self._show(self.list.current_run()))
        self.page.asked.connect(self._do)
        self._close_keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self.resize(1060, 720)
        no_button_by_return(self)
        self.retranslate()
        self._show(self.list.current_run())
        if self.list.count():
            self.list.setCurrentRow(0)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Training monitor"))
        self.empty.set_text(
            self.tr("No training yet"),
            self.tr("Start one from the Train menu. It goes on when this window is closed, and is found here again."),
        )

    def show_run(self, run: Run | None = None) -> None:
        """Come to the front, with this run if one is given."""
        if run is not None:
            self.list.choose(run)
        self.show()
        self.raise_()
        self.activateWindow()

    def _show(self, run: Run | None) -> None:
        self.page.set_run(run)
        self.pages.setCurrentWidget(self.empty if run is None else self.page)
        for widget in (self.list, self.line):
            widget.setVisible(self.list.count() > 0)

    def _do(self, what: str) -> None:
        run = self.page.run
        if run is None:
            return
        try:
            self._ask_run(run, what)
        except OSError as error:
            sentence = self.tr("{file} could not be written ({reason}).")
            QMessageBox.warning(
                self, self.windowTitle(), sentence.format(file=error.filename or run.name, reason=error.strerror)
            )

    def _ask_run(self, run: Run, what: str) -> None:
        if what == "use":
            self.use_requested.emit(run)
        elif what == "again":
            self.again_requested.emit(run)
        elif what == "folder":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.folder)))
        elif what == "resume":
            self.runs.resume(run)
        elif what == "pause":
            run.pause()
        elif what == "stop":
            run.stop()
        elif self._sure(run):
            run.cancel()

    def _sure(self, run: Run) -> bool:
        """Whether the files of a run are really to go."""
        question = (
            self.tr("Cancel the training {name}? What it has learned is deleted. “Stop early” would keep it.")
            if run.live
            else self.tr("Delete the training {name} with its checkpoints and samples? Weight packs made of it stay.")
        )
        sentence = question.format(name=run.name)
        box = once(QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), sentence, parent=self))
        text = self.tr("Cancel the training") if run.live else self.tr("Delete")
        yes = box.addButton(text, QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.exec()
        return box.clickedButton() is yes
