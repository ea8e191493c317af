"""The batch: people x garments x seeds, made by `tryon batch` in a child process that gives way to the window.

Its folder is the truth: what is wanted and what became of it stand there, so that a batch outlives pauses, the window,
and kills of either; see `workers.batches`.
"""

import itertools
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from tryon_app.model import places
from tryon_app.model.faults import Fault, fault
from tryon_app.model.history import Entry
from tryon_app.model.jobs import JobQueue, Priority
from tryon_app.model.places import ProjectFolder
from tryon_app.model.plan import Options
from tryon_app.model.stages import LARGEST_SEED
from tryon_app.model.thumbnails import Thumbnails
from tryon_app.workers import batches
from tryon_app.workers.batches import Corrected, Made, Wanted
from tryon_app.workers.commands import Command, Ending
from tryon_app.workers.requests import FindCopies, SaveBatch

CellState = Literal["queued", "running", "ready", "warned", "failed"]
_THUMBNAIL = 240  # pixels: of a picture in the grid, on a dense screen
_KEPT = 400  # of them in memory; more than a screen shows
_LARGER, _KEPT_LARGER = 560, 24
State = Literal["", "running", "paused", "finished"]


@dataclass(frozen=True)
class Cell:
    """One try-on. place: (person, garment, which of the pair's seeds). fault, about: why it failed, with which file.

    picture: where it is made. doubts: codes of the engine's, where it is "warned". corrected: whether edits of the
    user's are in its photos.
    """

    key: str
    person: str
    garment: str
    seed: int
    place: tuple[int, int, int]
    state: CellState = "queued"
    picture: Path | None = None
    doubts: tuple[str, ...] = ()
    fault: Fault | None = None
    about: str = ""
    corrected: bool = False

    @property
    def wanted(self) -> Wanted:
        """What it is to be."""
        return Wanted(self.person, self.garment, self.seed)

    @property
    def over(self) -> bool:
        """Whether nothing is to be done for it."""
        return self.state not in ("queued", "running")


@dataclass(frozen=True)
class BatchEntry(Entry):
    """A finished cell as what the history calls an entry, though it is in none. file: its picture."""

    file: Path = Path()

    @property
    def picture(self) -> Path:
        """The finished picture."""
        return self.file


