"""One request while it runs: what its task uses to report and to hear that it is no longer wanted."""

import threading
from collections.abc import Callable
from typing import Any

from tryon_app.workers.messages import Event, Part, Progress


class TaskContext:
    """The way from a running task to the window. say: sends an event."""

    def __init__(self, say: Callable[[Event], None], request: int) -> None:
        self.id = request
        self._say = say
        self._stop = threading.Event()
        self._said = (-1, "")

    def stop(self) -> None:
        """The request is no longer wanted."""
        self._stop.set()

    def aborted(self) -> bool:
        """Whether it should end; asked between layers."""
        return self._stop.is_set()

    def progress(self, stage: str, share: float) -> None:
        """Report how far it is, at most once a half per cent."""
        now = (round(share * 200), stage)
        if now != self._said:
            self._said = now
            self._say(Progress(self.id, stage, share))

    def part(self, name: str, data: Any) -> None:
        """Hand over something finished on the way."""
        self._say(Part(self.id, name, data))


Work = Callable[[Any, TaskContext], Any]
"""Fulfils a request of `tryon_app.workers.requests` and returns its answer."""
