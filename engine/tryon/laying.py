"""What stages have in common: from values of `engine.values` to a warper's tensors, and from pictures back."""

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.arrays import Array8, Labels
from engine.category.agnostic import bare_limbs
from engine.imaging.images import resize_labels
from engine.labels import SEGMENTATION, Lip, lip_to_segmentation, one_hot
from engine.networks.flow import SIZE
from engine.tryon.context import Context
from engine.tryon.new_sleeves import in_new_sleeves
from engine.values import Agnostic, Garment, Person, Sleeves
from engine.warping import Scene, Warper, thinned


def shown_planes(
    context: Context,
    agnostic: Sequence[Agnostic],
    person: Sequence[Person | None],
    sleeves: Sequence[Sleeves | None],
) -> Tensor:
    """The agnostic parses as one-hot planes (B, 13, 256, 192), as the stage's network is used to seeing them.

    One that was trained without the bare limbs sees nobody's: as if every sleeve reached the hands. Another sees those
    that the new sleeves leave bare.
    """
    parses = [_shown(context, *one) for one in zip(agnostic, person, sleeves, strict=True)]
    return label_planes(context, map(lip_to_segmentation, parses))


def _shown(context: Context, agnostic: Agnostic, person: Person | None, sleeves: Sleeves | None) -> Labels:
    parse = resize_labels(agnostic.parse, SIZE)
    if person is None:
        return parse
    if not getattr(context.config, "sees_limbs", True):
        parse[bare_limbs(parse, person.pose, context.category)] = Lip.BACKGROUND
    elif sleeves is not None:
        parse = in_new_sleeves(parse, person, sleeves, context.category)
    return parse


def label_planes(context: Context, labels: Iterable[Array8]) -> Tensor:
    """Labels (H, W) of the 13 classes as one-hot planes (B, 13, 256, 192)."""
    return context.planes(one_hot(resize_labels(one, SIZE), len(SEGMENTATION)) for one in labels)


def small(picture: Array8) -> Array8:
    """A picture (H, W, 3) or mask (H, W) at 256 x 192, every pixel the mean of those it stands for."""
    return thinned(picture, SIZE, means=True)


def scene_of(
    context: Context, warper: Warper, agnostic: Sequence[Agnostic], garment: Sequence[Garment], parse: Tensor | None
) -> Scene:
    """People and garments before anything else is predicted; `parse` for warpers that ask for planes."""
    how = warper.size, warper.means
    return Scene(
        region=None,
        pose=context.pictures(thinned(one.pose_picture, *how) for one in agnostic),
        agnostic=context.pictures(thinned(one.image, *how) for one in agnostic),
        cloth=context.pictures(thinned(one.image, *how) for one in garment),
        cloth_mask=context.masks(thinned(one.mask, warper.size, True) if warper.means else one.mask for one in garment),
        parse=parse,
    )


def eight_bit(pictures: Tensor) -> Array8:
    """Pictures (B, 3, H, W) in [-1, 1] as the nearest 8-bit values (B, H, W, 3); the published output truncates."""
    nearest = (pictures + 1).mul_(127.5).round_().clamp_(0, 255).to(torch.uint8)
    return np.stack([cv2.merge([*one]) for one in nearest.cpu().numpy()])
