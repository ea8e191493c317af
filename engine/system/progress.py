"""Telling a caller how far a job is, and letting them stop it between two layers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from engine.errors import Aborted
from engine.messages import Fault, fault

Progress = Callable[[str, float], None]
"""Called with the name of the running stage and the share of the whole job that is done, 0 to 1."""

Abort = Callable[[], bool]
"""Asked between layers; True stops the job with `Aborted`."""


class ProgressTracker:
    """Follows a job: reports how far it is, raises `Aborted` when the caller wants out, and collects what to tell them.

    The share reported never goes back, even where a stage has to be done again.
    """

    def __init__(self, progress: Progress | None = None, abort: Abort | None = None) -> None:
        self._progress = progress
        self._abort = abort
        self._stage, self._begin, self._end = "", 0.0, 0.0
        self._done, self._total = 0, 1
        self._furthest = 0.0
        self._piece, self._pieces = 0, 1
        self._plan: Mapping[str, tuple[float, float]] = {}
        self._name = ""
        self.notes: list[Fault] = []

    def plan(self, shares: Mapping[str, tuple[float, float]]) -> None:
        """The stages to `enter`, and from which share of the job to which each of them takes it."""
        self._plan = shares

    def enter(self, stage: str, ticks: int = 1) -> None:
        """`begin` a stage of the plan; one that is not in it is the whole job."""
        name = self._name or stage
        self.begin(name, self._plan.get(name, (0.0, 1.0)), ticks)

    @contextmanager
    def named(self, name: str) -> Iterator[None]:
        """While inside, stages are entered under this name."""
        self._name = name
        try:
            yield
        finally:
            self._name = ""

    def begin(self, stage: str, share: tuple[float, float], ticks: int = 1) -> None:
        """Enter a stage that takes the job from share[0] to share[1] in `ticks` steps."""
        self._stage, (self._begin, self._end) = stage, share
        self._done, self._total = 0, max(ticks, 1)
        self.reach(0.0)

    def tick(self) -> None:
        """One more layer of the stage is about to run."""
        self.reach(self._done / self._total)
        self._done += 1

    def reach(self, part: float) -> None:
        """This much of the stage is done, 0 to 1."""
        self.check()
        part = (self._piece + min(part, 1.0)) / self._pieces
        self._furthest = max(self._furthest, self._begin + (self._end - self._begin) * part)
        if self._progress is not None:
            self._progress(self._stage, self._furthest)

    def check(self) -> None:
        """Raises `Aborted` when the caller wants out."""
        if self._abort is not None and self._abort():
            raise Aborted(f"stopped during {self._stage}" if self._stage else "stopped before it began")

    @contextmanager
    def piece(self, number: int, count: int) -> Iterator[None]:
        """While inside, stages are done for one of `count` pictures, and are over with the last of them."""
        self._piece, self._pieces = number, count
        try:
            yield
        finally:
            self._piece, self._pieces = 0, 1

    def note(self, code: str, **values: object) -> None:
        """Something the user should know about, by its code in `engine.messages`; said once."""
        said = fault(code, **values)
        if said not in self.notes:
            self.notes.append(said)
