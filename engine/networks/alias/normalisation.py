"""Parameter-free normalisations of the ALIAS generator, in their plain (dense) form."""

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.networks.statistics import EPSILON

SCALES = 8  # of the ALIAS generator, each twice the size of the one before
LEAK = 0.2  # slope of the LeakyReLUs between the norms and the convolutions


def instance_norm(x: Tensor) -> Tensor:
    """(B, C, H, W) with mean 0 and variance 1 over each sample's and channel's pixels."""
    if x.shape[2] * x.shape[3] == 1:
        return x - x  # PyTorch refuses a single pixel; its deviation from its own mean is zero
    return F.instance_norm(x, eps=EPSILON)


def masked_norm(x: Tensor, mask: Tensor) -> Tensor:
    """Normalise the region where mask (B, 1, H, W) is 1 and the rest separately (VITON-HD, section 3.4, equation 5).

    x: (B, C, H, W). The mask may be soft; then each region is weighted by it.
    """
    return _region_norm(x, mask) + _region_norm(x, 1 - mask)


def _region_norm(x: Tensor, region: Tensor) -> Tensor:
    # published form: the outside is filled with the region's mean, which shrinks the variance by the region's share,
    # and the square root of that share undoes it; a region without pixels counts as one pixel
    pixels = region.sum(dim=(2, 3), keepdim=True)
    pixels = torch.where(pixels == 0, torch.ones_like(pixels), pixels)
    mean = (x * region).sum(dim=(2, 3), keepdim=True) / pixels
    filled = x * region + mean * (1 - region)
    return instance_norm(filled) * (pixels / (x.shape[2] * x.shape[3])).sqrt()
