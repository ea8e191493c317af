"""What was made so far, newest first: reopen, save, copy, compare, drag out, delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QDateTime, QEvent, QKeyCombination, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from tryon_app.views.common import icons
from tryon_app.views.common.drops import drag_out
from tryon_app.views.common.empty import EmptyState
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label, name_button, tool_button
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import XS, M, S
from tryon_app.views.common.view_types import Entry
from tryon_app.views.rails.list_item import ALONE, BADGE, KEY, LINES, Index, RailDelegate
from tryon_app.views.words.names import sample_name

_PICTURE = QSize(54, 72)
_SAVE = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E)  # as the window's "Save picture"


class _List(QListWidget):
    """Drags saved files instead of items, and hands keys to its owner first."""

    def __init__(self, owner: HistoryList) -> None:
        super().__init__(owner)
        self._owner = owner
        set_role(self, "bare")
        self.setItemDelegate(RailDelegate(self, _PICTURE, wide=True, picture=self._picture))
        self.setDragEnabled(True)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSelectionMode(self.SelectionMode.ExtendedSelection)

    def _picture(self, index: Index) -> QImage | None:
        return self._owner.picture(index.data(KEY))

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802
        key = self._owner.current
        paths = self._owner.drag_paths(key) if key and self._owner.drag_paths is not None else []
        if paths:
            drag_out(self, paths, self._owner.picture(key))

    def event(self, event: QEvent) -> bool:
        """Keys that mean the window's picture elsewhere mean the marked one here."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.keyCombination() == _SAVE)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if not self._owner.key(event):
            super().keyPressEvent(event)


