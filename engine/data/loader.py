"""Batches for a training loop: endless, in a fixed order, made ahead of time, resumable at any position."""

import multiprocessing
from collections.abc import Collection, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

import numpy as np
import torch

from engine.arrays import Size
from engine.data.augment import AugmentConfig, augment
from engine.data.batches import Batch, RawBatch, raw_batch, to_batch
from engine.data.cache import PackedCache
from engine.data.prefetch import Prefetcher
from engine.data.sample import Sample, resized
from engine.data.sampler import Draw, EpochSampler
from engine.errors import TryOnError


class Source(Protocol):
    """Where samples come from: `VitonDataset` or `PackedCache`."""

    @property
    def names(self) -> list[str]: ...

    def __getitem__(self, index: int) -> Sample: ...


@dataclass(frozen=True)
class BatchMaker:
    """Makes one batch from a draw of the sampler; the same draw gives the same batch in any thread or process."""

    source: Source
    rows: tuple[int, ...]
    size: Size | None
    augment: AugmentConfig | None
    seed: int

    def __call__(self, draw: Draw, number: int = 0) -> RawBatch:
        """The batch of a draw; its number does not matter."""
        pairs = zip(draw.indices, draw.places, strict=True)
        return raw_batch([self._sample(index, [self.seed, draw.epoch, place]) for index, place in pairs])

    def _sample(self, index: int, seed: list[int]) -> Sample:
        sample = self.source[self.rows[index]]
        if self.augment is not None:
            sample = augment(sample, np.random.default_rng(seed), self.augment)
        return sample if self.size is None else resized(sample, self.size)


class BatchLoader:
    """An endless iterator of `Batch`, `ahead` of which are being made by `workers` threads or processes.

    `names` chooses samples of the source (all by default), `size` resizes them, `augment` changes them at random; every
    random number follows from `seed`, epoch and place, so neither workers nor a resume change a batch. `workers=0`
    makes each batch when it is asked for. Threads suit a few cores; `processes=True` (from a `PackedCache` only) feeds
    a GPU from many. `state_dict` is the position of what has been handed out, not of what has been made ahead. Use it
    in a `with` block, or `close` it.
    """

    def __init__(
        self,
        source: Source,
        batch: int,
        *,
        size: Size | None = None,
        names: Collection[str] | None = None,
        augment: AugmentConfig | None = None,
        seed: int = 0,
        workers: int = 1,
        processes: bool = False,
        rank: int = 0,
        world: int = 1,
        device: torch.device | str = "cpu",
    ) -> None:
        rows = _rows(source, names)
        self.sampler = EpochSampler(len(rows), seed, batch, rank, world)
        self.device = torch.device(device)
        maker = BatchMaker(source, rows, size, augment, seed)
        self._feed = Prefetcher(maker, self.sampler, workers, _pool(source, workers) if processes else None)

    def __iter__(self) -> "BatchLoader":
        return self

    def __next__(self) -> Batch:
        return to_batch(next(self._feed), self.device)

    @property
    def steps_per_epoch(self) -> int:
        return self.sampler.steps_per_epoch

    def state_dict(self) -> dict[str, int]:
        """The position, as plain numbers."""
        return self._feed.state_dict()

    def load_state_dict(self, state: Mapping[str, int]) -> None:
        """Go on after the batch that was handed out last when `state` was taken. `TryOnError` for other data."""
        self._feed.load_state_dict(state)

    def close(self) -> None:
        """Stop the workers."""
        self._feed.close()

    def __enter__(self) -> "BatchLoader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _rows(source: Source, names: Collection[str] | None) -> tuple[int, ...]:
    if names is None:
        return tuple(range(len(source.names)))
    places = {name: row for row, name in enumerate(source.names)}
    missing = [name for name in names if name not in places]
    if missing:
        raise TryOnError("data.no_name", name=missing[0], count=len(missing))
    return tuple(places[name] for name in sorted(set(names)))


def _pool(source: Source, workers: int) -> ProcessPoolExecutor | None:
    if workers == 0:
        return None
    if not isinstance(source, PackedCache):
        raise ValueError("only a PackedCache can be read by worker processes")
    # forking a process in which torch already runs threads may hang
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
