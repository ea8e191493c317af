"""Coming back to a try-on: that of the last session, or one of the history. Photos are read again, pictures shown.

What is open is written soon after every change, so that a window that was killed comes back as it was.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from tryon_app.model import edit_store, places, stages
from tryon_app.model.app_model import AppModel
from tryon_app.model.jobs import Priority
from tryon_app.model.photo_loader import PhotoLoader
from tryon_app.model.plan import Edit
from tryon_app.workers.answers import Array8, Box
from tryon_app.workers.requests import ReadPicture

_FILE = "session.json"
_SOON = 500  # milliseconds after a change
_TURNS = ("90", "180", "270")
_KINDS = ("person", "garment")


class Session(QObject):
    """Writes what is open, and opens it again."""

    def __init__(self, studio: AppModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._wanted = ""  # the key of the entry whose picture is to be shown
        self._edits: dict[str, Edit] = {}  # those that wait for the photos they belong to
        self._paths: tuple[str, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=_SOON)
        self._timer.timeout.connect(self.save)
        document, history = studio.document, studio.history
        for signal in (document.changed, studio.packs_changed, history.changed):
            signal.connect(self._go_on)
        loaders = studio.person_in, studio.garment_in
        for signal in (document.changed, studio.rail.changed, history.added, *(one.changed for one in loaders)):
            signal.connect(self._save_soon)

    @property
    def back(self) -> bool:
        """Whether all of what `restore` opens is there: photos, edits and the picture."""
        reading = any(self._loader(kind).busy for kind in _KINDS)
        known = self._wanted and self._studio.history.find(self._wanted) is not None
        return not (reading or self._edits or known)

    def save(self) -> None:
        """Remember what is open; a disk that takes nothing is noted in the log."""
        self._timer.stop()
        studio = self._studio
        shown = studio.shown_entry
        edits = self._edits or studio.document.state.edits
        found: dict[str, Any] = {
            **{kind: self._open_photo(kind) for kind in _KINDS},
            "seed": studio.document.seed,
            "rail": [card.key for card in studio.rail.cards],
            "entry": self._wanted or (shown.key if shown is not None else ""),
        }
        try:
            folder = places.private_folder(places.session_folder())
            files = edit_store.write(folder, edits)
            found["edits"] = files
            places.write_whole(folder / _FILE, (json.dumps(found, indent=1) + "\n").encode())
            edit_store.forget_others(folder, files)
        except (OSError, ValueError):
            logging.getLogger("session").exception("the session cannot be written")

    def restore(self) -> bool:
        """Open what was open last; False where there is nothing to open."""
        found = self._read()
        opened = [self._open(kind, found.get(kind)) for kind in _KINDS]
        if not any(opened):
            return False
        studio = self._studio
        rail, seed = found.get("rail"), found.get("seed")
        paths = [path for path in rail if _is_file(path)] if isinstance(rail, list) else []
        if len(paths) > 1:
            studio.rail.fill(paths)
        known = seed if isinstance(seed, int) and 0 <= seed <= stages.LARGEST_SEED else 0
        studio.document.restore(replace(studio.document.state, seed=known, edits={}))
        self._edits = edit_store.read(places.session_folder(), found.get("edits"))
        self._paths = tuple(
            found[kind]["path"] if is_open else "" for kind, is_open in zip(_KINDS, opened, strict=True)
        )
        self._wanted = str(found.get("entry", ""))
        self._go_on()
        return True

    def reopen(self, key: str) -> None:
        """A try-on of the history: its picture at once, its photos for changing it."""
        entry, studio = self._studio.history.find(key), self._studio
        if entry is None:
            return
        studio.tryons.cancel()
        found = {
            "person": {"path": entry.person, "files": dict(entry.person_files)},
            "garment": {"path": entry.garment, "files": dict(entry.garment_files)},
        }
        missing = [kind for kind in found if not self._open(kind, found[kind])]
        if missing:
            sentence = self.tr("A photo of this try-on has been moved or deleted; the picture itself is in {folder}.")
            studio.told.emit(sentence.format(folder=entry.folder))
        studio.document.set_seed(entry.seed, self.tr("Reopen"))
        self._wanted = key
        self._go_on()

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
            return {"path": loader.path, **loader.given}
        if photo is None:
            return None
        by_hand = photo.chosen or getattr(photo, "by_hand", False)  # a garment that nobody has chosen is the first
        chosen = photo.boxes[photo.chosen] if by_hand and photo.boxes else None
        return {"path": photo.path, "files": dict(photo.files), "box": chosen}

    def _open(self, kind: str, of: Any) -> bool:
        """Whether there is such a photo, and it is shown or being read."""
        if not isinstance(of, Mapping) or not _is_file(of.get("path")):
            return False
        photo, files = getattr(self._studio.document, kind), of.get("files")
        if photo is None or photo.path != of["path"]:
            self._loader(kind).open(of["path"], _known(files), _box(of.get("box")))
        return True

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads((places.session_folder() / _FILE).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _go_on(self) -> None:
        self._edit_when_complete()
        self._show_when_complete()

    def _edit_when_complete(self) -> None:
        """Lay the edits over their photos once these are there; other photos than theirs have none."""
        document = self._studio.document
        if not self._edits or any(self._loader(kind).busy for kind in _KINDS):
            return
        edits, self._edits = self._edits, {}
        photos = (document.person, document.garment)
        if tuple("" if photo is None else photo.path for photo in photos) == self._paths:
            document.restore(replace(document.state, edits=edits))

    def _show_when_complete(self) -> None:
        """Show the finished picture of an entry once its photos are there."""
        studio, document = self._studio, self._studio.document
        entry = studio.history.find(self._wanted)
        person, garment, state = document.person, document.garment, document.state
        if entry is None or person is None or garment is None or self._edits or not studio.engine.packs_known:
            return
        if (person.path, garment.path, document.seed) != (entry.person, entry.garment, entry.seed):
            return
        self._wanted = ""
        studio.entry = entry
        studio.tryons.follows = True  # from now on: what has changed so far was on the way to this picture

        def show(picture: Array8) -> None:
            if document.state is state and document.result is None and document.keys is not None:
                document.keep(document.keys, stages.DRAFT, {"image": picture})

        studio.jobs.submit(ReadPicture(str(entry.picture)), priority=Priority.SOON, on_done=show)


def _is_file(path: Any) -> bool:
    try:
        return isinstance(path, str) and Path(path).is_file()
    except (OSError, ValueError):  # too long a name, or one with a zero in it
        return False


def _known(files: Any) -> dict[str, str]:
    """What was given beside a photo, as far as it is still there: files, and how the photo is turned."""
    found = files.items() if isinstance(files, dict) else ()
    return {name: value for name, value in found if (value in _TURNS if name == "turn" else _is_file(value))}


def _box(found: Any) -> Box | None:
    if not isinstance(found, list) or len(found) != 4 or not all(isinstance(edge, int | float) for edge in found):
        return None
    left, top, right, bottom = found
    return left, top, right, bottom
