"""What the flow sees: the person without the garment (19 planes) and the garment (4), both at 256 x 192."""

import torch
from torch import Tensor
from torch.nn import functional as F

SIZE = (256, 192)
WHITE = 1.0


def person_planes(parse: Tensor, pose: Tensor, agnostic_image: Tensor) -> Tensor:
    """(B, 19, H, W): the parse as one-hot planes 13, the pose picture 3, the agnostic picture 3.

    The parse is the one predicted for the person in the garment, or the agnostic one where nothing better is known.
    """
    return torch.cat([parse, pose, agnostic_image], dim=1)


def garment_planes(cloth: Tensor, mask: Tensor) -> Tensor:
    """(B, 4, H, W): the product photo with white around the garment 3, its mask 1. mask (B, 1, H, W) of 0 and 1."""
    return torch.cat([cloth * mask + WHITE * (1 - mask), mask], dim=1)


def thinned(picture: Tensor) -> Tensor:
    """(B, C, H, W) at 256 x 192, every pixel the mean of those it stands for."""
    return picture if tuple(picture.shape[2:]) == SIZE else F.interpolate(picture, size=SIZE, mode="area")
