"""The garment laid onto the predicted clothes, by the warper of the network that there is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.category.visibility import visibility
from engine.inputs import warp
from engine.tryon.context import Context
from engine.values import Agnostic, Array8, Garment, Segmentation, Warp
from engine.warping import Placement, Scene, Warper, thinned, warper_of


def run(
    context: Context, agnostic: Sequence[Agnostic], segmentation: Sequence[Segmentation], garment: Sequence[Garment]
) -> list[Warp]:
    """Warp as the network says, or along the points that a user has dragged."""
    warper = warper_of(context.kind)
    given = [edit.get("points") for edit in context.edits]
    placed = Placement()
    if any(points is None for points in given):
        scene, fit = _scene(context, warper, agnostic, segmentation, garment), context.refinements.fit_warp
        # in full precision: a warp moves the whole garment, and half precision saves nothing there
        placed = context.forward(lambda network: warper.place(network, scene, fit), full=True)
    places = [
        placed.of(number) if points is None else _dragged(context, warper, points)
        for number, points in enumerate(given)
    ]
    return [_along(context, warper, place, one) for place, one in zip(places, garment, strict=True)]


def _dragged(context: Context, warper: Warper, points: NDArray[Any]) -> Placement:
    return Placement(torch.from_numpy(warper.check(points))[None].to(context.runtime.device))


def _scene(
    context: Context,
    warper: Warper,
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    garment: Sequence[Garment],
) -> Scene:
    labels = [one.labels for one in segmentation]
    fit = context.refinements.fit_warp
    return Scene(
        region=context.masks(_region(one, context.category.garment) for one in labels),
        pose=context.pictures(thinned(one.pose_picture, warper.size) for one in agnostic),
        agnostic=context.pictures(thinned(one.image, warper.size) for one in agnostic),
        cloth=context.pictures(thinned(one.image, warper.size) for one in garment),
        cloth_mask=context.masks(one.mask for one in garment),
        visibility=context.masks(visibility(one, context.category) for one in labels) if fit else None,
    )


def _region(labels: Array8, garment: int) -> Array8:
    return np.where(labels == garment, 255, 0).astype(np.uint8)


def _along(context: Context, warper: Warper, place: Placement, garment: Garment) -> Warp:
    grid = warper.grid(place, garment.size)
    cloth, mask = warp(context.pictures([garment.image]), context.masks([garment.mask]), grid)
    # nearest 8-bit value, not the truncation of the published output: this is an input of the next stage
    cloth8 = ((cloth[0] + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0)
    mask8 = (mask[0, 0] * 255).round().clamp(0, 255).to(torch.uint8)
    points = None if place.points is None else place.points[0].cpu().numpy()
    return Warp(points, cloth8.cpu().numpy(), mask8.cpu().numpy())
