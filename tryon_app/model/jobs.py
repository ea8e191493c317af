"""Jobs: what the engine is asked to do, one computing at a time, and one aside, the user's own wishes first.

A job is queued, running, done, failed or cancelled. A cancelled one that does not stop within its grace takes the
process with it; jobs that only read and write files are asked for again in the next process.
"""

import itertools
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from tryon_app.model.faults import Fault
from tryon_app.workers.answers import Ready
from tryon_app.workers.engine_process import EngineProcess
from tryon_app.workers.messages import Cancel, Cancelled, Death, Done, Failed, Part, Progress, Request
from tryon_app.workers.requests import (
    AnalyseGarment,
    AnalysePerson,
    Answer,
    AnyTask,
    AsideTask,
    FileTask,
    Handed,
    Load,
    Task,
    TryOn,
)

__all__ = ["AnalyseGarment", "AnalysePerson", "Job", "JobQueue", "Later", "Load", "Priority", "TryOn"]

State = Literal["queued", "running", "done", "failed", "cancelled"]
GRACE = 0.4  # seconds; with the look at the clock and the kill a cancel is over in half a second
_PATIENT = 8.0  # for what nobody waits for: starting the engine again takes longer than finishing a layer
_FIRST_GUESS = 0.04  # share after which time left is worth saying
_MOST_DEATHS, _WITHIN = 3, 120.0


class Priority(IntEnum):
    """Who waits for a job."""

    USER = 0
    SOON = 1
    IDLE = 2


@dataclass(frozen=True, eq=False)
class Later(Generic[Answer, Handed]):
    """A task that is put together when its job begins."""

    kind: type[Task[Answer, Handed]]
    make: Callable[[], Task[Answer, Handed]]


class Job(QObject):
    """One thing the engine is asked to do; `changed` whenever any of its fields is another.

    kind: the class of its task. task: None once it has ended, since it holds pictures.
    """

    changed = Signal()

    def __init__(self, queue: "JobQueue", number: int, task: AnyTask | Later[Any, Any], title: str) -> None:
        super().__init__()
        self._queue = queue
        self.id, self.title, self.priority = number, title, Priority.USER
        self.task: AnyTask | Later[Any, Any] | None = task
        self.kind: type[AnyTask] = task.kind if isinstance(task, Later) else type(task)
        self.state: State = "queued"
        self.stage = ""
        self.progress = 0.0
        self.fault: Fault | None = None
        self.details = ""
        self.on_part: Callable[[str, Any], object] | None = None
        self.on_done: Callable[[Any], object] | None = None
        self.on_failed: Callable[[Fault, str], object] | None = None
        self.on_cancelled: Callable[[], None] | None = None
        self.cancelling = False
        self.tries = 0
        self._started = 0.0

    @property
    def active(self) -> bool:
        """Whether it is queued or running."""
        return self.state in ("queued", "running")

    @property
    def computes(self) -> bool:
        """Whether it keeps the processor busy, and does more than read or write files."""
        return not issubclass(self.kind, FileTask)

    @property
    def aside(self) -> bool:
        """Whether it computes beside another."""
        return issubclass(self.kind, AsideTask)

    @property
    def seconds_left(self) -> float | None:
        """A guess from the share that is done, or None while there is nothing to guess from."""
        if self.state != "running" or self.progress < _FIRST_GUESS:
            return None
        return self.seconds * (1 - self.progress) / self.progress

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return time.monotonic() - self._started if self._started else 0.0

    def cancel(self, patient: bool = False) -> None:
        """Stop it. patient: give it time to end by itself before the process is killed."""
        self._queue.cancel(self, _PATIENT if patient else GRACE)

    def notify(self) -> None:
        """Something of it is another."""
        self.changed.emit()
        self._queue.changed.emit(self)

    def start(self) -> None:
        """It was sent to the engine."""
        self.state, self._started = "running", time.monotonic()
        self.tries += 1
        self.notify()

    def report(self, stage: str, share: float) -> None:
        """It is so far."""
        self.stage, self.progress = stage, share
        self.notify()


