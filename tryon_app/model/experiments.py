"""Experiments: methods trained and compared by a plan, in processes that go on when the window closes.

The folder in which `tryon experiment run` works is the truth: one that was paused, killed or started by an earlier
window is found there, and goes on where it stopped.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from tryon_app.model.faults import Fault, said
from tryon_app.workers import training
from tryon_app.workers.commands import Command, Ending, fault_in
from tryon_app.workers.launches import Tail, read_launch, write_launch
from tryon_app.workers.training import Trainer

TABLE, PREFERENCE = "table.md", "preference.md"
FIGURES = ("quality.svg", "misalignment.svg", "paired.png", "unpaired.png")
_LAST = "pairs.json"  # what an experiment writes when all else is there
_STOPPED = "tryon: stopped"  # what it says that was told to end
_LOOK = 400  # milliseconds between two looks at the logs of living experiments

State = Literal["running", "pausing", "paused", "failed", "finished"]


@dataclass(frozen=True)
class Wanted:
    """What is to be compared. plan: a shipped plan's name, or a file. minutes: of the slowest network; 0 as planned."""

    plan: str
    data: str
    minutes: int = 0
    device: str = "auto"

    @property
    def name(self) -> str:
        """What its folder is called after."""
        return Path(self.plan).stem

    def arguments(self, out: str) -> list[str]:
        """The arguments of `tryon` that begin it in a folder, or go on with it."""
        budget = ["--budget", str(self.minutes)] if self.minutes else []
        chosen = ["--data", self.data, "--out", out, "--device", self.device, *budget]
        return ["experiment", "run", self.plan, *chosen, "--events"]


@dataclass(frozen=True)
class Far:
    """How far it is: the network's or method's name, what is done with it, steps or pairs, the share of everything."""

    name: str = ""
    doing: Literal["training", "measuring", ""] = ""
    done: int = 0
    total: int = 0
    share: float | None = None
    seconds_left: float | None = None


