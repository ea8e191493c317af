"""events.jsonl: what a run says about itself, one JSON object a line, for the window and for later reading.

Every event has "event", "time" (seconds since 1970) and "step"; beside that:

    status      status: one of STATUSES; steps, kind; of "failed" also code, values, message, as of an error
    progress    losses {name: weighted value}, rate (share of the base learning rate), images_per_second,
                seconds_left, memory_mb (most used so far; of the GPU where there is one)
    validation  numbers {name: value}, score (name of the number that decides), best (true where it is the best so far)
    sample      path of the picture, relative to the run's folder
    checkpoint  path, relative to the run's folder
    export      path of the weight pack, relative to the run's folder
    error       code and values of `engine.messages`; message: the sentence they make
"""

import errno
import json
import math
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from engine.errors import TryOnError

FILE = "events.jsonl"
STATUSES = ("started", "resumed", "finished", "stopped", "paused", "cancelled", "failed")

Event = dict[str, Any]


class ProgressFn(Protocol):
    """Is told every event as it happens."""

    def __call__(self, event: Event) -> None: ...


class EventWriter:
    """Appends events to RUN/events.jsonl and tells `progress_fn`."""

    def __init__(self, folder: Path, progress_fn: ProgressFn | None = None) -> None:
        self.path = folder / FILE
        self._progress_fn = progress_fn
        self._end_half_line()

    def write(self, kind: str, step: int, /, **values: Any) -> None:
        """One event; a full disk raises TryOnError."""
        event: Event = {"event": kind, "time": round(time.time(), 3), "step": step, **values}
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(finite(event), allow_nan=False) + "\n")
        except OSError as error:
            raise write_failed(self.path, error) from error
        if self._progress_fn is not None:
            self._progress_fn(event)

    def _end_half_line(self) -> None:
        """What a killed process has begun to write ends here, so that the next event has a line of its own."""
        with suppress(OSError), self.path.open("rb+") as file:
            file.seek(-1, os.SEEK_END)
            if file.read() != b"\n":
                file.write(b"\n")


def write_failed(path: Path, error: OSError) -> TryOnError:
    """The sentence for a file that could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return TryOnError("run.disk_full", path=path)
    return TryOnError("run.unwritable", path=path, reason=error.strerror)


def read_events(folder: str | Path) -> list[Event]:
    """The events of a run, in order and without those that a resumed run did again.

    A line cut short by a crash is left out. A run without events has an empty list.
    """
    path = Path(folder) / FILE
    if not path.exists():
        return []
    events: list[Event] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        event = _parse(line)
        if event is None:
            continue
        if event.get("status") == "resumed":
            events = [old for old in events if old["step"] <= event["step"] and old["event"] != "error"]
        events.append(event)
    return events


def _parse(line: str) -> Event | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(event, dict) and {"event", "time", "step"} <= event.keys() and isinstance(event["step"], int)
    return event if whole else None


def finite(value: Any) -> Any:
    """JSON has no NaN: a number that is not finite becomes null."""
    if isinstance(value, Mapping):
        return {name: finite(item) for name, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
