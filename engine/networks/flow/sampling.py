"""A flow, and pictures sampled along it.

A flow is (B, 2, h, w): how far from the place itself, x then y, in units of half the picture's width and height, the
place's content lies in the other picture. It may have any size; it is enlarged to that of the picture.
"""

import torch
from torch import Tensor
from torch.nn import functional as F


def rest_grid(size: tuple[int, int], device: torch.device) -> Tensor:
    """The grid (1, H, W, 2) along which `grid_sample` (align_corners False) leaves a picture as it is."""
    height, width = size
    y, x = ((torch.arange(side, device=device) + 0.5) / side * 2 - 1 for side in (height, width))
    return torch.stack([x.expand(height, width), y[:, None].expand(height, width)], dim=-1)[None]


def resized(flow: Tensor, size: tuple[int, int]) -> Tensor:
    """The flow (B, 2, h, w) at another size, bilinearly; its units are shares of the picture and stay."""
    if tuple(flow.shape[2:]) == size:
        return flow
    return F.interpolate(flow, size=size, mode="bilinear", align_corners=False)


def grid_of(flow: Tensor, size: tuple[int, int]) -> Tensor:
    """The sampling grid (B, H, W, 2) of a flow, float32."""
    return rest_grid(size, flow.device) + resized(flow.float(), size).permute(0, 2, 3, 1)


def carried(picture: Tensor, flow: Tensor, outside: str = "border") -> Tensor:
    """`picture` (B, C, H, W) carried along the flow, in its own precision.

    outside: what lies beyond the picture: "border" repeats its edge, as for photos, "zeros" is for masks.
    """
    grid = grid_of(flow, (picture.shape[2], picture.shape[3]))
    moved = F.grid_sample(picture.float(), grid, padding_mode=outside, align_corners=False)
    return moved.to(picture.dtype)
