"""Recipe of the inside of the collar, which nobody has labelled: learned through a frozen flow.

Where neck or face lie on the laid garment the carried marks should be set, where the garment itself is seen they should
not, and anywhere else nothing is known. A flow is some pixels off there, as much as a neckband is wide, so some that
somebody has drawn (`engine.data.raw.drawn_collars`) tell much more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture
from engine.data.batches import Batch
from engine.data.raw.drawn_collars import DrawnCollars, drawn_collars
from engine.labels import Seg
from engine.networks.collar import CollarConfig, CollarMask
from engine.networks.flow import carried, garment_planes
from engine.training.losses import maps
from engine.training.losses.as_float32 import as_float32
from engine.training.options import SMOKE
from engine.training.recipe import Losses, Prepared
from engine.training.recipes.laying import COVERED
from engine.training.recipes.photo_planes import mask_planes, photo_planes
from engine.training.recipes.through_flow import (
    PAPER,
    SMALL,
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
    close: bool = False  # sees the garment's neck alone, about twice as large
    drawn: str = ""  # folder with cloth, cloth-mask and collar, the masks of its inside that were drawn; empty for none
    drawn_weight: float = 10.0  # of what is learned from them, as many as there are pairs
    worn: float = 1.0  # weight of what is learned through the flow


PRESETS = {
    name: CollarOptions(close=True, **some) for name, some in (("smoke", SMOKE), ("small", SMALL), ("paper", PAPER))
}


class _Collar(MarksPhase):
    def __init__(self, options: CollarOptions) -> None:
        config = CollarConfig(options.width, options.close)
        super().__init__("collar", CollarMask(config), options)
        self._options, self.size = options, config.size

    def forward(self, batch: Prepared, part: int) -> Losses:
        options = self._options
        inside = torch.sigmoid(as_float32(self.network(batch["garment"])))
        missed = skin_loss(carried(inside, as_float32(batch["flow"]), "zeros"), batch, options.skin)
        losses = {"inside": options.worn * missed, "spread": options.worn * options.spread * inside.mean()}
        if "drawn" not in batch:
            return losses
        marks = as_float32(self.network(batch["drawn"]))
        return losses | {"drawn": options.drawn_weight * F.binary_cross_entropy_with_logits(marks, batch["collar"])}


class CollarRecipe(ThroughFlow):
    """Trains `CollarMask` on where a trained flow lays its marks, and on drawn ones."""

    options: CollarOptions

    kind: ClassVar[str] = "collar"
    trains: ClassVar[str] = "collar"
    score: ClassVar[str] = "iou"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __init__(self, options: CollarOptions) -> None:
        phase = _Collar(options)
        super().__init__(options, phase)
        self._drawn: DrawnCollars | None = None
        if options.drawn:
            self._drawn, self._held_out = drawn_collars(Path(options.drawn), phase.size)

    def notes(self) -> dict[str, Any]:
        """The flow, and the name of the folder of drawn collars and how many it has."""
        drawn = (
            {} if self._drawn is None else {"drawn": Path(self.options.drawn).name, "drawn_collars": len(self._drawn)}
        )
        return super().notes() | drawn

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        """The garment, the flow that sees the true parse, and where skin and garment are on what it lays."""
        labels, flow, mask = self.laying(batch)
        lies = (mask > COVERED).float()
        drawn = {} if self._drawn is None else _planes(self._drawn.changed(seeds), mask.device)
        return drawn | {
            "garment": garment_planes(batch.cloth, batch.cloth_mask),
            "flow": flow,
            "skin": maps.among(labels, (Seg.NECK, Seg.FACE)) * lies,
            "cloth": maps.among(labels, (self.options.garment_category.garment,)) * lies,
            "image": batch.image,
        }

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Overlap of the marks, carried, with neck and face on the laid garment, and their precision and recall; of
        drawn ones too, and then `iou` is the mean of both overlaps, `worn` and `drawn`."""
        both = found = true = 0.0
        for batch in batches:
            marked = carried(torch.sigmoid(as_float32(network(batch["garment"]))), batch["flow"], "zeros") > 0.5
            both += float((marked * batch["skin"]).sum())
            found += float((marked * (batch["skin"] + batch["cloth"])).sum())
            true += float(batch["skin"].sum())
        worn = overlap(both, found, true)
        if self._drawn is None:
            return worn
        drawn = _planes(self._held_out, batch["garment"].device)
        marked, wanted = as_float32(network(drawn["drawn"])) > 0, drawn["collar"] > 0.5
        shared = float((marked & wanted).sum()) / max(float((marked | wanted).sum()), 1.0)
        return worn | {"worn": worn["iou"], "drawn": shared, "iou": (worn["iou"] + shared) / 2}

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


def _planes(garments: DrawnCollars, device: torch.device) -> Prepared:
    """Garments (B, 4, H, W) as the network is given them, and their collars' inside (B, 1, H, W) of 0 and 1."""
    drawn = photo_planes(garments.pictures, garments.masks, device)
    return {"drawn": drawn, "collar": mask_planes(garments.collars, device)}


def skin_loss(marks: Tensor, batch: Prepared, weight: float) -> Tensor:
    """Cross entropy of the carried marks (B, 1, H, W) in (0, 1), a mean over the places that count.

    `weight` is that of places where skin lies on the garment; where the garment itself is seen it is 1, elsewhere 0.
    """
    skin, cloth = as_float32(batch["skin"]), as_float32(batch["cloth"])
    counts = skin + cloth
    with torch.autocast(marks.device.type, enabled=False):
        each = F.binary_cross_entropy(marks.float().clamp(1e-4, 1 - 1e-4), skin, reduction="none")
    return (each * (counts + (weight - 1) * skin)).sum() / counts.sum().clamp_min(1)
