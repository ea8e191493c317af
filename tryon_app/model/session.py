"""Coming back to a try-on: that of the last session, or one of the history. Photos are read again, pictures shown."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from tryon_app.model import stages
from tryon_app.model.app_model import AppModel
from tryon_app.model.jobs import Priority
from tryon_app.workers.answers import Array8
from tryon_app.workers.requests import ReadPicture

_KEY = "session/last"


class Session(QObject):
    """Writes what is open, and opens it again."""

    def __init__(self, studio: AppModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._wanted = ""  # the key of the entry whose picture is to be shown
        for signal in (studio.document.changed, studio.packs_changed, studio.history.changed):
            signal.connect(self._show_when_complete)

    def save(self) -> None:
        """Remember what is open."""
        studio = self._studio
        person, garment = studio.document.person, studio.document.garment
        shown = studio.entry if studio.has_result or studio.document.draft is not None else None
        found = {
            "person": _of(person),
            "garment": _of(garment),
            "seed": studio.document.seed,
            "rail": [card.key for card in studio.rail.cards],
            "entry": shown.key if shown is not None else "",
        }
        studio.settings.qsettings.setValue(_KEY, json.dumps(found))

    def restore(self) -> bool:
        """Open what was open last; False where there is nothing to open."""
        found = self._read()
        opened = [self._open(kind, found.get(kind)) for kind in ("person", "garment")]
        if not any(opened):
            return False
        studio = self._studio
        rail = [path for path in found.get("rail", []) if Path(path).is_file()]
        if len(rail) > 1:
            studio.rail.fill(rail)
        studio.document.state = type(studio.document.state)(seed=int(found.get("seed", 0)))
        studio.document.seed_changed.emit(studio.document.seed)
        self._wanted = str(found.get("entry", ""))
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
        self._show_when_complete()

    def _open(self, kind: str, of: Any) -> bool:
        if not isinstance(of, Mapping) or not Path(str(of.get("path", ""))).is_file():
            return False
        loader = self._studio.person_in if kind == "person" else self._studio.garment_in
        photo = getattr(self._studio.document, kind)
        if photo is None or photo.path != of["path"]:
            loader.open(str(of["path"]), {name: str(path) for name, path in dict(of.get("files", {})).items()})
        return True

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(str(self._studio.settings.qsettings.value(_KEY, "{}")))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _show_when_complete(self) -> None:
        """Show the finished picture of an entry once its photos are there."""
        studio, document = self._studio, self._studio.document
        entry = studio.history.find(self._wanted)
        person, garment, state = document.person, document.garment, document.state
        if entry is None or person is None or garment is None or not studio.engine.packs_known:
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


def _of(photo: Any) -> dict[str, Any] | None:
    return None if photo is None else {"path": photo.path, "files": dict(photo.files)}
