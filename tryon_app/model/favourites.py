"""Which pictures of the batch are favourites: those that the history, and so the project's file, has as favourites.

The batch's folder has them too: a project that is opened again has its photos elsewhere than its batch had them. One
that was made of corrected photos is in the folder alone, since nothing in the history is made as it is.
"""

from collections.abc import Collection
from dataclasses import fields, replace

from PySide6.QtCore import QObject, Signal

from tryon_app.model.batch import Batch, Cell
from tryon_app.model.history import Entry, History
from tryon_app.workers import batches

_Made = tuple[str, str, str, int, str, bool]


class Favourites(QObject):
    """A cell is one where the history has the same try-on as one, or the folder does. changed: others are."""

    changed = Signal()

    def __init__(self, batch: Batch, history: History, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch, self._history = batch, history
        self._coming: set[_Made] = set()  # being copied into the history
        self._there: set[_Made] = set()
        self._kept = batches.read_favourites(batch.folder)
        for signal in (history.added, history.marked):
            signal.connect(self._on_marked)
        history.removed.connect(self._on_removed)
        batch.filled.connect(self._read)
        for signal in (history.changed, history.failed):  # what was on its way may be another project's, or lost
            signal.connect(self._look_anew)
        self._look()

    def has(self, cell: Cell) -> bool:
        """Whether it is one."""
        made = _made(self._batch.entry(cell))
        return cell.key in self._kept or (not cell.corrected and made in self._there | self._coming)

    @property
    def keys(self) -> set[str]:
        """Those of the cells that are favourites."""
        return {cell.key for cell in self._batch.cells.values() if self.has(cell)}

    def mark(self, keys: Collection[str], on: bool) -> None:
        """Make these cells favourites, or ordinary again; what has no picture is left out.

        One that the history has not is copied into it; one that is no favourite any more stays there.
        """
        cells = [self._batch.cells[key] for key in keys if key in self._batch.cells]
        if on:
            self._keep(self._kept | {cell.key for cell in cells if cell.corrected and cell.picture is not None})
        for cell in cells:
            if cell.corrected:
                continue
            about = self._batch.entry(cell)
            same = [entry for entry in self._history.entries if _is_plain(entry) and _made(entry) == _made(about)]
            for entry in same if not on else same[:1]:
                self._history.star(entry.key, on)
            if on and not same and cell.picture is not None and not self.has(cell):
                self._coming.add(_made(about))
                given = {one.name: getattr(about, one.name) for one in fields(Entry)} | {"starred": True}
                self._history.add(Entry(**given), str(cell.picture), cell.garment, {})
        if not on:
            self._keep(self._kept - set(keys))
        self.changed.emit()

    def _keep(self, ids: set[str]) -> None:
        if ids != self._kept:
            self._kept = ids
            batches.write_favourites(self._batch.folder, ids)

    def _read(self) -> None:
        self._kept = batches.read_favourites(self._batch.folder)
        self.changed.emit()

    def _on_marked(self, entry: Entry) -> None:
        """What is a favourite of the history, or is none any more, is so in the batch."""
        if _is_plain(entry):
            cells = [one for one in self._batch.cells.values() if not one.corrected]
            same = {one.key for one in cells if _made(self._batch.entry(one)) == _made(entry)}
            self._keep(self._kept | same if entry.starred else self._kept - same)
        self._look()

    def _on_removed(self, entry: Entry) -> None:
        self._on_marked(replace(entry, starred=False))

    def _look(self, _: object = None) -> None:
        plain = [entry for entry in self._history.entries if _is_plain(entry)]
        self._coming -= {_made(entry) for entry in plain}
        self._there = {_made(entry) for entry in plain if entry.starred}
        self.changed.emit()

    def _look_anew(self) -> None:
        self._coming.clear()
        self._look()


def _made(entry: Entry) -> _Made:
    """What tells one try-on from another, as far as a batch's can differ."""
    return entry.person, entry.garment, entry.pack, entry.seed, entry.precision, entry.keep_original


def _is_plain(entry: Entry) -> bool:
    """Whether nothing was given beside its photos, as in a batch."""
    given = entry.edits, entry.person_files, entry.garment_files, entry.person_box, entry.garment_box
    return not any(given)
