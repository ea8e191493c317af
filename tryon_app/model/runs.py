"""Training runs: started here or found on the disk, watched, steered. They go on when the window closes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from tryon_app.model.faults import Fault
from tryon_app.model.run_record import ENDED, RunRecord
from tryon_app.workers import training
from tryon_app.workers.commands import fault_in, in_log
from tryon_app.workers.launches import Tail, read_launch, write_launch
from tryon_app.workers.training import Trainer

LIVE = ("preparing", "running", "pausing", "stopping", "cancelling")
RESUMABLE = ("paused", "failed", "died", "stopped")
_WISHES = {"pause": "pausing", "stop": "stopping", "cancel": "cancelling"}
_LOOK = 400  # milliseconds between two looks at the files of living runs
_CANCEL_PATIENCE = 8.0  # seconds a run has to honour "cancel" before it is killed
_FRESH = 10.0  # seconds an ended process may take to go away
_LOG_LINES = 400


class Run(QObject):
    """One run's folder. `state` is one of LIVE, "paused", "finished", "stopped", "failed", "died" or "cancelled".

    "died" means that the process went away without saying why: killed, crashed, or the computer was switched off.
    """

    changed = Signal()  # state, or anything shown in a list
    progressed = Signal()  # new numbers on the curves
    sampled = Signal()  # a new sample picture
    logged = Signal(list)  # new lines of the log
    removed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.record = RunRecord()
        self.launch: dict[str, Any] = read_launch(folder)
        self.log: deque[str] = deque(maxlen=_LOG_LINES)
        self.state = "preparing"
        self._trainer = Trainer(folder)
        self._events, self._said = Tail(folder / training.EVENTS), Tail(folder / training.LOG)
        self._fault: Fault | None = None
        self._wish = ""
        self._wished_at = 0.0

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def kind(self) -> str:
        return self.record.kind or str(self.launch.get("kind", "")) or str(self._noted().get("kind", ""))

    @property
    def steps(self) -> int:
        planned = self.launch.get("steps", 0)
        return self.record.steps or (planned if isinstance(planned, int) else 0)

    @property
    def base(self) -> str:
        """The pack that was in use when the run was started; what it learns is to be combined with it."""
        return str(self.launch.get("base", ""))

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def resumable(self) -> bool:
        """Whether it can go on: there are steps left and a checkpoint to go on from."""
        unfinished = self.record.step < self.steps
        return self.state in RESUMABLE and unfinished and (self.folder / "checkpoints" / "last.pt").is_file()

    @property
    def usable(self) -> bool:
        """Whether there are weights to make a pack of."""
        return (self.folder / "checkpoints" / "last.pt").is_file() and self.record.step > 0

    @property
    def sample(self) -> Path | None:
        """The newest sample picture."""
        return self.folder / self.record.samples[-1][1] if self.record.samples else None

    @property
    def lingers(self) -> bool:
        """Whether its process has not gone away yet, though it may have said its last word."""
        return self._trainer.lingers

    @property
    def exit_code(self) -> int | None:
        return self._trainer.exit_code

    # what can be done with it

    def start(self, arguments: Sequence[str], launch: dict[str, Any]) -> None:
        """Start the run with arguments of `tryon train`; `launch` is kept. OSError where the folder cannot be made."""
        self.folder.mkdir(parents=True)
        self.launch = {**launch, "arguments": list(arguments)}
        try:
            self._launch(arguments)
        except OSError:
            training.remove_run(self.folder)
            raise

    def resume(self) -> None:
        """Go on from the last checkpoint, on the same device as before."""
        self._launch(["--resume", *self.launch.get("machine", [])])

    def _launch(self, arguments: Sequence[str]) -> None:
        self._wish, self.record.status, self.record.fault, self._fault = "", "", None, None
        write_launch(self.folder, self.launch)
        self._trainer.start(["train", "--out", str(self.folder), *arguments])
        self._set_state("preparing")

    def pause(self) -> None:
        """Save and end; `resume` goes on as if nothing had been."""
        self._ask("pause")

    def stop(self) -> None:
        """Stop early: save, and make a pack of what was learned so far."""
        self._ask("stop")

    def cancel(self) -> None:
        """Drop the run with all its files; one that does not listen is killed."""
        if not self.live:
            self._remove()
            return
        write_launch(self.folder, {**self.launch, "cancelled": True})
        self._ask("cancel")

    def _ask(self, word: Any) -> None:
        if self.live:
            self._wish, self._wished_at = word, time.monotonic()
            self._trainer.command(word)
            self._set_state(_WISHES[word])

    # looking

    def look(self) -> None:
        """Read what is new and see whether the process lives; quick, and called a few times a second."""
        pid = self._trainer.pid  # asked first: what it writes before it ends is read below
        kinds = {self.record.take(line) for line in self._events.all_lines()}
        lines = [self._understood(line) for line in self._said.all_lines()]
        if lines:
            self.log.extend(lines)
            self.logged.emit(lines)
        if kinds & {"progress", "validation", "status"}:
            self.progressed.emit()
        if "sample" in kinds:
            self.sampled.emit()
        self._enforce_cancel(pid)
        self._judge(pid)

    def _understood(self, line: str) -> str:
        """A line of the log as people read it; what it says was wrong is kept."""
        fault = fault_in(line)
        self._fault = fault or self._fault
        return line if fault is None else in_log(fault)

    def _enforce_cancel(self, pid: int | None) -> None:
        if self._wish == "cancel" and pid and time.monotonic() - self._wished_at > _CANCEL_PATIENCE:
            self._trainer.kill()

    def _judge(self, pid: int | None) -> None:
        state = self._state(pid)
        if state == "cancelled":
            self._remove()
        else:
            self._set_state(state)

    def _state(self, pid: int | None) -> str:
        status = self.record.status
        ended = status in ENDED
        if pid is None:
            if self._wish == "cancel" or status == "cancelled" or self.launch.get("cancelled"):
                return "cancelled"
            return status if ended else self._unexplained()
        if ended and time.time() - self.record.status_time < _FRESH and self._wish != "cancel":
            return status
        if self._wish:
            return _WISHES[self._wish]
        return "running" if status in ("started", "resumed") else "preparing"

    def _unexplained(self) -> str:
        """A process that is gone without a last word: it may have failed before the run began, and said so."""
        if self.record.status == "" and self._fault is not None:
            self.record.fault = self._fault
            return "failed"
        return "died"

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            if state not in LIVE:
                self._wish = ""
        self.changed.emit()

    def _remove(self) -> None:
        if self.folder.exists():
            training.remove_run(self.folder)
        self.state = "cancelled"
        self.changed.emit()
        self.removed.emit()

    def _noted(self) -> dict[str, Any]:
        return training.read_record(self.folder)


class Runs(QObject):
    """All runs in the window's folder; looks after the living ones while `watch` is on."""

    added = Signal(object)  # Run
    removed = Signal(object)  # Run
    ended = Signal(object)  # Run, when it stops living

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder or training.runs_folder()
        self.runs: list[Run] = []
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)

    def scan(self) -> None:
        """Find the runs that are on the disk, those of an earlier window among them."""
        known = {run.folder for run in self.runs}
        for folder in training.find_runs(self.folder):
            if folder not in known:
                self._take(Run(folder, self)).look()
        self._mind()

    def free_name(self, wanted: str) -> str:
        """`wanted`, or with a number behind it where there is such a run already."""
        return training.free_name(self.folder, wanted)

    def start(self, name: str, arguments: Sequence[str], launch: dict[str, Any]) -> Run:
        """Start a new run called `name`. OSError where its folder cannot be made or the process not be started."""
        run = Run(self.folder / name)
        run.start(arguments, launch)
        run.setParent(self)
        self._take(run)
        self._mind()
        return run

    def resume(self, run: Run) -> None:
        """Let a run go on. OSError where its process cannot be started."""
        run.resume()
        self._mind()

    @property
    def live(self) -> list[Run]:
        return [run for run in self.runs if run.live]

    def look(self) -> None:
        """Look at every living run once, and wait for processes that have ended, which would stay as zombies."""
        for run in self.live:
            run.look()
            if not run.live:
                self.ended.emit(run)
        self._mind()

    def close(self) -> None:
        """Stop looking; the runs themselves go on."""
        self._timer.stop()

    def _take(self, run: Run) -> Run:
        self.runs.append(run)
        run.removed.connect(lambda: self._drop(run))
        self.added.emit(run)
        return run

    def _drop(self, run: Run) -> None:
        if run in self.runs:
            self.runs.remove(run)
            self.removed.emit(run)

    def _mind(self) -> None:
        watched = any(run.live or run.lingers for run in self.runs)
        if watched != self._timer.isActive():
            self._timer.start() if watched else self._timer.stop()
