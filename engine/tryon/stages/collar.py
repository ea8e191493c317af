"""The inside of the collar, found in the product photo."""

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional as F

from engine.networks.flow import garment_planes
from engine.tryon.context import Context
from engine.tryon.high_collars import standing_collar
from engine.tryon.laying import small
from engine.values import Collar, Garment


def run(context: Context, garment: Sequence[Garment]) -> list[Collar]:
    """Mark what is more likely than not the inside of the collar, within the garment; a standing one shows none."""
    mask = (context.masks(small(one.mask) for one in garment) > 0.5).float()
    planes = garment_planes(context.pictures(small(one.image) for one in garment), mask)
    marks = torch.sigmoid(context.forward(lambda network: network(planes)).float())
    inside = F.interpolate(marks, size=context.options.size, mode="bilinear", align_corners=False)[:, 0] > 0.5
    found = inside.cpu().numpy()
    return [
        Collar(np.where(one & (of.mask >= 128) & (standing_collar(of) is None), 255, 0).astype(np.uint8))
        for one, of in zip(found, garment, strict=True)
    ]
