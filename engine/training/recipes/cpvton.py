"""Recipe of CP-VTON's try-on module: plain distance, a classifier's features, and a mask that shows the cloth.

All three weigh 1 in the paper (Wang et al., ECCV 2018); its geometric matching is the recipe "matching". The mask is
drawn to 1 where the laid garment is. The paper draws it everywhere, against which VGG's large features hold; those of
our own, where no VGG weights are named, do not, and all of the picture would become the laid garment.
"""

from dataclasses import dataclass
from typing import ClassVar

from engine.networks.cpvton import CpVton, CpVtonConfig
from engine.networks.painting import Painted
from engine.training.recipe import Losses, Prepared
from engine.training.recipes.painting import PaintingRecipe, WarpedOptions, presets


@dataclass(frozen=True, kw_only=True)
class CpVtonOptions(WarpedOptions):
    """Hyper-parameters of the CP-VTON recipe."""

    rate: float = 1e-4  # Adam's learning rate
    mask: float = 1.0  # weight of the composition mask's distance from 1


PRESETS = presets(CpVtonOptions, 4)


class CpVtonRecipe(PaintingRecipe):
    """Trains `CpVton` on the warps of a trained matching network."""

    kind: ClassVar[str] = "cpvton"
    trains: ClassVar[str] = "cpvton"
    options: CpVtonOptions

    def __init__(self, options: CpVtonOptions) -> None:
        super().__init__(options, CpVton(CpVtonConfig(options.width)))

    def terms(self, painted: Painted, batch: Prepared) -> Losses:
        assert painted.shown is not None
        return {
            "perceptual": self.options.perceptual * self.perceptual(painted, batch),
            "mask": self.options.mask * ((1 - painted.shown) * batch["laid_mask"]).mean(),
        }
