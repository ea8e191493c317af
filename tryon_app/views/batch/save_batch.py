"""Where the pictures of a batch are saved, and what they are called."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from tryon_app.views.common.forms import FolderField, Form
from tryon_app.views.common.language import Translated
from tryon_app.views.common.tokens import L, M

FIRST = "{person}_{garment}_{seed}"
_WIDTH = 600


class SaveBatch(Translated, QDialog):
    """Asks for folder and pattern; accepted with both."""

    def __init__(self, folder: str, pattern: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder, self.pattern = FolderField(), QLineEdit(pattern or FIRST)
        form = Form()
        self._folder_row = form.add(self.folder)
        self._pattern_row = form.add(self.pattern)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addWidget(form)
        column.addWidget(self.buttons)
        for edit in (self.folder.edit, self.pattern):
            edit.textChanged.connect(self._allow)
        self.folder.set_path(folder)
        self.setMinimumWidth(_WIDTH)
        self.retranslate()
        self._allow()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Save all pictures"))
        self._folder_row.set(self.tr("&Folder"), self.tr("A contact sheet and a table of parameters and warnings too."))
        fields = "{person} {garment} {seed} {date}"
        self._pattern_row.set(self.tr("&Names"), self.tr("Of {fields}; a / makes a folder.").format(fields=fields))

    def _allow(self) -> None:
        whole = bool(self.folder.path and self.pattern.text().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(whole)