class Experiment(QObject):
    """One experiment's folder. changed: its state, or how far it is. fault: why it "failed"."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._line = ""  # the last one of the log
        self.wanted: Wanted | None = _wanted(read_launch(folder))
        self.far = Far()
        self.fault: Fault | None = None
        self._process = Trainer(folder)
        self._said = Tail(folder / training.LOG)
        self._asked = False
        self.state: State = "paused"

    @property
    def live(self) -> bool:
        return self.state in ("running", "pausing")

    @property
    def lingers(self) -> bool:
        """Whether a process that this window started has still to be waited for."""
        return self._process.lingers

    @property
    def results(self) -> str:
        """The table, and what judges prefer, as Markdown; "" where there is none yet."""
        texts = []
        for name in (TABLE, PREFERENCE):
            with suppress(OSError, ValueError):
                texts.append((self.folder / name).read_text(encoding="utf-8"))
        return "\n\n".join(texts)

    def start(self, wanted: Wanted) -> None:
        """Begin in the folder, which is made. OSError where that cannot be."""
        self.folder.mkdir(parents=True)
        self.wanted = wanted
        try:
            write_launch(self.folder, asdict(wanted))
            self.go_on()
        except OSError:
            training.remove_run(self.folder)
            raise

    def go_on(self) -> None:
        """Start the process, where none works here. OSError where that cannot be."""
        if self.wanted is None or self._process.pid is not None:
            return
        self._said.all_lines()  # what was said before is over
        self._asked, self._line, self.fault, self.far = False, "", None, Far()
        self._process.start(self.wanted.arguments(str(self.folder)))
        self._set("running")

    def pause(self) -> None:
        """End at the end of the present step, or at once where nothing is trained; `go_on` loses nothing."""
        if self.live:
            self._asked = True
            self._process.terminate()
            self._set("pausing")

    def kill(self) -> None:
        """End now."""
        self._process.kill()

    def look(self) -> None:
        """Read what is new, and see whether it lives."""
        pid = self._process.pid  # asked first: what it writes before it ends is read below
        self._take(self._said.all_lines())
        if pid is not None:
            self._set("pausing" if self._asked else "running")
            return
        self.fault = self._failure()
        finished = (self.folder / _LAST).is_file()
        self._set("failed" if self.fault else "finished" if finished else "paused")

    def _failure(self) -> Fault | None:
        """Why it ended, where its last line or its exit code says that it failed."""
        if self._line == _STOPPED:
            return None
        return fault_in(self._line) or (said(self._line) if self._process.exit_code in (1, 2) else None)

    def _take(self, lines: list[str]) -> None:
        self._line = lines[-1] if lines else self._line
        for line in reversed(lines):
            if line.startswith('{"event": "progress"'):
                with suppress(ValueError, TypeError):
                    told = json.loads(line)
                    self.far = Far(**{name: told[name] for name in told.keys() & Far.__dataclass_fields__.keys()})
                return

    def _set(self, state: State) -> None:
        self.state = state
        self.changed.emit()


class Experiments(QObject):
    """All experiments in the window's folder, the newest first. listed: they are others. ended: an `Experiment`.

    counted: the votes on an `Experiment` are, and are part of its results; or a `Fault` says why not, else None.
    """

    listed = Signal()
    ended = Signal(object)
    counted = Signal(object, object)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder or training.experiments_folder()
        self.all: list[Experiment] = []
        self._removed: list[Experiment] = []
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)

    def scan(self) -> None:
        """Find those on the disk."""
        for folder in training.find_runs(self.folder):
            if self.find(folder.name) is None:
                self._take(Experiment(folder, self)).look()
        self.listed.emit()
        self._mind()

    def find(self, name: str) -> Experiment | None:
        """The one in the folder of that name."""
        return next((one for one in self.all if one.folder.name == name), None)

    def start(self, wanted: Wanted) -> Experiment:
        """Begin a new one. OSError where its folder cannot be made or the process not be started."""
        name = f"{wanted.name}-{time.strftime('%Y-%m-%d-%H%M%S')}"
        made = Experiment(self.folder / training.free_name(self.folder, name))
        made.start(wanted)
        made.setParent(self)
        self._take(made)
        self.listed.emit()
        self._mind()
        return made

    def go_on(self, experiment: Experiment) -> None:
        """Go on with one. OSError where its process cannot be started."""
        experiment.go_on()
        self._mind()

    def remove(self, experiment: Experiment) -> None:
        """End it now, and delete it with all it has. OSError where that cannot be."""
        experiment.kill()
        training.remove_run(experiment.folder)
        self.all.remove(experiment)
        self._removed.append(experiment)
        self.listed.emit()
        self._mind()

    def look(self) -> None:
        """Look at every living one, and wait for processes that have ended, which would stay as zombies."""
        for one in [one for one in self.all if one.live]:
            one.look()
            if not one.live:
                self.ended.emit(one)
        self._mind()

    def count_votes(self, experiment: Experiment) -> None:
        """What the judges prefer, in a child; `counted` follows."""
        command = Command(["experiment", "judge", str(experiment.folder), "--count"], self)
        command.ended.connect(lambda ending: self._on_counted(experiment, command, ending))
        command.start()

    def _on_counted(self, experiment: Experiment, command: Command, ending: Ending) -> None:
        command.deleteLater()
        self.counted.emit(experiment, None if ending.well else ending.fault)

    def close(self) -> None:
        """Stop looking; the experiments go on."""
        self._timer.stop()
        for command in self.findChildren(Command):
            command.kill()

    def _take(self, experiment: Experiment) -> Experiment:
        self.all.insert(0, experiment)
        return experiment

    def _mind(self) -> None:
        self._removed = [one for one in self._removed if one.lingers]
        watched = self._removed or any(one.live or one.lingers for one in self.all)
        if bool(watched) != self._timer.isActive():
            self._timer.start() if watched else self._timer.stop()


def _wanted(launch: dict[str, Any]) -> Wanted | None:
    try:
        return Wanted(str(launch["plan"]), str(launch["data"]), int(launch["minutes"]), str(launch["device"]))
    except (KeyError, TypeError, ValueError):
        return None
