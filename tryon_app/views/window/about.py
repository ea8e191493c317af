"""What this program is, whose work it stands on, and that nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tryon_app.model.about import TITLE
from tryon_app.views.common import icons
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label
from tryon_app.views.common.tokens import XL, XS, L, M


class AboutDialog(Translated, QDialog):
    """Name, version and what is inside, as (name with version, licence) lines; terms: the texts, by their names."""

    def __init__(
        self,
        parent: QWidget | None,
        version: str,
        lines: Sequence[tuple[str, str]] = (),
        terms: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(parent)
        self._terms = terms
        self._version, self._parts = version, tuple(lines)
        self.mark = QLabel()
        self.mark.setPixmap(icons.app_icon().pixmap(64, 64))
        self.title, self.version = label("title"), label("hint")
        self.what, self.privacy = label(wrap=True), label("hint", wrap=True)
        self.version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = self._table(lines)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.copy = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        self.copy.setAutoDefault(False)
        self.licences = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.licences.clicked.connect(self._show_terms)
        self.licences.setAutoDefault(False)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()
        self._lay_out()
        self.retranslate()
        self.resize(480, 480)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("About {title}").format(title=TITLE))
        self.title.setText(TITLE)
        self.version.setText(self.tr("Version {version}").format(version=self._version))
        self.what.setText(
            self.tr("Virtual try-on after VITON-HD (Choi et al., CVPR 2021): a person and a garment in, a picture out.")
        )
        self.privacy.setText(self.tr("Everything is computed on this machine. Nothing leaves it."))
        self.table.setHorizontalHeaderLabels([self.tr("Part"), self.tr("Licence")])
        self.table.setAccessibleName(self.tr("Parts and their licences"))
        self.copy.setText(self.tr("Copy details"))
        self.licences.setText(self.tr("Licences…"))
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))

    def details(self) -> str:
        """The version and the parts as plain text, for a report."""
        parts = [f"{name}: {licence}" for name, licence in self._parts]
        return "\n".join([f"{TITLE} {self._version}", *parts])

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(XS)
        words.addWidget(self.title)
        words.addWidget(self.version)
        head = QHBoxLayout()
        head.setSpacing(L)
        head.addWidget(self.mark)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addLayout(head)
        column.addWidget(self.what)
        column.addWidget(self.privacy)
        column.addWidget(self.table, 1)
        column.addWidget(self.buttons)

    def _table(self, lines: Sequence[tuple[str, str]]) -> QTableWidget:
        table = QTableWidget(len(lines), 2)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.setTabKeyNavigation(False)
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                table.setItem(row, column, QTableWidgetItem(text))
        return table

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details())

    def _show_terms(self) -> None:
        TermsDialog(self, self._terms()).open()


class TermsDialog(Translated, QDialog):
    """Texts to read, each under its file's name."""

    def __init__(self, parent: QWidget | None, texts: Mapping[str, str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.tabs = QTabWidget()
        for name, text in texts.items():
            page = QPlainTextEdit(text)
            page.setReadOnly(True)
            self.tabs.addTab(page, name)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs)
        column.addWidget(self.buttons)
        self.retranslate()
        self.resize(720, 560)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Licences"))
        self.tabs.setAccessibleName(self.windowTitle())
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
