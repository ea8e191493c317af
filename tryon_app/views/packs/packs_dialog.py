"""The weight packs: what there is, where it is from, how good it is said to be; use, check, take in, delete."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tryon_app.model.faults import Fault
from tryon_app.model.packs import PackRow, Packs
from tryon_app.model.stages import lacking
from tryon_app.views.common import icons
from tryon_app.views.common.dialogs import once
from tryon_app.views.common.drops import dropped_of
from tryon_app.views.common.forms import no_button_by_return
from tryon_app.views.common.language import Translated
from tryon_app.views.common.notices import Notices
from tryon_app.views.common.parts import Flow, label, push_button
from tryon_app.views.common.progress import JobProgress
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import L, M, S
from tryon_app.views.common.view_types import Notice
from tryon_app.views.packs.pack_details import PackDetails, origin_text
from tryon_app.views.words.errors import fault_sentence
from tryon_app.views.words.names import licence_text, size_text

_NAME = Qt.ItemDataRole.UserRole


class PacksDialog(Translated, QDialog):
    """Not modal; `chosen` carries the name of the pack that is to be used from now on."""

    chosen = Signal(str)

    def __init__(self, packs: Packs, current: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.packs, self.current = packs, current
        self.setAcceptDrops(True)
        self.hint = label("hint", wrap=True)
        self.notices, self.progress = Notices(2), JobProgress()
        self.progress.set_cancellable(False)
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setColumnCount(5)
        self.tree.header().setStretchLastSection(False)
        self.details = PackDetails()
        keys = ("use", "verify", "files", "folder", "open", "delete")
        looks = {"use": ("primary", "check"), "delete": ("danger", "trash"), "folder": ("", "folder")}
        looks |= {"verify": ("", "lock"), "files": ("", "plus"), "open": ("", "open")}
        self.buttons: dict[str, QPushButton] = {key: push_button(*looks[key]) for key in keys}
        self._lay_out()
        self._connect()
        self.resize(1080, 640)
        self.retranslate()
        self._on_busy(packs.busy)
        packs.refresh()
        no_button_by_return(self)

    def _lay_out(self) -> None:
        bar = Flow(spacing=S)
        for button in self.buttons.values():
            bar.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.tree, 3)
        row.addWidget(self.details, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addWidget(self.hint)
        column.addWidget(self.notices)
        column.addLayout(row, 1)
        column.addWidget(self.progress)
        column.addLayout(bar)

    def _connect(self) -> None:
        for key, action in {
            "use": self._use,
            "verify": lambda: self.packs.verify(self.selected()),
            "files": self._choose_files,
            "folder": self._choose_folder,
            "open": self._open,
            "delete": self._delete,
        }.items():
            self.buttons[key].clicked.connect(lambda _=False, action=action: action())
        self.tree.currentItemChanged.connect(lambda *_: self._show_selected())
        self.tree.itemActivated.connect(lambda *_: self._use())
        self.packs.changed.connect(self._fill)
        self.packs.busy_changed.connect(self._on_busy)
        self.packs.failed.connect(self._on_failed)
        self.packs.taken_in.connect(self._on_taken_in)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Weight packs"))
        self.hint.setText(
            self.tr("Drop the published .pth files, their folder, or the folder of a pack anywhere in this window.")
        )
        texts = {
            "use": self.tr("&Use this pack"),
            "verify": self.tr("&Check the files"),
            "files": self.tr("Import &files…"),
            "folder": self.tr("Import a f&older…"),
            "open": self.tr("&Show in the file manager"),
            "delete": self.tr("&Delete…"),
        }
        for key, text in texts.items():
            self.buttons[key].setText(text)
            self.buttons[key].setAccessibleName(text.replace("&", "").rstrip("…"))
        self.tree.setAccessibleName(self.windowTitle())
        titles = (self.tr("Name"), self.tr("Size"), self.tr("From"), self.tr("Licence"), self.tr("State"))
        self.tree.setHeaderLabels(list(titles))
        self.progress.set_text(self.tr("Reading and checking …"))
        self._fill()

    def set_current(self, name: str) -> None:
        """The pack in use has changed."""
        self.current = name
        self._fill()

    def selected(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, _NAME)) if item else ""

    def take_in(self, paths: list[str]) -> None:
        """Import what was dropped or chosen."""
        self.notices.set([])
        if paths:
            self.packs.take_in(paths)

    def _fill(self) -> None:
        keep = self.selected() or self.current
        self.tree.clear()
        for row in self.packs.rows:
            texts = [
                row.name,
                size_text(row.bytes) if row.bytes else "–",
                origin_text(row),
                licence_text(row.licence) or "–",
            ]
            item = QTreeWidgetItem([*texts, self._state(row)])
            item.setData(0, _NAME, row.name)
            mark = ("error", "danger") if row.problem else ("check", "success") if row.verified else ("pack", "text")
            item.setIcon(0, icons.icon(*mark))
            for column in range(5):
                item.setToolTip(column, fault_sentence(row.problem) if row.problem else item.text(column))
            font = item.font(0)
            font.setBold(row.name == self.current)
            item.setFont(0, font)
            self.tree.addTopLevelItem(item)
            if row.name == keep:
                self.tree.setCurrentItem(item)
        self._size_columns()
        self._show_selected()

    def _size_columns(self) -> None:
        header = self.tree.header()
        for column in (1, 2, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.tree.setColumnWidth(0, 150)

    def _state(self, row: PackRow) -> str:
        if row.problem:
            return self.tr("damaged")
        if row.name == self.current:
            return self.tr("in use")
        return self.tr("checked") if row.verified else ""

    def _show_selected(self) -> None:
        row = self.packs.row(self.selected())
        self.details.show_pack(row)
        able = row is not None and not row.problem
        complete = row is not None and not lacking(row.kinds)
        self.buttons["use"].setEnabled(able and complete and self.selected() != self.current)
        self.buttons["use"].setToolTip(
            "" if complete or row is None else self.tr("It lacks networks that a try-on needs; combine it by training.")
        )
        self.buttons["verify"].setEnabled(row is not None and not self.packs.busy)
        self.buttons["open"].setEnabled(row is not None)
        self.buttons["delete"].setEnabled(row is not None and not row.shipped)

    def _use(self) -> None:
        if self.buttons["use"].isEnabled():
            self.set_current(self.selected())
            self.chosen.emit(self.current)

    def _open(self) -> None:
        row = self.packs.row(self.selected())
        if row is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(row.folder))

    def _delete(self) -> None:
        name = self.selected()
        question = self.tr("Delete the weight pack {name} and its files? This cannot be undone.").format(name=name)
        box = once(QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), question, parent=self))
        yes = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.exec()
        if box.clickedButton() is yes:
            self.packs.delete(name)

    def _choose_files(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self, self.tr("The three published checkpoints"), "", self.tr("Checkpoints (*.pth *.pt);;All files (*)")
        )
        self.take_in(paths)

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Folder of checkpoints or of a pack"))
        self.take_in([path] if path else [])

    def _on_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.progress.set_fraction(None)
        for key in ("files", "folder", "verify"):
            self.buttons[key].setEnabled(not busy)
        if not busy:
            self._show_selected()

    def _on_failed(self, fault: Fault) -> None:
        self.notices.set([Notice(fault_sentence(fault), "error")])

    def _on_taken_in(self, name: str) -> None:
        row = self.packs.row(name)
        text = self.tr("{name} is there now. Licence: {licence}").format(
            name=name, licence=licence_text(row.licence) if row else ""
        )
        self.notices.set([Notice(text, "success")])
        items = self.tree.findItems(name, Qt.MatchFlag.MatchExactly, 0)
        if items:
            self.tree.setCurrentItem(items[0])

    # drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        dropped = dropped_of(event.mimeData())
        if dropped is not None and dropped.paths and not self.packs.busy:
            event.acceptProposedAction()
            self._highlight(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self._highlight(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._highlight(False)
        dropped = dropped_of(event.mimeData())
        if dropped is not None:
            event.acceptProposedAction()
            self.take_in(list(dropped.paths))

    def _highlight(self, on: bool) -> None:
        set_role(self.tree, "drop" if on else "")
