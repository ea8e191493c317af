"""The garment laid onto the predicted clothes: control points of a spline, then the picture warped along it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine import inputs
from engine.category.visibility import visibility
from engine.errors import TryOnError
from engine.fitting import fit_points
from engine.networks import matching, tps
from engine.networks.matching import control_points
from engine.tryon.context import Context
from engine.values import Agnostic, Array8, Garment, Segmentation, Warp


def run(
    context: Context, agnostic: Sequence[Agnostic], segmentation: Sequence[Segmentation], garment: Sequence[Garment]
) -> list[Warp]:
    """Warp along the network's points, or those that a user has dragged."""
    given: list[Any] = [edit.get("points") for edit in context.edits]
    if any(points is None for points in given):
        own = _placed(context, agnostic, segmentation, garment)
        given = [mine if points is None else points for points, mine in zip(given, own, strict=True)]
    return [_along(context, checked_points(points), one) for points, one in zip(given, garment, strict=True)]


def _placed(
    context: Context, agnostic: Sequence[Agnostic], segmentation: Sequence[Segmentation], garment: Sequence[Garment]
) -> NDArray[np.float32]:
    """Control points (B, 25, 2), fitted to the predicted clothes where the pack asks for it."""
    clothes = context.masks(_clothes(one, context.category.garment) for one in segmentation)
    pose = context.pictures(for_matching(one.pose_picture) for one in agnostic)
    image = context.pictures(for_matching(one.image) for one in agnostic)
    person = inputs.matching_input(clothes, pose, image)
    cloth = inputs.cloth_input(context.pictures(for_matching(one.image) for one in garment))
    # in full precision: its control points move the whole garment, and half precision saves nothing there
    theta = context.forward(lambda network: network.offsets(person, cloth), full=True)
    placed = control_points(theta).float()
    if context.refinements.fit_warp:
        seen = context.masks(visibility(one.labels, context.category) for one in segmentation)
        placed = fit_points(placed, context.masks(one.mask for one in garment), clothes, seen)
    points: NDArray[np.float32] = placed.cpu().numpy()
    return points


def _clothes(segmentation: Segmentation, garment: int) -> Array8:
    return np.where(segmentation.labels == garment, 255, 0).astype(np.uint8)


def _along(context: Context, points: NDArray[np.float32], garment: Garment) -> Warp:
    grid = tps.spline_grid(torch.tensor(points, device=context.runtime.device)[None], garment.size)
    cloth, mask = inputs.warp(context.pictures([garment.image]), context.masks([garment.mask]), grid)
    # nearest 8-bit value, not the truncation of the published output: this is an input of the next stage
    cloth8 = ((cloth[0] + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0)
    mask8 = (mask[0, 0] * 255).round().clamp(0, 255).to(torch.uint8)
    return Warp(points, cloth8.cpu().numpy(), mask8.cpu().numpy())


def for_matching(picture: Array8) -> Array8:
    """The pixels that resizing to the matching network's size with nearest would leave, where it takes every n-th."""
    down, across = (side // small for side, small in zip(picture.shape, matching.SIZE, strict=False))
    whole = (down * matching.SIZE[0], across * matching.SIZE[1]) == picture.shape[:2]
    return picture[::down, ::across] if whole else picture


def checked_points(points: NDArray[Any]) -> NDArray[np.float32]:
    """A copy of control points (25, 2) as float32. TryOnError where they are none."""
    checked = np.array(points, dtype=np.float32)
    if checked.shape != tuple(tps.rest_points().shape) or not np.isfinite(checked).all():
        raise TryOnError("the control points of a warp are 25 pairs of finite numbers; reset them to the network's own")
    return checked