class Batch(QObject):
    """The project's batch. filled: its cells are others. changed: they or the state are. cell_changed: a `Cell`.

    left: one was loaded that is not finished. saved: the folder. thumbnails: of its photos and pictures; larger: of
    the few pictures that are looked at side by side.
    """

    filled = Signal()
    changed = Signal()
    cell_changed = Signal(object)
    left = Signal()
    failed = Signal(object, str)
    saved = Signal(str)

    def __init__(self, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self.folder = places.unnamed().batch
        self.thumbnails = Thumbnails(queue, _THUMBNAIL, _KEPT, self)
        self.larger = Thumbnails(queue, _LARGER, _KEPT_LARGER, self)
        self._command: Command | None = None
        self._forget()

    def _forget(self) -> None:
        self.cells: dict[str, Cell] = {}
        self.people: tuple[str, ...] = ()
        self.garments: tuple[str, ...] = ()
        self.seeds = 0
        self.launch: Mapping[str, Any] = {}
        self._at: dict[tuple[int, int, int], str] = {}
        self._copies: dict[str, str] = {}  # the batch's photos by those that were looked at; "" for others
        self._results = batches.Results(self.folder)
        self._begun, self._finished, self._total = 0.0, 0, 0

    # What there is

    @property
    def state(self) -> State:
        """ "" where there is no batch."""
        if self._command is not None:
            return "running"
        return "" if not self.cells else "paused" if self.count("queued") else "finished"

    def count(self, *states: CellState) -> int:
        """How many cells are in these states."""
        return sum(cell.state in states for cell in self.cells.values())

    def at(self, person: int, garment: int, seed: int) -> Cell | None:
        """The cell of these numbers; None where none is wanted."""
        return self.cells.get(self._at.get((person, garment, seed), ""))

    @property
    def seconds_left(self) -> float | None:
        """A guess from what was made since it was started, None before that."""
        if self._command is None or not self._finished:
            return None
        return (time.monotonic() - self._begun) / self._finished * (self._total - self._finished)

    def entry(self, cell: Cell) -> BatchEntry:
        """A finished cell with everything it was made from."""
        return BatchEntry(
            cell.person,
            cell.garment,
            str(self.launch.get("pack", "")),
            cell.seed,
            key=cell.key,
            precision=str(self.launch.get("precision", "")),
            keep_original=bool(self.launch.get("keep_original", True)),
            doubts=cell.doubts,
            file=cell.picture or Path(),
        )

    def known_as(self, photo: str) -> str:
        """The path by which the batch has a photo, as far as `recognise` has found out by now."""
        return self._copies.get(photo) or photo

    def recognise(self, photos: Iterable[str]) -> None:
        """Find out which photos are the batch's: a project that is opened again has copies of what it was made of."""
        held: dict[str, list[str]] = {}
        for path in (*self.people, *self.garments):
            held.setdefault(Path(path).name, []).append(path)
        new = {photo: held.get(Path(photo).name, []) for photo in photos if photo not in self._copies}
        pairs = [(photo, path) for photo, paths in new.items() if photo not in paths for path in paths]
        if pairs:
            self._copies |= {photo: "" for photo, _ in pairs}
            self._queue.submit(FindCopies(tuple(pairs)), priority=Priority.SOON, on_done=self._copies.update)

    # What can be done

    def lost(self, wanted: Iterable[Wanted], launch: Mapping[str, Any]) -> int:
        """How many pictures `make` would remove."""
        kept = {one.id for one in wanted} if launch == self.launch else set[str]()
        return sum(cell.picture is not None and key not in kept for key, cell in self.cells.items())

    def make(
        self,
        wanted: Sequence[Wanted],
        launch: Mapping[str, Any],
        corrected: Mapping[str, Corrected] = MappingProxyType({}),
    ) -> None:
        """Make these instead of what was wanted before; what of it is made already in the same way stays.

        corrected: photos, by path, with edits of the user's.
        """
        self.end()
        batches.remove(self.folder, {one.id for one in wanted} if launch == self.launch else None)
        if self._attempt(lambda: self._correct(corrected)) and self._written(wanted, launch):
            self._load()
            self._start()

    def _correct(self, photos: Mapping[str, Corrected]) -> None:
        places.private_folder(self.folder)
        batches.correct(self.folder, photos)

    def go_on(self) -> None:
        """Make what is not made; what failed is tried again."""
        if self._command is None and self.count("queued", "failed"):
            self._start()

    def retry(self) -> None:
        """Try again what failed, and nothing else."""
        if self._command is None and self.count("failed"):
            self._start("--retry", "failed")

    def pause(self) -> None:
        """Stop at once; `go_on` loses no more than the pictures that were being made."""
        if self._command is not None:
            self._command.stop(now=True)

    def cancel(self) -> None:
        """Stop at once, and want no more than what is made."""
        self.end()
        self._want([cell.wanted for cell in self.cells.values() if cell.over])

    def reseed(self, keys: Collection[str]) -> None:
        """Make these again, with a seed that their pair does not have, instead of their pictures."""
        wanted = []
        for pair in self._pairs():
            unused = _unused(pair)
            wanted += [replace(cell.wanted, seed=next(unused)) if cell.key in keys else cell.wanted for cell in pair]
        self._make_these(wanted)

    def set_seeds(self, count: int, first: Collection[str] = ()) -> None:
        """Make so many pictures of each pair; of those there are, the keys `first` stay rather than others."""
        gone, wanted = set(self.surplus(count, first)), []
        for pair in self._pairs():
            unused = _unused(pair)
            more = [replace(pair[0].wanted, seed=next(unused)) for _ in range(count - len(pair))]
            wanted += [*(cell.wanted for cell in pair if cell.key not in gone), *more]
        self._make_these(wanted)

    def surplus(self, count: int, first: Collection[str] = ()) -> list[str]:
        """The cells that `set_seeds` would leave out: of each pair the last ones."""
        ordered = [sorted(pair, key=lambda cell: cell.key not in first) for pair in self._pairs()]
        return [cell.key for pair in ordered for cell in pair[count:]]

    def pair_of(self, key: str) -> list[Cell]:
        """The cells of one's person and garment, a seed each; empty where there is no such cell."""
        cell = self.cells.get(key)
        found = [] if cell is None else [self.at(*cell.place[:2], seed) for seed in range(self.seeds)]
        return [one for one in found if one is not None]

    def _make_these(self, wanted: Sequence[Wanted]) -> None:
        self.end()
        self._want(wanted)
        if self.count("queued"):
            self._start()

    def _pairs(self) -> list[list[Cell]]:
        """The cells of each person and garment."""
        found: dict[tuple[int, int], list[Cell]] = {}
        for cell in self.cells.values():
            found.setdefault(cell.place[:2], []).append(cell)
        return list(found.values())

    def clear(self) -> None:
        """Remove the batch with its pictures."""
        self.end()
        batches.remove(self.folder)
        self._load()

    def save(self, folder: str, pattern: str, sheet: str = "jpg", of: Collection[str] | None = None) -> None:
        """Copy the pictures, or those of these cells, with a contact sheet (jpg, png or pdf) and a table; `saved` or
        `failed` follows."""
        keys = tuple(cell.key for cell in self.cells.values() if cell.over and (of is None or cell.key in of))
        task = SaveBatch(str(self.folder), keys, folder, pattern, sheet)
        self._queue.submit(task, on_done=self.saved.emit, on_failed=self.failed.emit)

    # The folder

    def move_to(self, place: ProjectFolder, *, along: bool = False) -> None:
        """Another project's batch from now on. along: this one becomes it."""
        self.end()
        if along and self.cells and place.batch != self.folder:
            batches.remove(place.batch)
            self._attempt(lambda: self.folder.rename(place.batch))
        self.folder = place.batch
        self.load()

    def load(self) -> None:
        """Read the folder; `left` follows where something is still to be made."""
        self._load()
        if self.state == "paused":
            self.left.emit()

    def end(self) -> None:
        """End the child now, as when the window goes away; what is made stays."""
        if self._command is not None:
            self._command.kill()
            self._over()

    def _load(self) -> None:
        self._forget()
        wanted = batches.read(self.folder)
        self.launch = batches.read_launch(self.folder)
        people, garments = _numbers(one.person for one in wanted), _numbers(one.garment for one in wanted)
        self.people, self.garments = tuple(people), tuple(garments)
        corrected = {photo for photo in (*people, *garments) if batches.is_corrected(self.folder, photo)}
        for one in wanted:
            pair = people[one.person], garments[one.garment]
            seed = next(seed for seed in range(len(wanted)) if (*pair, seed) not in self._at)
            self.seeds = max(self.seeds, seed + 1)
            self._at[*pair, seed] = one.id
            edited = one.person in corrected or one.garment in corrected
            self.cells[one.id] = Cell(one.id, one.person, one.garment, one.seed, (*pair, seed), corrected=edited)
        self._take(self._results.new())
        self.filled.emit()
        self.changed.emit()

    def _want(self, wanted: Sequence[Wanted]) -> None:
        """These and no others from now on."""
        batches.remove(self.folder, {one.id for one in wanted} if wanted else None)
        if not wanted or self._written(wanted, self.launch):
            self._load()

    def _written(self, wanted: Sequence[Wanted], launch: Mapping[str, Any]) -> bool:
        def write() -> None:
            places.private_folder(self.folder)
            batches.write(self.folder, wanted)
            batches.write_launch(self.folder, dict(launch))

        return self._attempt(write)

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except OSError as error:
            self.failed.emit(fault("folder.unwritable", path=self.folder, reason=error.strerror or str(error)), "")
            return False
        return True

    # The child

    def _start(self, *options: str) -> None:
        tried = [cell for cell in self.cells.values() if cell.state == "failed"]
        for cell in tried:
            self._set(replace(cell, state="queued", fault=None, about=""))
        self._results = batches.Results(self.folder)
        self._begun, self._finished, self._total = 0.0, 0, 0
        self._command = Command([*batches.arguments(self.folder, self.launch), *options], self)
        self._command.told.connect(self._on_told)
        self._command.ended.connect(self._on_ended)
        self._command.start()
        self.changed.emit()

    def _on_told(self, event: Mapping[str, Any]) -> None:
        if event.get("event") == "began" and event.get("id") in self.cells:
            self._begun = self._begun or time.monotonic()
            self._set(replace(self.cells[event["id"]], state="running"))
        elif event.get("event") == "progress":
            self._finished, self._total = event["finished"], event["total"]
            self._take(self._results.new())
            self.changed.emit()

    def _on_ended(self, ending: Ending) -> None:
        whole = ending.code == 0 or (ending.code == 1 and 0 < self._total == self._finished)  # 1: some of it failed
        self._over()
        if not (ending.asked or whole):
            why = ending.said or fault("batch.worker_died", status=str(ending.code))
            self.failed.emit(why, "\n".join(ending.lines))

    def _over(self) -> None:
        if self._command is not None:
            self._command.deleteLater()
        self._command = None
        for cell in [cell for cell in self.cells.values() if cell.state == "running"]:
            self._set(replace(cell, state="queued"))
        # once more from its head: a failure that was read before its beginning was told passed for an earlier run's
        self._results = batches.Results(self.folder)
        self._take(self._results.new())
        self.changed.emit()

    def _take(self, results: Iterable[Made]) -> None:
        """What became of cells; those that are tried again wait until that is over."""
        for made in results:
            cell = self.cells.get(made.id)
            if cell is None or (made.picture is not None and not made.picture.is_file()):
                continue
            state: CellState = "failed" if made.picture is None else "warned" if made.doubts else "ready"
            if self._command is not None and state == "failed" and cell.state == "queued":
                continue  # of an earlier run
            found = replace(
                cell, state=state, picture=made.picture, doubts=made.doubts, fault=made.fault, about=made.about
            )
            if found != cell:
                for kept in (self.thumbnails, self.larger):
                    kept.drop(str(made.picture))
                self._set(found)

    def _set(self, cell: Cell) -> None:
        self.cells[cell.key] = cell
        self.cell_changed.emit(cell)


def pairs(people: Iterable[str], garments: Sequence[str], seeds: Sequence[int]) -> list[Wanted]:
    """Everybody in everything with every seed."""
    return [Wanted(person, garment, seed) for person in people for garment in garments for seed in seeds]


def launch_of(options: Options, pack: str, device: str, threads: int) -> dict[str, Any]:
    """How the try-ons are made. pack: its name. threads: of one process; as many processes as fit for 0."""
    height, width = options.size or (0, 0)
    size = ["--size", f"{width}x{height}"] if options.size else []
    keep = "--keep-original" if options.keep_original else "--no-keep-original"
    limit = ["--workers", "1", "--threads", str(threads)] if threads else []
    chosen = ["--weights", options.pack, "--precision", options.precision, "--device", device, keep, *size, *limit]
    facts = {"pack": pack, "precision": options.precision, "keep_original": options.keep_original}
    return {**facts, "arguments": chosen}


def _unused(pair: Sequence[Cell]) -> Iterator[int]:
    """Seeds that none of these cells has."""
    used = {cell.seed for cell in pair}
    seeds = (seed % (LARGEST_SEED + 1) for seed in itertools.count(max(used) + 1))
    return (seed for seed in seeds if seed not in used)


def _numbers(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
