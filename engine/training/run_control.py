"""How other processes see that a run lives, and how they steer it. Imports no torch: the window reads this too."""

import json
import os
from pathlib import Path
from typing import Literal

import psutil

from engine.errors import TryOnError
from engine.system.files import atomic_path
from engine.training.events import Event, ProgressFn, write_failed

Command = Literal["stop", "pause", "cancel"]
OPTIONS = "options.json"  # kind and options of the run; a folder without it holds none
CONTROL = "control"  # a file with the word stop, pause or cancel: how another process steers a run
PROCESS = "process.json"  # the process that trains here now; left behind by one that was killed
_SAME = 2.0  # seconds two readings of a process's start may differ


def trained_by(folder: Path) -> int | None:
    """Number of the living process that trains in `folder`; None where there is none, or it was killed."""
    try:
        noted = json.loads((folder / PROCESS).read_text(encoding="utf-8"))
        process = psutil.Process(int(noted["pid"]))
        alive = abs(process.create_time() - float(noted["created"])) < _SAME
        return process.pid if alive and process.status() != psutil.STATUS_ZOMBIE else None
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError, psutil.Error):
        return None


def refuse_second(folder: Path) -> None:
    """TryOnError where another process trains in `folder` already."""
    other = trained_by(folder)
    if other not in (None, os.getpid()):
        raise TryOnError("run.busy", path=folder, process=other)


def leave_command(folder: Path, command: Command) -> None:
    """Ask the process that trains in `folder` to stop, pause or cancel at the end of its step. OSError as usual."""
    with atomic_path(folder / CONTROL) as temporary:
        temporary.write_text(command, encoding="utf-8")


def process_noted(folder: Path) -> ProgressFn:
    """A `progress_fn` that keeps RUN/process.json while the run goes on, so that others can see that it lives."""

    def tell(event: Event) -> None:
        if event.get("status") in ("started", "resumed"):
            note_process(folder, os.getpid())
        elif event["event"] == "status":
            (folder / PROCESS).unlink(missing_ok=True)

    return tell


def note_process(folder: Path, pid: int) -> None:
    """Write RUN/process.json about a process that lives; TryOnError where that cannot be written."""
    noted = {"pid": pid, "created": psutil.Process(pid).create_time()}
    try:
        with atomic_path(folder / PROCESS) as temporary:
            temporary.write_text(json.dumps(noted) + "\n", encoding="utf-8")
    except OSError as error:
        raise write_failed(folder / PROCESS, error) from error
