"""Trainings and experiments: processes started so that they outlive the window, watched through their files."""

import contextlib
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import psutil

from engine.errors import TryOnError
from engine.paths import home
from engine.training.run_control import OPTIONS, leave_command, note_process, trained_by
from tryon_app.workers.commands import ENVIRONMENT, command_line, kill_tree, make_nice
from tryon_app.workers.launches import LAUNCH, read_table

LOG = "log.txt"
EVENTS = "events.jsonl"


def runs_folder() -> Path:
    """Where the window keeps its training runs."""
    return home() / "runs"


def evaluations_folder() -> Path:
    """Where the window keeps what evaluations have found."""
    return home() / "evaluations"


def experiments_folder() -> Path:
    """Where the window keeps its experiments."""
    return home() / "experiments"


class Trainer:
    """The process of one run or experiment, whether this window started it or an earlier one did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._child: subprocess.Popen[bytes] | None = None

    def start(self, arguments: Sequence[str]) -> None:
        """Start `tryon ARGUMENTS` in a session of its own, writing to FOLDER/log.txt. OSError where that fails."""
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = os.environ | ENVIRONMENT
        command = command_line(arguments)
        flags = 0x200 if sys.platform == "win32" else 0  # CREATE_NEW_PROCESS_GROUP
        with (self.folder / LOG).open("ab") as log:
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                start_new_session=True,
                creationflags=flags,
            )
        make_nice(self._child.pid)
        try:
            note_process(self.folder, self._child.pid)
        except TryOnError as error:
            self._child.kill()
            raise OSError(errno.EIO, str(error), str(self.folder)) from error

    @property
    def pid(self) -> int | None:
        """The living process that trains here, or None."""
        if self._child is not None:
            return self._child.pid if self.lingers else None
        return trained_by(self.folder)

    @property
    def lingers(self) -> bool:
        """Whether a process that this window started has still to be waited for; asking reaps one that has ended."""
        return self._child is not None and self._child.poll() is None

    @property
    def exit_code(self) -> int | None:
        """The exit code where this window started the process and it has ended; -9 means killed by signal 9."""
        return None if self._child is None else self._child.poll()

    def command(self, word: Literal["stop", "pause", "cancel"]) -> None:
        """Leave a command for the end of the present step. OSError where the folder cannot be written."""
        leave_command(self.folder, word)

    def terminate(self) -> None:
        """Ask the process to end as the system does: at the end of a step where it trains, else at once."""
        pid = self.pid
        with contextlib.suppress(psutil.Error):
            if pid is not None:
                psutil.Process(pid).terminate()

    def kill(self) -> None:
        """End the process and what it started, now."""
        kill_tree(self.pid or 0)


def read_record(folder: Path) -> dict[str, Any]:
    """The run's own note of its kind and options; empty where it has not begun."""
    return read_table(folder / OPTIONS)


def find_runs(parent: Path) -> list[Path]:
    """Folders in `parent` that hold a run or the beginning of one, the newest last."""
    with contextlib.suppress(OSError):
        found = [path for path in parent.iterdir() if (path / LAUNCH).is_file() or (path / OPTIONS).is_file()]
        return sorted(found, key=lambda path: (_time_of(path), path.name))
    return []


def free_name(parent: Path, wanted: str) -> str:
    """`wanted`, or with a number behind it where `parent` has that already."""
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, 1000)))
    return next(name for name in names if not (parent / name).exists())


def remove_run(folder: Path) -> None:
    """Delete a run's folder; first out of sight in one step, so that no half of it is ever found. OSError if not."""
    doomed = folder.with_name(f".removed-{folder.name}-{os.getpid()}")
    folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _time_of(folder: Path) -> float:
    launch = folder / LAUNCH
    return (launch if launch.is_file() else folder / OPTIONS).stat().st_mtime
