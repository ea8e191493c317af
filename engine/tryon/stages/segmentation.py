"""The parse predicted for the person wearing the garment (the segmentation generator of VITON-HD).

A pack with a flow may have a network that reads the garment as that lays it, and tells the neck; then what the collar's
inside lies on is rather neck than garment, what the front lies on rather garment, and where nothing is laid is none.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from engine.arrays import BoolMask, Labels
from engine.imaging.components import small_parts
from engine.labels import SEGMENTATION, Seg, lip_to_segmentation, one_hot
from engine.networks import inputs, segmentation
from engine.networks.flow import carried, grid_of
from engine.tryon.armholes import with_armholes
from engine.tryon.context import Context
from engine.tryon.cuffs import with_cuffs_as_laid
from engine.tryon.cut_arms import with_cut_arms
from engine.tryon.hands import hands_of, with_hands
from engine.tryon.hems import with_even_hem
from engine.tryon.high_collars import standing_collar, with_standing_collar
from engine.tryon.hips import with_hips_behind_arms, with_whole_hips, without_ledges
from engine.tryon.laying import shown_planes, small
from engine.tryon.limbs import with_whole_limbs
from engine.tryon.loose_pieces import without_loose_pieces, without_outer_strips, without_what_flies
from engine.tryon.necklines import with_neckline_as_laid
from engine.tryon.parse_cleanup import (
    cleaned_parse,
    with_hair_as_seen,
    with_smooth_limbs,
    without_holes,
    without_stray_others,
)
from engine.tryon.photo_parse import photo_labels, with_even_limbs, with_what_is_seen
from engine.tryon.shoulders import lying_on_shoulders
from engine.tryon.sleeves import with_even_sleeves
from engine.tryon.under_coat import with_filled_opening
from engine.values import Agnostic, Coat, Collar, Garment, Person, Prewarp, Segmentation, Sleeves
from engine.warping.along_arms import NOWHERE

# Probabilities. Where the inside lies the neck's is to be next to none for garment to stay: opened where it is above .3
# alone, necks overlap better by .01 on 100 held-out pairs, but of 64 pictures of others 5 had notches in the neckline.
_HARDLY, _PERHAPS = 0.02, 0.3
_WIDE, _HOLE = 3, 150  # pixels of 256 rows: the width and the area of a gap that is no crease
_NEAR = 4  # pixels of 256 rows around the laid garment that may be garment


def run(
    context: Context,
    agnostic: Sequence[Agnostic],
    garment: Sequence[Garment],
    prewarp: Sequence[Prewarp | None],
    collar: Sequence[Collar | None],
    sleeves: Sequence[Sleeves | None],
    person: Sequence[Person | None],
    coat: Sequence[Coat | None],
) -> list[Segmentation]:
    """Predict the parse; tidied where the pack asks for it, and then true to what the photo shows."""
    flow = context.planes(one.field for one in prewarp if one is not None) if context.knows_neck else None
    x = (
        _plain(context, agnostic, garment, person)
        if flow is None
        else _aligned(context, agnostic, garment, sleeves, person, flow)
    )
    probabilities = context.forward(lambda network: network(x))
    if flow is not None:
        probabilities = _at_neckline(context, probabilities.float(), collar, x[:, :1], flow)
        probabilities = _arriving(context, probabilities, x[:, :1], flow)
    labels = inputs.segmentation_labels(probabilities, context.options.size).to(torch.uint8)
    made = list(labels.cpu().numpy())
    if context.refinements.tidy_parse:
        laid = [None] * len(made) if flow is None else _laid(context, garment, collar, flow)
        made = [
            _tidied(context, *one) for one in zip(made, laid, agnostic, garment, sleeves, person, coat, strict=True)
        ]
    return [Segmentation(one) for one in made]


def _tidied(
    context: Context,
    labels: Labels,
    laid: tuple[BoolMask, BoolMask] | None,
    agnostic: Agnostic,
    garment: Garment,
    sleeves: Sleeves | None,
    person: Person | None,
    coat: Coat | None,
) -> Labels:
    if person is None or not context.knows_neck:
        return cleaned_parse(labels, context.category)
    before = photo_labels(person, agnostic, context.category, knows_neck=True)
    hands = hands_of(person, context.category)
    before = with_even_limbs(before, hands, context.category)
    worn = without_what_flies(labels, before, context.category)
    made = cleaned_parse(with_what_is_seen(worn, before, context.category), context.category)
    seen = with_what_is_seen(made, before, context.category)
    whole = with_whole_limbs(seen, before, person.pose, context.category)
    whole = with_cut_arms(whole, before, person.pose, sleeves, context.category)
    if sleeves is not None:
        whole = with_even_sleeves(whole, before, person.pose, sleeves, context.category)
        whole = with_armholes(whole, before, person.pose, sleeves, context.category)
    if laid is not None:
        whole = with_cuffs_as_laid(whole, laid[0], person.pose, context.category)
        if standing_collar(garment) is None:
            whole = with_neckline_as_laid(whole, laid[1], context.category)
    whole = without_loose_pieces(whole, before, person.pose, context.category)
    whole = with_smooth_limbs(whole, before, context.category)
    whole = without_outer_strips(whole, before, person.pose, context.category)
    lying = lying_on_shoulders(whole, before, person.pose, context.category)
    hemmed = with_even_hem(lying, person.pose, context.category)
    hemmed = with_hips_behind_arms(hemmed, before, person.pose, context.category)
    hemmed = without_ledges(with_whole_hips(hemmed, before, person.pose, context.category), before, context.category)
    combed = with_hair_as_seen(without_stray_others(hemmed, before, context.category), before, context.category)
    collared = with_standing_collar(combed, garment, context.category)
    whole = without_holes(with_hands(collared, person, hands, context.category), before, context.category)
    return whole if coat is None else with_filled_opening(whole, before, person.pose, coat.stays > 0, context.category)


def _laid(
    context: Context, garment: Sequence[Garment], collar: Sequence[Collar | None], flow: Tensor
) -> list[tuple[BoolMask, BoolMask]]:
    """Where (H, W) each garment lies by the flow, and where its front does."""
    fronts = (
        one.mask if inside is None else np.where(inside.mask >= 128, np.uint8(0), one.mask)
        for one, inside in zip(garment, collar, strict=True)
    )
    planes = torch.cat([context.masks(one.mask for one in garment), context.masks(fronts)], dim=1)
    laid = (carried(planes, flow, "zeros") > 0.5).cpu().numpy()
    return [(one[0], one[1]) for one in laid]


def _plain(
    context: Context, agnostic: Sequence[Agnostic], garment: Sequence[Garment], person: Sequence[Person | None]
) -> Tensor:
    """The published input: the garment as its photo shows it."""
    return inputs.segmentation_input(
        context.masks(one.mask for one in garment),
        context.pictures(one.image for one in garment),
        context.planes(_parse_planes(context, *one) for one in zip(agnostic, person, strict=True)),
        context.pictures(one.pose_picture for one in agnostic),
        inputs.segmentation_noise(context.generators()),
    )


def _parse_planes(context: Context, agnostic: Agnostic, person: Person | None) -> NDArray[np.float32]:
    """The agnostic parse; for a network that was trained so, as an ablation, the parse with the old clothes in it."""
    if person is None or not getattr(context.config, "sees_worn", False):
        return agnostic.parse_planes
    return one_hot(lip_to_segmentation(person.parse), len(SEGMENTATION))


def _aligned(
    context: Context,
    agnostic: Sequence[Agnostic],
    garment: Sequence[Garment],
    sleeves: Sequence[Sleeves | None],
    person: Sequence[Person | None],
    flow: Tensor,
) -> Tensor:
    """The same planes with the garment laid onto the person."""
    cloth = context.pictures(small(one.image) for one in garment)
    mask = (context.masks(small(one.mask) for one in garment) > 0.5).float()
    cloth, mask = inputs.sampled(cloth, mask, grid_of(flow, segmentation.SIZE), mask_ends=True)
    pose = context.pictures(small(one.pose_picture) for one in agnostic)
    noise = inputs.segmentation_noise(context.generators())
    return inputs.segmentation_input(mask, cloth, shown_planes(context, agnostic, person, sleeves), pose, noise)


def _at_neckline(
    context: Context, probabilities: Tensor, collar: Sequence[Collar | None], laid: Tensor, flow: Tensor
) -> Tensor:
    """No garment on which the inside of its collar lies, but where the network is sure of it, and no neck under its
    front where it is in two minds; `laid` (B, 1, 256, 192) is the mask of both."""
    marks = context.masks(np.zeros(segmentation.SIZE, np.uint8) if one is None else small(one.mask) for one in collar)
    inside = carried(marks, flow, "zeros") > 0.5
    told = torch.tensor([one is not None and context.category.neckline for one in collar], device=flow.device)
    front = (laid > 0.5) & ~inside & told[:, None, None, None]
    neck = probabilities[:, [Seg.NECK]] > _HARDLY
    garment = probabilities[:, [context.category.garment]] > _PERHAPS
    made = probabilities.clone()
    made[:, [context.category.garment]] *= ~(inside & neck)
    made[:, [Seg.NECK]] *= ~(front & garment)
    return made


def _arriving(context: Context, probabilities: Tensor, laid: Tensor, flow: Tensor) -> Tensor:
    """No garment where its mask is not `laid` (B, 1, 256, 192), nor near (HR-VITON): capes over arms that stay bare.

    And none in wide gaps that the flow leaves between body and long sleeves, however near.
    """
    planes = torch.ones_like(probabilities)
    planes[:, context.category.garment] = F.max_pool2d(laid, 2 * _NEAR + 1, stride=1, padding=_NEAR)[:, 0]
    for number, nowhere in enumerate((flow[:, 0] < NOWHERE).cpu().numpy()):
        if nowhere.any():
            planes[number, context.category.garment] *= torch.from_numpy(~_wide(nowhere)).to(planes)
    return probabilities * planes


def _wide(gap: BoolMask) -> BoolMask:
    """What of a gap is no crease."""
    opened = cv2.morphologyEx(gap.astype(np.uint8), cv2.MORPH_OPEN, np.ones((_WIDE, _WIDE), np.uint8)) > 0
    return opened & ~small_parts(opened, 8, least=_HOLE)
