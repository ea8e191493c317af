"""The inside of the collar, found in the product photo."""

from collections.abc import Sequence

import torch
from torch.nn import functional as F

from engine.networks.flow import garment_planes, thinned
from engine.tryon.context import Context
from engine.values import Collar, Garment


def run(context: Context, garment: Sequence[Garment]) -> list[Collar]:
    """Mark what is more likely than not the inside of the collar, within the garment."""
    cloth, mask = context.pictures(one.image for one in garment), context.masks(one.mask for one in garment)
    planes = garment_planes(thinned(cloth), (thinned(mask) > 0.5).float())
    marks = torch.sigmoid(context.forward(lambda network: network(planes)).float())
    inside = F.interpolate(marks, size=context.options.size, mode="bilinear", align_corners=False) > 0.5
    made = ((inside & (mask > 0.5))[:, 0] * 255).to(torch.uint8).cpu().numpy()
    return [Collar(one) for one in made]
