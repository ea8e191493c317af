"""Recipe of ACGPN's refinement and fusion: a conditional adversarial loss, a classifier's features, plain distances.

After Yang et al., CVPR 2020. The refined garment learns from what is worn, and its mask to show the warp, as the
paper's clothes warping does. The warp is the recipe "matching", whose second-order constraint is ACGPN's.
"""

from dataclasses import dataclass
from typing import ClassVar

from engine.networks.acgpn import Acgpn, AcgpnConfig
from engine.networks.painting import Painted
from engine.training.recipe import Losses, Prepared
from engine.training.recipes.matching import within
from engine.training.recipes.painting import PaintingRecipe, WarpedOptions, presets


@dataclass(frozen=True, kw_only=True)
class AcgpnOptions(WarpedOptions):
    """Hyper-parameters of the ACGPN recipe."""

    l1: float = 10.0  # weight of the plain distance
    perceptual: float = 10.0  # weight of the distance of a classifier's features
    cloth: float = 10.0  # weight of the refined garment's distance from the worn one
    mask: float = 1.0  # weight of the refinement mask's distance from 1
    critic_width: int = 64  # channels of the discriminator's first layer; 0 trains without one


PRESETS = presets(AcgpnOptions, 8, smoke=8, small=32)


class AcgpnRecipe(PaintingRecipe):
    """Trains `Acgpn` on the warps of a trained matching network."""

    kind: ClassVar[str] = "acgpn"
    trains: ClassVar[str] = "acgpn"
    reads: ClassVar[tuple[str, ...]] = ("agnostic", "pose", "parse", "laid")
    reads_planes: ClassVar[int] = 22

    options: AcgpnOptions

    def __init__(self, options: AcgpnOptions) -> None:
        super().__init__(options, Acgpn(AcgpnConfig(options.width)), options.critic_width)

    def terms(self, painted: Painted, batch: Prepared) -> Losses:
        assert painted.shown is not None
        worn = (painted.rendered - batch["truth"]).abs().mean(dim=1, keepdim=True)
        return {
            "perceptual": self.options.perceptual * self.perceptual(painted, batch),
            "cloth": self.options.cloth * within(worn, batch["region"]).mean(),
            "mask": self.options.mask * within(1 - painted.shown, batch["region"]).mean(),
        }
