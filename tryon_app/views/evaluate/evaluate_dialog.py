"""Evaluation: which data, which packs; then numbers side by side, a contact sheet, and both as files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QTabWidget,
    QWidget,
)

from tryon_app.model.evaluation import Evaluation, Plan, Table
from tryon_app.model.packs import Packs
from tryon_app.model.stages import BY_NAME, TRY_ON, Stage, lacking
from tryon_app.model.training import Choices
from tryon_app.views.common.forms import Choice, FolderField, Form, no_button_by_return
from tryon_app.views.common.language import Translated
from tryon_app.views.common.notices import Notices
from tryon_app.views.common.parts import label, push_button
from tryon_app.views.common.progress import JobProgress
from tryon_app.views.common.view_types import Notice
from tryon_app.views.evaluate.columns import lay_out
from tryon_app.views.evaluate.results_table import ContactSheet, ResultsTable
from tryon_app.views.words import number_words
from tryon_app.views.words.errors import fault_sentence
from tryon_app.views.words.names import licence_text

_LIST_HEIGHT = 120
_NEEDED: Mapping[str, Sequence[Stage]] = {"tryon": TRY_ON, "analysis": (BY_NAME["person"],)}


class EvaluateDialog(Translated, QDialog):
    """Not modal; an evaluation ends with the dialog."""

    closed = Signal()

    def __init__(
        self,
        packs: Packs,
        choices: Choices,
        current: str = "",
        device: str = "auto",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._packs, self._choices, self._current, self._device = packs, choices, current, device
        self.evaluation = Evaluation(self)
        self.subject, self.split = Choice(), Choice()
        self.data, self.street = FolderField(small=True), FolderField(small=True)
        self.list, self.limit, self.unpaired = QListWidget(), QSpinBox(), QCheckBox()
        self.limit.setRange(0, 100_000)
        self.limit.setValue(50)
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.form, self.notices, self.progress = Form(title_width=76), Notices(2), JobProgress()
        self.run_button, self.csv_button = push_button("primary", "evaluate"), push_button(icon="export")
        self.png_button = push_button(icon="save")
        self.table, self.sheet, self.tabs = ResultsTable(), ContactSheet(), QTabWidget()
        self.empty = label("hint", wrap=True)
        self._lay_out()
        self._connect()
        self.progress.hide()
        self.resize(1040, 660)
        no_button_by_return(self)
        self.retranslate()
        packs.refresh()
        choices.load()

    def _lay_out(self) -> None:
        self._rows = {
            "subject": self.form.add(self.subject),
            "data": self.form.add(self.data, self.data.edit),
            "street": self.form.add(self.street, self.street.edit),
            "packs": self.form.add(self.list, tall=True),
            "split": self.form.add(self.split),
            "limit": self.form.add(self.limit),
            "unpaired": self.form.add(self.unpaired),
        }
        self.form.finish()
        self.tabs.addTab(self.table, "")
        self.tabs.addTab(self.sheet, "")
        asked = self.form, self.notices, self.progress, self.run_button
        lay_out(self, asked, self.tabs, (self.empty, self.csv_button, self.png_button))

    def _connect(self) -> None:
        self.run_button.clicked.connect(self.start)
        self.csv_button.clicked.connect(self._export_table)
        self.png_button.clicked.connect(self._export_sheet)
        self.progress.cancel_requested.connect(self.evaluation.stop)
        self.data.changed.connect(lambda _: self._refresh())
        self.list.itemChanged.connect(lambda _: self._refresh())
        self.subject.chosen.connect(lambda _: self._on_subject())
        self._packs.changed.connect(self._fill_packs)
        self._choices.loaded.connect(self._fill_subjects)
        self.evaluation.busy_changed.connect(self._on_busy)
        self.evaluation.progressed.connect(self._on_progress)
        self.evaluation.finished.connect(self._show_results)
        self.evaluation.failed.connect(lambda fault: self.notices.set([Notice(fault_sentence(fault), "error")]))

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Evaluate weight packs"))
        self._fill_subjects()
        validation = self.tr("Held back from training"), self.tr("The test split")
        self.split.set_entries([("validation", validation[0]), ("test", validation[1])])
        self.data.title = self.tr("Folder of the data set")
        self.street.title = self.tr("Folder of street photos")
        self.street.edit.setPlaceholderText(self.tr("None"))
        self.unpaired.setText(self.tr("Also put on other garments"))
        self.limit.setSpecialValueText(self.tr("All"))
        self._rows["subject"].set(self.tr("&Measure"), "")
        self._rows["data"].set(
            self.tr("&Data"), self.tr("A data set (train/ or test/) with the truth to compare with.")
        )
        street = self.tr("Whole people: image, image-parse, openpose-json; the last fifty are measured.")
        self._rows["street"].set(self.tr("&Street photos"), street)
        self._rows["packs"].set(self.tr("&Packs"), self.tr("Tick one or more; each is measured on the same pairs."))
        self._rows["split"].set(self.tr("&Which pairs"), "")
        self._explain_limit()
        self._rows["unpaired"].set(self.tr("&Unpaired"), self.tr("Without a truth; for the eye, colour and sharpness."))
        self.run_button.setText(self.tr("&Evaluate"))
        self.csv_button.setText(self.tr("Export the table…"))
        self.png_button.setText(self.tr("Export the contact sheet…"))
        self.tabs.setTabText(0, self.tr("Numbers"))
        self.tabs.setTabText(1, self.tr("Contact sheet"))
        self._fill_packs()
        self._show_results(keep=True)

    def chosen_packs(self) -> tuple[str, ...]:
        """Names of the ticked packs."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)

    def tick(self, *names: str) -> None:
        """Tick exactly these packs."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setCheckState(Qt.CheckState.Checked if item.text() in names else Qt.CheckState.Unchecked)

    def plan(self) -> Plan:
        """What is chosen now."""
        return Plan(
            data=self.data.path,
            packs=self.chosen_packs(),
            subject="analysis" if self.subject.key == "analysis" else "tryon",
            limit=self.limit.value(),
            street=self.street.path,
            split=self.split.key,
            unpaired=self.unpaired.isChecked(),
            device=self._device,
        )

    def start(self) -> None:
        """Measure what is chosen."""
        if self.run_button.isEnabled():
            self.notices.set([])
            self.evaluation.start(self.plan())

    def done(self, result: int) -> None:
        """The child does not outlive the dialog."""
        self.evaluation.close()
        super().done(result)
        self.closed.emit()

    def _fill_subjects(self) -> None:
        """What the engine can measure."""
        names = {"tryon": self.tr("Try-ons"), "analysis": self.tr("Analysis of photos")}
        self.subject.set_entries([(key, names[key]) for key in self._choices.evaluations if key in names])

    def _fill_packs(self) -> None:
        ticked = set(self.chosen_packs()) or {self._current}
        needed = _NEEDED[self.subject.key or "tryon"]
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for pack in self._packs.rows:
            if pack.problem or lacking(pack.kinds, needed):
                continue
            item = QListWidgetItem(pack.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if pack.name in ticked else Qt.CheckState.Unchecked)
            item.setToolTip(licence_text(pack.licence))
            self.list.addItem(item)
        self.list.blockSignals(blocked)
        self._refresh()

    def _on_subject(self) -> None:
        for key in ("split", "unpaired"):
            self._rows[key].show(self.subject.key == "tryon")
        self._rows["street"].show(self.subject.key == "analysis")
        self._explain_limit()
        self._fill_packs()
        self._show_results()

    def _explain_limit(self) -> None:
        tryon = self.tr("Pairs. Fifty give a first answer.")
        photos = self.tr("Photos and garments. Fifty give a first answer.")
        self._rows["limit"].set(self.tr("&At most"), photos if self.subject.key == "analysis" else tryon)

    def _refresh(self) -> None:
        self.run_button.setEnabled(bool(self.data.path and self.chosen_packs()) and not self.evaluation.busy)
        self.run_button.setToolTip("" if self.run_button.isEnabled() else self.tr("Choose data and at least one pack."))

    def _on_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.progress.set_text(self.tr("Reading the weights …"))
        self.progress.set_fraction(None)
        self.progress.set_seconds_left(None)
        self.form.setEnabled(not busy)
        self._refresh()

    def _on_progress(self, event: dict) -> None:
        pack = event.get("pack", "")
        if "total" in event:
            text = self.tr("{pack}: {done} of {total}").format(pack=pack, done=event["done"], total=event["total"])
        else:
            text = self.tr("{pack}: {stage}").format(pack=pack, stage=number_words.stage_name(event.get("stage", "")))
        self.progress.set_text(text)
        self.progress.set_fraction(event["share"])
        self.progress.set_seconds_left(event.get("seconds_left"))

    def _show_results(self, keep: bool = False) -> None:
        table, contact = self._results()
        self.table.show_table(table)
        if not keep:
            self.sheet.set_picture(QImage(str(contact)) if contact else None)
        self.csv_button.setEnabled(bool(table.rows))
        self.png_button.setEnabled(contact is not None)
        nothing = self.tr("Numbers and pictures appear here; rest the pointer on a number to read how it was measured.")
        self.empty.setText("" if table.rows else nothing)

    def _results(self) -> tuple[Table, Path | None]:
        """What was measured last, if it is what is chosen now."""
        found = self.evaluation
        return (found.table, found.contact) if found.subject == self.subject.key else (Table(()), None)

    def _export_table(self) -> None:
        self._export(self.tr("Table (*.csv)"), "evaluation.csv", self.evaluation.table.write_csv)

    def _export_sheet(self) -> None:
        contact = self.evaluation.contact
        if contact is not None:
            self._export(self.tr("Picture (*.png)"), "evaluation.png", lambda path: shutil.copyfile(contact, path))

    def _export(self, form: str, name: str, write: Callable[[str], object]) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), name, form)
        if not path:
            return
        try:
            write(path)
        except OSError as error:
            sentence = self.tr("{path} could not be written ({reason}); choose another place.")
            self.notices.set([Notice(sentence.format(path=path, reason=error.strerror), "error")])
