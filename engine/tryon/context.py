"""What a stage's `run` works with: its network, the jobs' seeds and edits, and tensors on the right device."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine import graph
from engine.arrays import Array8, Size
from engine.category import Category
from engine.errors import TryOnError
from engine.graph import Stage
from engine.networks.ticking import count_layers, ticking
from engine.system.devices import autocast
from engine.system.progress import ProgressTracker
from engine.tryon.runtime import Runtime
from engine.values import Arrays
from engine.weights.refinements import Refinements

_R = TypeVar("_R")


@dataclass(frozen=True)
class Options:
    """What all pictures of a call have in common.

    size: (height, width). keep_original: take the photo's own pixels where the garment changes nothing. draft: make a
    small picture first.
    """

    size: Size
    keep_original: bool = True
    draft: bool = False


@dataclass(frozen=True, eq=False)
class Context:
    """One stage done for some jobs. seeds, edits: one a job; an edit may bring some of the stage's arrays."""

    runtime: Runtime
    stage: Stage
    tracker: ProgressTracker
    options: Options
    seeds: Sequence[int]
    edits: Sequence[Arrays]

    @property
    def kind(self) -> str:
        """Which of the stage's alternative networks there is."""
        return graph.chosen(self.runtime.networks, [self.stage])[0]

    @property
    def config(self) -> Any:
        """The hyper-parameters of the stage's network, None where it has none."""
        return getattr(self.runtime.networks[self.kind], "config", None)

    @property
    def category(self) -> Category:
        return self.runtime.category

    @property
    def refinements(self) -> Refinements:
        return self.runtime.refinements

    @property
    def knows_neck(self) -> bool:
        """Whether the predicted parse tells the neck, as `Seg.NECK`; the published one gives it to the background."""
        return self.runtime.knows_neck

    @property
    def cloth_goes_on(self) -> bool:
        """Whether laid cloth goes on beyond the garment's edge (`engine.warping.beyond`), as published warps do not."""
        return self.refinements.assemble or "flow" in self.runtime.networks

    def forward(self, call: Callable[[Any], _R], *, full: bool = False) -> _R:
        """`call(network)`, reported layer by layer; in the runtime's precision unless it has to be the full one."""
        network = self.runtime.networks[self.kind]
        self.tracker.enter(self.stage.name, count_layers(network))
        with ExitStack() as inside:
            inside.enter_context(ticking(network, self.tracker.tick))
            if not full:
                inside.enter_context(autocast(self.runtime.device, self.runtime.arithmetic(self.kind)))
            made = call(network)
        self.tracker.reach(1.0)
        return made

    def generators(self) -> list[torch.Generator | None]:
        """A source of noise a job, the stage's own: another garment or an edited stage must not shift its noise."""
        assert self.stage.noise is not None
        starts = [checked_seed(seed) * graph.SEED_STRIDE + self.stage.noise.salt for seed in self.seeds]
        return [torch.Generator().manual_seed(start) for start in starts]

    def pictures(self, arrays: Iterable[Array8]) -> Tensor:
        """Pictures (H, W, 3) as (B, 3, H, W) in [-1, 1]."""
        planes = np.stack([cv2.split(one) for one in arrays])
        return torch.from_numpy(planes).to(self.runtime.device).float().div_(127.5).sub_(1)

    def masks(self, arrays: Iterable[Array8]) -> Tensor:
        """Masks (H, W) as (B, 1, H, W) in [0, 1]."""
        return torch.from_numpy(np.stack(list(arrays))).to(self.runtime.device)[:, None].float() / 255

    def planes(self, arrays: Iterable[NDArray[np.float32]]) -> Tensor:
        """Planes (C, H, W) as (B, C, H, W)."""
        return torch.from_numpy(np.stack(list(arrays))).to(self.runtime.device)


def checked_seed(seed: int) -> int:
    """The seed. TryOnError where it is none."""
    if not 0 <= seed <= graph.LARGEST_SEED:
        raise TryOnError("seed.range", seed=seed, last=graph.LARGEST_SEED)
    return seed
