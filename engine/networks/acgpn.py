"""ACGPN's refinement of the warp and content fusion (Yang et al., "Towards Photo-Realistic Virtual Try-On by Adaptively
Generating-Preserving Image Content", CVPR 2020).

One U-Net refines the warped garment with a mask that mixes it with the warp, a second one fuses it with what the
predicted layout lets be kept of the person, arms among it, and paints the rest. The layout is that of
`engine.networks.segmentation`, which predicts in one step what the paper predicts in two (body, then garment); the warp
is `engine.networks.matching`, trained with the paper's second-order constraint.
"""

from dataclasses import dataclass

import torch
from torch import nn

from engine.networks.painting import Painted, Seen, composed
from engine.networks.strided_unet import StridedUNet

REFINES = ("laid", "laid_mask", "pose", "region")
READS = ("agnostic", "pose", "parse", "region", "limbs", "limbs_mask")


@dataclass(frozen=True)
class AcgpnConfig:
    """Hyper-parameters; the defaults are the published ones."""

    width: int = 64  # channels of both networks' first level


class Acgpn(nn.Module):
    """Refinement and fusion; `Painted.rendered` is the refined garment.

    >>> from engine.networks.painting import blank
    >>> Acgpn(AcgpnConfig(width=4)).eval()(blank((64, 64))).picture.shape
    torch.Size([1, 3, 64, 64])
    """

    def __init__(self, config: AcgpnConfig = AcgpnConfig()) -> None:
        super().__init__()
        self.config = config
        self.refinement = StridedUNet(8, 4, config.width, resized=True)
        self.fusion = StridedUNet(24 + 3, 3, config.width, resized=True)

    def forward(self, seen: Seen) -> Painted:
        cloth, _, shown = composed(self.refinement(seen.planes(*REFINES)).float(), seen.laid)
        worn = cloth * seen.region + (1 - seen.region)  # white around it
        picture = torch.tanh(self.fusion(torch.cat([seen.planes(*READS), worn], dim=1)).float())
        return Painted(picture, cloth, shown)
