"""Training batches from a data set in the VITON-HD layout: shuffled, augmented, and resumable at any pair.

Which pair comes at which place, and how it is augmented, follows from the seed and the place alone. So a run that is
resumed, or spread over several processes, sees the same pairs in the same batches.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.agnostic import agnostic_image, agnostic_parse
from engine.data.augment import AugmentConfig, augment
from engine.data.layout import VitonDataset, pose_picture
from engine.data.sample import Picture, Sample, Size
from engine.data.split import split_names
from engine.errors import TryOnError
from engine.training.loop import Data
from engine.training.options import LoopOptions
from engine.training.recipe import Batch

_TRIES = 20  # pairs that may be unusable one after the other before the data set counts as broken


class Feed:
    """Endless batches, `part` pairs each, of one process; every step of `total` pairs has `share` of them for it."""

    def __init__(
        self,
        dataset: VitonDataset,
        names: Sequence[str],
        part: int,
        *,
        seed: int = 0,
        rank: int = 0,
        share: int = 0,
        total: int = 0,
        augmentation: AugmentConfig | None = None,
    ) -> None:
        """share: pairs of a step that are this process's; total: pairs of a step over all (both `part` by default)."""
        self._index = {name: number for number, name in enumerate(dataset.names)}
        self._dataset, self._names, self._part, self._seed = dataset, list(names), part, seed
        self._share, self._total, self._rank = share or part, total or part, rank
        self._augmentation = augmentation
        self._drawn = 0  # pairs this process has drawn

    def __iter__(self) -> Iterator[Batch]:
        return self

    def __next__(self) -> Batch:
        places = [self._place(self._drawn + number) for number in range(self._part)]
        self._drawn += self._part
        return collate([self._example(place) for place in places])

    def state_dict(self) -> dict[str, Any]:
        return {"steps": self._drawn // self._share, "pairs": len(self._names)}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        if state["pairs"] != len(self._names):
            raise TryOnError(
                f"The run was started with {state['pairs']} training pairs, the data has {len(self._names)} now; "
                "resume it with the same data."
            )
        self._drawn = state["steps"] * self._share

    def _place(self, number: int) -> int:
        """Place in the order of all processes together of this process's pair `number`."""
        step, within = divmod(number, self._share)
        return step * self._total + self._rank * self._share + within

    def _example(self, place: int) -> dict[str, Picture]:
        """The pair at `place`; an unusable one is replaced by another, drawn by the same rule."""
        for attempt in range(_TRIES):
            try:
                sample = self._dataset.sample(self._chosen(place, attempt))
                seed = np.random.default_rng([self._seed, 1, place, attempt])
                return example(augment(sample, seed, self._augmentation) if self._augmentation else sample)
            except TryOnError as error:
                reason = error
        raise TryOnError(f"{_TRIES} training pairs in a row cannot be used; check the data. The last: {reason}")

    def _chosen(self, place: int, attempt: int) -> int:
        epoch, position = divmod(place, len(self._names))
        order = np.random.default_rng([self._seed, 0, epoch]).permutation(len(self._names))
        if attempt:
            position = int(np.random.default_rng([self._seed, 2, place, attempt]).integers(len(self._names)))
        return self._index[self._names[order[position]]]


def example(sample: Sample) -> dict[str, Picture]:
    """What the recipes read of one pair: uint8, pictures (3, H, W), mask (1, H, W), LIP label maps (H, W)."""
    return {
        "image": _planes(sample.image),
        "cloth": _planes(sample.cloth),
        "cloth_mask": sample.cloth_mask[None],
        "parse": sample.parse,
        "agnostic_parse": agnostic_parse(sample.parse, sample.pose),
        "agnostic_image": _planes(agnostic_image(sample.image, sample.parse, sample.pose)),
        "pose": _planes(pose_picture(sample)),
    }


def _planes(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture.transpose(2, 0, 1))


def collate(examples: Sequence[dict[str, Picture]]) -> Batch:
    """Examples of one size as one batch."""
    return {name: torch.from_numpy(np.stack([one[name] for one in examples])) for name in examples[0]}


def held_out_batches(dataset: VitonDataset, names: Sequence[str], batch: int) -> Iterator[Batch]:
    """The pairs of `names` in order, as they are; pairs that cannot be used are left out."""
    index = {name: number for number, name in enumerate(dataset.names)}
    waiting: list[dict[str, Picture]] = []
    for name in names:
        try:
            waiting.append(example(dataset.sample(index[name])))
        except TryOnError:
            continue
        if len(waiting) == batch:
            yield collate(waiting)
            waiting = []
    if waiting:
        yield collate(waiting)


def open_data(root: Path, options: LoopOptions, size: Size, *, part: int, rank: int = 0, processes: int = 1) -> Data:
    """Training and held-out pairs of ROOT/train for a recipe that works at `size` (height, width)."""
    dataset = VitonDataset(root, "train", paired=True, size=size)
    digests = dict(zip(dataset.names, dataset.digests(), strict=True))
    split = split_names(dataset.names, options.held_out, digests)
    training, held_out = split.train[: options.pairs or None], split.validation[: options.validation_pairs]
    if not training or not held_out:
        raise TryOnError(f"{root} has too few pairs to train on and to hold some back; give a larger data set.")
    feed = Feed(
        dataset,
        training,
        part,
        seed=options.seed,
        rank=rank,
        share=options.batch // processes,
        total=options.batch,
        augmentation=AugmentConfig(),
    )
    spread = held_out[:: max(1, len(held_out) // options.samples)][: options.samples]
    return Data(
        feed=feed,
        validation=lambda: held_out_batches(dataset, held_out, part),
        samples=lambda: next(held_out_batches(dataset, spread, len(spread))),
    )
