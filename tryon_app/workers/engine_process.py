"""The engine's process as the window sees it: started, spoken to, listened to, killed, and its death explained.

Lives in the GUI thread and speaks in signals. Two threads wait for the pipe, one each way, so that neither a large
picture nor a busy engine holds the window up.
"""

import contextlib
import multiprocessing
import os
import queue
import secrets
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from tryon_app.workers.child import serve
from tryon_app.workers.messages import Beat, Cancel, Death, Done, Event, Part, Quit, Ready, Request
from tryon_app.workers.sharing import Sender, last_number, sweep, unpack

SILENT_SECONDS = 60.0
"""Without a beat for so long the process counts as hung. Importing torch on a busy machine can take many seconds."""
_LAST_WORDS = 8_000


class _Reader(QThread):
    """Waits for events, takes their arrays out of shared memory, and ends with the process."""

    heard = Signal(object, object)  # the thread itself, to tell a process from the one before it
    ended = Signal(object)

    def __init__(self, connection: Connection, parent: QObject) -> None:
        super().__init__(parent)
        self._connection = connection
        self.last = -1

    def run(self) -> None:
        while True:
            try:
                event = self._connection.recv()
                self.last = max(self.last, last_number(event.data) if isinstance(event, Done | Part) else -1)
                if isinstance(event, Done):
                    event = Done(event.id, unpack(event.data))
                elif isinstance(event, Part):
                    event = Part(event.id, event.name, unpack(event.data))
            except (EOFError, OSError):
                break
            self.heard.emit(self, event)
        self.ended.emit(self)


class _Writer(QThread):
    """Puts arrays into shared memory and sends; a full pipe or a slow copy makes only this thread wait."""

    def __init__(self, connection: Connection, prefix: str, parent: QObject) -> None:
        super().__init__(parent)
        self._connection = connection
        self.sender = Sender(prefix)
        self._waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def put(self, message: Any) -> None:
        self._waiting.put(message)

    def run(self) -> None:
        while (message := self._waiting.get()) is not None:
            if isinstance(message, Request):
                message = Request(message.id, message.kind, self.sender.pack(message.payload))
            try:
                self._connection.send(message)
            except (OSError, ValueError):
                return  # the process is gone; the reader says so


class EngineProcess(QObject):
    """One engine process at a time.

    `heard` carries every `Event` but beats, `beat` the memory in bytes. `died` is emitted when the process ends though
    nobody asked it to; it is not started again by itself.
    """

    heard = Signal(object)
    beat = Signal(object)
    died = Signal(object)

    def __init__(self, log_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log_folder / "engine.log"
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._reader: _Reader | None = None
        self._writer: _Writer | None = None
        self._prefix = ""
        self._hung = False
        self._last_beat = time.monotonic()
        self._watchdog = QTimer(self, interval=5_000)
        self._watchdog.timeout.connect(self._check_beat)

    @property
    def alive(self) -> bool:
        """Whether there is a process."""
        return self._process is not None and self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return None if self._process is None else self._process.pid

    def start(self, threads: int = 0) -> None:
        """Start the process; `Ready` follows as the answer to request 0 when torch is imported."""
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._prefix = f"tryon-{os.getpid()}-{secrets.token_hex(3)}"
        self._process = context.Process(
            target=serve, args=(other, f"{self._prefix}-e", str(self._log), threads), name="tryon engine", daemon=True
        )
        self._process.start()
        other.close()
        self._hung, self._last_beat = False, time.monotonic()
        self._reader = _Reader(self._connection, self)
        self._reader.heard.connect(self._on_heard)
        self._reader.ended.connect(self._on_ended)
        self._writer = _Writer(self._connection, f"{self._prefix}-w", self)
        self._reader.start()
        self._writer.start()
        self._watchdog.start()

    def send(self, message: Request | Cancel | Quit) -> None:
        """Say something to the process."""
        if self._writer is not None:
            self._writer.put(message)

    def kill(self) -> None:
        """End the process at once, without `died`."""
        self._end(lambda process: process.kill())

    def stop(self) -> None:
        """End the process: politely, then not."""
        self.send(Quit())
        self._end(self._let_go)

    def _let_go(self, process: multiprocessing.process.BaseProcess) -> None:
        process.join(0.2)
        if process.is_alive():
            process.kill()

    def _end(self, how: Any) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        self._watchdog.stop()
        how(process)
        process.join()
        self._clear()
        process.close()

    def _clear(self) -> None:
        """Stop both threads and remove what lies in shared memory; the process has ended."""
        reader, writer, connection = self._reader, self._writer, self._connection
        self._reader = self._writer = self._connection = None
        if reader is None or writer is None or connection is None:
            return
        writer.put(None)
        writer.wait()
        reader.wait()
        connection.close()
        sweep(f"{self._prefix}-e", reader.last + 1)
        sweep(f"{self._prefix}-w", writer.sender.sent)
        for thread in (reader, writer):
            thread.deleteLater()

    def _on_heard(self, reader: _Reader, event: Event) -> None:
        if reader is not self._reader:
            return  # said by a process that was killed since
        self._last_beat = time.monotonic()
        if isinstance(event, Beat):
            self.beat.emit(event)
        elif isinstance(event, Done) and event.id == 0:
            self.heard.emit(Ready(**event.data))
        else:
            self.heard.emit(event)

    def _on_ended(self, reader: _Reader) -> None:
        process = self._process
        if reader is not self._reader or process is None:
            return
        self._process = None
        self._watchdog.stop()
        process.join(2.0)
        if process.is_alive():  # it closed its end of the pipe and lives on
            process.kill()
            process.join()
        code = process.exitcode or 0
        self._clear()
        process.close()
        self.died.emit(Death(code, self._why(code), self._last_words()))

    def _check_beat(self) -> None:
        if self._process is not None and time.monotonic() - self._last_beat > SILENT_SECONDS:
            self._hung = True
            self._process.kill()

    def _why(self, code: int) -> str:
        if self._hung:
            return f"The engine did not answer for {SILENT_SECONDS:.0f} seconds and was ended."
        if code < 0:
            with contextlib.suppress(ValueError):
                name = signal.Signals(-code).name
                hint = _HINTS.get(name, "")
                return f"The engine was ended by the signal {name}{hint}."
        return f"The engine ended unexpectedly (exit code {code})."

    def _last_words(self) -> str:
        try:
            return self._log.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:]
        except OSError:
            return ""


_HINTS = {
    "SIGKILL": ": another program ended it, or the system ran out of memory",
    "SIGSEGV": ": it crashed",
    "SIGABRT": ": it crashed",
    "SIGILL": ": this build of PyTorch does not fit the processor",
    "SIGBUS": ": it crashed, or the memory for pictures (/dev/shm) is full",
}
