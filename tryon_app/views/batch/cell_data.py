"""What a cell of the batch says, by role, in whichever view it is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt

from tryon_app.model.batch import Batch, Cell
from tryon_app.model.favourites import Favourites
from tryon_app.model.thumbnails import Thumbnails
from tryon_app.views.common.pictures import ThumbnailImages
from tryon_app.views.rails.list_item import BADGE, KEY, LINES, PICTURE, STATE
from tryon_app.views.words.doubts import doubt_sentence
from tryon_app.views.words.errors import fault_sentence


class CellData(QObject):
    """thumbnails: where the view's pictures come from, in its size."""

    def __init__(
        self, batch: Batch, favourites: Favourites, thumbnails: Thumbnails, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._batch, self._favourites = batch, favourites
        self.images = ThumbnailImages(thumbnails)
        self._states: dict[str, str] = {}

    def retranslate(self) -> None:
        """The states in the window's language."""
        self._states = {
            "queued": self.tr("waiting"),
            "running": self.tr("being made"),
            "ready": self.tr("made"),
            "warned": self.tr("doubtful"),
            "failed": self.tr("failed"),
        }

    def of(self, cell: Cell, role: int) -> Any:
        """As `QAbstractItemModel.data`."""
        match role:
            case _ if role == KEY:
                return cell.key
            case _ if role == STATE:
                return cell.state
            case _ if role == BADGE:
                return "star" if self._favourites.has(cell) else ""
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

    def _seed(self, cell: Cell) -> str:
        return self.tr("Seed {seed}").format(seed=cell.seed)

    def _said(self, cell: Cell) -> list[str]:
        why = [doubt_sentence(code) for code in cell.doubts]
        if cell.fault is not None:
            sentence = fault_sentence(cell.fault)
            why.append(f"{cell.about}: {sentence}" if cell.about else sentence)
        names = Path(cell.person).stem, Path(cell.garment).stem
        favourite = [self.tr("favourite")] if self._favourites.has(cell) else []
        return [*names, self._seed(cell), self._states.get(cell.state, ""), *favourite, *why]
