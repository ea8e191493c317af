"""What an experiment has found: its table, its plots and its sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTabWidget, QTextBrowser, QWidget

from tryon_app.model.experiments import FIGURES
from tryon_app.views.common.language import Translated
from tryon_app.views.common.loader import Loader
from tryon_app.views.evaluate.results_table import ContactSheet


class ExperimentResults(Translated, QTabWidget):
    """The table as it is written, with intervals and protocol, and a tab a figure. `wait` before the window goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTextBrowser()
        self.table.setLineWrapMode(QTextBrowser.LineWrapMode.NoWrap)
        self.figures = {name: ContactSheet() for name in FIGURES}
        self._shown: Path | None = None
        self._loader = Loader(self)
        self._loader.loaded.connect(self._on_loaded)
        for widget in (self.table, *self.figures.values()):
            self.addTab(widget, "")
        self.retranslate()

    def retranslate(self) -> None:
        names = (
            self.tr("Numbers"),
            self.tr("Quality"),
            self.tr("Misalignment"),
            self.tr("Same garment"),
            self.tr("Other garments"),
        )
        for number, (widget, name) in enumerate(zip((self.table, *self.figures.values()), names, strict=True)):
            self.setTabText(number, name)
            widget.setAccessibleName(name)

    def show_results(self, folder: Path | None, text: str) -> None:
        """What an experiment's folder holds; nothing for None. text: its table in Markdown."""
        self.table.setMarkdown(text)
        if folder != self._shown:
            for sheet in self.figures.values():
                sheet.set_picture(None)
        self._shown = folder
        if folder is not None:
            self._loader.load(folder, [folder / name for name in FIGURES])

    def wait(self) -> None:
        """Until no picture is being read."""
        self._loader.wait()

    def _on_loaded(self, folder: Path, pictures: Sequence[QImage]) -> None:
        if folder == self._shown:
            for sheet, picture in zip(self.figures.values(), pictures, strict=True):
                sheet.set_picture(picture)
