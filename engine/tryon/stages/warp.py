"""The garment laid onto the predicted clothes, by the warper of the network that there is."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from engine.arrays import Array8
from engine.category.visibility import visibility
from engine.errors import TryOnError
from engine.networks.inputs import sampled
from engine.tryon.context import Context
from engine.tryon.laying import eight_bit, label_planes, scene_of
from engine.tryon.long_sleeves import LongSleeves, long_sleeves
from engine.values import Agnostic, Collar, Garment, MarkedParts, Person, Segmentation, Sleeves, Warp
from engine.warping import Placement, Scene, Warper, displaced, warper_of
from engine.warping.beyond import gone_on


def run(
    context: Context,
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    garment: Sequence[Garment],
    collar: Sequence[Collar | None],
    parts: Sequence[MarkedParts | None],
    sleeves: Sequence[Sleeves | None],
    person: Sequence[Person | None],
) -> list[Warp]:
    """Warp as the network says, as a user has dragged its points, and then as they have pushed the laid garment about.

    The inside of the collar is seen, not laid.
    """
    warper = warper_of(context.kind)
    given = [None if (points := edit.get("points")) is None else warper.check(points) for edit in context.edits]
    placed, long = (
        Placement(),
        [
            None if warper.points_suffice else long_sleeves(*one, context.category)
            for one in zip(garment, parts, person, sleeves, strict=True)
        ],
    )
    if not warper.points_suffice or any(points is None for points in given):
        shown = [one if of is None else of.shown(one) for one, of in zip(garment, long, strict=True)]
        scene, fit = _scene(context, warper, agnostic, segmentation, shown), context.refinements.fit_warp
        # in full precision: a warp moves the whole garment, and half precision saves nothing there
        placed = context.forward(lambda network: warper.place(network, scene, fit), full=True)
    places = [
        _place(context, warper, placed.of(number), *one)
        for number, one in enumerate(zip(long, given, segmentation, garment, strict=True))
    ]
    worn = [_without(*pair) for pair in zip(garment, collar, strict=True)]
    pushed = [edit.get("displacement") for edit in context.edits]
    return [_along(context, warper, *one) for one in zip(places, worn, pushed, strict=True)]


def _place(
    context: Context,
    warper: Warper,
    placed: Placement,
    long: LongSleeves | None,
    points: NDArray[np.float32] | None,
    segmentation: Segmentation | None,
    garment: Garment,
) -> Placement:
    """With long sleeves along the arms, and as dragged by its points."""
    if long is not None and placed.field is not None:
        region = None if segmentation is None else segmentation.labels == context.category.garment
        laid = long.laid(placed.field[0].cpu().numpy(), garment.size, region)
        shade = None if laid.shade is None else torch.from_numpy(laid.shade)[None, None].to(placed.field.device)
        placed = replace(placed, field=torch.from_numpy(laid.flow)[None].to(placed.field.device), shade=shade)
    if points is None:
        return placed
    dragged = warper.dragged(placed, torch.from_numpy(points)[None].to(context.runtime.device))
    return replace(dragged, shade=placed.shade)


def _without(garment: Garment, collar: Collar | None) -> Garment:
    """The garment without the inside of its collar."""
    return garment if collar is None else Garment(garment.image, np.where(collar.mask >= 128, 0, garment.mask))


def _scene(
    context: Context,
    warper: Warper,
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    garment: Sequence[Garment],
) -> Scene:
    if any(one is None for one in (*agnostic, *segmentation)):
        raise TryOnError("warp.handles")
    labels = [one.labels for one in segmentation]
    fit = context.refinements.fit_warp
    return replace(
        scene_of(context, warper, agnostic, garment, None if warper.points_suffice else label_planes(context, labels)),
        region=context.masks(_region(one, context.category.garment) for one in labels),
        visibility=context.masks(visibility(one, context.category) for one in labels) if fit else None,
    )


def _region(labels: Array8, garment: int) -> Array8:
    return np.where(labels == garment, 255, 0).astype(np.uint8)


def _along(
    context: Context, warper: Warper, place: Placement, garment: Garment, pushed: NDArray[np.float32] | None
) -> Warp:
    grid = warper.grid(place, garment.size)
    if pushed is not None:
        grid = displaced(grid, pushed)
    image = gone_on(garment.image, garment.mask) if context.cloth_goes_on else garment.image
    cloth, mask = sampled(context.pictures([image]), context.masks([garment.mask]), grid, warper.mask_ends)
    mask8 = (mask[0, 0] * 255).round().clamp(0, 255).to(torch.uint8)
    points = None if place.points is None else place.points[0].cpu().numpy()
    if place.shade is not None:
        cloth = (cloth + 1) * place.shade - 1
    return Warp(points, eight_bit(cloth)[0], mask8.cpu().numpy())
