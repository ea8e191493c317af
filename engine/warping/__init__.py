"""Laying a garment's photo onto a person: one module a kind of network that does it, shared by try-on and training.

Imports networks and imaging; knows neither pipeline nor loop.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.arrays import Size
from engine.errors import TryOnError
from engine.networks.flow import carried, grid_of, rest_grid


@dataclass(frozen=True, eq=False)
class Scene:
    """What a warp is decided on, for B pairs.

    region (B, 1, H, W) in [0, 1]: where the garment is to be, None before that is predicted. pose, agnostic, cloth
    (B, 3, h, w) in [-1, 1], thinned or of full size. cloth_mask (B, 1, H, W) in [0, 1]. visibility (B, 1, H, W): how
    much each place counts (`engine.category.visibility`), None where the warp is not fitted. parse (B, 13, H, W): the
    labels of the person as one-hot planes, predicted or agnostic; None for warpers that do not ask.
    """

    region: Tensor | None
    pose: Tensor
    agnostic: Tensor
    cloth: Tensor
    cloth_mask: Tensor
    visibility: Tensor | None = None
    parse: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Placement:
    """Where garments go: points (B, N, 2) that can be dragged, a dense field (B, 2, h, w) of any size, or both.

    All are x, y in units of half the picture. A field says how far from each place its pixel lies in the product photo.
    shade (B, 1, H, W): how light the laid garment is, None where it is all as in its photo.
    """

    points: Tensor | None = None
    field: Tensor | None = None
    shade: Tensor | None = None

    def of(self, number: int) -> "Placement":
        """That of one pair, as a batch of one."""
        parts = (None if part is None else part[number : number + 1] for part in (self.points, self.field, self.shade))
        return Placement(*parts)


class Warper(Protocol):
    """A way of warping.

    size: what pictures may be thinned to before the network sees them, None for not at all. means: by the means of what
    falls together, else by leaving pixels out. points_suffice: whether
    points alone say all; else they move what the network has placed. mask_ends: whether the mask ends where its photo
    does, rather than that its edge goes on outwards like the photo's.
    """

    size: Size | None
    means: bool
    points_suffice: bool
    mask_ends: bool

    def place(self, network: nn.Module, scene: Scene, fit: bool) -> Placement:
        """Where the network puts the garments; `fit` lays them closer to the region."""

    def dragged(self, placement: Placement, points: Tensor) -> Placement:
        """The placement with its points (B, N, 2) moved to `points`; an empty one where these suffice."""

    def grid(self, placement: Placement, size: Size) -> Tensor:
        """Sampling grid (B, H, W, 2) for `engine.networks.inputs.warp`."""

    def check(self, points: NDArray[Any]) -> NDArray[np.float32]:
        """A copy of dragged points as float32. TryOnError where they are none of this warper's."""

    def encoder(self, network: nn.Module) -> nn.Sequential:
        """The layers that read the garment's photo, as features to compare pictures by."""


WARPERS: Mapping[str, str] = {"flow": "engine.warping.flow", "matching": "engine.warping.tps"}
"""By the kind of the network: the module that holds its `WARPER`. Where there are several networks the first warps."""


def warper_of(kind: str) -> Warper:
    """The warper for a kind of network."""
    warper: Warper = import_module(WARPERS[kind]).WARPER
    return warper


def thinned(picture: NDArray[np.uint8], size: Size | None, means: bool = False) -> NDArray[np.uint8]:
    """The pixels of (H, W, 3) that resizing to `size` with nearest would leave, where it takes every n-th.

    means: each pixel of `size` as the mean of those it stands for instead.
    """
    if size is None:
        return picture
    if means:
        return np.asarray(cv2.resize(picture, (size[1], size[0]), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    down, across = (side // small for side, small in zip(picture.shape, size, strict=False))
    whole = (down * size[0], across * size[1]) == picture.shape[:2]
    return picture[::down, ::across] if whole else picture


def checked_points(points: NDArray[Any]) -> NDArray[np.float32]:
    """A copy of points (25, 2) as float32. TryOnError where they are not as many pairs of finite numbers."""
    checked = np.array(points, dtype=np.float32)
    if checked.shape != (25, 2) or not np.isfinite(checked).all():
        raise TryOnError("warp.points")
    return checked


def displaced(grid: Tensor, displacement: NDArray[Any]) -> Tensor:
    """A sampling grid (1, H, W, 2) of a laid garment that is pushed about on the person.

    displacement (h, w, 2): x, y of how far from each place the cloth lies that is pushed there, in units of half the
    picture. Beyond the picture the garment goes on as at its edge. TryOnError where it is no such field.
    """
    back = torch.from_numpy(checked_displacement(displacement)).to(grid.device).permute(2, 0, 1)[None]
    flow = (grid - rest_grid((grid.shape[1], grid.shape[2]), grid.device)).permute(0, 3, 1, 2)
    beside = carried(flow, back).permute(0, 2, 3, 1)
    return beside + grid_of(back, (grid.shape[1], grid.shape[2])).to(grid)


def checked_displacement(displacement: NDArray[Any]) -> NDArray[np.float32]:
    """A copy of a field (h, w, 2) as float32. TryOnError where it is none, or not of finite numbers."""
    checked = np.array(displacement, dtype=np.float32)
    if checked.ndim != 3 or checked.shape[2] != 2 or not checked.size or not np.isfinite(checked).all():
        raise TryOnError("warp.displacement")
    return checked
