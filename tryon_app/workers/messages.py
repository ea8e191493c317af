"""What the window's process and the engine's say to each other. Plain data; arrays inside travel as shared memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.messages import Fault


@dataclass(frozen=True)
class Request:
    """Do the task called `kind` (see `tryon_app.workers.tasks`); every answer carries the same id."""

    id: int
    kind: str
    payload: Mapping[str, Any] = field(default_factory=dict)


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
class Ready:
    """torch is imported: the device that "auto" means here, and how it is called."""

    device: str
    title: str
    seconds: float


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
