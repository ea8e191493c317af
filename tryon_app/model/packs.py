"""Weight packs as the window manages them: listed, verified, taken in, combined and deleted by `tryon weights`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from tryon_app.model.faults import Fault, fault_from
from tryon_app.workers.commands import Command, Ending


@dataclass(frozen=True)
class PackRow:
    """One pack of the list; `problem` says what is wrong with one that cannot be used."""

    name: str
    folder: str
    version: str = ""
    licence: str = ""
    shipped: bool = False
    bytes: int = 0
    sizes: tuple[tuple[int, int], ...] = ()
    networks: Mapping[str, Mapping[str, Any]] | None = None
    numbers: Mapping[str, Mapping[str, float]] | None = None
    provenance: str | Mapping[str, Any] = ""
    problem: Fault | None = None
    verified: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.networks or ())


@dataclass(frozen=True)
class _Task:
    arguments: tuple[str, ...]
    told: Callable[[dict[str, Any]], None]
    done: Callable[[Ending], None]


class Packs(QObject):
    """The list of packs, and what is done to them: one command after the other, none of them in this process."""

    changed = Signal()
    busy_changed = Signal(bool)
    taken_in = Signal(str)  # name of a pack that was imported
    combined = Signal(str)  # name of a pack that was made
    deleted = Signal(str)  # name of a pack that is gone
    failed = Signal(object)  # Fault

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[PackRow] = []
        self._queue: deque[_Task] = deque()
        self._command: Command | None = None

    @property
    def busy(self) -> bool:
        return self._command is not None

    def row(self, name: str) -> PackRow | None:
        return next((row for row in self.rows if row.name == name), None)

    def with_network(self, kind: str) -> list[PackRow]:
        """Usable packs that have a network of that kind."""
        return [row for row in self.rows if kind in row.kinds and not row.problem]

    def refresh(self) -> None:
        """Read the list again."""
        self._do(["list", "--json"], self._list)

    def verify(self, name: str = "") -> None:
        """Compare the files of one pack, or of all, with their checksums."""
        self._do(["verify", *([name] if name else []), "--json"], self._verified, self._nothing)

    def take_in(self, paths: Sequence[str], name: str = "") -> None:
        """Import checkpoints or a pack's folder, wherever they were dropped from."""
        named = ["--name", name] if name else []
        self._do(
            ["import", *named, "--json", "--", *paths],
            lambda event: self._made(event, self.taken_in),
            self._told_if_bad,
        )

    def combine(self, base: str, parts: Sequence[str], name: str, best: bool = False) -> None:
        """Make the pack `name` of `base` with the networks of `parts` (packs or run folders) in their places."""
        chosen = [part for one in parts for part in ("--with", one)]
        arguments = ["combine", *([base] if base else []), *chosen, "--name", name, *(["--best"] if best else [])]
        self._do([*arguments, "--json"], lambda event: self._made(event, self.combined), self._told_if_bad)

    def delete(self, name: str) -> None:
        """Delete one of the user's packs."""

        def done(ending: Ending) -> None:
            self._told_if_bad(ending)
            if ending.well:
                self.deleted.emit(name)

        self._do(["remove", name, "--yes"], lambda _: None, done)
        self.refresh()

    def close(self) -> None:
        """End what is running, now."""
        self._queue.clear()
        if self._command is not None:
            self._command.kill()
            self._command = None

    def free_name(self, wanted: str) -> str:
        """`wanted`, or with a number behind it where there is such a pack already."""
        names = (wanted, *(f"{wanted}-{number}" for number in range(2, 1000)))
        return next(name for name in names if self.row(name) is None)

    def _do(
        self,
        arguments: Sequence[str],
        told: Callable[[dict[str, Any]], None],
        done: Callable[[Ending], None] | None = None,
    ) -> None:
        self._queue.append(_Task(("weights", *arguments), told, done or self._told_if_bad))
        if self._command is None:
            self.busy_changed.emit(True)
            self._next()

    def _next(self) -> None:
        if not self._queue:
            self.busy_changed.emit(False)
            return
        task = self._queue.popleft()
        command = Command(task.arguments, self)
        self._command = command
        command.told.connect(task.told)
        command.ended.connect(lambda ending: self._over(task, ending))
        command.start()

    def _over(self, task: _Task, ending: Ending) -> None:
        if self._command is not None:
            self._command.deleteLater()
        self._command = None
        task.done(ending)
        self._next()

    def _list(self, event: dict[str, Any]) -> None:
        known = {row.folder: row for row in self.rows}
        self.rows = [_row(entry, known) for entry in event["packs"]]
        self.rows += [PackRow(one["name"], one["folder"], problem=fault_from(one["fault"])) for one in event["broken"]]
        self.changed.emit()

    def _verified(self, event: dict[str, Any]) -> None:
        problem = fault_from(event["fault"]) if event["fault"] else None
        self.rows = [
            PackRow(**{**vars(row), "problem": problem, "verified": not problem})
            if row.folder == event["folder"]
            else row
            for row in self.rows
        ]
        self.changed.emit()

    def _made(self, event: dict[str, Any], signal: Any) -> None:
        row = _row(event["pack"], {})
        self.rows = [*(one for one in self.rows if one.name != row.name), row]
        self.changed.emit()
        signal.emit(row.name)

    def _told_if_bad(self, ending: Ending) -> None:
        if ending.code != 0 and not ending.asked:
            self.failed.emit(ending.fault)

    def _nothing(self, ending: Ending) -> None:
        """A failed verification has been shown at the pack it is about."""


def _row(entry: Mapping[str, Any], known: Mapping[str, PackRow]) -> PackRow:
    """A row of the answer; what a verification found out before is kept."""
    before = known.get(entry["folder"])
    return PackRow(
        name=entry["name"],
        folder=entry["folder"],
        version=entry["version"],
        licence=entry["licence"],
        shipped=entry["shipped"],
        bytes=entry["bytes"],
        sizes=tuple((size[0], size[1]) for size in entry["sizes"]),
        networks=entry["networks"],
        numbers=entry["numbers"],
        provenance=entry["provenance"],
        problem=before.problem if before else None,
        verified=before.verified if before else False,
    )
