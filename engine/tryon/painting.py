"""The pictures of other papers' painters (`engine.networks.painting`), made at 256 x 192 and enlarged."""

from collections.abc import Sequence

import numpy as np
from torch import Tensor
from torch.nn import functional as F

from engine.arrays import Array8
from engine.errors import TryOnError
from engine.labels import Seg, lip_to_segmentation
from engine.networks.flow import thinned
from engine.networks.inputs import on_white
from engine.networks.painting import Painter, Seen
from engine.tryon.context import Context
from engine.tryon.laying import eight_bit, label_planes, small
from engine.values import Agnostic, Garment, Generated, Person, Segmentation, Warp

_ARMS = (Seg.LEFT_ARM, Seg.RIGHT_ARM)


def painted(
    context: Context,
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    warp: Sequence[Warp],
    person: Sequence[Person | None],
    garment: Sequence[Garment | None],
) -> list[Generated]:
    """The person in the garment, by the painter that there is. TryOnError where it lacks a garment that it needs."""
    seen = _seen(context, agnostic, segmentation, warp, person, garment)

    def call(network: Painter) -> Tensor:
        return network(seen).picture

    made = F.interpolate(context.forward(call).float(), size=agnostic[0].size, mode="bicubic", align_corners=False)
    return [Generated(one) for one in eight_bit(made)]


def _seen(
    context: Context,
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    warp: Sequence[Warp],
    person: Sequence[Person | None],
    garment: Sequence[Garment | None],
) -> Seen:
    parse = label_planes(context, [one.labels for one in segmentation])
    laid = _on_white(context, [one.cloth for one in warp], [one.mask for one in warp])
    laid_mask = thinned(context.masks(one.mask for one in warp))
    kept = [_limbs(*pair) for pair in zip(segmentation, person, strict=True)]
    limbs_mask = (thinned(context.masks(mask for _, mask in kept)) > 0.5).float()
    garments = [one for one in garment if one is not None]
    if len(garments) != len(garment) and context.kind == "pix2pix":
        raise TryOnError("painter.garment")
    cloth = _on_white(context, [one.image for one in garments], [one.mask for one in garments]) if garments else laid
    garment_class = context.category.garment
    return Seen(
        agnostic=context.pictures(small(one.image) for one in agnostic),
        pose=context.pictures(small(one.pose_picture) for one in agnostic),
        cloth=cloth,
        laid=laid,
        laid_mask=laid_mask,
        parse=parse,
        region=parse[:, garment_class : garment_class + 1],
        limbs=context.pictures(small(image) for image, _ in kept) * limbs_mask,
        limbs_mask=limbs_mask,
    )


def _on_white(context: Context, pictures: Sequence[Array8], masks: Sequence[Array8]) -> Tensor:
    return on_white(context.pictures(small(one) for one in pictures), thinned(context.masks(masks)))


def _limbs(segmentation: Segmentation, person: Person | None) -> tuple[Array8, Array8]:
    """The photo, and where in it (0 or 255) its arms stay in sight: they are arms before and after."""
    if person is None:
        empty = np.zeros_like(segmentation.labels)
        return np.stack([empty] * 3, axis=-1), empty
    arms = np.isin(lip_to_segmentation(person.parse), _ARMS) & np.isin(segmentation.labels, _ARMS)
    return person.image, np.where(arms, 255, 0).astype(np.uint8)
