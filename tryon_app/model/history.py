"""Finished try-ons on the disk: one folder each, so that any file manager can show, copy or delete them."""

import json
import logging
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import BadZipFile

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from tryon_app.model import places
from tryon_app.model.faults import doubts_from
from tryon_app.model.jobs import JobQueue, Priority
from tryon_app.model.photos import box_from
from tryon_app.model.places import ProjectFolder
from tryon_app.model.thumbnails import Thumbnails
from tryon_app.workers import project_file, project_format
from tryon_app.workers.answers import Array8, Arrays, Box
from tryon_app.workers.project_format import DELETED, ENTRY, RESULT, RESULTS
from tryon_app.workers.requests import LISTED, Remember

MOST = 200  # entries shown; older ones stay on the disk until they are deleted
_PICTURES = 64  # of them in memory; more than a screen shows


@dataclass(frozen=True)
class Entry:
    """A finished try-on: what it was made from, and when. The folder's name is its key.

    person_key, garment_key: of the photos as they were analysed. person_box, garment_box: which of several in its photo
    the user meant, in pixels of the turned photo. edits: files in its folder, by view. place: the project it is of.
    doubts: codes of what is doubtful about it.
    """

    person: str
    garment: str
    pack: str
    seed: int
    person_files: Mapping[str, str] = field(default_factory=dict)
    garment_files: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    when: str = ""
    person_key: str = ""
    garment_key: str = ""
    person_box: Box | None = None
    garment_box: Box | None = None
    precision: str = ""
    keep_original: bool = True
    edits: Mapping[str, str] = field(default_factory=dict)
    starred: bool = False
    doubts: tuple[str, ...] = ()
    place: ProjectFolder = field(default_factory=places.unnamed, compare=False)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.place.history / self.key

    @property
    def picture(self) -> Path:
        """The finished picture."""
        return self.there(RESULT)[0]

    def there(self, *names: str) -> list[Path]:
        """Files of it; those that still lie in the project's file are taken out of it."""
        paths = [self.folder / Path(name).name for name in names]
        inside = [path for path in paths if not path.exists()]
        if self.place.file is not None and inside:
            with suppress(OSError, BadZipFile):  # whoever reads it says that there is none
                project_file.take_out(self.place.file, *inside)
        return paths

    @property
    def parameters(self) -> str:
        """What it was made from, as text for other programs and people."""
        left_out = ("place", "key", "person_key", "garment_key", "starred", "doubts")
        found = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in left_out}
        return json.dumps({**found, "edits": list(self.edits)}, indent=1, ensure_ascii=False)

    def to_json(self) -> dict[str, Any]:
        """What is written of it."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "place"}

    def write(self) -> None:
        """Write it in a folder of its own, whatever the project's list of results says. OSError where that fails."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        places.write_whole(self.folder / ENTRY, (json.dumps(self.to_json(), indent=2) + "\n").encode())

    @property
    def name(self) -> str:
        """What the picture is called outside of the history: person and garment."""
        return f"{Path(self.person).stem}-{self.garment_name}.png"

    def named(self) -> Path:
        """The picture as a file of that name, for other programs; the picture itself where there can be none."""
        path = self.folder / self.name
        for make in (os.link, shutil.copyfile):  # some file systems know no links
            if path.exists():
                break
            try:
                make(self.picture, path)
            except OSError:
                path.unlink(missing_ok=True)
        return path if path.exists() else self.picture

    @property
    def thumbnail(self) -> Path:
        """A small version of it."""
        return self.folder / "thumbnail.jpg"

    @property
    def time(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.when)

    @property
    def garment_name(self) -> str:
        """What the garment's file is called."""
        return Path(self.garment).stem


