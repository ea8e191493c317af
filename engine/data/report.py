"""What `check_dataset` found, for people and for programs."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from engine.errors import TryOnError
from engine.messages import Fault, fault_from
from engine.system.files import write_text


class Severity(StrEnum):
    """An error makes a pair unusable, a warning is a reason not to train on it, a note is harmless."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Kind(StrEnum):
    """What can be wrong with a data set."""

    MISSING = "missing file"
    PAIR = "pair names a missing picture"
    UNREADABLE = "unreadable file"
    SHAPE = "not 3:4"
    SIZES = "sizes differ"
    LABELS = "labels out of range"
    NO_PERSON = "parse without a person"
    NO_TOP = "parse without a top"
    TOP_HOLES = "parse with holes in the top"
    TOP_MIXED = "dress or coat labels on other clothes"
    NECK = "ragged neck in the parse"
    MASK_EMPTY = "empty mask"
    MASK_FULL = "full mask"
    MASK_INVERTED = "inverted mask"
    MASK_RAGGED = "mask eats into the garment"
    COLOURS = "worn and flat garment differ in colour"
    POSE = "unusable pose"
    POSE_GAPS = "pose with gaps"
    POSE_OUTSIDE = "pose outside of the picture"
    POSE_PARSE = "left and right arm differ in pose and parse"
    TWINS = "same picture under two names"
    LISTED_TWICE = "listed twice"
    ORPHAN = "file without a pair"


@dataclass(frozen=True)
class Problem:
    """One finding: the sample it belongs to ("" for none), the file, and what to say to the user."""

    name: str
    file: str
    kind: Kind
    fault: Fault
    severity: Severity

    @property
    def sentence(self) -> str:
        return str(self.fault)

    def to_json(self) -> dict[str, Any]:
        """Plain values; with the sentence for readers who do not know its code."""
        return {
            "name": self.name,
            "file": self.file,
            "kind": self.kind.value,
            "severity": self.severity.value,
            "code": self.fault.code,
            "values": dict(self.fault.values),
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Report:
    """All findings about one split.

    `usable` names the samples without an error, `clean` those without a warning either, in the order of the data set:
    train on the clean ones. Of pictures that occur under several names the first one is clean.
    """

    root: str
    split: str
    samples: int
    usable: tuple[str, ...]
    clean: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def fine(self) -> bool:
        """Neither errors nor warnings; there may be notes."""
        return all(problem.severity is Severity.NOTE for problem in self.problems)

    def of(self, severity: Severity) -> list[Problem]:
        """The findings of one severity."""
        return [problem for problem in self.problems if problem.severity is severity]

    def counts(self) -> dict[tuple[Severity, Kind], int]:
        """How many findings of each kind there are, the worst first, among equals the most frequent."""
        counted = Counter((problem.severity, problem.kind) for problem in self.problems)
        order = list(Severity)
        return dict(sorted(counted.items(), key=lambda item: (order.index(item[0][0]), -item[1])))

    def to_json(self) -> dict[str, Any]:
        """The whole report in plain values."""
        return {**vars(self), "problems": [problem.to_json() for problem in self.problems]}

    def write(self, path: str | Path) -> None:
        """Write the report as a JSON file. TryOnError as `write_text`."""
        write_text(path, json.dumps(self.to_json(), indent=1))


def read_report(path: str | Path) -> Report:
    """Read a report back from its JSON file. TryOnError where it holds none."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        names = tuple(data["usable"]), tuple(data["clean"])
        return Report(data["root"], data["split"], data["samples"], *names, tuple(map(_problem, data["problems"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TryOnError("report.damaged", path=path) from error


def _problem(entry: Mapping[str, Any]) -> Problem:
    fault = fault_from({"message": entry["sentence"], **entry})
    return Problem(entry["name"], entry["file"], Kind(entry["kind"]), fault, Severity(entry["severity"]))
