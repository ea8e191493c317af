"""Recipe of the inside of the collar, which nobody has labelled: learned through a frozen flow.

The network marks places of the product photo. The flow carries the marks to the person who wears the garment; where
neck or face lie on the laid garment they should be set, where the garment itself is seen they should not, and anywhere
else nothing is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture, Size
from engine.data.batches import Batch
from engine.labels import Seg
from engine.networks.collar import SIZE, CollarConfig, CollarMask
from engine.networks.flow import carried, garment_planes
from engine.training.losses import maps
from engine.training.losses.as_float32 import as_float32
from engine.training.optimisers import AdamW
from engine.training.options import LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.recipes.laying import FrozenFlow
from engine.training.sample_grid import grid, pictures

_COVERED = 0.6  # of the laid mask: here the garment lies for sure


@dataclass(frozen=True, kw_only=True)
class CollarOptions(LoopOptions):
    """Hyper-parameters of the collar's recipe."""

    width: int = 16  # channels of the finest level
    rate: float = 2e-3  # AdamW's learning rate
    decay: float = 1e-3  # AdamW's weight decay
    skin: float = 1.0  # weight of places where skin lies on the garment, beside 1 where it does not; more marks more
    spread: float = 0.02  # weight of the share of the photo that is marked
    flow: str = ""  # trained flow network: a run's folder, a pack's folder or name; needed


PRESETS = {
    "smoke": CollarOptions(
        steps=60, batch=4, width=8, average=0.9, log_every=5, validate_every=30, sample_every=30, checkpoint_every=30,
        validation_pairs=8, samples=4,
    ),
    "small": CollarOptions(steps=4000, warm_up=30, decay_from=0.4, average=0.995, clip=5.0),
    "paper": CollarOptions(
        steps=30_000, batch=16, warm_up=100, decay_from=0.4, average=0.998, clip=5.0, validation_pairs=500,
        log_every=50, validate_every=2500, sample_every=2500, checkpoint_every=1000,
    ),
}  # fmt: skip


class _Collar(Phase):
    def __init__(self, options: CollarOptions) -> None:
        network = CollarMask(CollarConfig(options.width)).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        adam = AdamW(network.parameters(), lr=options.rate, weight_decay=options.decay)
        super().__init__("collar", network, adam)
        self._options = options

    def forward(self, batch: Prepared, part: int) -> Losses:
        inside = torch.sigmoid(as_float32(self.network(batch["garment"])))
        missed = skin_loss(carried(inside, as_float32(batch["flow"]), "zeros"), batch, self._options.skin)
        return {"inside": missed, "spread": self._options.spread * inside.mean()}


class CollarRecipe(Recipe):
    """Trains `CollarMask` on where a trained flow lays its marks."""

    kind: ClassVar[str] = "collar"
    trains: ClassVar[str] = "collar"
    score: ClassVar[str] = "iou"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __init__(self, options: CollarOptions) -> None:
        self.options: CollarOptions = options
        self.flow = FrozenFlow(options.flow)
        self.phases: list[Phase] = [_Collar(options)]

    def place(self, device: torch.device) -> None:
        self.flow.to(device)

    def notes(self) -> dict[str, Any]:
        return {"flow": self.flow.note}

    def size_at(self, step: int) -> Size:
        return SIZE

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        """The garment, the flow that sees the true parse, and where skin and garment are on what it lays."""
        labels = maps.with_neck(batch.labels, batch.parse)
        with self.autocast():
            flow = self.flow(batch, labels)
        lies = (carried(batch.cloth_mask, flow, "zeros") > _COVERED).float()
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
        return {
            "iou": both / max(found + true - both, 1.0),
            "precision": both / max(found, 1.0),
            "recall": both / max(true, 1.0),
        }

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
