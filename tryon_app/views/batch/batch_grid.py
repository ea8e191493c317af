"""People x garments as a grid of pictures: people at the left, garments on top, several seeds beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from tryon_app.model.batch import Batch, Cell
from tryon_app.views.common import icons
from tryon_app.views.common.language import Translated
from tryon_app.views.common.pictures import ThumbnailImages
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.tokens import XS, S
from tryon_app.views.rails.list_item import KEY, LINES, PICTURE, STATE, RailDelegate, cropped
from tryon_app.views.words.doubts import doubt_sentence
from tryon_app.views.words.errors import fault_sentence

_PICTURE = QSize(90, 120)
_PHOTO = QSize(48, 64)
_SIDE = 104  # width of the people's column
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ACROSS = Qt.Orientation.Horizontal


class GridModel(QAbstractTableModel):
    """A row a person; a column a garment and seed."""

    def __init__(self, batch: Batch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch = batch
        self.images = ThumbnailImages(batch.thumbnails)
        self._states: dict[str, str] = {}
        batch.filled.connect(self._on_filled)
        batch.cell_changed.connect(self._on_cell)
        batch.thumbnails.there.connect(self._on_pictured)

    def retranslate(self) -> None:
        """The states in the window's language."""
        self._states = {
            "queued": self.tr("waiting"),
            "running": self.tr("being made"),
            "ready": self.tr("made"),
            "warned": self.tr("doubtful"),
            "failed": self.tr("failed"),
        }
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
        if cell is None:
            return None
        match role:
            case _ if role == KEY:
                return cell.key
            case _ if role == STATE:
                return cell.state
            case _ if role == PICTURE:
                return self.images.get(str(cell.picture)) if cell.picture is not None else None
            case _ if role == LINES:
                seeds = cell.picture is not None and self._batch.seeds > 1
                return [self._seed(cell) if seeds else self._states.get(cell.state, "")]
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(self._said(cell))
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(self._said(cell))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        across = orientation is _ACROSS
        path = self._batch.garments[section // self._batch.seeds] if across else self._batch.people[section]
        if role == PICTURE:
            return self.images.get(path)
        return Path(path).stem if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if self.cell(index) is None else super().flags(index)

    def _seed(self, cell: Cell) -> str:
        return self.tr("Seed {seed}").format(seed=cell.seed)

    def _said(self, cell: Cell) -> list[str]:
        why = [doubt_sentence(code) for code in cell.doubts]
        if cell.fault is not None:
            sentence = fault_sentence(cell.fault)
            why.append(f"{cell.about}: {sentence}" if cell.about else sentence)
        names = Path(cell.person).stem, Path(cell.garment).stem
        return [*names, self._seed(cell), self._states.get(cell.state, ""), *why]

    def _on_filled(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _on_cell(self, cell: Cell) -> None:
        person, garment, seed = cell.place
        at = self.index(person, garment * self._batch.seeds + seed)
        self.dataChanged.emit(at, at)

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
    """The grid; keys are those of cells."""

    chosen = Signal(str)
    reseed_requested = Signal(list)

    def __init__(self, batch: Batch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = GridModel(batch, self)
        self.setModel(self.grid)
        delegate = RailDelegate(self, _PICTURE, wide=False)
        self.setItemDelegate(delegate)
        for header in (PhotoHeader(_ACROSS, self), PhotoHeader(Qt.Orientation.Vertical, self)):
            if header.orientation() is _ACROSS:
                self.setHorizontalHeader(header)
                header.setDefaultSectionSize(_PICTURE.width() + S)
            else:
                self.setVerticalHeader(header)
                header.setDefaultSectionSize(_PICTURE.height() + S + self.fontMetrics().height() + 2)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.activated.connect(self._choose)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda place: self._show_menu(self.indexAt(place), place))
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Try-ons of the batch"))
        self.grid.retranslate()

    @property
    def selected(self) -> list[str]:
        """The marked cells."""
        return [cell.key for index in self.selectedIndexes() if (cell := self.grid.cell(index)) is not None]

    def menu(self, index: QModelIndex) -> QMenu | None:
        """What can be done with a cell, or with all that are marked together with it; None where there is none."""
        cell = self.grid.cell(index)
        if cell is None:
            return None
        keys = self.selected if cell.key in self.selected else [cell.key]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("open"), self.tr("Open in the window"), lambda: self.chosen.emit(cell.key))
        again = self.tr("Make %n again with another seed", "", len(keys))
        menu.addAction(icons.icon("dice"), again, lambda: self.reseed_requested.emit(keys))
        return menu

    def _choose(self, index: QModelIndex) -> None:
        cell = self.grid.cell(index)
        if cell is not None:
            self.chosen.emit(cell.key)

    def _show_menu(self, index: QModelIndex, place: Any) -> None:
        menu = self.menu(index) if index.isValid() else None
        if menu is not None:
            menu.popup(self.viewport().mapToGlobal(place))
