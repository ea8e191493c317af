"""Recipe of the sleeves' length, which nobody has labelled: learned from how far garments reach along the arms of those
who wear them.

Parse and joints tell that (`engine.category.sleeves`), but for an arm that is hidden, crossed or rolled up, where they
are far off; so the loss is that of a Laplace distribution, which minds a few such less, and whose scale is learned.
Nobody wears the garments that people photograph at home, but what they call them sets limits
(`engine.data.raw.labelled_garments`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import torch
from torch import Tensor, nn

from engine.arrays import Picture, Size
from engine.data.batches import Batch
from engine.data.raw.labelled_garments import LabelledGarments, labelled_garments
from engine.networks.flow import garment_planes
from engine.networks.sleeves import LONGEST, SIZE, SleeveLength, SleevesConfig
from engine.training.losses.as_float32 import as_float32
from engine.training.optimisers import AdamW
from engine.training.options import SMOKE, LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.recipes.photo_planes import photo_planes
from engine.training.sample_grid import grid, pictures

_WRONG = 0.4  # bones from which a length is another kind of sleeve
_WITHIN = 0.1  # bones by which a length between its limits may still be off


@dataclass(frozen=True, kw_only=True)
class SleevesOptions(LoopOptions):
    """Hyper-parameters of the sleeves' recipe."""

    width: int = 16  # channels of the finest level
    dropout: float = 0.3  # before the layers that see all of the garment
    rate: float = 2e-3  # AdamW's learning rate
    decay: float = 0.02  # AdamW's weight decay
    home: str = ""  # folder with cloth, cloth-mask and labels.csv of garments photographed at home; empty for none
    home_share: float = 0.5  # how many of them are shown beside one of the data set


PRESETS = {
    "smoke": SleevesOptions(**SMOKE),
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
        loss = length_loss(as_float32(self.network(batch["garment"])), batch["sleeves"])
        if "home" not in batch:
            return {"length": loss}
        return {"length": loss, "home": limits_loss(as_float32(self.network(batch["home"])), batch["reach"])}


class SleevesRecipe(Recipe):
    """Trains `SleeveLength` on product photos and those who wear the garments."""

    kind: ClassVar[str] = "sleeves"
    trains: ClassVar[str] = "sleeves"
    score: ClassVar[str] = "error"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def __init__(self, options: SleevesOptions) -> None:
        self.options: SleevesOptions = options
        self.phases: list[Phase] = [_Sleeves(options)]
        self._home: LabelledGarments | None = None
        if options.home:
            self._home, self._held_out = labelled_garments(Path(options.home), SIZE)

    def notes(self) -> dict[str, Any]:
        """The name of the folder of garments photographed at home, and how many it has."""
        if self._home is None:
            return {}
        return {"home": Path(self.options.home).name, "home_garments": len(self._home)}

    def size_at(self, step: int) -> Size:
        return SIZE

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        prepared = {
            "garment": garment_planes(batch.cloth, batch.cloth_mask),
            "sleeves": batch.sleeves,
            "image": batch.image,
        }
        shown = round(self.options.home_share * len(seeds))
        if self._home is not None and shown:
            home = self._home.changed(seeds[:shown])
            device = batch.cloth.device
            prepared |= {"home": photo_planes(home.pictures, home.masks, device), "reach": _limits(home, device)}
        return prepared

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Of the arms that are known: the mean error in bones, and the share of another kind of sleeve; of garments
        photographed at home the same beyond their limits. `error` is the mean of both."""
        errors: list[Tensor] = []
        for batch in batches:
            off = (as_float32(network(batch["garment"]))[:, :1] - batch["sleeves"]).abs()
            errors.append(off[~off.isnan()])
        off = torch.cat(errors)
        off = off if len(off) else off.new_full((1,), LONGEST)
        found = {"error": float(off.mean()), "wrong": _wrong(off)}
        if self._home is not None:
            planes = photo_planes(self._held_out.pictures, self._held_out.masks, off.device)
            beyond = _beyond(as_float32(network(planes)), _limits(self._held_out, off.device))
            found |= {"error": (found["error"] + float(beyond.mean())) / 2, "home_wrong": _wrong(beyond)}
        return found

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


def limits_loss(made: Tensor, reach: Tensor) -> Tensor:
    """The same loss for lengths of which only the least and the most are known, `reach` (B, 2)."""
    doubt = made[:, 1:]
    loss: Tensor = ((_beyond(made, reach) + _WITHIN) * (-doubt).exp() + doubt).mean()
    return loss


def _beyond(made: Tensor, reach: Tensor) -> Tensor:
    """(B, 1): by how much lengths lie beyond their limits."""
    length = made[:, :1]
    return (reach[:, :1] - length).clamp_min(0) + (length - reach[:, 1:]).clamp_min(0)


def _wrong(off: Tensor) -> float:
    return float((off > _WRONG).float().mean())


def _limits(garments: LabelledGarments, device: torch.device) -> Tensor:
    return torch.from_numpy(garments.reach).to(device)


def _bars(lengths: Tensor) -> Tensor:
    """Lengths (B, n) as pictures (B, 1, H, W) in 0 and 1: bars that hang as far down as they are long."""
    height, width = SIZE
    rows = torch.linspace(0, LONGEST, height, device=lengths.device)[None, :, None]
    bars = (rows < lengths.nan_to_num()[:, None]).float().repeat_interleave(width // lengths.shape[1], dim=2)
    return nn.functional.pad(bars, (0, width - bars.shape[2]))[:, None]
