"""Person parser: what every pixel of a photo of a person is, and where the joints are.

Our own network: an `engine.networks.unet.ResidualUNet` with two heads, on levels of its own or on those of an encoder
that has seen more photos than a parser ever will.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.labels import LIP
from engine.networks import efficientnet
from engine.networks.unet import MULTIPLE, ResidualUNet, conv, upscaled
from engine.pose.skeleton import JOINTS

__all__ = ["CLASSES", "HEAT_STRIDE", "MULTIPLE", "SIZE", "ParserConfig", "PersonParser", "PersonUNet", "find_joints"]

SIZE = (256, 192)
CLASSES = len(LIP)
HEAT_STRIDE = 2  # pixels of the photo to one of a heat map, each way
_GROWTH = (1, 2, 4, 8, 10)  # channels of the levels, in widths
_BLOCKS = (0, 1, 2, 2, 1)  # residual blocks of the levels
_DECODED = (1, 2, 3, 4)  # channels above an encoder, in widths
_EMPTY = -4.0  # first logit of the heat maps, most of which is empty


@dataclass(frozen=True)
class ParserConfig:
    """Hyper-parameters."""

    width: int = 24  # channels of the finest level
    encoder: str = ""  # "lite0": EfficientNet-Lite0 in place of levels of its own
    height: int = 256  # of the 3:4 pictures it learnt on, and sees best at; 128 costs a quarter


class PersonUNet(ResidualUNet):
    """A U-Net of five levels that looks at people, on levels of its own or on an encoder's."""

    def __init__(self, config: ParserConfig) -> None:
        if config.encoder:
            widths = [factor * config.width for factor in _DECODED]
            super().__init__(efficientnet.CHANNELS, efficientnet.levels(config.encoder), widths)
        else:
            super().__init__([factor * config.width for factor in _GROWTH], _BLOCKS)
        self.config = config


class PersonParser(PersonUNet):
    """U-Net of five levels with two heads.

    Input (B, 3, H, W) in [-1, 1]; H and W are multiples of 32. Outputs: logits (B, 20, H, W) of the
    classes of `engine.labels.LIP`, to be read with a softmax, and logits (B, 25, H/2, W/2) of one heat map a joint of
    `engine.pose.skeleton.Joint`, to be read with a sigmoid (see `find_joints`).

    >>> parse, heat = PersonParser(ParserConfig(width=4)).eval()(torch.zeros(1, 3, 64, 32))
    >>> parse.shape, heat.shape
    (torch.Size([1, 20, 64, 32]), torch.Size([1, 25, 32, 16]))
    """

    def __init__(self, config: ParserConfig = ParserConfig()) -> None:
        super().__init__(config)
        fine, coarser = config.width, _GROWTH[1] * config.width
        self.parse = nn.Sequential(*conv(fine, fine), upscaled(fine, CLASSES))
        self.heat = nn.Sequential(*conv(coarser, coarser), upscaled(coarser, JOINTS))
        nn.init.constant_(self.heat[-1][0].bias, _EMPTY)  # type: ignore[index]

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        fine, coarser = self.features(x)[:2]
        parse: Tensor = self.parse(fine)
        heat: Tensor = self.heat(coarser)
        return parse, heat


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
