"""Batches made ahead of time by threads, in the order of a sampler, resumable at any position."""

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from engine.data.sampler import Draw, EpochSampler

Made = TypeVar("Made")


class Prefetcher(Generic[Made]):
    """An endless iterator of what `make` gives for the sampler's draws.

    `make` gets the draw and the number of the batch, and has to give the same for the same ones in any thread.
    `workers=0` makes each batch when it is asked for. `pool`: where the workers run; threads without. A batch that
    cannot be made raises what `make` raised, each time that it is asked for; none is skipped.
    """

    def __init__(
        self, make: Callable[[Draw, int], Made], sampler: EpochSampler, workers: int, pool: Executor | None = None
    ) -> None:
        self.sampler = sampler
        self._make = make
        self._pool = pool or (ThreadPoolExecutor(workers, thread_name_prefix="batches") if workers else None)
        self._ahead = workers + 1
        self._waiting: deque[Future[Made]] = deque()

    def __iter__(self) -> "Prefetcher[Made]":
        return self

    def __next__(self) -> Made:
        position = self.sampler.position
        if self._pool is None:
            made = self._make(self.sampler.at(position), position)
        else:
            while len(self._waiting) < self._ahead:
                number = position + len(self._waiting)
                self._waiting.append(self._pool.submit(self._make, self.sampler.at(number), number))
            made = self._waiting[0].result()  # one that failed stays first: asked again, it fails again
            self._waiting.popleft()
        self.sampler.position += 1
        return made

    def state_dict(self) -> dict[str, int]:
        """The position of what has been handed out, as plain numbers."""
        return self.sampler.state_dict()

    def load_state_dict(self, state: Mapping[str, int]) -> None:
        """Go on after the batch that was handed out last when `state` was taken. `TryOnError` for other data."""
        self.sampler.load_state_dict(state)
        self._drop_waiting()

    def close(self) -> None:
        """Stop the workers."""
        self._drop_waiting()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _drop_waiting(self) -> None:
        while self._waiting:
            self._waiting.popleft().cancel()
