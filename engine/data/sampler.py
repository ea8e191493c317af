"""The order in which samples are trained on: a function of the seed and the position, so that resuming is exact."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.errors import TryOnError


@dataclass(frozen=True)
class Draw:
    """One batch of one process: the epoch, the sample numbers, and the place of each in the order of that epoch."""

    epoch: int
    indices: tuple[int, ...]
    places: tuple[int, ...]


class EpochSampler:
    """Endless batches; each epoch is a new order of `count` samples, of which incomplete batches are dropped.

    `batch` is the size a process; `world` processes share every global batch of batch x world samples, process `rank`
    taking every world-th of them. So one process with a batch of 8 sees the samples that two with 4 see. `position` is
    the number of batches drawn; it is all the state there is. `TryOnError` when there are fewer samples than a global
    batch.
    """

    def __init__(self, count: int, seed: int, batch: int, rank: int = 0, world: int = 1) -> None:
        if count < batch * world:
            raise TryOnError("batch.small", count=count, batch=batch * world)
        self.count, self.seed, self.batch, self.rank, self.world = count, seed, batch, rank, world
        self.position = 0
        self._order: tuple[int, np.ndarray[tuple[int], np.dtype[np.int64]]] = (-1, np.empty(0, dtype=np.int64))

    @property
    def steps_per_epoch(self) -> int:
        return self.count // (self.batch * self.world)

    def at(self, position: int) -> Draw:
        """The batch at a position, whatever has been drawn before."""
        epoch, step = divmod(position, self.steps_per_epoch)
        if self._order[0] != epoch:
            self._order = epoch, np.random.default_rng([self.seed, epoch]).permutation(self.count)
        first = step * self.batch * self.world
        places = range(first + self.rank, first + self.batch * self.world, self.world)
        return Draw(epoch, tuple(int(self._order[1][place]) for place in places), tuple(places))

    def __iter__(self) -> "EpochSampler":
        return self

    def __next__(self) -> Draw:
        draw = self.at(self.position)
        self.position += 1
        return draw

    def state_dict(self) -> dict[str, int]:
        """Everything needed to go on, as plain numbers."""
        return {
            "position": self.position,
            "seed": self.seed,
            "count": self.count,
            "global_batch": self.batch * self.world,
        }

    def load_state_dict(self, state: Mapping[str, int]) -> None:
        """Go on where `state` was taken. `TryOnError` when data, batch or seed are others than then."""
        own = self.state_dict()
        for key, what in (("count", "number of samples"), ("global_batch", "batch size"), ("seed", "seed")):
            if state[key] != own[key]:
                raise TryOnError("run.changed", what=what, before=state[key], now=own[key])
        self.position = state["position"]
