"""What recipes have in common whose network marks the product photo, and which nobody has labelled.

The flow carries the marks to the person who wears the garment. There parse and joints tell, of some places, what should
be marked.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from engine.arrays import Size
from engine.data.batches import Batch
from engine.networks.flow import SIZE, carried
from engine.networks.photo_marks import PhotoMarks
from engine.training.losses import maps
from engine.training.optimisers import AdamW
from engine.training.options import LoopOptions
from engine.training.recipe import Phase, Recipe
from engine.training.recipes.laying import FrozenFlow


@dataclass(frozen=True, kw_only=True)
class ThroughFlowOptions(LoopOptions):
    """Hyper-parameters of such a recipe."""

    width: int = 16  # channels of the finest level
    rate: float = 2e-3  # AdamW's learning rate
    decay: float = 1e-3  # AdamW's weight decay
    flow: str = ""  # trained flow network: a run's folder, a pack's folder or name; needed


SMALL: dict[str, Any] = {"steps": 4000, "warm_up": 30, "decay_from": 0.4, "average": 0.995, "clip": 5.0}
PAPER: dict[str, Any] = {
    "steps": 30_000, "batch": 16, "warm_up": 100, "decay_from": 0.4, "average": 0.998, "clip": 5.0,
    "validation_pairs": 500, "log_every": 50, "validate_every": 2500, "sample_every": 2500, "checkpoint_every": 1000,
}  # fmt: skip


class MarksPhase(Phase):
    """A network of marks and its optimiser."""

    def __init__(self, name: str, network: PhotoMarks, options: ThroughFlowOptions) -> None:
        last = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        super().__init__(name, last, AdamW(network.parameters(), lr=options.rate, weight_decay=options.decay))


class ThroughFlow(Recipe):
    """A recipe with a frozen flow; all its pictures have the flow's size."""

    options: ThroughFlowOptions

    def __init__(self, options: ThroughFlowOptions, phase: Phase) -> None:
        self.options = options
        self.flow = FrozenFlow(options.flow)
        self.phases: list[Phase] = [phase]

    def place(self, device: torch.device) -> None:
        self.flow.to(device)

    def notes(self) -> dict[str, Any]:
        return {"flow": self.flow.note}

    def size_at(self, step: int) -> Size:
        return SIZE

    def laying(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """The labels with a neck, the flow that sees them, and the garment's mask (B, 1, H, W) as that lays it."""
        labels = maps.with_neck(batch.labels, batch.parse)
        with self.autocast():
            flow = self.flow(batch, labels)
        return labels, flow, carried(batch.cloth_mask, flow, "zeros")


def overlap(both: float, found: float, true: float) -> dict[str, float]:
    """What a recipe says of its marks, from how many pixels are marked rightly, are marked, and should be."""
    return {
        "iou": both / max(found + true - both, 1.0),
        "precision": both / max(found, 1.0),
        "recall": both / max(true, 1.0),
    }
