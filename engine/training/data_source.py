"""What a run reads: training batches from the packed cache of a data set, and the held-out pairs.

Which pairs a step sees and how they are augmented follows from the seed and the step alone, so a run that is resumed or
spread over several processes sees the same ones. Recipes that start with smaller pictures change the size on the way.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch

from engine.arrays import Size
from engine.data.augment import AugmentConfig
from engine.data.batches import Batch, raw_batch, to_batch
from engine.data.cache import PackedCache, cached
from engine.data.layout import VitonDataset
from engine.data.loader import BatchLoader, Source
from engine.data.raw.street_pairs import Dress, with_street
from engine.data.sample import resized
from engine.data.split import Split, split_names
from engine.errors import TryOnError
from engine.training.fabric import Fabric
from engine.training.options import LoopOptions, check

SizeAt = Callable[[int], Size]  # step (0 is the first) -> (height, width) of the pictures


class Endless(Protocol):
    """Training batches, and the position in them."""

    def __next__(self) -> Any: ...

    def state_dict(self) -> dict[str, Any]: ...

    def load_state_dict(self, state: dict[str, Any]) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Data:
    """The batches of a run; the held-out ones begin anew at every call and have the size that the step asks for.

    Batches are what the recipe's `prepare` takes: `engine.data.batches.Batch`, unless the recipe opens other data.
    """

    feed: Endless
    validation: Callable[[int], Iterator[Any]]
    samples: Callable[[int], Any]


class Feed:
    """Endless training batches of one process, `options.accumulate` a step, of the size that the step asks for."""

    def __init__(
        self,
        source: Source,
        names: Sequence[str],
        options: LoopOptions,
        size_at: SizeAt,
        *,
        augment: AugmentConfig = AugmentConfig(),
        workers: int = 0,
        rank: int = 0,
        processes: int = 1,
        device: torch.device | str = "cpu",
    ) -> None:
        self._source, self._names, self._options, self._size_at = source, names, options, size_at
        self._augment = augment
        self._workers, self._rank, self._processes, self._device = workers, rank, processes, device
        self._part = check(options, processes)
        self._size = size_at(0)
        self._loader = self._open(self._size)

    def _open(self, size: Size) -> BatchLoader:
        return BatchLoader(
            self._source,
            self._part,
            size=size,
            names=self._names,
            augment=self._augment,
            seed=self._options.seed,
            workers=self._workers,
            rank=self._rank,
            world=self._processes,
            device=self._device,
        )

    def __next__(self) -> Batch:
        size = self._size_at(self._loader.sampler.position // self._options.accumulate)
        if size != self._size:
            self._change_size(size)
        return next(self._loader)

    def _change_size(self, size: Size) -> None:
        position = self._loader.state_dict()
        self._loader.close()
        self._size, self._loader = size, self._open(size)
        self._loader.load_state_dict(position)

    def state_dict(self) -> dict[str, Any]:
        return dict(self._loader.state_dict())

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self._loader.load_state_dict(state)

    def close(self) -> None:
        """Stop what makes batches ahead."""
        self._loader.close()


def open_data(
    root: Path,
    options: LoopOptions,
    size_at: SizeAt,
    fabric: Fabric,
    *,
    cache: Path | None = None,
    workers: int = 0,
    augment: AugmentConfig = AugmentConfig(),
    street: str = "",
    street_share: float = 0.0,
    dress: Callable[[PackedCache, Sequence[str]], Dress | None] | None = None,
) -> Data:
    """Training and held-out pairs of ROOT/train, packed at the size of the photos, or larger if a recipe needs it.

    The cache (ROOT/.cache, or the folder given) is built first where there is none. Of street photos ("" for no folder)
    come about `street_share` of the training pairs (`engine.data.raw.street_pairs`), none of the held-out ones; `dress`
    makes, of the cache and the names to train on, what chooses their garments.
    TryOnError where the data cannot be used.
    """
    packed = open_cache_of(root, options, cache, fabric)
    split = split_of(packed, options, root)
    both = None
    if street:
        dressed = dress(packed, split.train) if dress else None
        both = with_street(packed, split.train, street, street_share, dressed)
    feed = Feed(
        both or packed,
        [*split.train, *(both.added if both else ())],
        options,
        size_at,
        augment=augment,
        workers=workers,
        rank=fabric.global_rank,
        processes=fabric.world_size,
        device=fabric.device,
    )
    part, held_out = check(options, fabric.world_size), split.validation
    spread = held_out[:: max(1, len(held_out) // options.samples)][: options.samples]
    return Data(
        feed=feed,
        validation=lambda step: _batches(packed, held_out, part, size_at(step), fabric.device),
        samples=lambda step: next(_batches(packed, spread, len(spread), size_at(step), fabric.device)),
    )


def open_cache_of(root: Path, options: LoopOptions, folder: Path | None, fabric: Fabric) -> PackedCache:
    """The cache, built by the first process while the others wait."""
    first = VitonDataset(root, "train", paired=True, category=options.garment_category)
    if not len(first):
        raise TryOnError("data.no_training", path=root / "train" / "image")
    first.size = photo_size(first)
    packed = cached(first, folder) if fabric.is_global_zero else None
    fabric.barrier()
    return packed or cached(first, folder)


def photo_size(dataset: VitonDataset) -> Size:
    """The size of the first photo that can be read: data sets have one size."""
    for index in range(len(dataset)):
        try:
            return dataset.sample(index).size
        except TryOnError:
            continue
    raise TryOnError("data.unreadable", path=dataset.root)


def split_of(packed: PackedCache, options: LoopOptions, root: Path) -> Split:
    """The names to train on and the held-out ones, as the options say. TryOnError where there are too few."""
    digests = dict(zip(packed.names, packed.digests(), strict=True))
    split = split_names(packed.names, options.held_out, digests, packed.clean)
    chosen = Split(split.train[: options.pairs or None], split.validation[: options.validation_pairs])
    if not chosen.train or not chosen.validation:
        raise TryOnError("data.few", path=root)
    return chosen


def _batches(
    packed: PackedCache, names: Sequence[str], batch: int, size: Size, device: torch.device
) -> Iterator[Batch]:
    rows = {name: row for row, name in enumerate(packed.names)}
    for first in range(0, len(names), batch):
        samples = [resized(packed[rows[name]], size) for name in names[first : first + batch]]
        yield to_batch(raw_batch(samples), device)
