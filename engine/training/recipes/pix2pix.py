"""Recipe of pix2pix: a conditional adversarial loss and 100 x the plain distance (Isola et al., CVPR 2017)."""

from dataclasses import dataclass
from typing import ClassVar

from engine.networks.painting import Painted
from engine.networks.pix2pix import PLANES, READS, Pix2Pix, Pix2PixConfig
from engine.training.recipe import Losses, Prepared
from engine.training.recipes.painting import PaintingOptions, PaintingRecipe


@dataclass(frozen=True, kw_only=True)
class Pix2PixOptions(PaintingOptions):
    """Hyper-parameters of the pix2pix recipe."""

    l1: float = 100.0  # weight of the plain distance; that of the adversarial loss is 1
    dropout: float = 0.5  # of the coarsest levels' features, in training
    critic_width: int = 64  # channels of the discriminator's first layer; 0 trains without one


PRESETS = {
    "smoke": Pix2PixOptions(
        steps=60, batch=4, width=8, critic_width=8, rate=2e-3, average=0.9, log_every=5, validate_every=30,
        sample_every=30, checkpoint_every=30, validation_pairs=8, samples=4,
    ),
    "small": Pix2PixOptions(steps=20_000, width=32, critic_width=32, decay_from=0.5, average=0.998),
    "paper": Pix2PixOptions(
        steps=200_000, batch=1, decay_from=0.5, validation_pairs=200, log_every=50, validate_every=5000,
        sample_every=5000, checkpoint_every=2000,
    ),
}  # fmt: skip


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
