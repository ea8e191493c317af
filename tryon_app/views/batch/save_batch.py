"""Where the pictures of a batch are saved, and what they are called."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from tryon_app.views.common.forms import Choice, FolderField, Form
from tryon_app.views.common.language import Translated
from tryon_app.views.common.tokens import L, M

FIRST = "{person}_{garment}_{seed}"
_WIDTH = 600


class SaveBatch(Translated, QDialog):
    """Asks for folder, pattern and contact sheet. count: so many are favourites, which can be saved alone."""

    def __init__(
        self, folder: str, pattern: str, sheet: str = "", count: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._count = count
        self.favourites = QCheckBox()
        self.favourites.setVisible(count > 0)
        self.folder, self.pattern = FolderField(), QLineEdit(pattern or FIRST)
        self.sheet = Choice()
        form = Form()
        self._folder_row = form.add(self.folder)
        self._pattern_row = form.add(self.pattern)
        self._sheet_row = form.add(self.sheet)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addWidget(form)
        column.addWidget(self.favourites)
        column.addWidget(self.buttons)
        for edit in (self.folder.edit, self.pattern):
            edit.textChanged.connect(self._allow)
        self.folder.set_path(folder)
        self.setMinimumWidth(_WIDTH)
        self.retranslate()
        self.sheet.choose(sheet)
        self._allow()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Save all pictures"))
        self._folder_row.set(self.tr("&Folder"), self.tr("A table of parameters and warnings too."))
        kinds = {"jpg": self.tr("Picture (JPEG)"), "png": self.tr("Picture (PNG)"), "pdf": self.tr("Pages (PDF)")}
        self.sheet.set_entries([*kinds.items()])
        self._sheet_row.set(self.tr("&Contact sheet"), self.tr("A picture shows up to 60 of them, pages show all."))
        self.favourites.setText(self.tr("Only the %n &favourite(s)", "", self._count))
        fields = "{person} {garment} {seed} {date}"
        self._pattern_row.set(self.tr("&Names"), self.tr("Of {fields}; a / makes a folder.").format(fields=fields))

    def _allow(self) -> None:
        whole = bool(self.folder.path and self.pattern.text().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(whole)
