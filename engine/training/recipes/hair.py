"""Recipe of the hair matte: hair from before a studio's plain wall, laid before cloth (`engine.data.raw.hair_mattes`).

Errors count along hair's outline above all, and so do those of the matte's slopes, which strands are made of (as in
deep image matting, Xu et al., CVPR 2017, whose composition loss is left out: the colours are the same to the network).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

import torch
from torch import Tensor, nn

from engine.arrays import Picture, Size
from engine.data.raw.hair_batches import HairBatch
from engine.networks.hair import HairConfig, HairMatte, hair_planes
from engine.training.losses.as_float32 import as_float32
from engine.training.optimisers import AdamW
from engine.training.options import SMOKE, LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.sample_grid import grid, pictures

if TYPE_CHECKING:
    from engine.training.data_source import Data
    from engine.training.fabric import Fabric

_SIZE = (256, 192)  # of a piece
_RIM = 0.03, 0.97  # shares between which a pixel is of the outline


@dataclass(frozen=True, kw_only=True)
class HairOptions(LoopOptions):
    """Hyper-parameters of the hair matte's recipe."""

    width: int = 16  # channels of the finest level
    rate: float = 2e-3  # AdamW's learning rate
    decay: float = 0.01  # AdamW's weight decay
    outline: float = 5.0  # weight of the pixels that are hair in part; the others weigh 1
    slopes: float = 2.0  # weight of the error of the matte's slopes


PRESETS = {
    "smoke": HairOptions(**SMOKE),
    "small": HairOptions(
        steps=1600, batch=16, warm_up=50, decay_from=0.4, clip=5.0, average=0.995, validate_every=200,
        sample_every=400, checkpoint_every=100,
    ),
    "paper": HairOptions(
        steps=30_000, batch=32, width=32, warm_up=500, decay_from=0.4, clip=5.0, validation_pairs=500, log_every=50,
        validate_every=3000, sample_every=3000, checkpoint_every=1500,
    ),
}  # fmt: skip


class _Matte(Phase):
    def __init__(self, options: HairOptions) -> None:
        network = HairMatte(HairConfig(options.width))
        super().__init__("hair", network, AdamW(network.parameters(), lr=options.rate, weight_decay=options.decay))
        self._options = options

    def forward(self, batch: Prepared, part: int) -> Losses:
        made = torch.sigmoid(as_float32(self.network(batch["input"])))
        share, known = batch["share"], batch["known"]
        weights = known * (1 + (self._options.outline - 1) * _outline(share))
        return {"matte": _mean(made - share, weights), "slopes": self._options.slopes * slopes(made - share, known)}


class HairRecipe(Recipe):
    """Trains `HairMatte` on the people of a data set in the VITON-HD layout who stand before a plain wall."""

    kind: ClassVar[str] = "hair"
    trains: ClassVar[str] = "hair"
    score: ClassVar[str] = "error"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def __init__(self, options: HairOptions) -> None:
        self.options: HairOptions = options
        self.phases: list[Phase] = [_Matte(options)]

    def open_data(self, root: Path, fabric: "Fabric", cache: Path | None, workers: int) -> "Data":
        from engine.training.photo_source import open_hair

        return open_hair(root, self, fabric, cache, workers)

    def size_at(self, step: int) -> Size:
        return _SIZE

    def prepare(self, batch: HairBatch, seeds: Sequence[int], step: int) -> Prepared:
        planes = hair_planes(batch.photo, batch.hair, batch.worn)
        return {"input": planes, "share": batch.share, "known": batch.known}

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Mean error along hair's outline: of the matte, and of the parse's hair in its place."""
        found: list[Tensor] = []
        for batch in batches:
            made, share = torch.sigmoid(as_float32(network(batch["input"]))), batch["share"]
            rim = batch["known"] * _outline(share)
            found.append(torch.stack([_mean(one - share, rim) for one in (made, batch["input"][:, 3:4])]))
        error, parse_error = torch.stack(found).mean(dim=0).tolist()
        return {"error": error, "parse_error": parse_error}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Photo, the parse's hair, the matte, the truth."""
        made = torch.sigmoid(as_float32(network(batch["input"])))
        columns = (batch["input"][:, :3], batch["input"][:, 3:4], made, batch["share"])
        return grid([pictures(column) for column in columns])


def _outline(share: Tensor) -> Tensor:
    return ((share > _RIM[0]) & (share < _RIM[1])).float()


def _mean(error: Tensor, weights: Tensor) -> Tensor:
    return (error.abs() * weights).sum() / weights.sum().clamp_min(1)


def slopes(error: Tensor, known: Tensor) -> Tensor:
    """Mean slope of an error (B, 1, H, W) along rows and columns, where both pixels are known (B, 1, H, W)."""
    across = _mean(error[..., 1:] - error[..., :-1], known[..., 1:] * known[..., :-1])
    down = _mean(error[..., 1:, :] - error[..., :-1, :], known[..., 1:, :] * known[..., :-1, :])
    return across + down
