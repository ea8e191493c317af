"""ClothFlow's rendering network (Han et al., "ClothFlow: A Flow-Based Model for Clothed Person Generation", ICCV 2019).

An encoder and decoder that draw the person from the garment as a cascaded appearance flow has laid it, the predicted
layout, the pose and what is kept of the person. The flow is `engine.networks.flow`: a cascade over two feature
pyramids as in the paper, but with the correlations and the second head a level of PF-AFN.
"""

from dataclasses import dataclass

import torch
from torch import nn

from engine.networks.painting import Painted, Seen
from engine.networks.strided_unet import StridedUNet

READS = ("agnostic", "pose", "laid", "laid_mask", "parse")
PLANES = 23


@dataclass(frozen=True)
class ClothFlowConfig:
    """Hyper-parameters."""

    width: int = 64  # channels of the first level


class ClothFlow(nn.Module):
    """The rendering network.

    >>> from engine.networks.painting import blank
    >>> ClothFlow(ClothFlowConfig(width=4)).eval()(blank((64, 64))).picture.shape
    torch.Size([1, 3, 64, 64])
    """

    def __init__(self, config: ClothFlowConfig = ClothFlowConfig()) -> None:
        super().__init__()
        self.config = config
        self.unet = StridedUNet(PLANES, 3, config.width, resized=True)

    def forward(self, seen: Seen) -> Painted:
        picture = torch.tanh(self.unet(seen.planes(*READS)).float())
        return Painted(picture, picture)
