"""Forms that explain themselves: a title, a control, and under it in words what the choice means."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label, push_button
from tryon_app.views.common.tokens import M, S

_TITLE_WIDTH = 120


class Row:
    """One line of a form; `set` names it for the eye and for screen readers."""

    def __init__(self, control: QWidget, field: QWidget, gap: Callable[[int], None], width: int) -> None:
        self.title, self.hint = label(), label("caption", wrap=True)
        self.control, self.field, self._gap = control, field, gap
        self.title.setBuddy(field)
        self.title.setMinimumWidth(width)

    def set(self, title: str, hint: str = "") -> None:
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint) and not self.control.isHidden())
        self.field.setAccessibleName(title.replace("&", ""))
        self.field.setAccessibleDescription(hint)

    def say(self, hint: str) -> None:
        """Another explanation, the same title."""
        self.set(self.title.text(), hint)

    def show(self, on: bool) -> None:
        """Show or hide the whole line."""
        for widget in (self.title, self.control):
            widget.setVisible(on)
        self.hint.setVisible(on and bool(self.hint.text()))
        self._gap(M if on else 0)


class Form(QWidget):
    """Rows under each other, their controls aligned; the titles take at least `title_width`."""

    def __init__(self, parent: QWidget | None = None, *, title_width: int = _TITLE_WIDTH) -> None:
        super().__init__(parent)
        self._title_width = title_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(M)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)

    def add(self, control: QWidget, field: QWidget | None = None, *, tall: bool = False) -> Row:
        """A row for `control`; `field` is the part of it that takes the keyboard; tall: it has several lines."""
        at = self._grid.rowCount() + 1
        gap: Callable[[int], None] = lambda height: self._grid.setRowMinimumHeight(at - 1, height)  # noqa: E731
        row = Row(control, field or control, gap, self._title_width)
        if at > 2:
            self._grid.setRowMinimumHeight(at - 1, M)
        if tall:
            row.title.setContentsMargins(0, S, 0, 0)
        self._grid.addWidget(row.title, at, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(control, at, 1)
        self._grid.addWidget(row.hint, at + 1, 1)
        return row

    def add_wide(self, widget: QWidget) -> None:
        """Something below the controls that belongs to the row before."""
        self._grid.addWidget(widget, self._grid.rowCount(), 1)

    def finish(self) -> None:
        """What height is left over goes below the last row."""
        self._grid.setRowStretch(self._grid.rowCount(), 1)


class Choice(QComboBox):
    """A combo box whose entries carry keys; `set_entries` keeps the chosen key where it is still there."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.currentIndexChanged.connect(lambda _: self.chosen.emit(self.key))

    @property
    def key(self) -> str:
        return str(self.currentData() or "")

    def set_entries(self, entries: list[tuple[str, str]]) -> None:
        """(key, text) pairs; says nothing where the chosen key stays."""
        before = self.key
        blocked = self.blockSignals(True)
        self.clear()
        for key, text in entries:
            self.addItem(text, key)
        self.setCurrentIndex(max(self.findData(before), 0) if entries else -1)
        self.blockSignals(blocked)
        if self.key != before:
            self.chosen.emit(self.key)

    def choose(self, key: str) -> None:
        """Choose by key; an unknown one changes nothing."""
        index = self.findData(key)
        if index >= 0:
            self.setCurrentIndex(index)


class FolderField(Translated, QWidget):
    """A folder: typed, pasted, dropped or chosen in a dialog. `changed` comes when the text has settled."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, small: bool = False) -> None:
        super().__init__(parent)
        self._small = small
        self.edit = QLineEdit()
        self.edit.editingFinished.connect(self._settle)
        self.button = push_button(icon="folder")
        self.button.clicked.connect(self._browse)
        self.title = ""
        self._said = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.edit)
        self.retranslate()

    def retranslate(self) -> None:
        self.button.setText("" if self._small else self.tr("Browse…"))
        self.button.setToolTip(self.tr("Browse for a folder"))
        self.button.setAccessibleName(self.tr("Browse for a folder"))

    @property
    def path(self) -> str:
        return self.edit.text().strip()

    def set_path(self, path: str) -> None:
        self.edit.setText(path)
        self._settle()

    def _settle(self) -> None:
        if self.path != self._said:
            self._said = self.path
            self.changed.emit(self.path)

    def _browse(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.title or self.button.accessibleName(), self.path)
        if found:
            self.set_path(found)


def no_button_by_return(dialog: QDialog) -> None:
    """Return in a field must not press whatever button happens to be the dialog's first, which is Qt's habit."""
    for button in dialog.findChildren(QPushButton):
        button.setAutoDefault(False)
