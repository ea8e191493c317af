"""What the window's process and the engine's say to each other. Plain data; arrays inside travel as shared memory."""

from dataclasses import dataclass
from typing import Any

from engine.messages import Fault
from tryon_app.workers.answers import Ready
from tryon_app.workers.requests import AnyTask


@dataclass(frozen=True)
class Request:
    """Do a task; every answer carries the same id."""

    id: int
    task: AnyTask


@dataclass(frozen=True)
class Cancel:
    """Stop the request at the next layer."""

    id: int


@dataclass(frozen=True)
class Quit:
    """End the process once nothing is running."""


@dataclass(frozen=True)
class Heartbeat:
    """The process is alive: its resident memory and, on a GPU, the memory of its tensors, in bytes."""

    memory: int
    gpu_memory: int = 0


@dataclass(frozen=True)
class Progress:
    """How far a request is: the name of the running stage and the share that is done, 0 to 1."""

    id: int
    stage: str
    share: float


@dataclass(frozen=True)
class Part:
    """Something a request has finished on its way."""

    id: int
    name: str
    data: Any


@dataclass(frozen=True)
class Done:
    """A request is finished."""

    id: int
    data: Any


@dataclass(frozen=True)
class Failed:
    """A request cannot be fulfilled: why, and a traceback where the fault is ours."""

    id: int
    fault: Fault
    details: str = ""


@dataclass(frozen=True)
class Cancelled:
    """A request was stopped as asked."""

    id: int


Event = Heartbeat | Ready | Progress | Part | Done | Failed | Cancelled


@dataclass(frozen=True)
class Death:
    """The process has ended by itself: its exit code (negative: a signal), why, and its last words."""

    code: int
    fault: Fault
    details: str = ""