class JobQueue(QObject):
    """All jobs of one engine process, which it starts again when it dies.

    added, changed, ended: a `Job`. died: the process has ended by itself, with a Fault and details. ready: torch is
    there. gave_up: it died too often and is left alone until `restart`.
    """

    added = Signal(object)
    changed = Signal(object)
    ended = Signal(object)
    died = Signal(object, str)
    ready = Signal(object)
    gave_up = Signal()
    idle = Signal()

    def __init__(self, process: EngineProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = process
        self._numbers = itertools.count(1)
        self._waiting: list[Job] = []
        self._sent: dict[int, Job] = {}
        self._patience: dict[int, float] = {}
        self._enforcing = QTimer(self, interval=50)
        self._enforcing.timeout.connect(self._enforce_cancel)
        self._is_ready = self._stopped = False
        self._deaths: list[float] = []
        self.threads = 0
        process.heard.connect(self._on_heard)
        process.died.connect(self._on_died)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Every job that is running or waits, in the order they will be done."""
        return (*self._sent.values(), *self._waiting)

    @property
    def computing(self) -> Job | None:
        """The job that keeps the processor busy."""
        return next((job for job in self._sent.values() if job.computes), None)

    @property
    def is_ready(self) -> bool:
        """Whether torch is imported."""
        return self._is_ready

    def start(self) -> None:
        """Start the engine's process."""
        self._stopped = False
        self._process.start(self.threads)
        self._send_next()

    def stop(self) -> None:
        """Cancel everything and end the process."""
        self._stopped = True
        for job in self.jobs:
            self._end(job, "cancelled")
        self._enforcing.stop()
        self._process.stop()

    def restart(self, without: Job | None = None) -> None:
        """End the process at once and start another; file jobs are done again, those that compute are cancelled.

        without: the job that is to stop; all others are done again.
        """
        self._process.kill()
        self._is_ready = False
        for job in list(self._sent.values()):
            if job.cancelling or (without is None and job.computes):
                self._end(job, "cancelled")
            else:
                self._again(job)
        self.start()

    def submit(
        self,
        task: Task[Answer, Handed] | Later[Answer, Handed],
        *,
        title: str = "",
        priority: Priority = Priority.USER,
        on_done: Callable[[Answer], object] | None = None,
        on_part: Callable[[str, Handed], object] | None = None,
        on_failed: Callable[[Fault, str], object] | None = None,
    ) -> Job:
        """Ask for a task of `tryon_app.workers.requests`. title: what it is done to, as people call it."""
        job = Job(self, next(self._numbers), task, title)
        job.priority, job.on_done, job.on_part, job.on_failed = priority, on_done, on_part, on_failed
        self._waiting.append(job)
        self._waiting.sort(key=lambda one: (one.priority, one.id))
        self.added.emit(job)
        self._make_room(job)
        self._send_next()
        return job

    def promote(self, job: Job) -> None:
        """The user waits for this job now."""
        job.priority = Priority.USER
        self._waiting.sort(key=lambda one: (one.priority, one.id))
        job.notify()

    def cancel(self, job: Job, grace: float = GRACE) -> None:
        """Stop a job; a running one has `grace` seconds to end by itself."""
        if job in self._waiting:
            self._waiting.remove(job)
            self._end(job, "cancelled")
        elif job.id in self._sent:
            job.cancelling = True
            job.notify()
            self._process.send(Cancel(job.id))
            until = time.monotonic() + grace
            self._patience[job.id] = min(until, self._patience.get(job.id, until))
            self._enforcing.start()

    def _enforce_cancel(self) -> None:
        """Patience has ended with a job that was to stop."""
        now = time.monotonic()
        late = [job for job in self._sent.values() if job.cancelling and now >= self._patience.get(job.id, now)]
        if late:
            logging.getLogger("jobs").info("%s did not stop; the engine is started again", late[0].title)
            self.restart(late[0])
        elif not any(job.cancelling for job in self._sent.values()):
            self._enforcing.stop()

    def _make_room(self, job: Job) -> None:
        """What is done for nobody in particular gives way."""
        if not job.computes or job.priority is Priority.IDLE:
            return
        for running in list(self._sent.values()):
            if running.computes and running.priority is Priority.IDLE and not running.cancelling:
                self.cancel(running, _PATIENT)

    def _send_next(self) -> None:
        if self._stopped or not self._process.alive:
            return
        for job in self._sendable():
            self._waiting.remove(job)
            self._sent[job.id] = job
            assert job.task is not None
            self._process.send(Request(job.id, job.task.make() if isinstance(job.task, Later) else job.task))
            job.start()

    def _sendable(self) -> Iterator[Job]:
        taken = {job.aside for job in self._sent.values() if job.computes}
        for job in list(self._waiting):
            if not job.computes:
                yield job
            elif self._is_ready and job.aside not in taken:
                taken.add(job.aside)
                yield job

    def _on_heard(self, event: object) -> None:
        if isinstance(event, Ready):
            self._is_ready = True
            self.ready.emit(event)
        else:
            job = self._sent.get(getattr(event, "id", -1))
            if job is not None:
                self._tell(job, event)
        self._send_next()
        if self._is_ready and not self.jobs:
            self.idle.emit()

    def _tell(self, job: Job, event: object) -> None:
        if isinstance(event, Progress):
            job.report(event.stage, event.share)
        elif isinstance(event, Part):
            if job.on_part is not None and not job.cancelling:
                job.on_part(event.name, event.data)
        elif isinstance(event, Failed):
            job.fault, job.details = event.fault, event.details
            self._end(job, "failed")
        elif isinstance(event, Cancelled) or job.cancelling:
            self._end(job, "cancelled")
        elif isinstance(event, Done):
            self._end(job, "done", event.data)

    def _again(self, job: Job) -> None:
        self._sent.pop(job.id, None)
        job.state = "queued"
        self._waiting.insert(0, job)

    def _end(self, job: Job, state: State, data: Any = None) -> None:
        self._sent.pop(job.id, None)
        if job in self._waiting:
            self._waiting.remove(job)
        self._patience.pop(job.id, None)
        job.task = None  # pictures; the job itself may be held by whoever shows it
        job.state, job.progress = state, 1.0 if state == "done" else job.progress
        job.notify()
        self.ended.emit(job)
        if state == "done" and job.on_done is not None:
            job.on_done(data)
        elif state == "failed" and job.on_failed is not None and job.fault is not None:
            job.on_failed(job.fault, job.details)
        elif state == "cancelled" and job.on_cancelled is not None:
            job.on_cancelled()

    def _on_died(self, death: Death) -> None:
        logging.getLogger("jobs").error("%s\n%s", death.fault, death.details)
        self._is_ready = False
        now = time.monotonic()
        self._deaths = [when for when in self._deaths if now - when < _WITHIN] + [now]
        for job in list(self._sent.values()):
            if job.tries < 2 and not (job.computes or job.cancelling):
                self._again(job)
            elif job.cancelling:
                self._end(job, "cancelled")
            else:
                job.fault, job.details = death.fault, death.details
                self._end(job, "failed")
        self.died.emit(death.fault, death.details)
        if len(self._deaths) < _MOST_DEATHS:
            self.start()
        else:
            self.gave_up.emit()
