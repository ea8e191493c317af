"""Photos of garments without those who wear them, as networks of the product photo see them."""

import torch
from torch import Tensor

from engine.arrays import Array8
from engine.networks.flow import garment_planes


def photo_planes(pictures: Array8, masks: Array8, device: torch.device) -> Tensor:
    """(N, 4, H, W), as from a batch; pictures: uint8 (N, H, W, 3), masks: uint8 (N, H, W) of 0 and 255."""
    cloth = torch.from_numpy(pictures).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1
    return garment_planes(cloth, mask_planes(masks, device))


def mask_planes(masks: Array8, device: torch.device) -> Tensor:
    """(N, 1, H, W) of 0 and 1."""
    return (torch.from_numpy(masks).to(device)[:, None] >= 128).float()
