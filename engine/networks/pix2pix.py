"""pix2pix (Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks", CVPR 2017), as a try-on.

Straight from the person without the garment and the product photo to the picture: nothing is warped and no parse is
predicted. The paper's dropout, its source of noise, is off in a try-on, so that a picture can be made again.
"""

from dataclasses import dataclass

import torch
from torch import nn

from engine.networks.painting import Painted, Seen
from engine.networks.strided_unet import StridedUNet

READS = ("agnostic", "pose", "cloth")
PLANES = 9


@dataclass(frozen=True)
class Pix2PixConfig:
    """Hyper-parameters; the defaults are the published ones."""

    width: int = 64  # channels of the first level
    dropout: float = 0.5  # in the three coarsest levels on the way up


class Pix2Pix(nn.Module):
    """The generator.

    >>> import torch
    >>> from engine.networks.painting import blank
    >>> Pix2Pix(Pix2PixConfig(width=4)).eval()(blank((64, 64))).picture.shape
    torch.Size([1, 3, 64, 64])
    """

    def __init__(self, config: Pix2PixConfig = Pix2PixConfig()) -> None:
        super().__init__()
        self.config = config
        self.unet = StridedUNet(PLANES, 3, config.width, config.dropout)

    def forward(self, seen: Seen) -> Painted:
        picture = torch.tanh(self.unet(seen.planes(*READS)).float())
        return Painted(picture, picture)
