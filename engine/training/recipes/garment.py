"""Recipe of the garment mask: product photos, as they are and cut out onto other backgrounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture, Size
from engine.data.raw.garment_batches import GarmentBatch
from engine.metrics.overlap import mask_iou
from engine.networks.garment import SIZE, GarmentConfig, GarmentMask
from engine.training.losses.as_float32 import as_float32
from engine.training.optimisers import AdamW
from engine.training.options import SMOKE, LoopOptions
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.sample_grid import grid, pictures

if TYPE_CHECKING:
    from engine.training.data_source import Data
    from engine.training.fabric import Fabric


@dataclass(frozen=True, kw_only=True)
class GarmentOptions(LoopOptions):
    """Hyper-parameters of the garment mask's recipe."""

    width: int = 12  # channels of the finest level
    rate: float = 3e-3  # AdamW's learning rate
    decay: float = 0.02  # AdamW's weight decay
    half_size: float = 0.7  # share of the steps worked at 128 x 96 first, which costs a quarter
    outline: float = 3.0  # weight of the pixels near the outline; the others weigh 1
    overlap: float = 0.5  # weight of 1 - IoU
    street: str = ""  # folder with image, image-parse and openpose-json, for backgrounds; empty draws them all


PRESETS = {
    "smoke": GarmentOptions(**SMOKE),
    "small": GarmentOptions(
        steps=2500, batch=16, warm_up=50, decay_from=0.3, clip=5.0, average=0.995, validate_every=250,
        sample_every=500, checkpoint_every=250,
    ),
    "paper": GarmentOptions(
        steps=50_000, batch=32, width=24, warm_up=500, decay_from=0.4, clip=5.0, validation_pairs=500, log_every=50,
        validate_every=5000, sample_every=5000, checkpoint_every=2000,
    ),
}  # fmt: skip


class _Mask(Phase):
    def __init__(self, options: GarmentOptions) -> None:
        network = GarmentMask(GarmentConfig(options.width))
        optimiser = AdamW(network.parameters(), lr=options.rate, weight_decay=options.decay)
        super().__init__("garment", network, optimiser)
        self._options = options

    def forward(self, batch: Prepared, part: int) -> Losses:
        logits, mask = as_float32(self.network(batch["image"])), batch["mask"]
        each = F.binary_cross_entropy_with_logits(logits, mask, reduction="none")
        weights = 1 + (self._options.outline - 1) * outline(mask)
        missed = 1 - mask_iou(torch.sigmoid(logits), mask)
        return {"mask": (each * weights).mean(), "overlap": self._options.overlap * missed.mean()}


class GarmentRecipe(Recipe):
    """Trains `GarmentMask` on the product photos of a data set in the VITON-HD layout."""

    kind: ClassVar[str] = "garment"
    trains: ClassVar[str] = "garment"
    score: ClassVar[str] = "iou"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __init__(self, options: GarmentOptions) -> None:
        self.options: GarmentOptions = options
        self.phases: list[Phase] = [_Mask(options)]

    def open_data(self, root: Path, fabric: "Fabric", cache: Path | None, workers: int) -> "Data":
        from engine.training.photo_source import open_garments

        return open_garments(root, self.options.street, self, fabric, cache, workers)

    def size_at(self, step: int) -> Size:
        return SIZE if self.stage(step) else (SIZE[0] // 2, SIZE[1] // 2)

    def stage(self, step: int) -> int:
        """0 while the run works at half size, then 1."""
        return int(step >= self.options.half_size * self.options.steps)

    def prepare(self, batch: GarmentBatch, seeds: Sequence[int], step: int) -> Prepared:
        changed = torch.tensor(batch.changed, device=batch.image.device)
        return {"image": batch.image, "mask": batch.mask, "changed": changed}

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """Mean IoU of the masks: of product photos, of the same garments elsewhere, and of both."""
        found: dict[bool, list[Tensor]] = {False: [], True: []}
        for batch in batches:
            made = (as_float32(network(batch["image"])) > 0).float()
            found[bool(batch["changed"])].append(mask_iou(made, batch["mask"]))
        product, elsewhere = (float(torch.cat(found[kind]).mean()) for kind in (False, True))
        return {"iou": (product + elsewhere) / 2, "product_iou": product, "elsewhere_iou": elsewhere}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Photo, mask found, true mask."""
        made = torch.sigmoid(as_float32(network(batch["image"])))
        return grid([pictures(column) for column in (batch["image"], made, batch["mask"])])


def outline(mask: Tensor) -> Tensor:
    """1 within three pixels of the border between 0 and 1 of a mask (B, 1, H, W), 0 elsewhere."""
    grown, shrunken = F.max_pool2d(mask, 7, 1, 3), -F.max_pool2d(-mask, 7, 1, 3)
    return grown - shrunken
