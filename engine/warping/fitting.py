"""Fitting a warp to its region: a few steps of descent on the control points, after the network has placed them.

The matching network sees 256 x 192 pixels once and answers with 50 numbers; where it is a little off, the outline of
the warped garment can still be compared with the clothes region and pulled over it. That comparison is a differentiable
function of the control points, so a handful of Adam steps on pictures of 64 x 48 take care of it. The published method
has no such step: packs say in their manifest whether they want it.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.networks import tps

_SIZE = (64, 48)
# the step is Adam's (Kingma and Ba, 2015); importing PyTorch's costs a first picture 1.4 s
_SLOW, _SLOWER = 0.8, 0.95
_SIDE = 5  # control points along each side


@dataclass(frozen=True)
class FitOptions:
    """How a warp is fitted; distances are in units of half the picture."""

    steps: int = 30  # of Adam; 0 leaves the network's points as they are
    rate: float = 0.03  # how far a point may move in the first step; falls linearly
    coarse: float = 0.5  # weight of the masks' distance seen from afar, beside 1 - IoU
    regular: float = 0.1  # weight of unevenly spaced neighbours
    near: float = 0.05  # weight of the squared distance to the network's points


def fit_points(
    points: Tensor, mask: Tensor, region: Tensor, weight: Tensor | None = None, options: FitOptions = FitOptions()
) -> Tensor:
    """Control points (B, 25, 2) moved so that the warped `mask` covers `region`, both (B, 1, H, W) in [0, 1].

    weight (B, 1, H, W) in [0, 1]: how much each place counts (`engine.category.visibility`), less where something lies
    over it. A picture with an empty mask or region keeps its points. The result is detached, float32, at most 1.5 from
    the middle.
    """
    if not options.steps:
        return points
    with torch.inference_mode(False), torch.enable_grad(), torch.autocast(points.device.type, enabled=False):
        start = points.detach().clone().float()
        small, goal = _shrunk(mask), _shrunk(region)
        counts = torch.ones_like(goal) if weight is None else _shrunk(weight)
        moved = _descend(start, small, goal * counts, counts, options)
        usable = (small.amax(dim=(1, 2, 3)) > 0.5) & (goal.amax(dim=(1, 2, 3)) > 0.5)
        return torch.where(usable[:, None, None], moved, start).clamp(-1.5, 1.5)


def _descend(start: Tensor, mask: Tensor, goal: Tensor, counts: Tensor, options: FitOptions) -> Tensor:
    points = start.clone().requires_grad_(True)
    mean, spread = torch.zeros_like(points), torch.zeros_like(points)
    for step in range(options.steps):
        grid = tps.spline_grid(points, _SIZE)
        warped = F.grid_sample(mask, grid, padding_mode="border", align_corners=False) * counts
        loss = _misfit(warped, goal, options.coarse) + options.regular * unevenness(points)
        loss = loss + options.near * (points - start).square().sum(dim=2).mean(dim=1)
        (slope,) = torch.autograd.grad(loss.sum(), points)
        with torch.no_grad():
            mean, spread = mean.lerp(slope, 1 - _SLOW), spread.lerp(slope.square(), 1 - _SLOWER)
            rate = options.rate * (1 - step / options.steps)
            points -= rate * _evened(mean, _SLOW, step) / (_evened(spread, _SLOWER, step).sqrt() + 1e-8)
    return points.detach()


def _evened(average: Tensor, slow: float, step: int) -> Tensor:
    """A running average that began at zero, without the bias of that."""
    return average / (1 - slow ** (step + 1))


def _misfit(warped: Tensor, goal: Tensor, coarse: float) -> Tensor:
    """1 - IoU, and how the masks differ in ever coarser pictures, relative to the region; (B,)."""
    both = (warped * goal).sum(dim=(1, 2, 3))
    either = (warped + goal - warped * goal).sum(dim=(1, 2, 3)).clamp_min(1e-6)
    return 1 - both / either + coarse * coarse_distance(warped, goal, (4, 8, 16))


def coarse_distance(warped: Tensor, region: Tensor, sides: tuple[int, ...]) -> Tensor:
    """L1 distance of two masks (B, 1, H, W) seen so many times smaller, relative to the region; (B,).

    The overlap of two masks pulls only where their outlines are near; seen from afar they are near from the start.
    """
    share = region.mean(dim=(1, 2, 3)).clamp_min(0.01)
    far = [(F.avg_pool2d(warped, side) - F.avg_pool2d(region, side)).abs().mean(dim=(1, 2, 3)) for side in sides]
    return torch.stack(far).mean(dim=0) / share


def unevenness(points: Tensor) -> Tensor:
    """How differently neighbouring cells of the control grid (B, 25, 2) are stretched, squared; (B,)."""
    places = points.reshape(len(points), _SIDE, _SIDE, 2)
    bends = [places.diff(n=2, dim=1), places.diff(n=2, dim=2), places.diff(dim=1).diff(dim=2)]
    return torch.stack([bend.square().sum(dim=3).mean(dim=(1, 2)) for bend in bends]).sum(dim=0) * 10


def _shrunk(picture: Tensor) -> Tensor:
    return F.interpolate(picture.detach().clone().float(), size=_SIZE, mode="area")
