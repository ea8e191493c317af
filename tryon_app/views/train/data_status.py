"""What the check of a data folder says, in a line or two, while it runs and afterwards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tryon_app.model.faults import Fault
from tryon_app.model.training import Checked
from tryon_app.views.common.dialogs import once
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label, push_button
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import XS, M
from tryon_app.views.train.findings import FindingsDialog
from tryon_app.views.words.errors import fault_sentence


class DataStatus(Translated, QWidget):
    """Progress of the check, then counts and the way to the findings; or the sentence about why there are none."""

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checked: Checked | None = None
        self._share: float | None = None
        self._problem: Fault | None = None
        self.text = label("caption", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.findings, self.repeat = push_button("link"), push_button("link")
        for button in (self.findings, self.repeat):
            button.setProperty("flush", True)  # its words stand under those of the sentence
        self.findings.clicked.connect(self.show_findings)
        self.repeat.clicked.connect(self.again)
        links = QHBoxLayout()
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(M)
        links.addWidget(self.findings)
        links.addWidget(self.repeat)
        links.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        column.addLayout(links)
        self.retranslate()

    def retranslate(self) -> None:
        self.findings.setText(self.tr("Show the findings"))
        self.repeat.setText(self.tr("Check again"))
        self.bar.setAccessibleName(self.tr("Progress of the check"))
        self._show()

    def clear(self) -> None:
        """No folder."""
        self.checked, self._share, self._problem = None, None, None
        self._show()

    def set_progress(self, share: float) -> None:
        """The check runs, `share` of it (0..1) is done."""
        self.checked, self._share, self._problem = None, share, None
        self._show()

    def set_checked(self, checked: Checked) -> None:
        self.checked, self._share, self._problem = checked, None, None
        self._show()

    def set_problem(self, fault: Fault) -> None:
        """There is no data set, and why."""
        self.checked, self._share, self._problem = None, None, fault
        self._show()

    def show_findings(self) -> None:
        if self.checked is not None:
            once(FindingsDialog(self.checked.problems, self.window())).exec()

    def _show(self) -> None:
        checking = self._share is not None
        self.bar.setVisible(checking)
        self.bar.setRange(0, 100)
        self.bar.setValue(round(100 * (self._share or 0.0)))
        self.findings.setVisible(self.checked is not None and bool(self.checked.problems))
        self.repeat.setVisible(self.checked is not None or bool(self._problem))
        set_role(self.text, "danger" if self._problem else "caption")
        self.text.setText(self._sentence())
        self.setVisible(bool(self.text.text()))

    def _sentence(self) -> str:
        if self._problem:
            return fault_sentence(self._problem)
        if self._share is not None:
            return self.tr("Checking every file …")
        if self.checked is None:
            return ""
        found = self.checked
        learned = self.tr("{all} pairs: {train} to learn from, {held} held back to measure with.").format(
            all=found.samples, train=found.train, held=found.held_out
        )
        doubtful = found.usable - found.train - found.held_out
        if not found.broken and doubtful <= 0:
            return learned
        if doubtful <= 0:
            return learned + " " + self.tr("%n broken one(s) are skipped.", "", found.broken)
        if not found.broken:
            return learned + " " + self.tr("%n doubtful one(s) are skipped.", "", doubtful)
        skipped = self.tr("{broken} broken and {doubtful} doubtful ones are skipped.")
        return learned + " " + skipped.format(broken=found.broken, doubtful=doubtful)
