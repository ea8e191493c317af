"""What is wrong with a data set, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from tryon_app.model.training import Finding
from tryon_app.views.common import icons
from tryon_app.views.common.forms import no_button_by_return
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label, push_button
from tryon_app.views.common.tokens import L, M
from tryon_app.views.words.errors import fault_sentence

_ICONS = {"error": ("error", "danger"), "warning": ("warning", "warning"), "note": ("info", "muted")}
SHOWN = 2000  # a list that nobody reads to the end would only be slow


class FindingsDialog(Translated, QDialog):
    """Broken items, doubtful ones and notes, the worst first; the engine's sentences say what to do."""

    def __init__(self, problems: Sequence[Finding], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        order = list(_ICONS)
        self._problems = sorted(problems, key=lambda one: order.index(one.severity))
        self.head = label("hint", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setWordWrap(True)
        self.tree.setColumnCount(3)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.copy = push_button(icon="copy")
        self.copy.clicked.connect(self._copy)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addWidget(self.head)
        column.addWidget(self.tree, 1)
        column.addWidget(self.buttons)
        self.resize(920, 480)
        no_button_by_return(self)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Findings in the data"))
        told = self.tr(
            "Broken items cannot be read and are skipped; doubtful ones are not learned from; notes are harmless."
        )
        if len(self._problems) > SHOWN:
            more = self.tr("{count} of them, {shown} shown; a copy of the list holds all.")
            told += " " + more.format(count=len(self._problems), shown=SHOWN)
        self.head.setText(told)
        self.copy.setText(self.tr("Copy the list"))
        self.tree.setAccessibleName(self.windowTitle())
        self.tree.setHeaderLabels([self.tr("Kind"), self.tr("Item"), self.tr("What is wrong, and what to do")])
        self._fill()

    def _fill(self) -> None:
        names = {"error": self.tr("broken"), "warning": self.tr("doubtful"), "note": self.tr("note")}
        self.tree.clear()
        for one in self._problems[:SHOWN]:
            file = Path(one.file)
            sentence = fault_sentence(one.fault)
            short = sentence.replace(one.file, f"{file.parent.name}/{file.name}")
            row = QTreeWidgetItem([names[one.severity], one.name or file.name, short])
            row.setIcon(0, icons.icon(*_ICONS[one.severity]))
            row.setToolTip(2, sentence)
            self.tree.addTopLevelItem(row)

    def _copy(self) -> None:
        lines = [f"{one.severity}\t{one.file}\t{fault_sentence(one.fault)}" for one in self._problems]
        QGuiApplication.clipboard().setText("\n".join(lines))
