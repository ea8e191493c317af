"""An engine process that does nothing: it notes what it is told, and says what the test wants it to say."""

from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from engine.messages import fault, said
from tryon_app.workers.answers import Ready
from tryon_app.workers.child import answer
from tryon_app.workers.context import TaskContext
from tryon_app.workers.messages import Cancel, Cancelled, Death, Done, Failed, Part, Progress, Quit, Request
from tryon_app.workers.requests import AnyTask, FileTask
from tryon_app.workers.tasks import FILES

T = TypeVar("T", bound=AnyTask)


class FakeProcess(QObject):
    """The signals and methods of `EngineProcess`."""

    heard = Signal(object)
    beat = Signal(object)
    died = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.alive = False
        self.started = self.kills = 0
        self.said: list[Request | Cancel | Quit] = []

    def start(self, threads: int = 0) -> None:
        self.alive = True
        self.started += 1

    def send(self, message: Request | Cancel | Quit) -> None:
        self.said.append(message)

    def kill(self) -> None:
        self.alive = False
        self.kills += 1

    def stop(self) -> None:
        self.alive = False

    # what tests make it say

    def ready(self) -> None:
        self.heard.emit(Ready("cpu", "CPU"))

    def requests(self, kind: type[AnyTask]) -> list[Request]:
        return [one for one in self.said if isinstance(one, Request) and type(one.task) is kind]

    def last(self, kind: type[AnyTask]) -> Request:
        return self.requests(kind)[-1]

    def task(self, kind: type[T]) -> T:
        """The last task of that class."""
        found = self.last(kind).task
        assert isinstance(found, kind)
        return found

    def cancels(self) -> list[int]:
        return [one.id for one in self.said if isinstance(one, Cancel)]

    def done(self, kind: type[AnyTask], data: Any = None) -> None:
        self.heard.emit(Done(self.last(kind).id, data))

    def part(self, kind: type[AnyTask], name: str, data: Any) -> None:
        self.heard.emit(Part(self.last(kind).id, name, data))

    def progress(self, kind: type[AnyTask], stage: str, share: float) -> None:
        self.heard.emit(Progress(self.last(kind).id, stage, share))

    def failed(self, kind: type[AnyTask], sentence: str) -> None:
        self.heard.emit(Failed(self.last(kind).id, said(sentence), "traceback"))

    def cancelled(self, kind: type[AnyTask]) -> None:
        self.heard.emit(Cancelled(self.last(kind).id))

    def die(self) -> None:
        self.alive = False
        self.died.emit(Death(-9, fault("death.signal", name="SIGKILL"), "last words"))


class FileProcess(FakeProcess):
    """One that reads and writes files as the engine's does, in the order in which it is asked; nothing else is done."""

    def send(self, message: Request | Cancel | Quit) -> None:
        super().send(message)
        if isinstance(message, Request) and isinstance(message.task, FileTask):
            QTimer.singleShot(0, self, lambda: self._answer(message))

    def _answer(self, message: Request) -> None:
        call = TaskContext(self.heard.emit, message.id)
        self.heard.emit(answer(call, message.task, FILES[type(message.task)]))
