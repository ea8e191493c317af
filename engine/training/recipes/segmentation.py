"""Recipe of the segmentation generator: cross entropy and an adversarial loss on the parse of the person.

VITON-HD trains it with 10 x cross entropy + LSGAN (Choi et al., CVPR 2021, supplement). The network ends in a sigmoid,
and inference blurs the sigmoid's outputs before the largest wins. Cross entropy is taken here on the logits before the
sigmoid: outputs confined to (0, 1) would let a right pixel push no further than a loss of 1.69. Softmax cross entropy
does not see an offset common to all classes, which would saturate the sigmoid, so `binary` adds the classes' own cross
entropies; the discriminator, too, sees the sigmoid's outputs.

With a trained flow (`flow`) the network reads the garment as that lays it while it sees the agnostic parse, so that
hems and sleeves are where they will be, as HR-VITON (Lee et al., ECCV 2022) wants them; and it learns the neck as a
class of its own. The published method does neither.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture, Size
from engine.data.batches import Batch, one_hot
from engine.labels import IGNORE, SEGMENTATION, Seg, colourise
from engine.metrics.overlap import ClassOverlap
from engine.networks.discriminator import DiscriminatorConfig, MultiScaleDiscriminator
from engine.networks.inputs import segmentation_input, segmentation_labels, segmentation_noise
from engine.networks.segmentation import IN_CHANNELS, SIZE, SegmentationConfig, SegmentationGenerator
from engine.training.losses import maps
from engine.training.losses.adversarial import frozen, least_squares, split
from engine.training.losses.as_float32 import as_float32
from engine.training.optimisers import Adam
from engine.training.options import SMOKE, LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe, generators
from engine.training.recipes.laying import FrozenFlow, drawn_hands, laid, shown
from engine.training.recipes.look_alikes import LookAlikes
from engine.training.sample_grid import grid, pictures

if TYPE_CHECKING:
    from engine.data.cache import PackedCache

_CLASSES = len(SEGMENTATION)
_ARMS = (Seg.LEFT_ARM, Seg.RIGHT_ARM)
_WHOLE = (Seg.UPPER, Seg.BOTTOM, *_ARMS, Seg.BACKGROUND)  # classes that the Dice loss is taken of
_LEAST = 20  # pixels of a class without which its Dice says nothing


@dataclass(frozen=True, kw_only=True)
class SegmentationOptions(LoopOptions):
    """Hyper-parameters of the segmentation recipe."""

    width: int = 64  # channels of the generator's first level
    dropout: float = 0.5  # in the generator's two lowest levels
    critic_width: int = 64  # channels of the discriminators' first layer
    rate: float = 4e-4  # Adam's learning rate for the generator
    critic_rate: float = 4e-4  # and for the discriminator
    cross_entropy: float = 10.0  # weight of the softmax cross entropy on the logits
    binary: float = 2.0  # weight of the classes' own cross entropies; published: 0
    half_size: float = 0.0  # share of the steps worked at 128 x 96 first, which costs a quarter; published: 0
    adversarial: float = 1.0  # weight of the LSGAN loss; 0 trains without a discriminator
    arms: float = 1.0  # weight of the arms in the cross entropy; published: 1
    dice: float = 0.0  # weight of 1 - Dice of garment, lower clothes, arms and background; published: 0
    sees_worn: bool = False  # an ablation: shown the parse with the old clothes left in; published: no
    sees_limbs: bool = True  # shown what the agnostic parse leaves of bare limbs, as published
    pockets: float = 0.0  # share of arms whose hand is not shown either; published: 0
    flow: str = ""  # trained flow that lays the garment first: a run's folder, a pack's folder or name; published: none
    street: str = ""  # folder with image, image-parse and openpose-json of people in the street; needs a flow
    street_share: float = 0.25  # share of the people who come from there


PRESETS = {
    "smoke": SegmentationOptions(**SMOKE, critic_width=8, dropout=0.0, rate=2e-3, half_size=0.5),
    "small": SegmentationOptions(steps=20_000, width=32, critic_width=24, half_size=0.7, decay_from=0.5, average=0.998),
    "paper": SegmentationOptions(
        steps=200_000, binary=0.0, validation_pairs=500, log_every=50, validate_every=5000, sample_every=5000,
        checkpoint_every=2000,
    ),
}  # fmt: skip


class _Generator(Phase):
    def __init__(self, recipe: "SegmentationRecipe", network: SegmentationGenerator) -> None:
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # quicker on a CPU
        super().__init__("segmentation", network, _adam(network, recipe.options.rate))
        self._recipe = (recipe,)  # in a tuple, so that the discriminator is not registered as part of this phase

    def forward(self, batch: Prepared, part: int) -> Losses:
        (recipe,) = self._recipe
        options = recipe.options
        logits = as_float32(self.network.logits(batch["input"]))  # type: ignore[operator]
        weights = logits.new_ones(_CLASSES)
        weights[list(_ARMS)] = options.arms
        losses = {"cross_entropy": options.cross_entropy * cross_entropy(logits, batch["labels"], weights)}
        if options.binary:
            losses["binary"] = options.binary * binary_cross_entropy(logits, batch["truth"], batch["labels"] != IGNORE)
        if options.dice:
            losses["dice"] = options.dice * dice_loss(logits, batch["truth"], batch["labels"] != IGNORE)
        if recipe.discriminator is not None:
            outputs = torch.sigmoid(logits)
            recipe.made[part] = outputs.detach()
            with frozen(recipe.discriminator) as discriminator:
                verdicts = discriminator(torch.cat([batch["input"], outputs], dim=1))
            losses["adversarial"] = options.adversarial * least_squares(verdicts, real=True)
        return losses


class _Discriminator(Phase):
    def __init__(self, recipe: "SegmentationRecipe", network: MultiScaleDiscriminator) -> None:
        super().__init__("discriminator", network, _adam(network, recipe.options.critic_rate))
        self._made = recipe.made

    def forward(self, batch: Prepared, part: int) -> Losses:
        parses = self._made.pop(part), batch["truth"]
        both = torch.cat([torch.cat([batch["input"], parse], dim=1) for parse in parses])
        fakes, reals = split(self.network(both))
        return {"discriminator": (least_squares(fakes, real=False) + least_squares(reals, real=True)) / 2}


class SegmentationRecipe(Recipe):
    """Trains `SegmentationGenerator` to predict the parse of the person who wears the garment."""

    kind: ClassVar[str] = "segmentation"
    trains: ClassVar[str] = "segmentation"
    score: ClassVar[str] = "mean_iou"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __init__(self, options: SegmentationOptions) -> None:
        self.options: SegmentationOptions = options
        self.made: dict[int, Tensor] = {}
        self.flow = FrozenFlow(options.flow) if options.flow or options.street else None
        config = SegmentationConfig(
            options.width, options.dropout, self.flow is not None, options.sees_worn, options.sees_limbs
        )
        generator = SegmentationGenerator(config)
        self.discriminator: MultiScaleDiscriminator | None = None
        self.phases: list[Phase] = [_Generator(self, generator)]
        if options.adversarial:
            self.discriminator = MultiScaleDiscriminator(
                DiscriminatorConfig(IN_CHANNELS + _CLASSES, options.critic_width)
            )
            self.phases.append(_Discriminator(self, self.discriminator))

    def dress(self, studio: "PackedCache", names: Sequence[str]) -> LookAlikes:
        assert self.flow is not None  # there is one where there are street photos
        return LookAlikes(self.flow, studio, names, self.options.garment_category)

    def place(self, device: torch.device) -> None:
        if self.flow is not None:
            self.flow.to(device)

    def notes(self) -> dict[str, Any]:
        return ({} if self.flow is None else {"flow": self.flow.note}) | super().notes()

    def size_at(self, step: int) -> Size:
        return SIZE

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        noise = segmentation_noise(generators(seeds))
        cloth, mask, truth = batch.cloth, batch.cloth_mask, batch.labels
        if self.flow is not None:
            with self.autocast():
                flow = self.flow(batch)
            (cloth, mask), truth = laid(cloth, mask, flow), maps.with_neck(truth, batch.parse)
        inputs = segmentation_input(mask, cloth, self._shown(batch, seeds), batch.pose, noise)
        size = (SIZE[0] // 2, SIZE[1] // 2) if self.stage(step) == 0 else SIZE
        labels = F.interpolate(truth[:, None].float(), size=size).long()[:, 0]
        return {
            "input": F.interpolate(inputs, size=size, mode="bilinear", align_corners=False),
            "labels": labels,
            "truth": one_hot(labels, _CLASSES),
            "cloth": F.interpolate(cloth, size=size),
        }

    def _shown(self, batch: Batch, seeds: Sequence[int]) -> Tensor:
        if self.options.sees_worn:
            return batch.segmentation
        hidden = drawn_hands(seeds, self.options.pockets).to(batch.parse.device)
        return shown(batch, self.options.sees_limbs, hidden)

    def stage(self, step: int) -> int:
        """0 while the run works at half size, then 1."""
        return int(step >= self.options.half_size * self.options.steps)

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        overlap = ClassOverlap(_CLASSES)
        for batch in batches:
            overlap.add(_predict(network, batch), batch["labels"])
        iou = overlap.iou()
        arms = [iou[arm] for arm in _ARMS]
        numbers = {
            "mean_iou": float(np.nanmean(iou)),
            "upper_iou": iou[self.options.garment_category.garment],  # of the garment, whatever it is
            "left_arm_iou": arms[0],
            "right_arm_iou": arms[1],
            "arms_iou": float(np.nanmean(arms)),
        }
        return numbers if self.flow is None else numbers | {"neck_iou": iou[Seg.NECK]}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Garment (laid, where a flow does that), agnostic parse, prediction, truth."""
        agnostic = batch["input"][:, 4 : 4 + _CLASSES].argmax(dim=1)
        return grid([pictures(batch["cloth"]), *map(_coloured, (agnostic, _predict(network, batch), batch["labels"]))])


