"""Recipe of the marks of sleeves, which nobody has labelled: learned through a frozen flow.

Where the laid garment covers an arm the carried marks of its side should be set, where it covers the trunk they should
not, and in between, and where arms cross, nothing is known (`engine.category.worn_sleeves`). Garments on a floor lie
turned and askew: the network sees them so, and its marks are turned back before they are carried.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture
from engine.category.worn_sleeves import BODY, LEFT, RIGHT, UNKNOWN, worn_sleeves
from engine.data.batches import Batch
from engine.networks.flow import garment_planes, grid_of
from engine.networks.marks import SIZE, MarksConfig, SleeveMarks
from engine.pose import Pose
from engine.training.losses.as_float32 import as_float32
from engine.training.options import SMOKE
from engine.training.recipe import Losses, Prepared
from engine.training.recipes.laying import COVERED
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
class MarksOptions(ThroughFlowOptions):
    """Hyper-parameters of the recipe."""

    turned: float = 35.0  # degrees by which garments are turned, at most
    stretched: float = 0.15  # share by which one side of a garment is stretched, at most


PRESETS = {"smoke": MarksOptions(**SMOKE), "small": MarksOptions(**SMALL), "paper": MarksOptions(**PAPER)}


class _Marks(MarksPhase):
    def __init__(self, options: MarksOptions) -> None:
        super().__init__("marks", SleeveMarks(MarksConfig(options.width)), options)

    def forward(self, batch: Prepared, part: int) -> Losses:
        return {"marks": marks_loss(_carried(self.network, batch), batch["worn"])}


class MarksRecipe(ThroughFlow):
    """Trains `SleeveMarks` on where a trained flow lays its marks."""

    kind: ClassVar[str] = "marks"
    trains: ClassVar[str] = "marks"
    score: ClassVar[str] = "iou"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    options: MarksOptions

    def __init__(self, options: MarksOptions) -> None:
        super().__init__(options, _Marks(options))

    def prepare(self, batch: Batch, seeds: Sequence[int], step: int) -> Prepared:
        """The garment as the network sees it, where in that the flow has each place on the person from, and what is
        known of those."""
        _, flow, laid = self.laying(batch)
        turns = torch.stack([self._turn(seed) for seed in seeds]).to(flow.device)
        places = grid_of(flow, SIZE)
        there = torch.cat([places, torch.ones_like(places[..., :1])], dim=-1) @ torch.inverse(turns)[:, None].mT
        cloth, mask = (F.interpolate(one, SIZE, mode="area") for one in (batch.cloth, batch.cloth_mask))
        lies = F.interpolate(laid, SIZE, mode="area")[:, 0] > COVERED
        seen = F.affine_grid(turns[:, :2], [len(seeds), 1, *SIZE], align_corners=False)
        cloth, mask = (
            F.grid_sample(one, seen, padding_mode=outside, align_corners=False)
            for one, outside in ((cloth, "border"), (mask, "zeros"))
        )
        worn = torch.stack([_worn(batch, number, self.options) for number in range(len(batch))]).to(flow.device)
        return {
            "garment": garment_planes(cloth, (mask > 0.5).float()),
            "places": there[..., :2],
            "worn": torch.where(lies & (there[..., :2].abs() < 1).all(dim=-1), worn, UNKNOWN),
            "image": F.interpolate(batch.image, SIZE, mode="area"),
        }

    def _turn(self, seed: int) -> Tensor:
        """(3, 3), from the places of the picture that the network sees to those of the photo, in halves of it."""
        drawn = 2 * torch.rand(2, generator=torch.Generator().manual_seed(seed)) - 1
        angle = math.radians(self.options.turned) * float(drawn[0])
        stretch = 1 + self.options.stretched * float(drawn[1])
        tall = SIZE[0] / SIZE[1]
        cos, sin = math.cos(angle), math.sin(angle)
        return torch.tensor([[stretch * cos, stretch * -sin * tall, 0], [sin / tall, cos, 0], [0, 0, 1]])

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Overlap of the carried marks with sleeves, where something is known, and their precision and recall."""
        both = found = true = 0.0
        for batch in batches:
            marked, sleeves = _carried(network, batch) > 0, _sleeves(batch["worn"])
            marked &= (batch["worn"] != UNKNOWN)[:, None]
            both += float((marked & sleeves).sum())
            found += float(marked.sum())
            true += float(sleeves.sum())
        return overlap(both, found, true)

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Garment, marks, person, carried marks, and what is known of those: sleeves red and blue, body green."""
        cloth, _ = torch.split(batch["garment"], [3, 1], dim=1)
        marks = torch.sigmoid(as_float32(network(batch["garment"])))
        seen = torch.sigmoid(_carried(network, batch))
        known = torch.stack([batch["worn"] == one for one in (LEFT, BODY, RIGHT)], dim=1).float()
        coloured = [torch.cat([one[:, :1], torch.zeros_like(one[:, :1]), one[:, 1:]], dim=1) for one in (marks, seen)]
        columns = (cloth, 2 * coloured[0] - 1, batch["image"], 2 * coloured[1] - 1, 2 * known - 1)
        return grid([pictures(column) for column in columns])


def marks_loss(logits: Tensor, worn: Tensor) -> Tensor:
    """Cross entropy of both sides' carried logits (B, 2, H, W), a mean over what is known of the `worn` (B, H, W)."""
    known = (worn != UNKNOWN)[:, None]
    with torch.autocast(logits.device.type, enabled=False):
        each = F.binary_cross_entropy_with_logits(logits.float(), _sleeves(worn).float(), reduction="none")
    return (each * known).sum() / (2 * known.sum()).clamp_min(1)


def _sleeves(worn: Tensor) -> Tensor:
    """bool (B, 2, H, W)."""
    return torch.stack([worn == LEFT, worn == RIGHT], dim=1)


def _carried(network: nn.Module, batch: Prepared) -> Tensor:
    logits = as_float32(network(batch["garment"]))
    return F.grid_sample(logits, as_float32(batch["places"]), padding_mode="border", align_corners=False)


def _worn(batch: Batch, number: int, options: MarksOptions) -> Tensor:
    """uint8 (128, 96) of one pair."""
    size = batch.labels.shape[1], batch.labels.shape[2]
    labels = F.interpolate(batch.labels[number][None, None].float(), SIZE)[0, 0].to(torch.uint8).cpu().numpy()
    pose = Pose(batch.keypoints[number].cpu().numpy().astype(np.float32), size)
    found = worn_sleeves(labels, pose, batch.sleeves[number].tolist(), options.garment_category)
    return torch.from_numpy(found)
