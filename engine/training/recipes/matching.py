"""Recipe of geometric matching: the product photo, warped, should look like the worn garment.

VITON-HD trains it with the L1 distance of the warped cloth to the clothes region of the photo (white elsewhere) and
0.04 x a second-order constraint that keeps the control points regular (Choi et al., CVPR 2021, supplement; Yang et al.,
"ACGPN", CVPR 2020). On pale backgrounds that L1 alone rewards shrinking, so two terms are added here, both of which the
`paper` preset leaves out: the same L1 within the region only, and the overlap of the warped mask with the region.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn

from engine.arrays import Picture, Size
from engine.data.batches import Batch
from engine.metrics.overlap import mask_iou
from engine.networks.inputs import cloth_input, matching_input, sampled
from engine.networks.matching import SIZE, GeometricMatching, MatchingConfig, control_points
from engine.training.losses import maps
from engine.training.losses.as_float32 import as_float32
from engine.training.optimisers import Adam
from engine.training.options import SMOKE, LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.sample_grid import grid, pictures
from engine.warping.fitting import coarse_distance

_WHITE = 1.0
_SIDE = 5  # control points along each side
_SIDES = (8, 16, 32)  # how many times smaller the masks are seen from afar


@dataclass(frozen=True, kw_only=True)
class MatchingOptions(LoopOptions):
    """Hyper-parameters of the matching recipe."""

    width: int = 64  # channels of the towers' first layer
    rate: float = 2e-4  # Adam's learning rate
    everywhere: float = 1.0  # weight of the published L1 over the whole picture
    inside: float = 0.0  # weight of the L1 within the clothes region; published: 0
    overlap: float = 0.0  # weight of 1 - IoU of warped mask and clothes region; published: 0
    coarse: float = 0.0  # weight of the two masks' distance in ever coarser pictures; published: 0
    second_order: float = 0.04  # weight of the constraint on the control points
    freeze_norm: bool = False  # batch normalisation by its stored statistics, for batches too small to have any


PRESETS = {
    "smoke": MatchingOptions(**SMOKE, rate=1e-3, inside=0.5, overlap=1.0),
    "small": MatchingOptions(
        steps=20_000, width=32, inside=0.5, overlap=1.0, decay_from=0.5, average=0.998,
    ),
    "paper": MatchingOptions(
        steps=50_000, validation_pairs=500, log_every=50, validate_every=2500, sample_every=2500, checkpoint_every=1000,
    ),
}  # fmt: skip


class _Matching(Phase):
    def __init__(self, options: MatchingOptions, network: GeometricMatching) -> None:
        adam = Adam(network.parameters(), lr=options.rate, betas=(0.5, 0.999))
        super().__init__("matching", network, adam)
        self._options = options

    def train(self, mode: bool = True) -> "_Matching":
        super().train(mode)
        if self._options.freeze_norm:
            for module in self.modules():
                if isinstance(module, nn.BatchNorm2d):
                    module.eval()
        return self

    def forward(self, batch: Prepared, part: int) -> Losses:
        options = self._options
        theta, grid_ = self.network(batch["person"], batch["cloth_small"], _size(batch))
        cloth, covered = sampled(batch["cloth"], batch["cloth_mask"], as_float32(grid_))
        difference = (cloth - batch["target"]).abs().mean(dim=1, keepdim=True)
        losses = {"everywhere": options.everywhere * difference.mean()}
        if options.inside:
            losses["inside"] = options.inside * within(difference, batch["region"]).mean()
        if options.overlap:
            losses["overlap"] = options.overlap * (1 - visible_iou(covered, batch)).mean()
        if options.coarse:
            seen = batch["visible"]
            losses["coarse"] = options.coarse * coarse_distance(covered * seen, batch["region"] * seen, _SIDES).mean()
        losses["second_order"] = options.second_order * second_order(control_points(as_float32(theta)))
        return losses


class MatchingRecipe(Recipe):
    """Trains `GeometricMatching` to lay the product photo onto the worn garment."""

    kind: ClassVar[str] = "matching"
    trains: ClassVar[str] = "matching"
    score: ClassVar[str] = "seen_iou"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __init__(self, options: MatchingOptions) -> None:
        self.options: MatchingOptions = options
        phase = _Matching(options, GeometricMatching(MatchingConfig(options.width)))
        self.phases: list[Phase] = [phase.train()]

    def size_at(self, step: int) -> Size:
        return SIZE

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        category = self.options.garment_category
        region = maps.worn(batch.parse, category)
        return {
            "person": matching_input(region, batch.pose, batch.agnostic_image),
            "cloth_small": cloth_input(batch.cloth),
            "cloth": batch.cloth,
            "cloth_mask": batch.cloth_mask,
            "image": batch.image,
            "region": region,
            "visible": maps.visibility(batch.parse, category),
            "target": batch.image * region + _WHITE * (1 - region),
        }

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Overlap, of all and of what can be seen, and L1 on the 0 to 1 scale within the region and everywhere."""
        seen, overlaps, inside, everywhere = [], [], [], []
        for batch in batches:
            cloth, covered = _warped(network, batch)
            difference = (cloth - batch["target"]).abs().mean(dim=1, keepdim=True) / 2
            seen.append(visible_iou(covered, batch))
            overlaps.append(mask_iou(covered, batch["region"]))
            inside.append(within(difference, batch["region"]))
            everywhere.append(difference.mean(dim=(1, 2, 3)))
        numbers = {"mask_iou": overlaps, "seen_iou": seen, "warped_l1": inside, "warped_l1_everywhere": everywhere}
        return {name: float(torch.cat(values).mean()) for name, values in numbers.items()}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Garment, person, warped cloth, what it should be, warped cloth within its mask on the person."""
        cloth, covered = _warped(network, batch)
        worn = cloth * covered + batch["image"] * (1 - covered)
        return grid([pictures(column) for column in (batch["cloth"], batch["image"], cloth, batch["target"], worn)])


def _size(batch: Prepared) -> tuple[int, int]:
    return batch["cloth"].shape[2], batch["cloth"].shape[3]


def _warped(network: nn.Module, batch: Prepared) -> tuple[Tensor, Tensor]:
    _, grid_ = network(batch["person"], batch["cloth_small"], _size(batch))
    return sampled(batch["cloth"], batch["cloth_mask"], as_float32(grid_))


def visible_iou(covered: Tensor, batch: Prepared) -> Tensor:
    """Overlap (B,) of the warped mask (B, 1, H, W) with the worn clothes, weighed by what can be seen."""
    return mask_iou(covered * batch["visible"], batch["region"] * batch["visible"])


def within(difference: Tensor, region: Tensor) -> Tensor:
    """Mean of difference (B, 1, H, W) over the region, one number a picture; 0 where the region is empty."""
    return (difference * region).sum(dim=(1, 2, 3)) / region.sum(dim=(1, 2, 3)).clamp_min(1)


def second_order(points: Tensor) -> Tensor:
    """How irregular the control points (B, 25, 2) are: neighbours on opposite sides should be as far, and in line.

    For every inner point and both directions: the difference of its two neighbours' squared distances, and the cross
    product of the two steps, which is zero where their slopes agree (a quotient of differences would not be bounded
    for vertical steps). A mean over points and pictures.
    """
    places = points.reshape(len(points), _SIDE, _SIDE, 2)  # x outer, y inner
    along_x = places[:, 1:] - places[:, :-1]
    along_y = places[:, :, 1:] - places[:, :, :-1]
    return _unevenness(along_x[:, :-1], along_x[:, 1:]) + _unevenness(along_y[:, :, :-1], along_y[:, :, 1:])


def _unevenness(before: Tensor, after: Tensor) -> Tensor:
    lengths = (before.square().sum(dim=-1) - after.square().sum(dim=-1)).abs()
    slopes = (before[..., 0] * after[..., 1] - before[..., 1] * after[..., 0]).abs()
    return (lengths + slopes).mean()
