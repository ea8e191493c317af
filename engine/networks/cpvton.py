"""CP-VTON's try-on module (Wang et al., "Toward Characteristic-Preserving Image-based Virtual Try-On", ECCV 2018).

A U-Net draws the person and a composition mask that says where the warped garment is taken as it is. The garment comes
from a geometric matching module with a thin-plate spline, which is `engine.networks.matching` here. Two things differ:
the matching sees the predicted region of the garment where the paper's sees a blurred body shape, and the person is
shown as the other methods are shown them, by the agnostic picture and the drawn pose, where the paper's 22 planes are
pose heat maps, body shape and head.
"""

from dataclasses import dataclass

from torch import nn

from engine.networks.painting import Painted, Seen, composed
from engine.networks.strided_unet import StridedUNet

READS = ("agnostic", "pose", "laid")
PLANES = 9


@dataclass(frozen=True)
class CpVtonConfig:
    """Hyper-parameters; the defaults are the published ones."""

    width: int = 64  # channels of the first level


class CpVton(nn.Module):
    """The try-on module.

    >>> from engine.networks.painting import blank
    >>> CpVton(CpVtonConfig(width=4)).eval()(blank((64, 64))).shown.shape
    torch.Size([1, 1, 64, 64])
    """

    def __init__(self, config: CpVtonConfig = CpVtonConfig()) -> None:
        super().__init__()
        self.config = config
        self.unet = StridedUNet(PLANES, 4, config.width, resized=True)

    def forward(self, seen: Seen) -> Painted:
        return composed(self.unet(seen.planes(*READS)).float(), seen.laid)
