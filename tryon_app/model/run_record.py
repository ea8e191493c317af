"""What a training run has told so far, put together from its events; plain values, no Qt."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tryon_app.model.faults import Fault, fault_from

ENDED = ("finished", "stopped", "paused", "cancelled", "failed")


@dataclass
class Curve:
    """One line of the plot."""

    steps: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, step: int, value: float | None) -> None:
        """A loss that is not a number has no place on a curve."""
        if value is not None:
            self.steps.append(step)
            self.values.append(value)

    def forget_after(self, step: int) -> None:
        """A resumed run does the steps after its checkpoint again."""
        while self.steps and self.steps[-1] > step:
            self.steps.pop()
            self.values.pop()


@dataclass
class RunRecord:
    """The state of a run by its events: see `engine.training.events` for what they hold."""

    kind: str = ""
    steps: int = 0
    step: int = 0
    status: str = ""  # last one told, "" before the first
    status_time: float = 0.0
    fault: Fault | None = None  # what made it fail
    losses: dict[str, Curve] = field(default_factory=dict)
    numbers: dict[str, Curve] = field(default_factory=dict)
    score: str = ""
    best_step: int = 0
    samples: list[tuple[int, str]] = field(default_factory=list)
    pack: str = ""
    images_per_second: float = 0.0
    seconds_left: float = 0.0
    memory_mb: float = 0.0

    def take(self, line: str) -> str:
        """Take in one line of events.jsonl; returns the event's kind, "" for a line that is none."""
        try:
            event = json.loads(line)
            kind = str(event["event"])
            if not isinstance(event["step"], int) or not isinstance(event["time"], int | float):
                return ""
            take = getattr(self, f"_take_{kind}", None)
            if take is not None:
                take(event)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            return ""  # half a line, or one that something else wrote
        return kind

    def _take_status(self, event: dict[str, Any]) -> None:
        self.status, self.status_time = event["status"], float(event["time"])
        self.steps = int(event.get("steps", self.steps))
        self.kind = str(event.get("kind", self.kind))
        self.fault = fault_from(event) if "message" in event else None
        if self.status == "resumed":
            self._go_back(event["step"])
        self.step = event["step"]

    def _go_back(self, step: int) -> None:
        for curve in (*self.losses.values(), *self.numbers.values()):
            curve.forget_after(step)
        self.samples = [sample for sample in self.samples if sample[0] <= step]

    def _take_progress(self, event: dict[str, Any]) -> None:
        self.step = event["step"]
        for name, value in event.get("losses", {}).items():
            self.losses.setdefault(name, Curve()).add(self.step, value)
        self.images_per_second = event.get("images_per_second") or 0.0
        self.seconds_left = event.get("seconds_left") or 0.0
        self.memory_mb = event.get("memory_mb") or 0.0

    def _take_validation(self, event: dict[str, Any]) -> None:
        for name, value in event.get("numbers", {}).items():
            self.numbers.setdefault(name, Curve()).add(event["step"], value)
        self.score = event.get("score", "")
        if event.get("best"):
            self.best_step = event["step"]

    def _take_sample(self, event: dict[str, Any]) -> None:
        self.samples.append((event["step"], event["path"]))

    def _take_export(self, event: dict[str, Any]) -> None:
        self.pack = event["path"]

    def _take_error(self, event: dict[str, Any]) -> None:
        self.fault = fault_from(event)
