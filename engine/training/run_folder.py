"""The folder of a training run: what it holds, whose it is, and how it is taken away again."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from engine.errors import TryOnError
from engine.system.files import atomic_path
from engine.training import checkpoint, events, run_control, sample_grid
from engine.training.events import write_failed
from engine.training.run_control import Command

OPTIONS, CONTROL = run_control.OPTIONS, run_control.CONTROL
PACK = "pack"
TENSORBOARD = "tensorboard"
_COMMANDS: Mapping[str, Command] = {"stop": "stop", "pause": "pause", "cancel": "cancel"}
_FOLDERS = (checkpoint.FOLDER, sample_grid.FOLDER, TENSORBOARD, PACK)
_FILES = (events.FILE, OPTIONS, CONTROL, run_control.PROCESS)


def claim(folder: Path, kind: str, options: Mapping[str, Any], extra: Mapping[str, Any] | None = None) -> None:
    """Start a run in `folder`: note its kind and options. TryOnError where there is a run already."""
    if (folder / OPTIONS).exists():
        raise TryOnError("run.exists", path=folder)
    _write_record(folder, {"kind": kind, "options": dict(options), **(extra or {})})


def note_resumption(folder: Path, options: Mapping[str, Any], step: int, extra: Mapping[str, Any]) -> None:
    """Put the options that a run is resumed with in place of the ones before; the command in `extra` joins the first.

    "continued" lists the commands that named an option, and from which step.
    """
    before = read_record(folder)
    record = before | {"options": dict(options)} | {key: value for key, value in extra.items() if key != "command"}
    if "command" in extra:
        record["continued"] = [*before.get("continued", ()), f"from step {step:,}: {extra['command']}"]
    if record != before:
        _write_record(folder, record)


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
    except (OSError, ValueError, RecursionError) as error:
        raise TryOnError("run.none", path=folder, file=OPTIONS) from error
    if not isinstance(record, dict) or not {"kind", "options"} <= record.keys():
        raise TryOnError("run.record", path=folder / OPTIONS)
    if not isinstance(record.get("continued", []), list):
        del record["continued"]  # damaged; the run itself is not
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
        word = path.read_text(encoding="utf-8", errors="replace").strip()
        path.unlink()
    except OSError:
        return None
    return _COMMANDS.get(word)


@contextmanager
def failures_told(tell: Callable[..., None]) -> Iterator[None]:
    """Note in the events why a run failed, as far as that can still be written; the error goes on to the caller."""
    try:
        yield
    except Exception as error:
        reason = error if isinstance(error, TryOnError) else TryOnError("run.crashed", reason=repr(error))
        with suppress(TryOnError, OSError):
            tell("error", **reason.to_json())
            tell("status", status="failed", **reason.to_json())
        raise


class Board:
    """Writes the numbers of events to RUN/tensorboard; to be given to the loop as (one of) its `progress_fn`."""

    def __init__(self, folder: Path) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError as error:
            raise TryOnError("run.no_tensorboard") from error
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
