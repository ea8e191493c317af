"""results.jsonl: what became of each item, one line an item, the last of several counts. It is the truth of a folder.

Lines are appended and on the disk before anything else happens. What a killed process left of a last line is passed
over when the file is read and cut off when it is written again.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from engine.batch.item import Item, Recipe
from engine.errors import TryOnError
from engine.messages import Fault, fault_from

FILE_NAME = "results.jsonl"
_FORMAT = 1
Status = Literal["done", "failed"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """What became of an item.

    inputs: path and digest by role. output: below the folder of results; bytes: its size there. seconds: spent on
    reading (with analysis), making and writing. warnings: codes of `engine.analysis.common.doubt`. error: why it
    failed, and about: the file that is to blame where the error names none.
    """

    id: str
    person: str
    garment: str
    seed: int
    inputs: Mapping[str, tuple[str, str]]
    pack: str
    pack_digest: str
    parameters: Mapping[str, Any]
    status: Status
    output: str = ""
    bytes: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    notes: tuple[Fault, ...] = ()
    error: Fault | None = None
    about: str = ""

    @property
    def sentence(self) -> str:
        """Why it failed, for people; "" where it did not."""
        return "" if self.error is None else f"{self.about}: {self.error}" if self.about else str(self.error)

    def follows_from(self, item: Item, recipe: Recipe) -> bool:
        """Whether the item, made by the recipe, would be what this says; what can no longer be read has not changed."""
        digests = {role: digest for role, (_, digest) in self.inputs.items()}
        return (
            {*digests} == {*item.files}
            and all(digest in ("", digests[role]) for role, digest in item.digests.items())
            and (self.seed, self.output) == (item.seed, item.output)
            and (self.pack_digest, self.parameters) == (recipe.pack_digest, recipe.parameters)
        )

    def to_json(self) -> dict[str, Any]:
        """What `line_from` reads again."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        error = None if self.error is None else self.error.to_json()
        return {**values, "notes": [note.to_json() for note in self.notes], "error": error}


def line_of(item: Item, recipe: Recipe, *, status: Status, **found: Any) -> Line:
    """The line of an item that was made, or not made, by a recipe."""
    inputs = {role: (path, item.digests.get(role, "")) for role, path in item.files.items()}
    return Line(
        id=item.id,
        person=item.person,
        garment=item.garment,
        seed=item.seed,
        inputs=inputs,
        pack=recipe.pack,
        pack_digest=recipe.pack_digest,
        parameters=recipe.parameters,
        output=item.output,
        status=status,
        **found,
    )


def failed(item: Item, recipe: Recipe, error: Fault, about: str = "") -> Line:
    """The line of an item that could not be made."""
    return line_of(item, recipe, status="failed", error=error, about=about)


def line_from(entry: Mapping[str, Any]) -> Line:
    """A line out of JSON. KeyError, TypeError or ValueError where it is none."""
    known = {name: entry[name] for name in Line.__dataclass_fields__ if name in entry}
    inputs = {str(role): (str(path), str(digest)) for role, (path, digest) in entry["inputs"].items()}
    error = None if entry.get("error") is None else fault_from(entry["error"])
    if entry["status"] not in ("done", "failed"):
        raise ValueError(entry["status"])
    warnings, notes = tuple(entry.get("warnings", ())), tuple(map(fault_from, entry.get("notes", ())))
    return Line(**{**known, "inputs": inputs, "error": error, "warnings": warnings, "notes": notes})


def today() -> str:
    """The day, as in 2026-01-31, by the clock of this machine."""
    return datetime.now().astimezone().strftime("%Y-%m-%d")


class Manifest:
    """The last line of each item of a folder, and the day on which the folder was begun ("" where it was not)."""

    def __init__(self, folder: Path) -> None:
        """Read what there is. TryOnError where another version wrote it, or it cannot be read."""
        self.path = folder / FILE_NAME
        self.begun = ""
        self.lines: dict[str, Line] = {}
        for entry in self._entries():
            if "format" in entry:
                if entry["format"] != _FORMAT:
                    raise TryOnError("batch.manifest", path=self.path)
                self.begun = self.begun or str(entry.get("begun", ""))
            else:
                self._take(entry)

    @property
    def exists(self) -> bool:
        """Whether the folder was begun."""
        return bool(self.begun)

    def _take(self, entry: Mapping[str, Any]) -> None:
        try:
            line = line_from(entry)
        except (KeyError, TypeError, ValueError, AttributeError):
            return  # a damaged line says nothing, so that its item is made again
        self.lines[line.id] = line

    def _entries(self) -> Iterator[dict[str, Any]]:
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise TryOnError("batch.manifest", path=self.path) from error
        whole, _, _ = text.rpartition(b"\n")
        for line in whole.split(b"\n"):
            try:
                entry = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(entry, dict):
                yield entry


class ManifestWriter:
    """Appends to a manifest; every line is on the disk when `append` returns. To be used by the holder of the folder's
    lock only. TryOnError where the disk is full or the folder takes no files."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self._file = -1

    def __enter__(self) -> "ManifestWriter":
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._file = os.open(self.manifest.path, flags, 0o666)
            self._cut_off_half_a_line()
        except OSError as error:
            raise self._unwritable(error) from error
        if not self.manifest.exists:
            self.manifest.begun = today()
            self._write({"format": _FORMAT, "begun": self.manifest.begun})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def append(self, line: Line) -> None:
        """Write a line down; from now on it counts for its item."""
        self._write(line.to_json())
        self.manifest.lines[line.id] = line

    def _write(self, entry: Mapping[str, Any]) -> None:
        data = json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        try:
            while data:
                data = data[os.write(self._file, data) :]
            os.fsync(self._file)
        except OSError as error:
            raise self._unwritable(error) from error

    def _cut_off_half_a_line(self) -> None:
        text = self.manifest.path.read_bytes()
        whole = text.rfind(b"\n") + 1
        if whole != len(text):
            os.ftruncate(self._file, whole)

    def _unwritable(self, error: OSError) -> TryOnError:
        return TryOnError("file.unwritable", path=self.manifest.path, reason=error.strerror or str(error))