class History(QObject):
    """All entries, newest first. added, removed and marked carry an `Entry`; changed: the list is another."""

    added = Signal(object)
    marked = Signal(object)
    removed = Signal(object)
    changed = Signal()
    failed = Signal(object, str)

    def __init__(self, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self.place = places.unnamed()
        self.entries: list[Entry] = []
        self.thumbnails = Thumbnails(queue, LISTED, _PICTURES, self)

    def load(self) -> None:
        """Read the list from the disk; what cannot be read is left out."""
        self.purge()
        listed = project_format.read_results(self.place.root) if self.place.file is not None else {}
        own = {path.parent.name for path in self.place.history.glob(f"[!.]*/{ENTRY}")}
        names = sorted(own | listed.keys(), reverse=True)[:MOST]
        found = (_read(self.place, one) if one in own else _entry(self.place, one, listed[one]) for one in names)
        self.entries = [entry for entry in found if entry is not None]
        self.thumbnails.clear()
        self.thumbnails.project = str(self.place.file or "")
        self.changed.emit()

    def find(self, key: str) -> Entry | None:
        """The entry of that key."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def add(
        self,
        about: Entry,
        image: Array8 | str,
        garment: Array8 | str,
        metadata: Mapping[str, str],
        edits: Mapping[str, Arrays] = MappingProxyType({}),
        instead: Entry | None = None,
    ) -> Entry:
        """Write a result; `added` follows when it is on the disk. about: an entry without key and time.

        image, garment: pictures, or the files that hold them; the result's file is copied with what is embedded in it.
        edits: the arrays of its edits' files. instead: an entry that goes once this one is there.
        """
        now = datetime.now().astimezone()
        with suppress(OSError):  # the engine, which writes there, says what is wrong
            places.private_folder(self.place.history)
        key, when = now.strftime("%Y%m%d-%H%M%S-%f"), now.isoformat(timespec="seconds")
        entry = replace(about, key=key, when=when, place=self.place)
        self._queue.submit(
            Remember(str(entry.folder), image, garment, entry.to_json(), metadata, edits),
            title=entry.garment_name,
            priority=Priority.SOON,
            on_done=lambda thumbnail: self._written(entry, thumbnail, instead),
            on_failed=self.failed.emit,
        )
        return entry

    def star(self, key: str, on: bool) -> None:
        """Make it a favourite, or an ordinary one again; `marked` follows."""
        entry = self.find(key)
        if entry is None or entry.starred == on:
            return
        starred = replace(entry, starred=on)
        try:
            starred.write()
        except OSError:
            logging.getLogger("history").exception("%s cannot be marked", entry.folder)
            return
        self.entries[self.entries.index(entry)] = starred
        self.marked.emit(starred)

    def delete(self, key: str) -> None:
        """Take an entry out; `restore` brings it back until `purge` removes its files."""
        entry = self.find(key)
        if entry is None:
            return
        with suppress(OSError):  # somebody else has deleted it
            self._aside.mkdir(exist_ok=True)
            if not (entry.folder / ENTRY).exists() and self.place.file is not None:
                entry.write()  # it stands in the list alone, which is written again when it cannot come back
            entry.folder.rename(self._aside / key)
        self.entries.remove(entry)
        self.removed.emit(entry)

    def restore(self, key: str) -> None:
        """Bring an entry back that was deleted; nothing happens where its files are gone."""
        with suppress(OSError):
            shutil.rmtree(self.place.history / key, ignore_errors=True)  # what was taken out for somebody since
            (self._aside / key).rename(self.place.history / key)
            entry = _read(self.place, key)
            if entry is not None:
                self.entries = sorted([*self.entries, entry], key=lambda one: one.key, reverse=True)
                self.changed.emit()

    def purge(self) -> None:
        """Remove the files of deleted entries."""
        if self._aside.is_dir():
            with suppress(OSError):
                listed = self.place.root / RESULTS
                if listed.exists():
                    places.write_whole(listed, json.dumps(project_format.read_results(self.place.root)).encode())
                shutil.rmtree(self._aside, ignore_errors=True)

    def clear(self) -> None:
        """Remove every entry."""
        (self.place.root / RESULTS).unlink(missing_ok=True)
        shutil.rmtree(self.place.history, ignore_errors=True)
        self.entries = []
        self.thumbnails.clear()
        self.changed.emit()

    @property
    def _aside(self) -> Path:
        return self.place.history / DELETED

    def _written(self, entry: Entry, thumbnail: Array8, instead: Entry | None) -> None:
        if entry.place != self.place:  # another project may be open by now
            return
        self.thumbnails.put(str(entry.thumbnail), thumbnail)
        self.entries.insert(0, entry)
        self.added.emit(entry)
        if instead is not None:
            self.delete(instead.key)
        for old in self.entries[MOST:]:
            self.entries.remove(old)
            self.removed.emit(old)


class Deletion(QUndoCommand):
    """Entries are taken out of the history, and undone brought back."""

    def __init__(self, history: History, keys: Iterable[str], text: str) -> None:
        super().__init__(text)
        self._history, self._keys = history, tuple(keys)

    def redo(self) -> None:
        for key in self._keys:
            self._history.delete(key)

    def undo(self) -> None:
        for key in self._keys:
            self._history.restore(key)


def _read(place: ProjectFolder, key: str) -> Entry | None:
    try:
        found = json.loads((place.history / key / ENTRY).read_bytes())
    except (OSError, ValueError, RecursionError):
        found = None
    entry = _entry(place, key, found)
    return entry if entry is not None and (place.file is not None or (entry.folder / RESULT).is_file()) else None


def _entry(place: ProjectFolder, key: str, found: Any) -> Entry | None:
    """What is written of an entry, if it is one."""
    try:
        boxes = {name: box_from(found.get(name)) for name in ("person_box", "garment_box")}
        entry = Entry(**{**found, **boxes, "doubts": doubts_from(found.get("doubts")), "place": place})
        entry.time  # noqa: B018 - a date that cannot be read makes the entry unusable
        if not _is_whole(entry):
            raise TypeError("an entry with other things in it")
    except (AttributeError, ValueError, TypeError):
        logging.getLogger("history").warning("%s is not an entry", place.history / key)
        return None
    return entry if entry.key == key else None


def _is_whole(entry: Entry) -> bool:
    texts: list[Any] = [entry.key, entry.person, entry.garment, entry.pack, entry.when]
    texts += [entry.person_key, entry.garment_key, entry.precision]
    for files in (entry.person_files, entry.garment_files, entry.edits):
        texts += [*files.keys(), *files.values()] if isinstance(files, dict) else [None]
    flags = entry.starred, entry.keep_original
    return all(isinstance(one, str) for one in texts) and all(isinstance(one, int) for one in (entry.seed, *flags))