class HistoryList(Translated, QWidget):
    """The list of finished try-ons. `drag_paths` gives the saved files of an entry to drag into other programs.

    `picture_of` gives the picture of an entry that is seen, None while it is being read.
    """

    chosen = Signal(str)
    save_requested = Signal(str)
    copy_requested = Signal(str)
    export_requested = Signal(str)
    delete_requested = Signal(str)
    compare_requested = Signal(str)
    compare_both_requested = Signal(str, str)
    delete_several_requested = Signal(list)
    parameters_requested = Signal(str)
    star_requested = Signal(str, bool)
    seed_requested = Signal(int)
    clear_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drag_paths: Callable[[str], Sequence[str]] | None = None
        self.picture_of: Callable[[str], QImage | None] | None = None
        self._entries: dict[str, Entry] = {}
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label("heading")
        self.clear_button = tool_button("trash", self)
        self.clear_button.clicked.connect(self.clear_requested)
        self.list = _List(self)
        self.list.itemActivated.connect(lambda item: self.chosen.emit(item.data(KEY)))
        self.list.itemClicked.connect(self._on_click)
        self.search = QLineEdit(self)
        self.search.textChanged.connect(self._filter)
        self.stars = tool_button("star", self, checkable=True)
        self.stars.toggled.connect(self._filter)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.empty = EmptyState("history")
        self._lay_out()
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("History"))
        self.list.setAccessibleName(self.tr("History"))
        name_button(self.clear_button, self.tr("Delete all of the history"))
        name_button(self.stars, self.tr("Favourites only"))
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the history"))
        self.search.setToolTip(self.tr("Garment, person, pack, seed or “edited”"))
        self.empty.set_text(self.tr("Nothing yet"), self.tr("Every try-on is kept here, on this machine only."))
        for row in range(self.list.count()):
            item = self.list.item(row)
            self._write(item, self._entries[item.data(KEY)])

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Replace all, newest first."""
        current = self.current
        self.list.clear()
        self._entries = {}
        for entry in entries:
            self._insert(self.list.count(), entry)
        self.set_current(current)
        self._show_page()

    def add(self, entry: Entry) -> None:
        """Put a new one on top and mark it."""
        self._insert(0, entry)
        self.set_current(entry.key)
        self._show_page()

    def set_entry(self, entry: Entry) -> None:
        """Show what is another about one; one that is not there is ignored."""
        item = self._item(entry.key)
        if item is not None:
            self._entries[entry.key] = entry
            self._write(item, entry)
            self._filter()

    def remove(self, key: str) -> None:
        """Take one out; one that is not there is ignored."""
        item = self._item(key)
        if item is not None:
            self.list.takeItem(self.list.row(item))
            del self._entries[key]
        self._show_page()

    def set_current(self, key: str) -> None:
        """Mark the one that is shown, "" for none."""
        item = self._item(key)
        if key and key == self.current and item in self.list.selectedItems():
            return  # others may be selected beside it
        self.list.setCurrentRow(-1 if item is None else self.list.row(item), ALONE)
        if item is not None:
            self.list.scrollToItem(item)

    @property
    def current(self) -> str:
        item = self.list.currentItem()
        return str(item.data(KEY)) if item is not None else ""

    @property
    def selected(self) -> list[str]:
        """Those that are marked, from the top."""
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        return [str(self.list.item(row).data(KEY)) for row in rows]

    def entry(self, key: str) -> Entry | None:
        return self._entries.get(key)

    def picture(self, key: str) -> QImage | None:
        return None if self.picture_of is None else self.picture_of(key)

    def key(self, event: QKeyEvent) -> bool:
        """Delete, copy and save by key; whether the key meant one of them."""
        current, deletes = self.current, event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if not current:
            return False
        if deletes and len(self.selected) > 1:
            self.delete_several_requested.emit(self.selected)
            return True
        for pressed, signal in (
            (event.matches(QKeySequence.StandardKey.Copy), self.copy_requested),
            (event.keyCombination() == _SAVE, self.save_requested),
            (deletes, self.delete_requested),
            (event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space), self.chosen),
        ):
            if pressed:
                signal.emit(current)
                return True
        return False

    def menu(self, key: str) -> QMenu:
        """What can be done with an entry, or with all that are marked together with it."""
        entry, selected = self._entries[key], self.selected
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if key in selected and len(selected) > 1:
            self._fill_for_several(menu, selected)
            return menu
        menu.addAction(icons.icon("open"), self.tr("Open again"), lambda: self.chosen.emit(key))
        menu.addAction(
            icons.icon("compare"), self.tr("Compare with what is shown"), lambda: self.compare_requested.emit(key)
        )
        menu.addAction(
            icons.icon("dice"),
            self.tr("Use seed {seed}").format(seed=entry.seed),
            lambda: self.seed_requested.emit(entry.seed),
        )
        star = self.tr("No favourite any more") if entry.starred else self.tr("Favourite")
        menu.addAction(icons.icon("star"), star, lambda: self.star_requested.emit(key, not entry.starred))
        menu.addAction(icons.icon("copy"), self.tr("Copy parameters"), lambda: self.parameters_requested.emit(key))
        menu.addSeparator()
        menu.addAction(icons.icon("save"), self.tr("Save picture…"), lambda: self.save_requested.emit(key))
        menu.addAction(icons.icon("copy"), self.tr("Copy picture"), lambda: self.copy_requested.emit(key))
        menu.addAction(icons.icon("export"), self.tr("Export all stages…"), lambda: self.export_requested.emit(key))
        menu.addSeparator()
        menu.addAction(icons.icon("trash"), self.tr("Delete"), lambda: self.delete_requested.emit(key))
        return menu

    def _fill_for_several(self, menu: QMenu, keys: list[str]) -> None:
        if len(keys) == 2:
            both = self.compare_both_requested
            menu.addAction(icons.icon("compare"), self.tr("Compare both"), lambda: both.emit(*keys))
        delete = self.tr("Delete %n try-on(s)", "", len(keys))
        menu.addAction(icons.icon("trash"), delete, lambda: self.delete_several_requested.emit(keys))

    def _on_click(self, item: QListWidgetItem) -> None:
        """With Ctrl or Shift a click marks; it does not open."""
        if len(self.list.selectedItems()) < 2 and item.isSelected():
            self.chosen.emit(item.data(KEY))

    def _filter(self, *_: object) -> None:
        """Show the rows with every word that is searched for."""
        words = self.search.text().casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            entry = self._entries[item.data(KEY)]
            text = f"{item.data(Qt.ItemDataRole.AccessibleTextRole)} {entry.person}".casefold()
            lacking = self.stars.isChecked() and not entry.starred
            self.list.setRowHidden(row, lacking or not all(word in text for word in words))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(M, 0, XS, 0)
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.stars)
        head.addWidget(self.clear_button)
        search = QHBoxLayout()
        search.setContentsMargins(M, 0, M, 0)
        search.addWidget(self.search)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, S, 0, 0)
        column.setSpacing(XS)
        column.addLayout(head)
        column.addLayout(search)
        column.addWidget(pages, 1)
        self._show_page()

    def _insert(self, row: int, entry: Entry) -> None:
        self._entries[entry.key] = entry
        item = QListWidgetItem()
        self._write(item, entry)
        self.list.insertItem(row, item)
        if self.search.text() or self.stars.isChecked():
            self._filter()

    def _write(self, item: QListWidgetItem, entry: Entry) -> None:
        moment, short = QDateTime.fromSecsSinceEpoch(round(entry.when.timestamp())), QLocale.FormatType.ShortFormat
        when = QLocale().toString(moment, short)
        today = moment.date() == QDate.currentDate()
        brief = QLocale().toString(moment.time(), short) if today else QLocale().toString(moment.date(), short)
        seed = self.tr("Seed {seed}").format(seed=entry.seed)
        item.setData(KEY, entry.key)
        garment = sample_name(entry.garment)
        edited = [self.tr("edited")] if entry.edited else []
        person = [sample_name(entry.person)] if entry.person else []
        item.setData(LINES, [garment, f"{entry.pack} · {seed}", " · ".join((brief, *edited))])
        item.setData(BADGE, "star" if entry.starred else "")
        favourite = [self.tr("favourite")] if entry.starred else []
        said = ", ".join((garment, *person, entry.pack, seed, when, *edited, *favourite))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip("\n".join((garment, *person, entry.pack, seed, when, *edited)))

    def _item(self, key: str) -> QListWidgetItem | None:
        items = (self.list.item(row) for row in range(self.list.count()))
        return next((item for item in items if item.data(KEY) == key), None)

    def _show_menu(self, place: QPoint) -> None:
        item = self.list.itemAt(place)
        if item is not None:
            self.menu(item.data(KEY)).popup(self.list.viewport().mapToGlobal(place))

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(1 if self._entries else 0)
        for widget in (self.clear_button, self.stars, self.search):
            widget.setEnabled(bool(self._entries))
