"""Laying a garment along a dense flow (`engine.networks.flow`), and handles by which a user moves it.

The handles are a lattice over the laid garment. Moving one takes the cloth below it along: the displacement is
continued smoothly between the handles, by the thin-plate spline, and added to the flow.
"""

from itertools import chain
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Size
from engine.networks import tps
from engine.networks.flow import (
    SIZE,
    AppearanceFlow,
    carried,
    garment_planes,
    grid_of,
    person_planes,
    resized,
    rest_grid,
    thinned,
)
from engine.warping import Placement, Scene, checked_points

_SIDE = 5  # handles along each side
_SMOOTH = (64, 48)  # what is moved by a spline of 25 handles has no finer detail
_LAID = 0.5  # of the laid mask: here the garment is


class Dense:
    """The `engine.warping.Warper` of `AppearanceFlow`."""

    size: Size | None = SIZE
    means = True
    points_suffice = False
    mask_ends = True

    def place(self, network: nn.Module, scene: Scene, fit: bool) -> Placement:
        """The flow (B, 2, 64, 48) and its handles at rest; there is nothing to fit."""
        assert scene.parse is not None
        parse = F.interpolate(scene.parse, size=SIZE)
        mask = (thinned(scene.cloth_mask) > 0.5).float()
        person = person_planes(parse, thinned(scene.pose), thinned(scene.agnostic))
        flow: Tensor = network(person, garment_planes(thinned(scene.cloth), mask))[-1].float()
        pairs = zip(torch.split(flow, 1), torch.split(mask, 1), strict=True)
        return Placement(torch.stack([handles(*pair) for pair in pairs]), flow)

    def dragged(self, placement: Placement, points: Tensor) -> Placement:
        """The flow with the cloth taken along where the handles are moved."""
        assert placement.points is not None
        assert placement.field is not None
        parts = zip(torch.split(placement.field, 1), placement.points, points, strict=True)
        return Placement(points, torch.cat([dragged(*part) for part in parts]))

    def grid(self, placement: Placement, size: Size) -> Tensor:
        """The flow added to the rest grid."""
        assert placement.field is not None
        return grid_of(placement.field, size)

    def check(self, points: NDArray[Any]) -> NDArray[np.float32]:
        """25 pairs of finite numbers."""
        return checked_points(points)

    def encoder(self, network: nn.Module) -> nn.Sequential:
        """The pyramid that looks at the garment, for pictures that are garment all over."""
        return nn.Sequential(_Covered(), *chain(*cast(AppearanceFlow, network).garment.down))


class _Covered(nn.Module):
    """(B, 3, H, W) with a mask of ones."""

    def forward(self, picture: Tensor) -> Tensor:
        return torch.cat([picture, torch.ones_like(picture[:, :1])], dim=1)


def handles(flow: Tensor, mask: Tensor) -> Tensor:
    """The lattice (25, 2) at rest over the garment that one flow (1, 2, h, w) lays: x outer, y inner.

    mask (1, 1, H, W): the garment's. One that is laid nowhere has its handles over the whole picture.
    """
    there = carried(mask, flow, "zeros")[0, 0] > _LAID
    places = rest_grid((there.shape[0], there.shape[1]), flow.device)[0]
    places = places[there] if bool(there.any()) else places.flatten(0, 1)
    low, high = places.amin(dim=0), places.amax(dim=0)
    unit = (tps.rest_points(_SIDE, 1.0).to(flow) + 1) / 2
    return low + unit * (high - low)


def dragged(flow: Tensor, rest: Tensor, points: Tensor) -> Tensor:
    """The flow (1, 2, h, w) with the cloth taken along where the handles (25, 2) are moved from `rest` to `points`."""
    if torch.equal(rest, points):
        return flow
    size = flow.shape[2], flow.shape[3]
    smooth = min(size, _SMOOTH)
    queries = rest_grid(smooth, flow.device)[0].flatten(0, 1)
    moved = tps.influence(queries, rest) @ (points - rest).to(flow)
    back = -moved.T.reshape(1, 2, *smooth)
    return carried(flow, back) + resized(back, size)


WARPER = Dense()
