"""The residual U-Net under our own networks that look at photos: person parser and garment mask.

Levels as in He et al. (CVPR 2016), joined as in Ronneberger et al. (MICCAI 2015). The finest features have half the
size of the photo, because a CPU pays most for large maps; full size comes back by sub-pixel convolution (Shi et al.,
CVPR 2016).
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

MULTIPLE = 32  # of which height and width have to be multiples


class ResidualUNet(nn.Module):
    """Five levels, each of half the size of the one before.

    channels: of the levels, fine to coarse. blocks: residual blocks of each, a plain convolution where there are none;
    or the levels themselves, of an encoder that was trained before. widths: of the features that are given back, those
    of the levels if None.
    """

    def __init__(
        self, channels: Sequence[int], blocks: Sequence[int] | Sequence[nn.Module], widths: Sequence[int] | None = None
    ) -> None:
        super().__init__()
        inputs, widths = [3, *channels[:-1]], [*(widths or channels[:-1]), channels[-1]]
        levels: list[nn.Module] = []
        for source, target, level in zip(inputs, channels, list[int | nn.Module](blocks), strict=True):
            levels.append(level if isinstance(level, nn.Module) else _level(source, target, level))
        self.down = nn.ModuleList(levels)
        joined = zip(widths, widths[1:], channels, strict=False)
        self.skip = nn.ModuleList(nn.Conv2d(coarse + own, fine, 1, bias=False) for fine, coarse, own in joined)
        self.up = nn.ModuleList(nn.Sequential(_norm(fine), *conv(fine, fine)) for fine in widths[:-1])

    def features(self, x: Tensor) -> list[Tensor]:
        """(B, 3, H, W) to the features of all levels but the coarsest, fine to coarse: H/2, H/4, H/8, H/16."""
        levels: list[Tensor] = []
        y = x
        for level in self.down:
            y = level(y)
            levels.append(y)
        made: list[Tensor] = []
        for index in range(len(levels) - 2, -1, -1):
            y = F.interpolate(y, scale_factor=2.0, mode="nearest")
            y = self.up[index](self.skip[index](torch.cat([y, levels[index]], dim=1)))
            made.insert(0, y)
        return made


class Residual(nn.Module):
    """Two convolutions whose result is added to what went in (He et al., CVPR 2016)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Sequential(*conv(channels, channels))
        self.second = nn.Sequential(*conv(channels, channels)[:2])

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


def conv(channels_in: int, channels_out: int, stride: int = 1) -> list[nn.Module]:
    """A 3 x 3 convolution with batch normalisation and ReLU."""
    layer = nn.Conv2d(channels_in, channels_out, 3, stride=stride, padding=1, bias=False)
    return [layer, nn.BatchNorm2d(channels_out), nn.ReLU(inplace=True)]


def upscaled(channels_in: int, channels_out: int) -> nn.Sequential:
    """A linear map to maps of twice the size; the four pixels begin alike, without a chequered pattern."""
    layer = nn.Conv2d(channels_in, 4 * channels_out, 1)
    with torch.no_grad():
        for tensor in (layer.weight, layer.bias):
            if tensor is not None:
                tensor.copy_(tensor[::4].repeat_interleave(4, dim=0))
    return nn.Sequential(layer, nn.PixelShuffle(2))


def _level(channels_in: int, channels_out: int, blocks: int) -> nn.Sequential:
    after = [Residual(channels_out) for _ in range(blocks)] or conv(channels_out, channels_out)
    return nn.Sequential(*conv(channels_in, channels_out, stride=2), *after)


def _norm(channels: int) -> nn.Sequential:
    return nn.Sequential(nn.BatchNorm2d(channels), nn.ReLU(inplace=True))
