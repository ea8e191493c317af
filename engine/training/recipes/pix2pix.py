"""Recipe of pix2pix: a conditional adversarial loss and 100 x the plain distance (Isola et al., CVPR 2017)."""

from dataclasses import dataclass
from typing import ClassVar

from engine.networks.painting import Painted
from engine.networks.pix2pix import PLANES, READS, Pix2Pix, Pix2PixConfig
from engine.training.recipe import Losses, Prepared
from engine.training.recipes.painting import PaintingOptions, PaintingRecipe, presets


@dataclass(frozen=True, kw_only=True)
class Pix2PixOptions(PaintingOptions):
    """Hyper-parameters of the pix2pix recipe."""

    l1: float = 100.0  # weight of the plain distance; that of the adversarial loss is 1
    dropout: float = 0.5  # of the coarsest levels' features, in training
    critic_width: int = 64  # channels of the discriminator's first layer; 0 trains without one


PRESETS = presets(Pix2PixOptions, 1, smoke=8, small=32)


class Pix2PixRecipe(PaintingRecipe):
    """Trains `Pix2Pix`."""

    kind: ClassVar[str] = "pix2pix"
    trains: ClassVar[str] = "pix2pix"
    reads: ClassVar[tuple[str, ...]] = READS
    reads_planes: ClassVar[int] = PLANES

    def __init__(self, options: Pix2PixOptions) -> None:
        super().__init__(options, Pix2Pix(Pix2PixConfig(options.width, options.dropout)), options.critic_width)

    def terms(self, painted: Painted, batch: Prepared) -> Losses:
        return {}
