"""What is open, on the disk: a project's state, and coming back to it or to a try-on of its history.

It is written soon after every change, so that a window that was killed comes back as it was.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from tryon_app.model import edit_store, places, stages
from tryon_app.model.app_model import AppModel
from tryon_app.model.batch import BatchEntry
from tryon_app.model.faults import doubts_from
from tryon_app.model.history import Entry
from tryon_app.model.jobs import Priority
from tryon_app.model.photo_loader import PhotoLoader
from tryon_app.model.photos import box_from
from tryon_app.model.places import ProjectFolder
from tryon_app.model.plan import Edit, Shelved
from tryon_app.model.rail import Card
from tryon_app.workers import project_format
from tryon_app.workers.answers import Array8
from tryon_app.workers.requests import KeepAnalysis, ReadPicture

_SOON = 500  # milliseconds after a change
_SETTING = "session/last"  # where the first versions kept what was open
_TURNS = ("0", "90", "180", "270")
_KINDS = ("person", "garment")
_RAILS = {"people": "person", "rail": "garment"}  # what is in the slot, by the name of its list
_NO_CHANGE = ("entry", "marks")  # of the project: which result is shown, and what has been seen of the rails


class Session(QObject):
    """Writes what is open, and opens it again. changed: `unsaved` may be another."""

    changed = Signal()

    def __init__(self, studio: AppModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.studio = self._studio = studio
        self._wanted = ""  # the key of the entry whose picture is to be shown
        self._made: BatchEntry | None = None  # or one of the batch
        self._reopened = False  # whether the edits on their way are those of an entry
        self._saved = self._now = ""  # digests of what the project's file holds, and of what is open
        self._edits: dict[str, Edit] = {}  # those that wait for the photos they belong to
        self._paths: tuple[str, ...] = ()
        self._keys: dict[tuple[str, str], str] = {}  # of photos that are on their way back, by kind and path
        self._timer = QTimer(self, singleShot=True, interval=_SOON)
        self._timer.timeout.connect(self.save)
        document, history = studio.document, studio.history
        for signal in (document.changed, studio.packs_changed, history.changed):
            signal.connect(self._go_on)
        document.person_changed.connect(lambda: self._keep_analysis("person"))
        document.garment_changed.connect(lambda: self._keep_analysis("garment"))
        loaders = studio.person_in, studio.garment_in
        past = history.added, history.removed, history.changed
        rails = studio.people.changed, studio.rail.changed
        for signal in (document.changed, document.result_changed, *rails, *past, *(one.changed for one in loaders)):
            signal.connect(self._save_soon)

    @property
    def back(self) -> bool:
        """Whether all of what `restore` opens is there: photos, edits and the picture."""
        reading = any(self._loader(kind).busy for kind in _KINDS)
        known = self._wanted and self._studio.history.find(self._wanted) is not None
        return not (reading or self._edits or known)

    @property
    def place(self) -> ProjectFolder:
        """Where it is written."""
        return self._studio.history.place

    @property
    def unsaved(self) -> bool:
        """Whether there is more in the project than in its file; the unnamed one has none."""
        return self.place.file is not None and bool(self._saved) and self._now != self._saved

    def save(self) -> None:
        """Remember what is open; it is on the disk afterwards, or noted in the log that it takes nothing.

        In the window's own thread: another one's garbage collection may meet its widgets, which ends the program.
        """
        self._timer.stop()
        studio, place = self._studio, self.place
        shown = studio.shown_entry
        edits = self._edits or studio.document.state.edits
        found: dict[str, Any] = {
            "version": project_format.VERSION,
            **{kind: self._open_photo(kind) for kind in _KINDS},
            "seed": studio.document.seed,
            **{name: [card.key for card in studio.rail_of(kind).cards] for name, kind in _RAILS.items()},
            "marks": [mark for kind in _KINDS for mark in _marks(studio.rail_of(kind).cards)],
            "entry": self._wanted or (shown.key if shown is not None else ""),
            "edits": edit_store.file_names(edits),
            "shelf": self._shelf(),
        }
        self._now = self._digest(found)
        self._saved = self._saved or (self._now if self.back else "")
        found[project_format.SAVED] = self._saved
        every = [*edits.values(), *(one for of in studio.document.state.shelf.values() for one in of.edits.values())]
        _write(place, every, found)
        studio.settings.qsettings.remove(_SETTING)
        self.changed.emit()

    def mark_saved(self, digest: str) -> None:
        """The project's file holds what `digest` was said of."""
        self._saved = digest
        self.save()

    @property
    def digest(self) -> str:
        """Of what is open, as it was written last: the same for the same."""
        return self._now

    def _digest(self, found: Mapping[str, Any]) -> str:
        results = sorted((entry.key, entry.starred) for entry in self._studio.history.entries)
        kept = {name: value for name, value in found.items() if name not in _NO_CHANGE}
        return hashlib.sha256(json.dumps([kept, results]).encode()).hexdigest()[:16]

    def restore(self) -> bool:
        """Open what was open last; False where there is nothing to open."""
        found = self._read()
        saved = found.get(project_format.SAVED)
        self._saved = saved if isinstance(saved, str) else ""
        self._now = self._saved
        self._edits, self._wanted, self._made, self._reopened = {}, "", None, False
        opened = [self._open(kind, found.get(kind)) for kind in _KINDS]
        if not any(opened):
            return False
        studio, marked = self._studio, _marked(found.get("marks"))
        seed = found.get("seed")
        for name, kind in _RAILS.items():
            listed = found.get(name)
            paths = [path for path in listed if _is_file(path)] if isinstance(listed, list) else []
            if len(paths) > 1:
                studio.rail_of(kind).fill(paths, marked)
        known = seed if isinstance(seed, int) and 0 <= seed <= stages.LARGEST_SEED else 0
        shelf = self._shelf_of(found.get("shelf"))
        studio.document.restore(replace(studio.document.state, seed=known, edits={}, shelf=shelf))
        self._edits = edit_store.read(self.place.edits, found.get("edits"))
        self._paths = tuple(
            found[kind]["path"] if is_open else "" for kind, is_open in zip(_KINDS, opened, strict=True)
        )
        self._wanted = str(found.get("entry", ""))
        self._go_on()
        return True

    def reopen(self, key: str) -> None:
        """A try-on of the history with everything it was made from: its picture at once, the rest for changing it."""
        entry, studio = self._studio.history.find(key), self._studio
        if entry is None:
            return
        studio.tryons.cancel()
        found = {
            "person": (entry.person, entry.person_files, entry.person_box, entry.person_key),
            "garment": (entry.garment, entry.garment_files, entry.garment_box, entry.garment_key),
        }
        names = ("path", "files", "box", "key")
        missing = [kind for kind, of in found.items() if not self._open(kind, dict(zip(names, of, strict=True)))]
        if missing:
            sentence = self.tr("A photo of this try-on has been moved or deleted; the picture itself is in {folder}.")
            studio.told.emit(sentence.format(folder=entry.picture.parent))
        studio.document.set_seed(entry.seed, self.tr("Reopen"))
        self._choose(entry)
        entry.there(*entry.edits.values())
        self._edits, self._paths = edit_store.read(entry.folder, entry.edits), (entry.person, entry.garment)
        self._wanted, self._made, self._reopened = key, None, True
        self._go_on()

    def open_made(self, entry: BatchEntry) -> None:
        """A try-on of the batch with its photos, seed and parameters; its picture, if any, follows them."""
        studio, paths = self._studio, (entry.person, entry.garment)
        studio.tryons.cancel()
        for kind, path in zip(_KINDS, paths, strict=True):
            photo = getattr(studio.document, kind)
            if photo is None or photo.path != path:
                studio.choose(kind, path)
        studio.document.set_seed(entry.seed, self.tr("Reopen"))
        self._choose(entry)
        self._edits, self._paths = {}, paths
        self._wanted, self._made, self._reopened = "", entry if entry.file.name else None, True
        self._go_on()

    def _choose(self, entry: Entry) -> None:
        """The pack and the parameters that an entry was made with, as far as they are here."""
        settings = self._studio.settings
        if entry.precision:  # one of an older program does not say
            settings.precision, settings.keep_original = entry.precision, entry.keep_original
        if self._studio.pack != entry.pack and self._has(entry.pack):
            settings.pack = entry.pack

    def _has(self, pack: str) -> bool:
        found = self._studio.engine.find_pack(pack)
        return found is not None and found.can_try_on

    def _save_soon(self, *_: object) -> None:
        """The first change counts, so that one after the other does not put it off for ever."""
        if not self._timer.isActive():
            self._timer.start()

    def _loader(self, kind: str) -> PhotoLoader:
        return self._studio.person_in if kind == "person" else self._studio.garment_in

    def _open_photo(self, kind: str) -> dict[str, Any] | None:
        """What is in the slot, on its way into it, or waits there for what it lacks."""
        loader, photo = self._loader(kind), getattr(self._studio.document, kind)
        if loader.busy or (loader.lacking and not loader.error):
            key = self._keys.get((kind, loader.path), "")
            return {"path": loader.path, **loader.given, **(self._analysed(key) if key else {})}
        if photo is None:
            return None
        return {"path": photo.path, "files": dict(photo.files), "box": photo.meant, **self._analysed(photo.key)}

    def _analysed(self, key: str) -> dict[str, str]:
        """A photo's key, and the file of its analysis, which says that it belongs to the project."""
        return {"key": key, "analysis": self.place.analysis(key).name}

    def _shelf(self) -> dict[str, Any]:
        """The edits of photos that are not open, by the photo's key."""
        shelf = self._studio.document.state.shelf
        return {
            key: {"path": one.path, **self._analysed(key), "edits": edit_store.file_names(one.edits)}
            for key, one in shelf.items()
        }

    def _shelf_of(self, found: Any) -> dict[str, Shelved]:
        """What `_shelf` wrote, as far as it can be read."""
        shelf: dict[str, Shelved] = {}
        for key, one in found.items() if isinstance(found, Mapping) else ():
            if isinstance(one, Mapping) and isinstance(one.get("path"), str):
                edits = edit_store.read(self.place.edits, one.get("edits"))
                shelf |= {key: Shelved(one["path"], edits)} if edits else {}
        return shelf

    def _open(self, kind: str, of: Any) -> bool:
        """Whether there is such a photo, and it is shown or being read."""
        if not isinstance(of, Mapping) or not isinstance(of.get("path"), str):
            return False
        key = of.get("key")
        analysis = self.place.analysis(key) if isinstance(key, str) and key else None
        if not _is_file(of["path"]) and not (analysis is not None and analysis.is_file()):
            return False
        photo, files = getattr(self._studio.document, kind), of.get("files")
        if photo is None or (photo.path, photo.key) != (of["path"], key or photo.key):
            self._keys[kind, of["path"]] = key or ""
            self._loader(kind).open(of["path"], _known(files), box_from(of.get("box")), analysis)
        return True

    def _keep_analysis(self, kind: str) -> None:
        """Write a photo as it was analysed, so that it comes back the same with whatever weights."""
        photo = getattr(self._studio.document, kind)
        kept = self.place.file is not None or self._studio.settings.remember
        path = self.place.analysis(photo.key) if photo is not None and kept else None
        if path is not None and not path.exists():
            self._studio.jobs.submit(KeepAnalysis(str(path), photo), priority=Priority.IDLE)

    def tidy(self) -> None:
        """Remove analyses of photos that are neither open nor edited nor in the history."""
        photos = [self._studio.document.person, self._studio.document.garment]
        keys = {photo.key for photo in photos if photo is not None} | set(self._keys.values())
        keys |= {*self._studio.document.state.shelf}
        keys |= {key for entry in self._studio.history.entries for key in (entry.person_key, entry.garment_key)}
        wanted = {self.place.analysis(key).name for key in keys}
        for path in self.place.analysis("").parent.glob("*.npz"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        place = self.place
        first = place.file is None and not place.state.exists()
        try:
            kept = self._studio.settings.qsettings.value(_SETTING, "{}") if first else place.state.read_bytes()
            return project_format.read_state(kept if isinstance(kept, bytes) else str(kept).encode())
        except (OSError, ValueError, RecursionError):
            return {}

    def _go_on(self) -> None:
        self._edit_when_complete()
        self._show_when_complete()

    def _edit_when_complete(self) -> None:
        """Lay the edits over their photos once these are there; other photos than theirs have none."""
        document = self._studio.document
        if not (self._edits or self._reopened) or any(self._loader(kind).busy for kind in _KINDS):
            return
        edits, self._edits = self._edits, {}
        reopened, self._reopened = self._reopened, False
        photos = (document.person, document.garment)
        if tuple("" if photo is None else photo.path for photo in photos) != self._paths:
            return
        if reopened:
            document.set_edits(edits, self.tr("Reopen"))
        else:
            document.restore(replace(document.state, edits=edits))

    def _show_when_complete(self) -> None:
        """Show the finished picture of an entry once its photos are there."""
        studio, document = self._studio, self._studio.document
        entry = self._made or studio.history.find(self._wanted)
        person, garment, state = document.person, document.garment, document.state
        if entry is None or person is None or garment is None or self._edits or not studio.engine.packs_known:
            return
        if (person.path, garment.path, document.seed) != (entry.person, entry.garment, entry.seed):
            return
        if studio.pack != entry.pack and self._has(entry.pack):
            return  # it is on its way
        if self._made is None:
            studio.results.reopen(entry)
        self._wanted, self._made = "", None
        studio.tryons.follows = True  # from now on: what has changed so far was on the way to this picture

        def show(picture: Array8) -> None:
            if document.state is state and document.result is None and document.keys is not None:
                document.keep(document.keys, stages.DRAFT, {"image": picture}, entry.doubts)

        studio.jobs.submit(ReadPicture(str(entry.picture)), priority=Priority.SOON, on_done=show)


def _is_file(path: Any) -> bool:
    try:
        return isinstance(path, str) and Path(path).is_file()
    except (OSError, ValueError):  # too long a name, or one with a zero in it
        return False


def _write(place: ProjectFolder, edits: Iterable[Edit], found: Mapping[str, Any]) -> None:
    """Write what is open, with these edits."""
    try:
        place.prepare()
        names = edit_store.write(place.edits, edits)
        places.write_whole(place.state, (json.dumps(found, indent=1) + "\n").encode())
        edit_store.forget_others(place.edits, names)
    except (OSError, ValueError):
        logging.getLogger("session").exception("the session cannot be written")


def _marks(cards: Iterable[Card]) -> list[dict[str, Any]]:
    """What is seen of a rail's photos: whether their picture is made, and their doubts."""
    marks = [{"path": card.key, "made": card.state == "ready", "doubts": list(card.doubts)} for card in cards]
    return [mark for mark in marks if mark["made"] or mark["doubts"]]


def _marked(marks: Any) -> dict[str, Card]:
    """What `_marks` wrote, as far as it can be read, by path."""
    found: dict[str, Card] = {}
    for one in marks if isinstance(marks, list) else ():
        if isinstance(one, Mapping) and isinstance(path := one.get("path"), str):
            state, doubts = "ready" if one.get("made") else "", doubts_from(one.get("doubts"))
            found[path] = Card(path, Path(path).stem, state=state, doubts=doubts)
    return found


def _known(files: Any) -> dict[str, str]:
    """What was given beside a photo, as far as it is still there: files, and how the photo is turned."""
    found = files.items() if isinstance(files, dict) else ()
    return {name: value for name, value in found if (value in _TURNS if name == "turn" else _is_file(value))}
