"""The list of trainings beside the monitor: name, network, how it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from tryon_app.model.runs import Run, Runs
from tryon_app.views.common import icons
from tryon_app.views.common.language import Translated
from tryon_app.views.common.theme import set_role
from tryon_app.views.words import training as words

_RUN = Qt.ItemDataRole.UserRole
_ICONS = {
    "paused": ("pause", "muted"),
    "finished": ("check", "success"),
    "stopped": ("stop", "success"),
    "failed": ("error", "danger"),
    "died": ("error", "danger"),
}


class RunList(Translated, QListWidget):
    """All runs, the newest first; `chosen` carries the run, or None when there is none."""

    chosen = Signal(object)

    def __init__(self, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        set_role(self, "bare")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(lambda item, _: self.chosen.emit(item.data(_RUN) if item else None))
        for run in runs.runs:
            self._add(run)
        runs.added.connect(self._add)
        runs.removed.connect(self._remove)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Trainings"))
        for row in range(self.count()):
            self._write(self.item(row))

    def choose(self, run: Run) -> None:
        item = self._item_of(run)
        if item is not None:
            self.setCurrentItem(item)

    def current_run(self) -> Run | None:
        item = self.currentItem()
        return item.data(_RUN) if item else None

    def _add(self, run: Run) -> None:
        item = QListWidgetItem()
        item.setData(_RUN, run)
        self.insertItem(0, item)
        run.changed.connect(lambda: self._rewrite(run))
        self._write(item)

    def _remove(self, run: Run) -> None:
        item = self._item_of(run)
        if item is not None:
            self.takeItem(self.row(item))

    def _rewrite(self, run: Run) -> None:
        item = self._item_of(run)
        if item is not None:
            self._write(item)

    def _item_of(self, run: Run) -> QListWidgetItem | None:
        items = (self.item(row) for row in range(self.count()))
        return next((item for item in items if item.data(_RUN) is run), None)

    def _write(self, item: QListWidgetItem) -> None:
        run: Run = item.data(_RUN)
        share = f" {100 * run.record.step // run.steps}%" if run.live and run.steps else ""
        text = f"{run.name}\n{words.state_name(run.state)}{share} · {words.kind_name(run.kind)}"
        if text != item.text():
            item.setText(text)
            item.setIcon(icons.icon(*_ICONS.get(run.state, ("train", "accent_text"))))
