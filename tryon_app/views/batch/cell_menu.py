"""What can be done with cells of the batch: as a menu on them, and by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from tryon_app.model.batch import Batch
from tryon_app.model.favourites import Favourites
from tryon_app.views.common import icons
from tryon_app.views.rails.list_item import KEY

_FAVOURITE = QKeyCombination(Qt.KeyboardModifier.NoModifier, Qt.Key.Key_F)
_SAVE = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E)  # as in the history


class CellMenu(QObject):
    """For all views of cells in `window`. It marks favourites; the rest is told: one to open or to save, and those to
    make with another seed."""

    chosen = Signal(str)
    save_requested = Signal(str)
    reseed_requested = Signal(list)

    def __init__(self, batch: Batch, favourites: Favourites, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._batch, self._favourites = window, batch, favourites
        self._views: list[QAbstractItemView] = []

    def serve(self, view: QAbstractItemView) -> None:
        """Open a view's cells by Return and double click, and have its menu and keys."""
        self._views.append(view)
        view.activated.connect(lambda index: self.chosen.emit(index.data(KEY) or ""))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda place: self._show(view, place))
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The keys of a view."""
        view = next((one for one in self._views if one is watched), None)
        if view is None or not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.keyCombination() == _FAVOURITE:
            self.toggle_favourites(marked(view))
        elif event.keyCombination() == _SAVE:
            self.save_requested.emit(view.currentIndex().data(KEY) or "")
        else:
            return False
        return True

    def toggle_favourites(self, keys: Sequence[str]) -> None:
        """Make all of them favourites; where all are, none."""
        self._favourites.mark(keys, not self._are_favourites(keys))

    def menu(self, key: str, keys: Sequence[str]) -> QMenu:
        """What can be done with a cell, and with all that are marked together with it."""
        cell = self._batch.cells[key]
        keys = keys if key in keys else [key]
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("open"), self.tr("Open in the window"), lambda: self.chosen.emit(key))
        if cell.picture is not None:
            text = self.tr("No favourite any more") if self._are_favourites(keys) else self.tr("Favourite")
            menu.addAction(icons.icon("star"), text, lambda: self.toggle_favourites(keys)).setShortcut(
                QKeySequence(_FAVOURITE)
            )
            save = menu.addAction(icons.icon("save"), self.tr("Save picture…"), lambda: self.save_requested.emit(key))
            save.setShortcut(QKeySequence(_SAVE))
        again = self.tr("Make %n again with another seed", "", len(keys))
        menu.addAction(icons.icon("dice"), again, lambda: self.reseed_requested.emit(keys))
        return menu

    def _are_favourites(self, keys: Sequence[str]) -> bool:
        made = [cell for key in keys if (cell := self._batch.cells.get(key)) is not None and cell.picture is not None]
        return all(self._favourites.has(cell) for cell in made)

    def _show(self, view: QAbstractItemView, place: QPoint) -> None:
        key = view.indexAt(place).data(KEY)
        if key:
            self.menu(key, marked(view)).popup(view.viewport().mapToGlobal(place))


def marked(view: QAbstractItemView) -> list[str]:
    """The keys of the cells that are marked in a view."""
    return [key for index in view.selectedIndexes() if (key := index.data(KEY))]
