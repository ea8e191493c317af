"""What a network marks in the product photo, for the stages that show it."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.arrays import Size
from engine.networks.flow import garment_planes
from engine.tryon.context import Context
from engine.values import Garment
from engine.warping import thinned


def marks_in(context: Context, garment: Sequence[Garment], size: Size) -> Tensor:
    """How likely each place is marked, (B, planes, H, W) of the try-on's size; the network sees photos of `size`."""
    mask = (context.masks(thinned(one.mask, size, means=True) for one in garment) > 0.5).float()
    planes = garment_planes(context.pictures(thinned(one.image, size, means=True) for one in garment), mask)
    marks = torch.sigmoid(context.forward(lambda network: network(planes)).float())
    return F.interpolate(marks, size=context.options.size, mode="bilinear", align_corners=False)
