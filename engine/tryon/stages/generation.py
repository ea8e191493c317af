"""The generator's picture of the person wearing the warped garment (the ALIAS generator of VITON-HD)."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from engine import inputs
from engine.labels import ALIAS, one_hot, segmentation_to_alias
from engine.tryon.context import Context
from engine.values import Agnostic, Generated, Misalignment, Segmentation, Warp


def run(
    context: Context,
    agnostic: Sequence[Agnostic],
    segmentation: Sequence[Segmentation],
    warp: Sequence[Warp],
    misalignment: Sequence[Misalignment],
) -> list[Generated]:
    """Draw the person, with noise of the job's seed."""
    labels = (segmentation_to_alias(one.labels, context.category.to_alias) for one in segmentation)
    parse = context.planes(one_hot(one, len(ALIAS.names)) for one in labels)
    misaligned = context.masks(one.mask for one in misalignment)
    x = inputs.alias_input(
        context.pictures(one.image for one in agnostic),
        context.pictures(one.pose_picture for one in agnostic),
        context.pictures(one.cloth for one in warp),
    )
    noise = context.generators()

    def call(network: nn.Module) -> Tensor:
        picture: Tensor = network(x, parse, misaligned, generator=noise, report=context.tracker.reach)
        return picture

    # published rule: (y + 1) * 127.5, truncated
    made = ((context.forward(call).float() + 1) * 127.5).clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)
    return [Generated(one) for one in made.contiguous().cpu().numpy()]
