"""A U-Net that marks places of a photo, for each of some kinds of place a plane of logits.

Our own, trained from nothing: a U-Net (Ronneberger et al., MICCAI 2015) with residual levels (He et al., CVPR 2016).
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

MULTIPLE = 32  # of which height and width have to be multiples
GARMENT_CHANNELS = 4
_GROWTH = (1, 2, 4, 6, 6)  # channels of the levels, in widths
_SLOPE = 0.1  # of the leaky ReLUs


def _conv(channels_in: int, channels_out: int, stride: int = 1) -> list[nn.Module]:
    layer = nn.Conv2d(channels_in, channels_out, 3, stride=stride, padding=1, bias=False)
    return [layer, nn.InstanceNorm2d(channels_out, affine=True), nn.LeakyReLU(_SLOPE, inplace=True)]


class _Residual(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(*_conv(channels, channels), *_conv(channels, channels)[:2])

    def forward(self, x: Tensor) -> Tensor:
        return F.leaky_relu(x + self.body(x), _SLOPE)


class PhotoMarks(nn.Module):
    """U-Net of five levels, the finest at half the picture's size.

    width: channels of the finest level. planes: kinds of place. first: all logits of a new network, about.
    Input (B, channels, H, W), 4 from `engine.networks.flow.garment_planes`: product photo on white 3, mask 1; H and W
    are multiples of 32. Output: logits (B, planes, H, W), to be read with a sigmoid.
    """

    def __init__(self, width: int, planes: int, first: float, channels: int = GARMENT_CHANNELS) -> None:
        super().__init__()
        self.channels = channels
        widths = [factor * width for factor in _GROWTH]
        pairs = list(pairwise(widths))
        self.stem = nn.Sequential(*_conv(channels, widths[0], stride=2))
        self.down = nn.ModuleList(nn.Sequential(*_conv(a, b, stride=2), _Residual(b)) for a, b in pairs)
        self.up = nn.ModuleList(nn.Sequential(*_conv(a + b, a)) for a, b in reversed(pairs))
        self.out = nn.Conv2d(widths[0], planes, 3, padding=1)
        nn.init.constant_(self.out.bias, first)  # type: ignore[arg-type]

    def forward(self, photo: Tensor) -> Tensor:
        shape = tuple(photo.shape)
        if len(shape) != 4 or shape[1] != self.channels or any(side % MULTIPLE for side in shape[2:]):
            raise ValueError(f"marks are found in (B, {self.channels}, H, W), multiples of 32, not in {shape}")
        levels = [self.stem(photo)]
        for down in self.down:
            levels.append(down(levels[-1]))
        y = levels.pop()
        for up, level in zip(self.up, reversed(levels), strict=True):
            y = up(torch.cat([F.interpolate(y, scale_factor=2.0), level], dim=1))
        return F.interpolate(self.out(y).float(), scale_factor=2.0, mode="bilinear", align_corners=False)
