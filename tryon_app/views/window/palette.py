"""Every command by its name (Ctrl+K), and every key by what it does (F1), in one list that is searched by typing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from tryon_app.views.common.tokens import M, S

_CALL = int(Qt.ItemDataRole.UserRole)
_SIZE = (560, 420)


class Palette(QDialog):
    """The commands of a window that can be used now. keys: what has a key instead, the canvas's own keys too."""

    def __init__(self, window: QMainWindow, *, keys: bool = False) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys") if keys else self.tr("Commands"))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Type what you want to do"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list = QTreeWidget(self)
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.windowTitle())
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemActivated.connect(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(M, M, M, M)
        column.setSpacing(S)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self._fill(window, keys)
        self.resize(*_SIZE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Up, down and Enter go to the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                QCoreApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._use(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _fill(self, window: QMainWindow, keys: bool) -> None:
        for place, action in actions_of(window):
            shortcuts = ", ".join(one.toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts())
            if (keys and shortcuts) or (not keys and action.isEnabled()):
                self._add(f"{place} › {plain(action)}", shortcuts, action.trigger)
        for key, text in _canvas_keys() if keys else ():
            self._add(self.tr("Picture › {what}").format(what=text), key, None)
        self._filter("")

    def _add(self, text: str, keys: str, call: Callable[[], None] | None) -> None:
        item = QTreeWidgetItem(self.list, [text, keys])
        item.setData(0, _CALL, call)
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + S))

    def _filter(self, text: str) -> None:
        """Show the rows with all words; the first is ready for Enter."""
        words, first = text.casefold().split(), None
        rows = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        for item in filter(None, rows):
            said = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in said for word in words))
            first = first or (item if not item.isHidden() else None)
        self.list.setCurrentIndex(QModelIndex() if first is None else self.list.indexFromItem(first))

    def _use(self, item: QTreeWidgetItem | None) -> None:
        call = item.data(0, _CALL) if item is not None and not item.isHidden() else None
        if call is not None:
            self.accept()
            call()


def actions_of(window: QMainWindow) -> Iterator[tuple[str, QAction]]:
    """What can be chosen in the menus, with the menus' names."""
    # not by QAction.menu(), after which PySide deletes the menu together with what it has answered
    menus = [(menu.menuAction(), menu) for menu in window.findChildren(QMenu)]
    yield from _chosen_in(window.menuBar().actions(), "", menus)


def plain(action: QAction) -> str:
    """Its name without the sign for the key."""
    text = re.sub(r"\(&\w\)", "", action.text())  # where the key is no letter of the name, as in Korean
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _chosen_in(
    actions: Iterable[QAction], place: str, menus: Sequence[tuple[QAction, QMenu]]
) -> Iterator[tuple[str, QAction]]:
    for action in actions:
        menu = next((menu for of, menu in menus if of is action), None)
        if menu is not None:
            yield from _chosen_in(menu.actions(), f"{place} › {plain(action)}" if place else plain(action), menus)
        elif action.text() and action.isVisible():
            yield place, action


def _canvas_keys() -> list[tuple[str, str]]:
    """The keys of the picture itself, which are in no menu."""
    return [
        ("[  ]", QCoreApplication.translate("Palette", "Smaller or larger brush")),
        ("Alt+Click", QCoreApplication.translate("Palette", "Take the label under the pointer")),
        ("Shift+Click", QCoreApplication.translate("Palette", "Paint straight from the last stroke")),
        ("Shift+Drag", QCoreApplication.translate("Palette", "Scale the garment freely; turn it by 15°")),
        ("Alt+Drag", QCoreApplication.translate("Palette", "Scale the garment about its middle")),
        ("Enter", QCoreApplication.translate("Palette", "Close an outline")),
        ("Space", QCoreApplication.translate("Palette", "Show the photo; move the picture while painting")),
        ("+  -", QCoreApplication.translate("Palette", "Zoom in or out")),
        ("0", QCoreApplication.translate("Palette", "Fit to window")),
        ("1", QCoreApplication.translate("Palette", "Pixel for pixel")),
        ("C", QCoreApplication.translate("Palette", "Next way to compare")),
        ("B", QCoreApplication.translate("Palette", "Next person in the photo")),
        (",  .", QCoreApplication.translate("Palette", "Next joint or control point")),
        ("Alt+Arrows", QCoreApplication.translate("Palette", "Move that joint or point, or the framed garment")),
    ]
