"""Recipe of the sleeves' length, which nobody has labelled: learned from how far garments reach along the arms of those
who wear them.

Parse and joints tell that (`engine.category.sleeves`), but for an arm that is hidden, crossed or rolled up, where they
are far off; so the loss is that of a Laplace distribution, which minds a few such less, and whose scale is learned.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn

from engine.arrays import Picture, Size
from engine.data.batches import Batch
from engine.networks.flow import garment_planes
from engine.networks.sleeves import LONGEST, SIZE, SleeveLength, SleevesConfig
from engine.training.losses.as_float32 import as_float32
from engine.training.optimisers import AdamW
from engine.training.options import LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.sample_grid import grid, pictures

_WRONG = 0.4  # bones from which a length is another kind of sleeve


@dataclass(frozen=True, kw_only=True)
class SleevesOptions(LoopOptions):
    """Hyper-parameters of the sleeves' recipe."""

    width: int = 16  # channels of the finest level
    dropout: float = 0.3  # before the layers that see all of the garment
    rate: float = 2e-3  # AdamW's learning rate
    decay: float = 0.02  # AdamW's weight decay


PRESETS = {
    "smoke": SleevesOptions(
        steps=60, batch=4, width=8, average=0.9, log_every=5, validate_every=30, sample_every=30, checkpoint_every=30,
        validation_pairs=8, samples=4,
    ),
    "small": SleevesOptions(steps=1500, batch=32, warm_up=50, decay_from=0.3, average=0.99, clip=5.0),
    "paper": SleevesOptions(
        steps=20_000, batch=64, warm_up=100, decay_from=0.3, average=0.998, clip=5.0, validation_pairs=500,
        log_every=50, validate_every=2500, sample_every=2500, checkpoint_every=1000,
    ),
}  # fmt: skip


class _Sleeves(Phase):
    def __init__(self, options: SleevesOptions) -> None:
        network = SleeveLength(SleevesConfig(options.width, options.dropout))
        super().__init__("sleeves", network, AdamW(network.parameters(), lr=options.rate, weight_decay=options.decay))

    def forward(self, batch: Prepared, part: int) -> Losses:
        return {"length": length_loss(as_float32(self.network(batch["garment"])), batch["sleeves"])}


class SleevesRecipe(Recipe):
    """Trains `SleeveLength` on product photos and those who wear the garments."""

    kind: ClassVar[str] = "sleeves"
    trains: ClassVar[str] = "sleeves"
    score: ClassVar[str] = "error"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def __init__(self, options: SleevesOptions) -> None:
        self.options: SleevesOptions = options
        self.phases: list[Phase] = [_Sleeves(options)]

    def size_at(self, step: int) -> Size:
        return SIZE

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        return {
            "garment": garment_planes(batch.cloth, batch.cloth_mask),
            "sleeves": batch.sleeves,
            "image": batch.image,
        }

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Of the arms that are known: the mean error in bones, and the share of another kind of sleeve."""
        errors: list[Tensor] = []
        for batch in batches:
            off = (as_float32(network(batch["garment"]))[:, :1] - batch["sleeves"]).abs()
            errors.append(off[~off.isnan()])
        off = torch.cat(errors)
        off = off if len(off) else off.new_full((1,), LONGEST)
        return {"error": float(off.mean()), "wrong": float((off > _WRONG).float().mean())}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Garment, its length and the true one of each arm as bars, and who wears it."""
        made = as_float32(network(batch["garment"]))[:, :1]
        cloth, _ = torch.split(batch["garment"], [3, 1], dim=1)
        bars = _bars(torch.cat([made, batch["sleeves"]], dim=1))
        return grid([pictures(column) for column in (cloth, bars, batch["image"])])


def length_loss(made: Tensor, true: Tensor) -> Tensor:
    """Negative logarithm of the likelihood of lengths (B, limbs) under the Laplace distributions `made` (B, 2), a mean
    over those that are known; 0 where none is."""
    known = ~true.isnan()
    length, doubt = made[:, :1], made[:, 1:]
    off = (length - torch.where(known, true, length)).abs() * (-doubt).exp() + doubt
    loss: Tensor = (off * known).sum() / known.sum().clamp_min(1)
    return loss


def _bars(lengths: Tensor) -> Tensor:
    """Lengths (B, n) as pictures (B, 1, H, W) in 0 and 1: bars that hang as far down as they are long."""
    height, width = SIZE
    rows = torch.linspace(0, LONGEST, height, device=lengths.device)[None, :, None]
    bars = (rows < lengths.nan_to_num()[:, None]).float().repeat_interleave(width // lengths.shape[1], dim=2)
    return nn.functional.pad(bars, (0, width - bars.shape[2]))[:, None]
