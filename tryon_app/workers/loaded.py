"""The networks that are in memory: loaded when first needed, kept until other ones are wanted."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from tryon_app.workers.context import TaskContext
from tryon_app.workers.requests import Load, Networks

if TYPE_CHECKING:
    from engine.tryon.pipeline import TryOnPipeline


_PATIENCE = 0.05  # seconds after which a thread that waits for another's networks asks whether it is still wanted


class Loaded:
    """One pipeline and one set of analysis networks at a time, by what was asked for. For several threads."""

    def __init__(self) -> None:
        self._turns: dict[str, Lock] = defaultdict(Lock)
        self._pipeline: tuple[Networks, TryOnPipeline] | None = None
        self._estimators: dict[str, tuple[tuple[str, str], Any]] = {}

    def load(self, asked: Load, call: TaskContext) -> None:
        """Load the networks of a try-on. Raises `TryOnError` where they cannot be had."""
        self.pipeline(asked.networks, call)

    def pipeline(self, wanted: Networks, call: TaskContext) -> "TryOnPipeline":
        """The try-on with these networks. Raises `TryOnError` where it cannot be had."""
        from engine.tryon.pipeline import load_pipeline

        with self._turn("pipeline", call):
            if self._pipeline is None or self._pipeline[0] != wanted:
                self._pipeline = None  # two in memory at once may be one too many
                call.progress("loading", 0.0)
                self._pipeline = wanted, load_pipeline(wanted.pack, wanted.device, wanted.precision)
            return self._pipeline[1]

    @contextmanager
    def _turn(self, kind: str, call: TaskContext) -> Iterator[None]:
        """One thread at a time loads networks of a kind. Raises `Aborted` when the caller waits no longer."""
        from engine.errors import Aborted

        while not self._turns[kind].acquire(timeout=_PATIENCE):
            if call.aborted():
                raise Aborted
        try:
            yield
        finally:
            self._turns[kind].release()

    def estimator(self, wanted: Networks, call: TaskContext) -> Any:
        """The pack's analysis of people. Raises `TryOnError` where the pack has none."""
        from engine.analysis.common.pack_estimators import load_person_estimator

        return self._estimator("person", wanted, call, load_person_estimator)

    def people_estimator(self, wanted: Networks, call: TaskContext) -> Any:
        """As `estimator`; None where the pack has none, since a lone garment needs none."""
        from engine.errors import TryOnError

        try:
            return self.estimator(wanted, call) if wanted.pack else None
        except TryOnError:
            return None

    def garment_estimator(self, wanted: Networks, call: TaskContext) -> Any:
        """The pack's network for garments, None where it has none: plain backgrounds need none."""
        from engine.analysis.common.pack_estimators import load_garment_estimator

        return self._estimator("garment", wanted, call, load_garment_estimator) if wanted.pack else None

    def _estimator(self, kind: str, wanted: Networks, call: TaskContext, load: Callable[[str, str], Any]) -> Any:
        key = (wanted.pack, wanted.device)
        with self._turn(kind, call):
            if kind not in self._estimators or self._estimators[kind][0] != key:
                call.progress("loading", 0.0)
                self._estimators.pop(kind, None)  # two in memory at once may be one too many
                self._estimators[kind] = key, load(*key)
            return self._estimators[kind][1]
