"""The people or garments of a folder in a row, to be clicked through; it hides where there is nothing to choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from tryon_app.views.common import icons
from tryon_app.views.common.language import Translated
from tryon_app.views.common.theme import set_role
from tryon_app.views.common.tokens import XS, S
from tryon_app.views.common.view_types import GarmentCard
from tryon_app.views.rails.list_item import ALONE, KEY, LINES, PICTURE, STATE, RailDelegate

_PICTURE = QSize(48, 64)


class GarmentList(Translated, QWidget):
    """One row of photos, each with the state of its try-on. kind: "person" or "garment"."""

    chosen = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None, kind: str = "garment") -> None:
        super().__init__(parent)
        self.kind = kind
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._cards: dict[str, GarmentCard] = {}
        self.list = QListWidget(self)
        set_role(self.list, "bare")
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setItemDelegate(RailDelegate(self.list, _PICTURE, wide=False))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.horizontalScrollBar().rangeChanged.connect(self._fit_height)
        self._fit_height()
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.itemClicked.connect(self._on_click)
        self.list.itemActivated.connect(lambda item: self.chosen.emit(item.data(KEY)))
        column = QVBoxLayout(self)
        column.setContentsMargins(XS, XS, XS, 0)
        column.addWidget(self.list)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self._states = {
            "": "",
            "queued": self.tr("waiting"),
            "running": self.tr("being tried on"),
            "ready": self.tr("ready"),
            "warned": self.tr("doubtful"),
            "failed": self.tr("failed"),
        }
        self.list.setAccessibleName(self.tr("People") if self.kind == "person" else self.tr("Garments"))
        for card in self._cards.values():
            self.set_card(card)

    def set_cards(self, cards: Sequence[GarmentCard]) -> None:
        """Replace all."""
        self.list.clear()
        self._cards = {}
        for card in cards:
            self.list.addItem(QListWidgetItem())
            self._cards[card.key] = card
            self._write(self.list.item(self.list.count() - 1), card)
        self.setVisible(len(self._cards) > 1)

    def set_card(self, card: GarmentCard) -> None:
        """Show a card's new picture or state; KeyError if it is not in the rail."""
        if card.key not in self._cards:
            raise KeyError(card.key)
        self._cards[card.key] = card
        item = self._item(card.key)
        if item is not None:
            self._write(item, card)

    def set_current(self, key: str) -> None:
        """Mark the garment in use."""
        item = self._item(key)
        if item is not None and item is self.list.currentItem() and item.isSelected():
            return  # others may be marked beside it
        self.list.setCurrentRow(-1 if item is None else self.list.row(item), ALONE)
        if item is not None:
            self.list.scrollToItem(item)

    @property
    def selected(self) -> list[str]:
        """Those that are marked, in the order of the rail."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(KEY) for item in items if item.isSelected()]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.selected:
            for key in self.selected:
                self.removed.emit(key)
        else:
            super().keyPressEvent(event)

    def _on_click(self, item: QListWidgetItem) -> None:
        """With Ctrl or Shift a click marks; it does not choose."""
        if len(self.list.selectedItems()) < 2 and item.isSelected():
            self.chosen.emit(item.data(KEY))

    def _fit_height(self) -> None:
        """As high as a card, and the scroll bar where there is one: the rest belongs to the picture."""
        bar = self.list.horizontalScrollBar()
        card = _PICTURE.height() + S + self.list.fontMetrics().height() + 2
        self.list.setFixedHeight(card + XS + (bar.sizeHint().height() if bar.maximum() else 0))

    def _write(self, item: QListWidgetItem, card: GarmentCard) -> None:
        state = self._states.get(card.state, "")
        item.setData(KEY, card.key)
        item.setData(PICTURE, card.picture)
        item.setData(LINES, [card.name])
        item.setData(STATE, card.state)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(text for text in (card.name, state) if text))
        item.setToolTip("\n".join(text for text in (card.name, state, card.text) if text))

    def _item(self, key: str) -> QListWidgetItem | None:
        items = (self.list.item(row) for row in range(self.list.count()))
        return next((item for item in items if item.data(KEY) == key), None)

    def _show_menu(self, place: QPoint) -> None:
        item = self.list.itemAt(place)
        if item is None:
            return
        key = item.data(KEY)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("try-on"), self.tr("Try on"), lambda: self.chosen.emit(key))
        menu.addAction(icons.icon("trash"), self.tr("Remove from the rail"), lambda: self.removed.emit(key))
        menu.popup(self.list.viewport().mapToGlobal(place))
