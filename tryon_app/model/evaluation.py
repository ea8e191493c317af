"""Evaluations of weight packs, in a child process; their results stay on the disk and can be exported."""

from __future__ import annotations

import csv
import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from tryon_app.model.faults import Fault, fault_from
from tryon_app.workers.commands import Command, Ending
from tryon_app.workers.training import evaluations_folder, free_name

_ALL = 1_000_000  # photos; the analysis has no number for all of them
Subject = Literal["tryon", "analysis"]


@dataclass(frozen=True)
class Plan:
    """What is to be measured: packs by name, at most `limit` pairs (0 for all), on a device, in a precision.

    street: a folder of street photos for the analysis, "" for none.
    """

    data: str
    packs: tuple[str, ...]
    subject: Subject = "tryon"
    street: str = ""
    limit: int = 50
    split: str = "validation"
    unpaired: bool = False
    device: str = "auto"
    precision: str = "fp32"

    def arguments(self, out: str) -> list[str]:
        """The arguments of `tryon evaluate`."""
        packs = [part for pack in self.packs for part in ("--weights", pack)]
        limit = str(self.limit or (0 if self.subject == "tryon" else _ALL))
        chosen = ["--data", self.data, *packs, "--out", out, "--limit", limit, "--device", self.device]
        if self.subject == "tryon":
            unpaired = ["--unpaired"] if self.unpaired else []
            chosen += ["--split", self.split, "--precision", self.precision, *unpaired]
        elif self.street:
            chosen += ["--street", self.street]
        return ["evaluate", self.subject, *chosen, "--events"]


@dataclass(frozen=True)
class Row:
    """One number: of which pack, what it is, which way is better, and how it was measured."""

    pack: str
    metric: str
    value: float
    better: str
    protocol: str


@dataclass(frozen=True)
class Table:
    """Numbers by metric and pack, in the order in which they were measured."""

    rows: tuple[Row, ...]

    @property
    def packs(self) -> list[str]:
        return list(dict.fromkeys(row.pack for row in self.rows))

    @property
    def metrics(self) -> list[str]:
        return list(dict.fromkeys(row.metric for row in self.rows))

    def row(self, metric: str, pack: str) -> Row | None:
        """The number of one pack, or None where it was not measured."""
        return next((row for row in self.rows if (row.metric, row.pack) == (metric, pack)), None)

    def best(self, metric: str) -> str:
        """The pack that does best; "" where they are equal or there is but one."""
        found = [row for row in self.rows if row.metric == metric]
        if len({row.value for row in found}) < 2 or len(found) < 2:
            return ""
        choose = max if found[0].better == "higher" else min
        return choose(found, key=lambda row: row.value).pack

    def write_csv(self, path: str) -> None:
        """One line a metric, one column a pack, the protocol last. OSError where that cannot be written."""
        with Path(path).open("w", encoding="utf-8-sig", newline="") as file:  # with a mark, for spreadsheets
            writer = csv.writer(file)
            writer.writerow(["metric", "better", *self.packs, "protocol"])
            for metric in self.metrics:
                rows = {row.pack: row for row in self.rows if row.metric == metric}
                first = next(iter(rows.values()))
                values = [rows[pack].value if pack in rows else "" for pack in self.packs]
                writer.writerow([metric, first.better, *values, first.protocol])


class Evaluation(QObject):
    """One evaluation at a time; `finished` when `table` and `contact` are there. subject: what they are about."""

    progressed = Signal(object)  # stage, pack, done, total, share, seconds_left
    finished = Signal()
    failed = Signal(object)  # Fault
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = Table(())
        self.contact: Path | None = None
        self.subject = ""
        self._measured = ""
        self._command: Command | None = None
        self._out = Path()
        self._fault: Fault | None = None

    @property
    def busy(self) -> bool:
        return self._command is not None

    def start(self, plan: Plan) -> None:
        """Measure; results of an earlier evaluation stay in their own folder."""
        parent = evaluations_folder()
        self._out = parent / free_name(parent, time.strftime("%Y-%m-%d-%H%M%S"))
        self._fault, self._measured = None, plan.subject
        command = Command(plan.arguments(str(self._out)), self)
        self._command = command
        command.told.connect(self._told)
        command.ended.connect(self._over)
        command.start()
        self.busy_changed.emit(True)

    def stop(self) -> None:
        """Give up; nothing of it is kept."""
        if self._command is not None:
            self._command.stop()

    def close(self) -> None:
        """End the child now."""
        if self._command is not None:
            self._command.kill()
            self._command = None
            shutil.rmtree(self._out, ignore_errors=True)

    def _told(self, event: dict[str, Any]) -> None:
        if event["event"] == "progress":
            self.progressed.emit(event)
        elif event["event"] == "error":
            self._fault = fault_from(event)
        elif event["event"] == "result":
            self.table = read_table(self._out / event["results"])
            contact = self._out / event["contact"]
            self.contact = contact if contact.is_file() else None
            self.subject = self._measured

    def _over(self, ending: Ending) -> None:
        if self._command is not None:
            self._command.deleteLater()
        self._command = None
        self.busy_changed.emit(False)
        if ending.well:
            self.finished.emit()
            return
        shutil.rmtree(self._out, ignore_errors=True)
        if not ending.asked:
            self.failed.emit(self._fault or ending.fault)


def read_table(path: Path) -> Table:
    """The rows of a results.json; empty where it holds none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Table(tuple(_rows(content["rows"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return Table(())


def _rows(entries: Sequence[Mapping[str, Any]]) -> list[Row]:
    return [
        Row(str(one["pack"]), str(one["metric"]), float(one["value"]), str(one["better"]), str(one["protocol"]))
        for one in entries
        if one.get("value") is not None
    ]
