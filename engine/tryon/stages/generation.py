"""The generator's picture of the person wearing the warped garment.

The composer's, VITON-HD's ALIAS generator's, or a painter's of another paper.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from engine.graph import PAINTERS
from engine.labels import ALIAS, one_hot, segmentation_to_alias, without_neck
from engine.networks import inputs
from engine.networks.alias import cropped, padded
from engine.tryon.composing import composed
from engine.tryon.context import Context
from engine.tryon.painting import painted
from engine.tryon.pushed import worn
from engine.values import Agnostic, Garment, Generated, Misalignment, Person, Segmentation, Warp


def run(
    context: Context,
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    warp: Sequence[Warp],
    misalignment: Sequence[Misalignment],
    person: Sequence[Person | None],
    garment: Sequence[Garment | None],
) -> list[Generated]:
    """Paint the person; the ALIAS generator with noise of the job's seed."""
    segmentation = [worn(*pair, context.category) for pair in zip(segmentation, warp, strict=True)]
    if context.kind == "composer":
        return composed(context, agnostic, segmentation, warp, person)
    if context.kind in PAINTERS:
        return painted(context, agnostic, segmentation, warp, person, garment)
    return _alias(context, agnostic, segmentation, warp, misalignment)


def _alias(
    context: Context,
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    warp: Sequence[Warp],
    misalignment: Sequence[Misalignment],
) -> list[Generated]:
    known = (without_neck(one.labels) if context.knows_neck else one.labels for one in segmentation)
    labels = (segmentation_to_alias(one, context.category.to_alias) for one in known)
    parse = context.planes(one_hot(one, len(ALIAS.names)) for one in labels)
    misaligned = context.masks(one.mask for one in misalignment)
    cloth = context.pictures(one.cloth for one in warp)
    if context.cloth_goes_on:  # it has learned on product photos before a white wall
        cloth = inputs.on_white(cloth, context.masks(one.mask for one in warp))
    x = inputs.alias_input(
        context.pictures(one.image for one in agnostic),
        context.pictures(one.pose_picture for one in agnostic),
        cloth,
    )
    noise = context.generators()
    height, width = x.shape[2:]

    def call(network: nn.Module) -> Tensor:
        planes = (padded(one) for one in (x, parse, misaligned))
        picture: Tensor = network(*planes, generator=noise, report=context.tracker.reach)
        return cropped(picture, (height, width))

    # published rule: (y + 1) * 127.5, truncated
    made = ((context.forward(call).float() + 1) * 127.5).clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)
    return [Generated(one) for one in made.contiguous().cpu().numpy()]
