"""One process of the engine and the way to it: the pipe, a thread for each direction, and what has to be tidied up."""

import queue
from multiprocessing.connection import Connection
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from tryon_app.workers.begun import Begun
from tryon_app.workers.sharing import Sender, last_number, sweep, sweep_dead, unpack


class _Reader(QThread):
    """Waits for events, takes their arrays out of shared memory, and ends with the process."""

    heard = Signal(object)
    ended = Signal()

    def __init__(self, connection: Connection, parent: QObject) -> None:
        super().__init__(parent)
        self._connection = connection
        self.last = -1

    def run(self) -> None:
        while True:
            try:
                event = self._connection.recv()
                self.last = max(self.last, last_number(event))
                event = unpack(event)
            except (EOFError, OSError):
                break
            self.heard.emit(event)
        self.ended.emit()


class _Writer(QThread):
    """Puts arrays into shared memory and sends; a full pipe or a slow copy makes only this thread wait."""

    def __init__(self, connection: Connection, prefix: str, parent: QObject) -> None:
        super().__init__(parent)
        self._connection = connection
        self.packer = Sender(prefix)
        self._waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def put(self, message: Any) -> None:
        self._waiting.put(message)

    def run(self) -> None:
        while (message := self._waiting.get()) is not None:
            packed = self.packer.pack(message)
            try:
                self._connection.send(packed)
            except (OSError, ValueError):
                return  # the process is gone; the reader says so


class EngineLink(QObject):
    """A process from its start to its end. heard: an event; ended: the process has closed its side."""

    heard = Signal(object, object)  # the link itself, to tell a process from the one before it
    ended = Signal(object)

    def __init__(self, begun: Begun, parent: QObject) -> None:
        super().__init__(parent)
        sweep_dead()
        self._begun, self.process = begun, begun.process
        self._reader = _Reader(begun.connection, self)
        self._writer = _Writer(begun.connection, begun.to_engine, self)
        self._reader.heard.connect(self._pass_on)
        self._reader.ended.connect(self._pass_end_on)
        self._reader.start()
        self._writer.start()

    def say(self, message: Any) -> None:
        """Send a message, after those before it."""
        self._writer.put(message)

    def _pass_on(self, event: Any) -> None:
        self.heard.emit(self, event)

    def _pass_end_on(self) -> None:
        self.ended.emit(self)

    def bury(self, patience: float = 0.0) -> int:
        """End the process if it has not ended, let go of everything, and say its exit code (negative: a signal)."""
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        self._writer.put(None)
        self._writer.wait()
        self._reader.wait()
        self._begun.connection.close()
        sweep(self._begun.to_window, self._reader.last + 1)
        sweep(self._begun.to_engine, self._writer.packer.sent)
        self.process.close()
        self.setParent(None)
        self.deleteLater()
        return code
