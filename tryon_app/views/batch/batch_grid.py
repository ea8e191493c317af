"""People x garments as a grid of pictures: people at the left, garments on top, several seeds beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from tryon_app.model.batch import Batch, Cell
from tryon_app.model.favourites import Favourites
from tryon_app.views.batch.cell_data import CellData
from tryon_app.views.common.language import Translated
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.tokens import XS, S
from tryon_app.views.rails.list_item import KEY, PICTURE, RailDelegate, cropped

_NARROWEST, _WIDEST = 90, 180  # a picture in the grid, which is 3:4
_PHOTO = QSize(48, 64)
_SIDE = 104  # width of the people's column
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ACROSS = Qt.Orientation.Horizontal


class GridModel(QAbstractTableModel):
    """A row a person; a column a garment and seed."""

    def __init__(self, batch: Batch, favourites: Favourites, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch = batch
        self._words = CellData(batch, favourites, batch.thumbnails, self)
        batch.filled.connect(self._on_filled)
        batch.cell_changed.connect(self._on_cell)
        batch.thumbnails.there.connect(self._on_pictured)
        favourites.changed.connect(self._on_favourites)

    def retranslate(self) -> None:
        """Say everything again."""
        self._words.retranslate()
        self._on_filled()

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._batch.people)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._batch.garments) * self._batch.seeds

    def cell(self, index: Index) -> Cell | None:
        """The cell there; None where none is wanted."""
        garment, seed = divmod(index.column(), max(self._batch.seeds, 1))
        return self._batch.at(index.row(), garment, seed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        return None if cell is None else self._words.of(cell, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        across = orientation is _ACROSS
        path = self._batch.garments[section // self._batch.seeds] if across else self._batch.people[section]
        if role == PICTURE:
            return self._words.images.get(path)
        return Path(path).stem if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if self.cell(index) is None else super().flags(index)

    def _on_filled(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _on_cell(self, cell: Cell) -> None:
        person, garment, seed = cell.place
        at = self.index(person, garment * self._batch.seeds + seed)
        self.dataChanged.emit(at, at)

    def _on_favourites(self) -> None:
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def _on_pictured(self, path: str) -> None:
        cell = self._batch.cells.get(Path(path).stem)
        if cell is not None and cell.picture is not None and str(cell.picture) == path:
            self._on_cell(cell)
        elif path in self._batch.people:
            row = self._batch.people.index(path)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        elif path in self._batch.garments:
            first = self._batch.garments.index(path) * self._batch.seeds
            self.headerDataChanged.emit(_ACROSS, first, first + self._batch.seeds - 1)


class PhotoHeader(QHeaderView):
    """Photos with their names below; they stay where they are while the grid is scrolled."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._kept: dict[tuple[int, int, int], QImage] = {}
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_SIDE, _PHOTO.height() + self.fontMetrics().height() + 2 * S)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        theme, model, across = Theme.current(), self.model(), self.orientation()
        painter.save()
        painter.fillRect(rect, theme.colour("panel"))
        height = _PHOTO.height() + XS + self.fontMetrics().height()
        top = rect.top() + (rect.height() - height) // 2
        place = QRect(rect.center().x() - _PHOTO.width() // 2, top, _PHOTO.width(), _PHOTO.height())
        picture = model.headerData(section, across, PICTURE)
        if isinstance(picture, QImage):
            painter.drawImage(
                place.topLeft(), cropped(picture, _PHOTO, painter.device().devicePixelRatio(), self._kept)
            )
        else:
            painter.fillRect(place, theme.colour("raised"))
        painter.setPen(theme.colour("text"))
        text = QRect(rect.left() + XS, place.bottom() + XS, rect.width() - 2 * XS, self.fontMetrics().height())
        name = self.fontMetrics().elidedText(
            str(model.headerData(section, across)), Qt.TextElideMode.ElideMiddle, text.width()
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()


class BatchGrid(Translated, QTableView):
    """The grid. looked_at: the key of the cell that the keyboard is at, "" for none."""

    looked_at = Signal(str)

    def __init__(self, batch: Batch, favourites: Favourites, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = GridModel(batch, favourites, self)
        self.setModel(self.grid)
        self._delegate = RailDelegate(self, QSize(), wide=False)
        self.setItemDelegate(self._delegate)
        for header in (PhotoHeader(_ACROSS, self), PhotoHeader(Qt.Orientation.Vertical, self)):
            if header.orientation() is _ACROSS:
                self.setHorizontalHeader(header)
            else:
                self.setVerticalHeader(header)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.grid.modelReset.connect(self._fit_pictures)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Try-ons of the batch"))
        self.grid.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_pictures()

    def _fit_pictures(self) -> None:
        """As large as there is room for all of them, within limits."""
        rows, columns = max(self.grid.rowCount(), 1), max(self.grid.columnCount(), 1)
        beside, room = self.fontMetrics().height() + 2, self.viewport().size()
        width = min(room.width() // columns - S, (room.height() // rows - S - beside) * 3 // 4)
        width = min(max(width, _NARROWEST), _WIDEST)
        self._delegate.set_picture_size(QSize(width, width * 4 // 3))
        self.horizontalHeader().setDefaultSectionSize(width + S)
        self.verticalHeader().setDefaultSectionSize(width * 4 // 3 + S + beside)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self.looked_at.emit(current.data(KEY) or "")
