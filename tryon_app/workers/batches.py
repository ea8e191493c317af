"""A batch as a folder that `tryon batch` fills: what is wanted, how it is made, and what became of it so far.

pairs.jsonl      what is wanted, one try-on a line
launch.json      how they are made
results.jsonl    what became of each (`engine.batch.manifest`), with the pictures beside it
favourites.json  ids of those that are favourites
corrected/*.npz  photos as the user has corrected what was found in them (`engine.batch.corrected`)

It is no part of a project's file, which would grow with it: it lies beside the open project, and stays when that is
closed.
"""

import filecmp
import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.messages import Fault
from tryon_app.workers.answers import Arrays
from tryon_app.workers.context import TaskContext
from tryon_app.workers.launches import Tail, read_launch, write_launch
from tryon_app.workers.requests import FindCopies, SaveBatch

__all__ = [
    "PAIRS",
    "Corrected",
    "Made",
    "Results",
    "Wanted",
    "correct",
    "find_copies",
    "read",
    "read_favourites",
    "read_launch",
    "remove",
    "save",
    "write",
    "write_favourites",
    "write_launch",
]

PAIRS = "pairs.jsonl"
_CORRECTED, _FAVOURITES = "corrected", "favourites.json"

Corrected = tuple[Arrays, Sequence[str]]
"""A photo's arrays as `PersonPhoto` or `GarmentPhoto` has them, with the user's edits; and its doubts, by code."""


@dataclass(frozen=True)
class Wanted:
    """A try-on to make: photos by path, and the seed."""

    person: str
    garment: str
    seed: int = 0

    @property
    def id(self) -> str:
        """What it is called in the folder: the same for the same, whatever the photos are called."""
        return hashlib.sha256(f"{self.person}\0{self.garment}\0{self.seed}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Made:
    """What became of a try-on. picture: None where it failed. doubts: codes. fault, about: why it failed, with what."""

    id: str
    picture: Path | None
    doubts: tuple[str, ...] = ()
    fault: Fault | None = None
    about: str = ""


class Results:
    """The list of a folder's results, as it grows. The engine's reader is imported once there is a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tail: Tail | None = None

    def new(self) -> list[Made]:
        """What has become known since the last look; what was so before comes again after a run was killed."""
        if not self._folder.is_dir():
            return []
        if self._tail is None:
            from engine.batch.manifest import FILE_NAME

            self._tail = Tail(self._folder / FILE_NAME)
        return [made for line in self._tail.all_lines() if (made := self._made(line)) is not None]

    def _made(self, text: str) -> Made | None:
        from engine.batch.manifest import line_from

        try:
            line = line_from(json.loads(text))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            return None  # the head of the list, or what was damaged, which is made again
        picture = self._folder / line.output
        return Made(line.id, picture if line.status == "done" else None, line.warnings, line.error, line.about)


def write(folder: Path, wanted: Iterable[Wanted]) -> None:
    """Write down what is wanted, in this order. OSError where that cannot be."""
    from engine.system.files import atomic_path

    rows = [{**_photos(folder, one), "seed": one.seed, "name": one.id} for one in wanted]
    with atomic_path(folder / PAIRS) as temporary:
        temporary.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def correct(folder: Path, photos: Mapping[str, Corrected]) -> None:
    """Keep photos as the user has corrected them, by path, for what is written next; others are analysed."""
    from engine.batch import corrected

    shutil.rmtree(folder / _CORRECTED, ignore_errors=True)
    for path, (arrays, doubts) in photos.items():
        target = _corrected(folder, path)
        target.parent.mkdir(exist_ok=True)
        corrected.write(target, arrays, doubts)


def is_corrected(folder: Path, photo: str) -> bool:
    """Whether `correct` was given this photo."""
    return _corrected(folder, photo).is_file()


def _corrected(folder: Path, photo: str) -> Path:
    return folder / _CORRECTED / f"{hashlib.sha256(photo.encode()).hexdigest()[:16]}.npz"


def _photos(folder: Path, one: Wanted) -> dict[str, str]:
    """Columns of the table, as `engine.data.pairs_table` reads them."""
    files = {"person": _corrected(folder, one.person), "garment": _corrected(folder, one.garment)}
    beside = {f"{kind}_corrected": f"{_CORRECTED}/{file.name}" for kind, file in files.items() if file.is_file()}
    return {"person": one.person, "garment": one.garment, **beside}


def read(folder: Path) -> list[Wanted]:
    """What `write` wrote; nothing where there is nothing, or it cannot be read."""
    try:
        rows = [json.loads(line) for line in (folder / PAIRS).read_text(encoding="utf-8").splitlines()]
        return [Wanted(str(row["person"]), str(row["garment"]), int(row["seed"])) for row in rows]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []


def write_favourites(folder: Path, ids: Iterable[str]) -> None:
    """Remember which are favourites; a disk that takes nothing costs no more than that."""
    from engine.system.files import atomic_path

    with suppress(OSError), atomic_path(folder / _FAVOURITES) as temporary:
        temporary.write_text(json.dumps(sorted(ids)), encoding="utf-8")


def read_favourites(folder: Path) -> set[str]:
    """What `write_favourites` wrote; nothing where there is nothing, or it cannot be read."""
    try:
        return set(map(str, json.loads((folder / _FAVOURITES).read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError, RecursionError):
        return set()


def remove(folder: Path, kept: Iterable[str] | None = None) -> None:
    """Remove the pictures of a batch but those `kept`, by id; None for all of it."""
    if kept is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    names = set(kept)
    for path in folder.glob("*.png"):
        if path.stem not in names:
            with suppress(OSError):
                path.unlink()


def find_copies(asked: FindCopies, _: TaskContext) -> Mapping[str, str]:
    """Which photos have what content; those that cannot be read are left out."""
    found: dict[str, str] = {}
    for photo, path in asked.pairs:
        with suppress(OSError):
            if photo not in found and filecmp.cmp(photo, path, shallow=False):
                found[photo] = path
    return found


def save(asked: SaveBatch, _: TaskContext) -> str:
    """Copy pictures out of a batch's folder under names of the user's."""
    from engine.batch.export import export
    from engine.batch.names import SheetFormat

    export(Path(asked.source), asked.ids, Path(asked.folder), asked.pattern, SheetFormat(asked.sheet))
    return asked.folder


def arguments(folder: Path, launch: Mapping[str, Any]) -> list[str]:
    """The arguments of `tryon` that make what is wanted."""
    return ["batch", "--pairs", str(folder / PAIRS), "--out", str(folder), *launch.get("arguments", ()), "--events"]
