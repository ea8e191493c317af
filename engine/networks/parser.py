"""Person parser: what every pixel of a photo of a person is, and where the joints are.

Our own network, trained from nothing: a residual U-Net (He et al., CVPR 2016; Ronneberger et al., MICCAI 2015) whose
finest features have half the size of the photo, because a CPU pays most for large maps. The parse gets its full size
back by sub-pixel convolution (Shi et al., CVPR 2016).
"""

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.labels import LIP
from engine.skeleton import JOINTS

SIZE = (256, 192)
MULTIPLE = 32  # of which height and width have to be multiples
CLASSES = len(LIP)
HEAT_STRIDE = 2  # pixels of the photo to one of a heat map, each way
_GROWTH = (1, 2, 4, 8, 10)  # channels of the levels, in widths
_BLOCKS = (0, 1, 2, 2, 1)  # residual blocks of the levels


@dataclass(frozen=True)
class ParserConfig:
    """Hyper-parameters."""

    width: int = 24  # channels of the finest level


class PersonParser(nn.Module):
    """U-Net of five levels with two heads.

    Input (B, 3, H, W) in [-1, 1]; H and W are multiples of 32, 256 x 192 in use. Outputs: logits (B, 20, H, W) of the
    classes of `engine.labels.LIP`, to be read with a softmax, and logits (B, 25, H/2, W/2) of one heat map a joint of
    `engine.skeleton.Joint`, to be read with a sigmoid (see `find_joints`).

    >>> parse, heat = PersonParser(ParserConfig(width=4)).eval()(torch.zeros(1, 3, 64, 32))
    >>> parse.shape, heat.shape
    (torch.Size([1, 20, 64, 32]), torch.Size([1, 25, 32, 16]))
    """

    def __init__(self, config: ParserConfig = ParserConfig()) -> None:
        super().__init__()
        self.config = config
        channels = [factor * config.width for factor in _GROWTH]
        self.down = nn.ModuleList(_level(*level) for level in zip([3, *channels], channels, _BLOCKS, strict=False))
        self.skip = nn.ModuleList(nn.Conv2d(coarse + fine, fine, 1, bias=False) for fine, coarse in pairwise(channels))
        self.up = nn.ModuleList(nn.Sequential(_norm(fine), *_conv(fine, fine)) for fine in channels[:-1])
        self.parse = nn.Sequential(*_conv(channels[0], channels[0]), _upscaled(channels[0], CLASSES))
        self.heat = nn.Sequential(*_conv(channels[1], channels[1]), _upscaled(channels[1], JOINTS))
        nn.init.constant_(self.heat[-1][0].bias, -4.0)  # type: ignore[index]  # most of a map is empty

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        y = x
        levels: list[Tensor] = []
        for level in self.down:
            y = level(y)
            levels.append(y)
        for index in range(len(levels) - 2, -1, -1):
            y = F.interpolate(y, scale_factor=2.0, mode="nearest")
            y = self.up[index](self.skip[index](torch.cat([y, levels[index]], dim=1)))
            if index == 1:
                heat: Tensor = self.heat(y)
        parse: Tensor = self.parse(y)
        return parse, heat


class _Residual(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Sequential(*_conv(channels, channels))
        self.second = nn.Sequential(*_conv(channels, channels)[:2])

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


def _level(channels_in: int, channels_out: int, blocks: int) -> nn.Sequential:
    """Half the size, then residual blocks; a plain convolution where there are none."""
    after = [_Residual(channels_out) for _ in range(blocks)] or _conv(channels_out, channels_out)
    return nn.Sequential(*_conv(channels_in, channels_out, stride=2), *after)


def _conv(channels_in: int, channels_out: int, stride: int = 1) -> list[nn.Module]:
    conv = nn.Conv2d(channels_in, channels_out, 3, stride=stride, padding=1, bias=False)
    return [conv, nn.BatchNorm2d(channels_out), nn.ReLU(inplace=True)]


def _norm(channels: int) -> nn.Sequential:
    return nn.Sequential(nn.BatchNorm2d(channels), nn.ReLU(inplace=True))


def _upscaled(channels_in: int, channels_out: int) -> nn.Sequential:
    """A linear map to maps of twice the size; the four pixels begin alike, without a chequered pattern."""
    conv = nn.Conv2d(channels_in, 4 * channels_out, 1)
    with torch.no_grad():
        for tensor in (conv.weight, conv.bias):
            if tensor is not None:
                tensor.copy_(tensor[::4].repeat_interleave(4, dim=0))
    return nn.Sequential(conv, nn.PixelShuffle(2))


def find_joints(heat: Tensor) -> Tensor:
    """Heat logits (B, 25, h, w) -> (B, 25, 3): x and y in pixels of the photo, confidence in (0, 1).

    The highest point of each map, moved to the centre of mass of the 5 x 5 around it, so that it falls between pixels.
    """
    batch, joints, height, width = heat.shape
    maps = torch.sigmoid(heat.float())
    confidence, place = maps.flatten(2).max(dim=2)
    rows, columns = place // width, place % width
    reach = torch.arange(-2, 3, device=heat.device)
    y = (rows[..., None] + reach).clamp(0, height - 1)
    x = (columns[..., None] + reach).clamp(0, width - 1)
    index = (y[..., :, None] * width + x[..., None, :]).flatten(2)
    mass = maps.flatten(2).gather(2, index).reshape(batch, joints, 5, 5)
    total = mass.sum(dim=(2, 3)).clamp_min(1e-9)
    centre_y = (mass.sum(dim=3) * y).sum(dim=2) / total
    centre_x = (mass.sum(dim=2) * x).sum(dim=2) / total
    offset = (HEAT_STRIDE - 1) / 2
    return torch.stack([centre_x * HEAT_STRIDE + offset, centre_y * HEAT_STRIDE + offset, confidence], dim=2)
