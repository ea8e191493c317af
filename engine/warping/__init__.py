"""Laying a garment's photo onto a person: one module a kind of network that does it, shared by try-on and training."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

Size = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Scene:
    """What a warp is decided on, for B pairs.

    region (B, 1, H, W) in [0, 1]: where the garment is to be, None before that is predicted. pose, agnostic, cloth
    (B, 3, h, w) in [-1, 1], thinned or of full size. cloth_mask (B, 1, H, W) in [0, 1]. visibility (B, 1, H, W): how
    much each place counts (`engine.category.visibility`), None where the warp is not fitted.
    """

    region: Tensor | None
    pose: Tensor
    agnostic: Tensor
    cloth: Tensor
    cloth_mask: Tensor
    visibility: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Placement:
    """Where garments go: points (B, N, 2) that can be dragged, or a dense field (B, h, w, 2), of any size.

    Both are x, y in units of half the picture. A field is for `grid_sample`: where each place takes its pixel from.
    """

    points: Tensor | None = None
    field: Tensor | None = None

    def of(self, number: int) -> "Placement":
        """That of one pair, as a batch of one."""
        parts = (None if part is None else part[number : number + 1] for part in (self.points, self.field))
        return Placement(*parts)


class Warper(Protocol):
    """A way of warping. size: what pictures may be thinned to before the network sees them, None for not at all."""

    size: Size | None

    def place(self, network: nn.Module, scene: Scene, fit: bool) -> Placement:
        """Where the network puts the garments; `fit` lays them closer to the region."""

    def grid(self, placement: Placement, size: Size) -> Tensor:
        """Sampling grid (B, H, W, 2) for `engine.inputs.warp`."""

    def check(self, points: NDArray[Any]) -> NDArray[np.float32]:
        """A copy of dragged points as float32. TryOnError where they are none of this warper's."""

    def encoder(self, network: nn.Module) -> nn.Sequential:
        """The layers that read the garment's photo, as features to compare pictures by."""


WARPERS: Mapping[str, str] = {"matching": "engine.warping.tps"}
"""By the kind of the network: the module that holds its `WARPER`."""


def warper_of(kind: str) -> Warper:
    """The warper for a kind of network."""
    warper: Warper = import_module(WARPERS[kind]).WARPER
    return warper


def thinned(picture: NDArray[np.uint8], size: Size | None) -> NDArray[np.uint8]:
    """The pixels of (H, W, 3) that resizing to `size` with nearest would leave, where it takes every n-th."""
    if size is None:
        return picture
    down, across = (side // small for side, small in zip(picture.shape, size, strict=False))
    whole = (down * size[0], across * size[1]) == picture.shape[:2]
    return picture[::down, ::across] if whole else picture
