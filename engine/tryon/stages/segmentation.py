"""The parse predicted for the person wearing the garment (the segmentation generator of VITON-HD)."""

from collections.abc import Sequence

import torch

from engine import inputs
from engine.tidying import tidied
from engine.tryon.context import Context
from engine.values import Agnostic, Garment, Segmentation


def run(context: Context, agnostic: Sequence[Agnostic], garment: Sequence[Garment]) -> list[Segmentation]:
    """Predict the parse; tidied where the pack asks for it."""
    x = inputs.segmentation_input(
        context.masks(one.mask for one in garment),
        context.pictures(one.image for one in garment),
        context.planes(one.parse_planes for one in agnostic),
        context.pictures(one.pose_picture for one in agnostic),
        inputs.segmentation_noise(context.generators()),
    )
    probabilities = context.forward(lambda network: network(x))
    labels = inputs.segmentation_labels(probabilities, context.options.size).to(torch.uint8).cpu().numpy()
    made = [Segmentation(one) for one in labels]
    return [tidied(one, context.category) for one in made] if context.refinements.tidy_parse else made
