"""A rail: people or garments to click through, read one after the other while nothing more urgent is to do."""

import os
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Signal

from tryon_app.model.faults import Fault
from tryon_app.model.jobs import Job, JobQueue, Priority
from tryon_app.workers.answers import Array8, GarmentPhoto, PersonPhoto
from tryon_app.workers.requests import Thumbnails

SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".gif"))
_MOST = 500
_KEPT_PHOTOS = 24


@dataclass(frozen=True, eq=False)
class Card:
    """One photo. state: "", "queued", "running", "ready" (its picture is made) or "failed" (fault says why).

    doubts: codes of what is doubtful about it, once it was read.
    """

    key: str
    name: str
    thumbnail: Array8 | None = None
    state: str = ""
    fault: Fault | None = None
    doubts: tuple[str, ...] = ()


class Rail(QObject):
    """The photos of the folders and files that were dropped together. changed: the list; card_changed: one card.

    kept: so many of them stay in memory once they were read, as `PersonPhoto` or `GarmentPhoto`.
    """

    changed = Signal()
    card_changed = Signal(object)
    current_changed = Signal(str)

    def __init__(self, queue: JobQueue, parent: QObject | None = None, kept: int = _KEPT_PHOTOS) -> None:
        super().__init__(parent)
        self._queue, self._kept = queue, kept
        self._cards: dict[str, Card] = {}
        self._photos: OrderedDict[str, Any] = OrderedDict()
        self._thumbnails: Job | None = None
        self.current = ""

    @property
    def cards(self) -> tuple[Card, ...]:
        """All garments, in the order of the rail."""
        return tuple(self._cards.values())

    def fill(self, paths: Iterable[str], known: Mapping[str, Card] = MappingProxyType({})) -> None:
        """These garments instead of those that were there. known: cards by path, of what has been seen before."""
        self.clear()
        self._cards = {path: known.get(path) or Card(path, Path(path).stem) for path in list(paths)[:_MOST]}
        self.changed.emit()
        if self._cards:
            asked = Thumbnails(tuple(self._cards))
            self._thumbnails = self._queue.submit(
                asked, priority=Priority.IDLE, on_done=self._on_read, on_part=self._on_thumbnail
            )

    def clear(self) -> None:
        """No garments."""
        if self._thumbnails is not None and self._thumbnails.active:
            self._thumbnails.cancel(patient=True)
        self._cards, self.current, self._thumbnails = {}, "", None
        self.changed.emit()

    def remove(self, key: str) -> None:
        """Take one garment out."""
        if self._cards.pop(key, None) is not None:
            self.changed.emit()

    def set_current(self, key: str) -> None:
        """This garment is in the slot."""
        if key != self.current:
            self.current = key if key in self._cards else ""
            self.current_changed.emit(self.current)

    def mark(self, key: str, state: str, fault: Fault | None = None) -> None:
        """How far a garment's picture is."""
        card = self._cards.get(key)
        if card is not None and (card.state, card.fault) != (state, fault):
            self._change(replace(card, state=state, fault=fault))

    def keep(self, photo: PersonPhoto | GarmentPhoto) -> None:
        """A photo of the rail was read."""
        if photo.path in self._cards:
            self._photos[photo.path] = photo
            self._photos.move_to_end(photo.path)
            while len(self._photos) > self._kept:
                self._photos.popitem(last=False)
            card = self._cards[photo.path]
            found = replace(card, doubts=photo.doubts)
            self._change(replace(found, state="", fault=None) if card.state == "failed" else found)

    def photo(self, key: str) -> Any:
        """A photo that was read before, None for others."""
        return self._photos.get(key)

    def next_keys(self, count: int) -> list[str]:
        """The garments after the current one, which may be wanted next; then those before it."""
        listed = list(self._cards)
        at = listed.index(self.current) if self.current in self._cards else -1
        return (listed[at + 1 :] + listed[: max(at, 0)])[:count]

    def _on_thumbnail(self, path: str, image: Array8) -> None:
        if path in self._cards:
            self._change(replace(self._cards[path], thumbnail=image))

    def _on_read(self, read: tuple[str, ...]) -> None:
        for key in set(self._cards) - set(read):
            self.mark(key, "failed")

    def _change(self, card: Card) -> None:
        self._cards[card.key] = card
        self.card_changed.emit(card)


def pictures_in(folder: str) -> list[str]:
    """The picture files of a folder, by name; not those of folders in it."""
    with os.scandir(folder) as entries:
        names = [entry.path for entry in entries if not entry.name.startswith(".") and entry.is_file()]
    return sorted(name for name in names if Path(name).suffix.lower() in SUFFIXES)
