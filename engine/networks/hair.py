"""Hair matte: how much of each pixel is hair where hair lies before a top, so that its ends can lie before another.

Our own network, a small U-Net (`engine.networks.photo_marks`), trained from nothing on hair that a studio's plain wall
tells from itself, laid before cloth (`engine.data.raw.hair_mattes`).
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.networks.photo_marks import MULTIPLE, PhotoMarks

__all__ = ["MULTIPLE", "ROWS", "HairConfig", "HairMatte", "hair_planes"]

ROWS = 512  # of a whole photo, of which it sees a piece
_CHANNELS_IN = 5
_UNSURE = 0.0  # first logit: a pixel is as likely hair as not


@dataclass(frozen=True)
class HairConfig:
    """Hyper-parameters."""

    width: int = 16  # channels of the finest level


class HairMatte(PhotoMarks):
    """Of planes from `hair_planes`, one plane.

    >>> HairMatte(HairConfig(width=4)).eval()(torch.zeros(1, 5, 64, 96)).shape
    torch.Size([1, 1, 64, 96])
    """

    def __init__(self, config: HairConfig = HairConfig()) -> None:
        super().__init__(config.width, 1, _UNSURE, _CHANNELS_IN)
        self.config = config


def hair_planes(photo: Tensor, hair: Tensor, worn: Tensor) -> Tensor:
    """(B, 5, H, W) of a piece of a photo (B, 3, H, W) in [-1, 1] and of what a parse calls hair and top there, each
    (B, 1, H, W) from 0 to 1."""
    return torch.cat([photo, hair, worn], dim=1)
