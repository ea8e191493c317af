"""Recipe of the person parser: parse and joints of people in studio and street photos, strongly changed.

Data sets do not agree on what is a top, a dress or a coat, nor on trousers and skirts, and nothing after the parser
asks; so most of the cross entropy is that of the merged classes, and a little that of the exact ones. Heat maps learn
by two losses: where the joint is (cross entropy of a softmax over the map with a Gaussian around the truth) and
whether it is there at all (cross entropy of every pixel on its own), which gives a confidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture, Size
from engine.data.raw.batches import STREET, STUDIO, PhotoBatch
from engine.labels import IGNORE, LIP, Lip, colourise
from engine.metrics.parse_scores import JointScore, ParseScore
from engine.networks.parser import HEAT_STRIDE, PersonParser, find_joints
from engine.training.losses.as_float32 import as_float32
from engine.training.options import SMOKE
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.recipes.people import (
    MULTIPLE,
    PAPER,
    PersonOptions,
    begin_encoder,
    new_config,
    optimiser_of,
)
from engine.training.sample_grid import grid, pictures

if TYPE_CHECKING:
    from engine.training.data_source import Data
    from engine.training.fabric import Fabric

_UPPER = [Lip.UPPER, Lip.DRESS, Lip.COAT]
_LOWER = [Lip.PANTS, Lip.SKIRT]


@dataclass(frozen=True, kw_only=True)
class ParserOptions(PersonOptions):
    """Hyper-parameters of the person parser's recipe."""

    half_size: float = 0.8  # share of the steps worked at half of that first, which costs a quarter, if it is one too
    exact_classes: float = 0.25  # share of the cross entropy that tells top, dress and coat, trousers and skirt apart
    arms: float = 2.0  # weight of the arms' pixels, small and easily lost
    neck: float = 1.5  # and of the neck's
    place: float = 0.1  # weight of where the joints are
    presence: float = 0.1  # weight of whether they are there
    sigma: float = 2.0  # width of the joints' Gaussians, in pixels of the heat map


PRESETS = {
    "smoke": ParserOptions(**SMOKE),
    "small": ParserOptions(
        steps=6000, batch=16, height=128, half_size=0.0, warm_up=100, decay_from=0.4, clip=5.0, average=0.998,
        validate_every=500, sample_every=1000, checkpoint_every=250,
    ),
    "paper": ParserOptions(**PAPER, steps=100_000),
}  # fmt: skip


class _Parser(Phase):
    def __init__(self, options: ParserOptions) -> None:
        network = PersonParser(new_config(options))
        super().__init__("parser", network, optimiser_of(network, options))
        self._options = options
        weights = torch.ones(len(LIP))
        weights[[Lip.LEFT_ARM, Lip.RIGHT_ARM]] = options.arms
        weights[Lip.NECK] = options.neck
        self.register_buffer("weights", weights, persistent=False)
        self.weights: Tensor

    def forward(self, batch: Prepared, part: int) -> Losses:
        options = self._options
        parse, heat = self.network(batch["image"])
        place, presence = joint_losses(as_float32(heat), batch["keypoints"], options.sigma)
        return {
            "parse": parse_loss(as_float32(parse), batch["parse"], self.weights, options.exact_classes),
            "place": options.place * place,
            "presence": options.presence * presence,
        }


