"""The U-Net of pix2pix (Isola et al., CVPR 2017), which CP-VTON, ClothFlow and ACGPN build on too.

Six halvings by strided convolutions, so that 256 x 192 ends at 4 x 3; the published eight end 256 x 256 at 1 x 1. Every
picture is normalised by itself: the published batch normalisation of a batch of one.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn

_GROWTH = (1, 2, 4, 8, 8, 8)  # channels of the levels, in widths
_DROPPED = 3  # of the coarsest levels on the way up that have dropout, where there is any


class StridedUNet(nn.Module):
    """(B, channels_in, H, W) -> (B, channels_out, H, W) without an activation; H and W are multiples of 64.

    width: channels of the first level. dropout: share of the three coarsest levels' features that training drops.
    resized: enlarge by interpolation and convolve, as CP-VTON does, instead of transposed convolutions.
    """

    def __init__(
        self, channels_in: int, channels_out: int, width: int, dropout: float = 0.0, resized: bool = False
    ) -> None:
        super().__init__()
        widths = [factor * width for factor in _GROWTH]
        last = len(widths) - 1
        self.down = nn.ModuleList(
            _down(source, target, begins=level == 0, normed=0 < level < last)
            for level, (source, target) in enumerate(pairwise([channels_in, *widths]))
        )
        self.up = nn.ModuleList(
            _up(
                widths[level] * (1 if level == last else 2),
                widths[level - 1] if level else channels_out,
                dropout if level > last - _DROPPED else 0.0,
                resized,
                ends=level == 0,
            )
            for level in range(last, -1, -1)
        )

    def forward(self, x: Tensor) -> Tensor:
        levels: list[Tensor] = []
        for down in self.down:
            x = down(x)
            levels.append(x)
        y = self.up[0](levels.pop())
        for up in self.up[1:]:
            y = up(torch.cat([y, levels.pop()], dim=1))
        made: Tensor = y
        return made


def _down(source: int, target: int, begins: bool, normed: bool) -> nn.Sequential:
    layers: list[nn.Module] = [] if begins else [nn.LeakyReLU(0.2)]
    layers.append(nn.Conv2d(source, target, 4, stride=2, padding=1))
    return nn.Sequential(*layers, *([nn.InstanceNorm2d(target)] if normed else []))


def _up(source: int, target: int, dropout: float, resized: bool, ends: bool) -> nn.Sequential:
    layers: list[nn.Module] = [nn.ReLU()]
    if resized:
        layers += [nn.Upsample(scale_factor=2, mode="bilinear"), nn.Conv2d(source, target, 3, padding=1)]
    else:
        layers.append(nn.ConvTranspose2d(source, target, 4, stride=2, padding=1))
    if not ends:
        layers.append(nn.InstanceNorm2d(target))
    return nn.Sequential(*layers, *([nn.Dropout(dropout)] if dropout else []))