def _predict(network: nn.Module, batch: Prepared) -> Tensor:
    size = batch["labels"].shape[1], batch["labels"].shape[2]
    outputs = as_float32(network(batch["input"]))
    with torch.autocast(outputs.device.type, enabled=False):
        return segmentation_labels(outputs, size)


def _coloured(labels: Tensor) -> list[Picture]:
    return [colourise(one.astype(np.uint8), SEGMENTATION) for one in labels.cpu().numpy()]


def _adam(network: nn.Module, rate: float) -> torch.optim.Optimizer:
    return Adam(network.parameters(), lr=rate, betas=(0.5, 0.999))


def cross_entropy(logits: Tensor, labels: Tensor, weights: Tensor | None = None) -> Tensor:
    """Softmax cross entropy of logits (B, C, H, W) and labels (B, H, W), a mean over all pixels; 255 counts as 0 loss.

    weights: (C,) of the classes, 1 each if None.
    Over all pixels, not the known ones, so that a batch split over processes has the same loss as a whole one.
    """
    return F.cross_entropy(logits, labels, weights, ignore_index=IGNORE, reduction="none").mean()


def binary_cross_entropy(logits: Tensor, truth: Tensor, known: Tensor) -> Tensor:
    """Sum over the classes of their own (sigmoid) cross entropies, a mean over all pixels; unknown ones count as 0.

    logits and one-hot truth (B, C, H, W), known (B, H, W).
    """
    losses = F.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    return (losses.sum(dim=1) * known).mean()


def dice_loss(logits: Tensor, truth: Tensor, known: Tensor) -> Tensor:
    """1 - Dice (Milletari et al., 3DV 2016) of the larger classes, a mean over those that a picture shows.

    logits and one-hot truth (B, C, H, W), known (B, H, W).
    """
    chosen = list(_WHOLE)
    found = (logits.softmax(dim=1) * known[:, None])[:, chosen]
    there = truth[:, chosen]
    both, either = (found * there).sum(dim=(2, 3)), (found + there).sum(dim=(2, 3))
    shown = there.sum(dim=(2, 3)) > _LEAST
    return ((1 - (2 * both + 1) / (either + 1)) * shown).sum() / shown.sum().clamp_min(1)
