"""The engine's process as the window sees it: started, spoken to, listened to, killed, and its death explained.

Lives in the GUI thread and speaks in signals; `EngineLink` has the threads that wait for the pipe, one each way, so
that neither a large picture nor a busy engine holds the window up.
"""

import contextlib
import signal
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.messages import Fault, fault
from tryon_app.workers.begun import Begun
from tryon_app.workers.engine_link import EngineLink
from tryon_app.workers.messages import Cancel, Death, Done, Event, Heartbeat, Quit, Request
from tryon_app.workers.requests import Start

SILENT_SECONDS = 60.0
"""Without a beat for so long the process counts as hung. Importing torch on a busy machine can take many seconds."""
_LAST_WORDS = 8_000


class EngineProcess(QObject):
    """One engine process at a time.

    `heard` carries every `Event` but beats, `beat` the memory in bytes. `died` is emitted when the process ends though
    nobody asked it to; it is not started again by itself. begun: the first process, where that was begun already.
    """

    heard = Signal(object)
    beat = Signal(object)
    died = Signal(object)

    def __init__(self, log: Path, parent: QObject | None = None, begun: Begun | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._begun = begun
        self._link: EngineLink | None = None
        self._dying: list[EngineLink] = []
        self._hung = False
        self._last_beat = time.monotonic()
        self._watchdog = QTimer(self, interval=5_000)
        self._watchdog.timeout.connect(self._check_beat)

    @property
    def alive(self) -> bool:
        """Whether there is a process."""
        return self._link is not None and self._link.process.is_alive()

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return None if self._link is None else self._link.process.pid

    def start(self, threads: int = 0) -> None:
        """Start the process; `Ready` follows as the answer to request 0 when torch is imported."""
        begun, self._begun = self._begun or Begun(self._log), None
        self._link = EngineLink(begun, self)
        self._link.heard.connect(self._on_heard)
        self._link.ended.connect(self._on_ended)
        self._hung, self._last_beat = False, time.monotonic()
        self._watchdog.start()
        self.send(Request(0, Start(threads)))

    def send(self, message: Request | Cancel | Quit) -> None:
        """Say something to the process."""
        if self._link is not None:
            self._link.say(message)

    def kill(self) -> None:
        """End the process at once, without `died`. Nobody waits for the system to take its memory back."""
        link, self._link = self._link, None
        self._watchdog.stop()
        if link is not None:
            self._dying.append(link)
            link.process.kill()

    def stop(self) -> None:
        """End the process, politely first, and wait until nothing of it is left."""
        self.send(Quit())
        link, self._link = self._link, None
        self._watchdog.stop()
        if link is not None:
            link.bury(patience=0.2)
        for one in self._dying:
            one.bury()
        self._dying.clear()

    def _on_heard(self, link: EngineLink, event: Event) -> None:
        if link is not self._link:
            return  # said by a process that was killed since
        self._last_beat = time.monotonic()
        if isinstance(event, Heartbeat):
            self.beat.emit(event)
        elif isinstance(event, Done) and event.id == 0:
            self.heard.emit(event.data)
        else:
            self.heard.emit(event)

    def _on_ended(self, link: EngineLink) -> None:
        if link in self._dying:
            self._dying.remove(link)
            link.bury()
        elif link is self._link:
            self._link = None
            self._watchdog.stop()
            code = link.bury(patience=2.0)
            self.died.emit(Death(code, self._why(code), self._last_words()))

    def _check_beat(self) -> None:
        if self._link is not None and time.monotonic() - self._last_beat > SILENT_SECONDS:
            self._hung = True
            self._link.process.kill()

    def _why(self, code: int) -> Fault:
        if self._hung:
            return fault("death.silent", seconds=round(SILENT_SECONDS))
        if code < 0:
            with contextlib.suppress(ValueError):
                name = signal.Signals(-code).name
                return fault(_DEATHS.get(name, "death.signal"), name=name)
        return fault("death.exit", status=code)

    def _last_words(self) -> str:
        try:
            return self._log.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:]
        except OSError:
            return ""


_DEATHS = {
    "SIGKILL": "death.killed",
    "SIGSEGV": "death.crashed",
    "SIGABRT": "death.crashed",
    "SIGILL": "death.processor",
    "SIGBUS": "death.shared_memory",
}
