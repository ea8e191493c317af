"""The folder of a training run: what it holds, whose it is, and how it is taken away again."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import psutil

from engine.errors import TryOnError
from engine.files import atomic_path
from engine.training import checkpoint, events, sample_grid
from engine.training.events import write_failed

OPTIONS = "options.json"
CONTROL = "control"  # a file with the word stop, pause or cancel: how another process steers a run
PROCESS = "process.json"  # the process that trains here now; left behind by one that was killed
LOG = "log.txt"  # what a run said that somebody else started and listens to
PACK = "pack"
TENSORBOARD = "tensorboard"
Command = Literal["stop", "pause", "cancel"]
_COMMANDS: Mapping[str, Command] = {"stop": "stop", "pause": "pause", "cancel": "cancel"}
_FOLDERS = (checkpoint.FOLDER, sample_grid.FOLDER, TENSORBOARD, PACK)
_FILES = (events.FILE, OPTIONS, CONTROL, PROCESS, LOG)
_SAME = 2.0  # seconds two readings of a process's start may differ


def claim(folder: Path, kind: str, options: Mapping[str, Any], extra: Mapping[str, Any] | None = None) -> None:
    """Start a run in `folder`: note its kind and options. TryOnError where there is a run already."""
    if (folder / OPTIONS).exists():
        raise TryOnError(f"{folder} already holds a training run; resume it or choose another folder.")
    _write_record(folder, {"kind": kind, "options": dict(options), **(extra or {})})


def note_options(folder: Path, options: Mapping[str, Any]) -> None:
    """Put the options that a run is resumed with in place of the ones it was started with."""
    record = read_record(folder)
    if record["options"] != options:
        _write_record(folder, record | {"options": dict(options)})


def _write_record(folder: Path, record: Mapping[str, Any]) -> None:
    try:
        with atomic_path(folder / OPTIONS) as temporary:
            temporary.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise write_failed(folder / OPTIONS, error) from error


def read_record(folder: Path) -> dict[str, Any]:
    """What `claim` noted. TryOnError where `folder` holds no run."""
    try:
        record = json.loads((folder / OPTIONS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TryOnError(
            f"{folder} holds no training run ({OPTIONS} is missing or damaged); give a run's folder."
        ) from error
    if not isinstance(record, dict) or not {"kind", "options"} <= record.keys():
        raise TryOnError(f"{folder / OPTIONS} is not the record of a training run; give a run's folder.")
    return record


def drop(folder: Path) -> None:
    """Remove what a run has written and nothing else; the folder goes too if that leaves it empty."""
    for name in _FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in _FILES:
        (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def command_in(folder: Path) -> Command | None:
    """The command another process has left in RUN/control ("stop", "pause", "cancel"), once; None for none."""
    path = folder / CONTROL
    try:
        word = path.read_text(encoding="utf-8").strip()
        path.unlink()
    except OSError:
        return None
    return _COMMANDS.get(word)


def trained_by(folder: Path) -> int | None:
    """Number of the living process that trains in `folder`; None where there is none, or it was killed."""
    try:
        noted = json.loads((folder / PROCESS).read_text(encoding="utf-8"))
        process = psutil.Process(int(noted["pid"]))
        alive = abs(process.create_time() - float(noted["created"])) < _SAME
        return process.pid if alive and process.status() != psutil.STATUS_ZOMBIE else None
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None


def refuse_second(folder: Path) -> None:
    """TryOnError where another process trains in `folder` already."""
    other = trained_by(folder)
    if other not in (None, os.getpid()):
        raise TryOnError(f"{folder} is being trained by process {other}; stop that one first or choose another folder.")


def process_noted(folder: Path) -> events.ProgressFn:
    """A `progress_fn` that keeps RUN/process.json while the run goes on, so that others can see that it lives."""

    def tell(event: events.Event) -> None:
        if event.get("status") in ("started", "resumed"):
            _note_process(folder / PROCESS)
        elif event["event"] == "status":
            (folder / PROCESS).unlink(missing_ok=True)

    return tell


def _note_process(path: Path) -> None:
    noted = {"pid": os.getpid(), "created": psutil.Process().create_time()}
    try:
        with atomic_path(path) as temporary:
            temporary.write_text(json.dumps(noted) + "\n", encoding="utf-8")
    except OSError as error:
        raise write_failed(path, error) from error


@contextmanager
def failures_told(tell: Callable[..., None]) -> Iterator[None]:
    """Note in the events why a run failed, as far as that can still be written; the error goes on to the caller."""
    try:
        yield
    except Exception as error:
        message = str(error) if isinstance(error, TryOnError) else f"The training program failed: {error!r}"
        with suppress(TryOnError, OSError):
            tell("error", message=message)
            tell("status", status="failed", message=message)
        raise


class Board:
    """Writes the numbers of events to RUN/tensorboard; to be given to the loop as (one of) its `progress_fn`."""

    def __init__(self, folder: Path) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError as error:
            raise TryOnError("TensorBoard is not installed; install tensorboard or train without it.") from error
        self._writer = SummaryWriter(str(folder / TENSORBOARD))

    def __call__(self, event: events.Event) -> None:
        for group in ("losses", "numbers"):
            for name, value in event.get(group, {}).items():
                self._writer.add_scalar(f"{group}/{name}", value, event["step"])
        if event.get("status") in ("finished", "stopped", "paused", "cancelled", "failed"):
            self._writer.close()


def print_event(event: events.Event) -> None:
    """A `progress_fn` for `--events`: the event as a line on standard output."""
    sys.stdout.write(json.dumps(events.finite(event), allow_nan=False) + "\n")
    sys.stdout.flush()


def together(*listeners: events.ProgressFn) -> events.ProgressFn:
    """One `progress_fn` that tells several."""

    def tell(event: events.Event) -> None:
        for listener in listeners:
            listener(event)

    return tell
