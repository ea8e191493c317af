"""The pictures of one person in one garment, a seed each, large enough to choose between them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QListView, QWidget

from tryon_app.model.batch import Batch, Cell
from tryon_app.model.favourites import Favourites
from tryon_app.views.batch.cell_data import CellData
from tryon_app.views.common.language import Translated
from tryon_app.views.common.tokens import S
from tryon_app.views.rails.list_item import KEY, RailDelegate

_PICTURE = QSize(180, 240)
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class PairModel(QAbstractListModel):
    """The cells of the pair that `show` was asked for; none where it has but one."""

    def __init__(self, batch: Batch, favourites: Favourites, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch = batch
        self._key = ""
        self._cells: list[Cell] = []
        self.words = CellData(batch, favourites, batch.larger, self)
        batch.filled.connect(lambda: self.show(self._key))
        batch.cell_changed.connect(self._on_cell)
        batch.larger.there.connect(self._all_changed)
        favourites.changed.connect(self._all_changed)

    def show(self, key: str) -> None:
        """The pair of this cell from now on."""
        self._key = key
        cells = self._batch.pair_of(key)
        self.beginResetModel()
        self._cells = cells if len(cells) > 1 else []
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._cells)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.words.of(self._cells[index.row()], role) if index.isValid() else None

    def _on_cell(self, cell: Cell) -> None:
        if any(cell.key == one.key for one in self._cells):
            self._cells = self._batch.pair_of(cell.key)
            self._all_changed()

    def _all_changed(self, _: object = None) -> None:
        if self._cells:
            self.dataChanged.emit(self.index(0), self.index(len(self._cells) - 1))


class PairView(Translated, QListView):
    """Beside one another; seen where there is more than one."""

    def __init__(self, batch: Batch, favourites: Favourites, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pair = PairModel(batch, favourites, self)
        self.setModel(self.pair)
        self.setItemDelegate(RailDelegate(self, _PICTURE, wide=False))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(_PICTURE.height() + self.fontMetrics().height() + 2 * S + bar)
        self.pair.modelReset.connect(self._on_reset)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("The same try-on with every seed"))
        self.pair.words.retranslate()
        self.viewport().update()

    def show_pair(self, key: str) -> None:
        """The pair of this cell, which is marked in it."""
        self.pair.show(key)
        for row in range(self.pair.rowCount()):
            if self.pair.index(row).data(KEY) == key:
                self.setCurrentIndex(self.pair.index(row))

    def _on_reset(self) -> None:
        self.setVisible(self.pair.rowCount() > 0)
