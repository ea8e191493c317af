"""Recipe of the inside of the collar, which nobody has labelled: learned through a frozen flow.

Where neck or face lie on the laid garment the carried marks should be set, where the garment itself is seen they should
not, and anywhere else nothing is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture
from engine.data.batches import Batch
from engine.labels import Seg
from engine.networks.collar import CollarConfig, CollarMask
from engine.networks.flow import carried, garment_planes
from engine.training.losses import maps
from engine.training.losses.as_float32 import as_float32
from engine.training.recipe import Losses, Prepared
from engine.training.recipes.through_flow import (
    COVERED,
    PAPER,
    SMALL,
    SMOKE,
    MarksPhase,
    ThroughFlow,
    ThroughFlowOptions,
    overlap,
)
from engine.training.sample_grid import grid, pictures


@dataclass(frozen=True, kw_only=True)
class CollarOptions(ThroughFlowOptions):
    """Hyper-parameters of the collar's recipe."""

    skin: float = 1.0  # weight of places where skin lies on the garment, beside 1 where it does not; more marks more
    spread: float = 0.02  # weight of the share of the photo that is marked


PRESETS = {"smoke": CollarOptions(**SMOKE), "small": CollarOptions(**SMALL), "paper": CollarOptions(**PAPER)}


class _Collar(MarksPhase):
    def __init__(self, options: CollarOptions) -> None:
        super().__init__("collar", CollarMask(CollarConfig(options.width)), options)
        self._options = options

    def forward(self, batch: Prepared, part: int) -> Losses:
        inside = torch.sigmoid(as_float32(self.network(batch["garment"])))
        missed = skin_loss(carried(inside, as_float32(batch["flow"]), "zeros"), batch, self._options.skin)
        return {"inside": missed, "spread": self._options.spread * inside.mean()}


class CollarRecipe(ThroughFlow):
    """Trains `CollarMask` on where a trained flow lays its marks."""

    kind: ClassVar[str] = "collar"
    trains: ClassVar[str] = "collar"
    score: ClassVar[str] = "iou"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __init__(self, options: CollarOptions) -> None:
        super().__init__(options, _Collar(options))

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        """The garment, the flow that sees the true parse, and where skin and garment are on what it lays."""
        labels, flow, mask = self.laying(batch)
        lies = (mask > COVERED).float()
        return {
            "garment": garment_planes(batch.cloth, batch.cloth_mask),
            "flow": flow,
            "skin": maps.among(labels, (Seg.NECK, Seg.FACE)) * lies,
            "cloth": maps.among(labels, (self.options.garment_category.garment,)) * lies,
            "image": batch.image,
        }

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Overlap of the marks, carried, with neck and face on the laid garment, and their precision and recall."""
        both = found = true = 0.0
        for batch in batches:
            marked = carried(torch.sigmoid(as_float32(network(batch["garment"]))), batch["flow"], "zeros") > 0.5
            both += float((marked * batch["skin"]).sum())
            found += float((marked * (batch["skin"] + batch["cloth"])).sum())
            true += float(batch["skin"].sum())
        return overlap(both, found, true)

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Garment, marks, person with the garment laid, with the marked taken out, and the truth."""
        cloth, mask = torch.split(batch["garment"], [3, 1], dim=1)
        inside = (torch.sigmoid(as_float32(network(batch["garment"]))) > 0.5).float()
        laid, whole, left = (
            carried(one, batch["flow"], outside)
            for one, outside in ((cloth, "border"), (mask, "zeros"), (mask * (1 - inside), "zeros"))
        )
        image = batch["image"]
        worn = [laid * alpha + image * (1 - alpha) for alpha in (whole, left)]
        return grid([pictures(column) for column in (cloth, inside, *worn, image)])


def skin_loss(marks: Tensor, batch: Prepared, weight: float) -> Tensor:
    """Cross entropy of the carried marks (B, 1, H, W) in (0, 1), a mean over the places that count.

    `weight` is that of places where skin lies on the garment; where the garment itself is seen it is 1, elsewhere 0.
    """
    skin, cloth = as_float32(batch["skin"]), as_float32(batch["cloth"])
    counts = skin + cloth
    with torch.autocast(marks.device.type, enabled=False):
        each = F.binary_cross_entropy(marks.float().clamp(1e-4, 1 - 1e-4), skin, reduction="none")
    return (each * (counts + (weight - 1) * skin)).sum() / counts.sum().clamp_min(1)