class ParserRecipe(Recipe):
    """Trains `PersonParser` on a VITON data set and, if named, a folder of street photos."""

    kind: ClassVar[str] = "parser"
    trains: ClassVar[str] = "parser"
    score: ClassVar[str] = "score"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __init__(self, options: ParserOptions) -> None:
        self.options: ParserOptions = options
        self.phases: list[Phase] = [_Parser(options)]
        self._begun = begin_encoder(cast(PersonParser, self.network))

    def open_data(self, root: Path, fabric: "Fabric", cache: Path | None, workers: int) -> "Data":
        from engine.training.photo_source import Shares, open_photos

        options = self.options
        return open_photos(root, options.street, Shares(options.street_share), self, fabric, cache, workers)

    def notes(self) -> dict[str, Any]:
        return super().notes() | self._begun

    def size_at(self, step: int) -> Size:
        height = self.options.height if self.stage(step) else self.options.height // 2
        return height, height * 3 // 4

    def stage(self, step: int) -> int:
        """0 while the run works at half size, then 1."""
        halved = self.options.height % (2 * MULTIPLE) == 0
        return int(not halved or step >= self.options.half_size * self.options.steps)

    def prepare(self, batch: PhotoBatch, seeds: Sequence[int], step: int) -> Prepared:
        return {
            "image": batch.image,
            "parse": batch.parse,
            "keypoints": batch.keypoints,
            "source": batch.source,
        }

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Scores of `engine.metrics.parse_scores` for studio and street photos; `score` is the mean of all."""
        parses = {STUDIO: ParseScore(), STREET: ParseScore()}
        joints = {STUDIO: JointScore(), STREET: JointScore()}
        for batch in batches:
            parse, heat = network(batch["image"])
            labels, points = as_float32(parse).argmax(dim=1), find_joints(heat)
            for source in (STUDIO, STREET):
                chosen = batch["source"] == source
                parses[source].add(labels[chosen], batch["parse"][chosen])
                joints[source].add(points[chosen], batch["keypoints"][chosen])
        numbers: dict[str, float] = {}
        for source, name in ((STUDIO, "studio"), (STREET, "street")):
            if joints[source].pictures:
                accuracy, iou = parses[source].accuracy(), parses[source].mean_iou()
                numbers |= {f"{name}_accuracy": accuracy, f"{name}_iou": iou, f"{name}_pck": joints[source].pck()}
        return {"score": float(np.mean(list(numbers.values()))), **numbers}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Photo, prediction with joints, truth with joints."""
        parse, heat = network(batch["image"])
        found = find_joints(heat)
        found[..., 2] = (found[..., 2] > 0.2).float()
        columns = [pictures(batch["image"]), _drawn(as_float32(parse).argmax(dim=1), found)]
        return grid([*columns, _drawn(batch["parse"], batch["keypoints"])])


def parse_loss(logits: Tensor, labels: Tensor, weights: Tensor, exact_classes: float) -> Tensor:
    """Weighted cross entropy of logits (B, 20, H, W) and labels (B, H, W), a mean over all pixels; 255 counts as 0.

    exact_classes: share of the 20 classes' own cross entropy; the rest is that of the classes with all tops and all
    lower garments merged.
    """
    known = labels != IGNORE
    target = labels * known
    shares = F.log_softmax(logits, dim=1)
    own = shares.gather(1, target[:, None])[:, 0]
    upper, lower = (torch.logsumexp(shares[:, group], dim=1) for group in (_UPPER, _LOWER))
    is_upper, is_lower = (torch.isin(target, target.new_tensor(group)) for group in (_UPPER, _LOWER))
    merged = torch.where(is_upper, upper, torch.where(is_lower, lower, own))
    losses = exact_classes * own + (1 - exact_classes) * merged
    return -(losses * weights[target] * known).mean()


def joint_losses(heat: Tensor, keypoints: Tensor, sigma: float) -> tuple[Tensor, Tensor]:
    """Where the joints are and whether they are there, for heat logits (B, 25, h, w).

    keypoints (B, 25, 3) in pixels of the photo with 1 for present, -1 for absent, 0 for not known (no loss).
    """
    height, width = heat.shape[2:]
    truth = gaussians(keypoints, (height, width), sigma)
    present, known = keypoints[..., 2] > 0, keypoints[..., 2] != 0
    shares = F.log_softmax(heat.flatten(2), dim=2)
    aim = truth.flatten(2)
    aim = aim / aim.sum(dim=2, keepdim=True).clamp_min(1e-6)
    surprise = -(aim * shares).sum(dim=2) + torch.special.xlogy(aim, aim).sum(dim=2)
    place = (surprise * present).mean()
    each = F.binary_cross_entropy_with_logits(heat, truth, reduction="none").sum(dim=(2, 3))
    return place, (each * known).mean() / (2 * np.pi * sigma**2)


def gaussians(keypoints: Tensor, size: Size, sigma: float) -> Tensor:
    """Maps (B, 25, h, w) with a bump of height 1 at every joint that is present, the others empty."""
    height, width = size
    offset = (HEAT_STRIDE - 1) / 2
    x, y = ((keypoints[..., axis, None] - offset) / HEAT_STRIDE for axis in (0, 1))
    across = torch.exp(-((torch.arange(width, device=x.device) - x) ** 2) / (2 * sigma**2))
    down = torch.exp(-((torch.arange(height, device=y.device) - y) ** 2) / (2 * sigma**2))
    bumps = down[..., :, None] * across[..., None, :]
    return bumps * (keypoints[..., 2] > 0)[..., None, None]


def _drawn(labels: Tensor, keypoints: Tensor) -> list[Picture]:
    drawn = []
    for one, points in zip(labels.cpu().numpy(), keypoints.cpu().numpy(), strict=True):
        picture = colourise(one.astype(np.uint8), LIP)
        for x, y, there in points:
            if there > 0:
                row, column = int(y), int(x)
                picture[max(row - 2, 0) : row + 2, max(column - 2, 0) : column + 2] = 255
        drawn.append(picture)
    return drawn
