"""Garment mask: which pixels of a product photo are the garment, whatever lies behind it.

Our own network, trained from nothing: a small `engine.networks.unet.ResidualUNet`.
"""

from dataclasses import dataclass

from torch import Tensor, nn

from engine.networks.unet import MULTIPLE, ResidualUNet, conv, upscaled

__all__ = ["MULTIPLE", "SIZE", "GarmentConfig", "GarmentMask"]

SIZE = (256, 192)
_GROWTH = (1, 2, 4, 8, 8)  # channels of the levels, in widths
_BLOCKS = (0, 1, 1, 1, 1)  # residual blocks of the levels


@dataclass(frozen=True)
class GarmentConfig:
    """Hyper-parameters."""

    width: int = 12  # channels of the finest level


class GarmentMask(ResidualUNet):
    """U-Net of five levels.

    Input (B, 3, H, W) in [-1, 1]; H and W are multiples of 32, 256 x 192 in use. Output: logits (B, 1, H, W), to be
    read with a sigmoid.

    >>> import torch
    >>> GarmentMask(GarmentConfig(width=4)).eval()(torch.zeros(1, 3, 64, 32)).shape
    torch.Size([1, 1, 64, 32])
    """

    def __init__(self, config: GarmentConfig = GarmentConfig()) -> None:
        super().__init__([factor * config.width for factor in _GROWTH], _BLOCKS)
        self.config = config
        self.mask = nn.Sequential(*conv(config.width, config.width), upscaled(config.width, 1))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.mask(self.features(x)[0])
        return logits
