"""A `tryon` command in a child process: JSON lines on its standard output are told, everything else is its log."""

import contextlib
import json
import os
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from engine.messages import Fault, fault_from, said

NICE = 10  # the window and the user's other programs come first
PATIENCE = 3000  # milliseconds between asking a command to end and ending it
_KEPT = 60  # lines of the log
_PROGRAM = "tryon: "  # how the command line begins to say what went wrong
ENVIRONMENT = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "TRYON_ERRORS": "json"}
"""What a command is told beside its arguments: to be heard at once, and to say codes and values of what goes wrong."""


@dataclass(frozen=True)
class Ending:
    """How a command ended: exit code (-1 after a crash), whether we ended it, what it said was wrong, last lines."""

    code: int
    asked: bool
    said: Fault | None
    lines: tuple[str, ...]

    @property
    def well(self) -> bool:
        return self.code == 0 and not self.asked

    @property
    def fault(self) -> Fault:
        """What went wrong; its last line where it did not say so."""
        return self.said or said(self.lines[-1] if self.lines else "")


def command_line(arguments: Sequence[str]) -> list[str]:
    """The program and its arguments that run `tryon ARGUMENTS`: this interpreter, or the bundle's program beside us."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_stem("tryon")), *arguments]
    return [sys.executable, "-m", "engine.cli", *arguments]


def fault_in(line: str) -> Fault | None:
    """What went wrong, where a line of the standard error says so."""
    if not line.startswith(_PROGRAM):
        return None
    text = line.removeprefix(_PROGRAM)
    entry = _parsed(text)
    return said(text) if entry is None else fault_from(entry)


def in_log(fault: Fault) -> str:
    """The line as people read it."""
    return f"{_PROGRAM}{fault}"


class Command(QObject):
    """Runs `tryon ARGUMENTS`; nothing here waits. Every started command ends in exactly one `ended`."""

    told = Signal(object)  # a JSON object it printed; not Signal(dict), which Qt hands on with its keys sorted
    said = Signal(str)  # any other line
    ended = Signal(object)  # Ending

    def __init__(self, arguments: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        program, *rest = command_line(arguments)
        self._process.setProgram(program)
        self._process.setArguments(rest)
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in ENVIRONMENT.items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._read_output)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.started.connect(lambda: make_nice(self.pid))
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._failed)
        self._last_resort = QTimer(self, singleShot=True, interval=PATIENCE)
        self._last_resort.timeout.connect(lambda: kill_tree(self.pid))
        self._lines: deque[str] = deque(maxlen=_KEPT)
        self._rest = {"out": b"", "err": b""}
        self._said: Fault | None = None
        self._asked = self._done = False

    @property
    def pid(self) -> int:
        return self._process.processId()

    @property
    def running(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Start the child; returns at once."""
        self._process.start()

    def stop(self, *, now: bool = False) -> None:
        """Ask the child to end; whatever of it is still there some seconds later is killed. now: kill it at once."""
        if not self.running:
            return
        self._asked = True
        if now:
            kill_tree(self.pid)
        else:
            self._process.terminate()
            self._last_resort.start()

    def kill(self) -> None:
        """End the child and its children now, and tell nobody: for the moment the window goes away."""
        self._done = True
        if self.running:
            kill_tree(self.pid)
            self._process.waitForFinished(500)

    def _read_output(self) -> None:
        for line in self._complete("out", bytes(self._process.readAllStandardOutput().data())):
            event = _parsed(line)
            if event is None:
                self._log(line)
            else:
                self.told.emit(event)

    def _read_errors(self) -> None:
        for line in self._complete("err", bytes(self._process.readAllStandardError().data())):
            fault = fault_in(line)
            self._said = fault or self._said
            self._log(line if fault is None else in_log(fault))

    def _complete(self, stream: str, data: bytes) -> list[str]:
        """Whole lines; what is after the last line end waits for more."""
        *lines, self._rest[stream] = (self._rest[stream] + data).split(b"\n")
        return [line.decode("utf-8", "replace").rstrip("\r") for line in lines]

    def _log(self, line: str) -> None:
        self._lines.append(line)
        self.said.emit(line)

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._last_resort.stop()
        self._read_output()
        self._read_errors()
        crashed = status is QProcess.ExitStatus.CrashExit
        self._end(-1 if crashed else code)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._said = said(self._process.errorString())
            self._end(-1)

    def _end(self, code: int) -> None:
        if not self._done:
            self._done = True
            self.ended.emit(Ending(code, self._asked, self._said, tuple(self._lines)))


def kill_tree(pid: int) -> None:
    """Kill a process and all that it started; nothing happens where it is gone already."""
    if pid <= 0:
        return
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in [*process.children(recursive=True), process]:
            with contextlib.suppress(psutil.Error):
                one.kill()


def make_nice(pid: int) -> None:
    """Let a process step back behind the window; where the system does not allow that it stays as it is."""
    with contextlib.suppress(psutil.Error, OSError):
        psutil.Process(pid).nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else NICE)
        if sys.platform == "linux" and os.getsid(pid) == pid:
            # Linux shares the CPU between sessions first (see "autogroup" in sched(7)): a process that leads its own
            # would get as much as the window and all it started together, however nice it is within its session.
            Path(f"/proc/{pid}/autogroup").write_text(str(NICE), encoding="ascii")


def _parsed(line: str) -> dict[str, object] | None:
    if not line.startswith("{"):
        return None
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
