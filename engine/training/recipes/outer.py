"""Recipe of what is worn or carried over a top: coats and things, in street photos, beside drawn coats in any.

Only street photos are labelled so carefully that a coat is one and a thing in a hand is known. In others a top may be
made into an open coat (`engine.data.raw.open_coats`); what they call a coat themselves is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.arrays import Picture, Size
from engine.data.raw.batches import STREET, PhotoBatch
from engine.data.raw.things import THING
from engine.labels import IGNORE, Lip, Outer
from engine.metrics.overlap import ClassOverlap
from engine.networks.outer import OuterLayer
from engine.networks.parser import PersonParser
from engine.training.losses.as_float32 import as_float32
from engine.training.options import SMOKE
from engine.training.recipe import Losses, Phase, Prepared, Recipe
from engine.training.recipes.people import PAPER, PersonOptions, begin_encoder, new_config, optimiser_of
from engine.training.sample_grid import grid, pictures
from engine.training.trained import load_trained

if TYPE_CHECKING:
    from engine.training.data_source import Data
    from engine.training.fabric import Fabric


@dataclass(frozen=True, kw_only=True)
class OuterOptions(PersonOptions):
    """Hyper-parameters of the recipe."""

    parser: str = ""  # trained person parser whose body it begins with, a run's or pack's: in place of width to height
    coats: float = 1.0  # weight of the coats' pixels
    things: float = 2.0  # and of the things', small and easily lost
    open_coats: float = 0.3  # share of the tops that are made into open coats, where they can be
    dyed: float = 0.3  # share of the clothes in street photos that get another colour
    street_share: float = 0.6  # share of the pictures that comes from there


PRESETS = {
    "smoke": OuterOptions(**SMOKE),
    "small": OuterOptions(
        steps=3000, batch=16, warm_up=50, decay_from=0.3, clip=5.0, average=0.995, validate_every=250,
        sample_every=500, checkpoint_every=100,
    ),
    "paper": OuterOptions(**PAPER, steps=50_000),
}  # fmt: skip


class _Outer(Phase):
    def __init__(self, network: OuterLayer, options: OuterOptions) -> None:
        super().__init__("outer", network, optimiser_of(network, options))
        weights = torch.tensor([1.0, options.coats, options.things])
        self.register_buffer("weights", weights, persistent=False)
        self.weights: Tensor

    def forward(self, batch: Prepared, part: int) -> Losses:
        logits = as_float32(self.network(batch["image"]))
        return {"cross_entropy": F.cross_entropy(logits, batch["outer"], self.weights, ignore_index=IGNORE)}


class OuterRecipe(Recipe):
    """Trains `OuterLayer` on a VITON data set and, if named, a folder of street photos."""

    kind: ClassVar[str] = "outer"
    trains: ClassVar[str] = "outer"
    score: ClassVar[str] = "iou"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def __init__(self, options: OuterOptions) -> None:
        self.options: OuterOptions = options
        network, self._note = _begun(options)
        self.phases: list[Phase] = [_Outer(network, options)]

    def open_data(self, root: Path, fabric: "Fabric", cache: Path | None, workers: int) -> "Data":
        from engine.training.photo_source import Shares, open_photos

        options = self.options
        shares = Shares(options.street_share, options.open_coats, options.dyed)
        return open_photos(root, options.street, shares, self, fabric, cache, workers, things=True)

    def notes(self) -> dict[str, Any]:
        return super().notes() | self._note

    def size_at(self, step: int) -> Size:
        height = cast(OuterLayer, self.network).config.height
        return height, height * 3 // 4

    def prepare(self, batch: PhotoBatch, seeds: Sequence[int], step: int) -> Prepared:
        return {"image": batch.image, "outer": outer_labels(batch)}

    def validate(self, network: nn.Module, batches: Iterable[Prepared]) -> dict[str, float]:
        """IoU over all pixels of coats and of things, and their mean."""
        overlap = ClassOverlap(len(Outer))
        for batch in batches:
            overlap.add(as_float32(network(batch["image"])).argmax(dim=1), batch["outer"])
        coats, things = (overlap.iou()[label] for label in (Outer.COAT, Outer.THING))
        return {"iou": float(torch.tensor([coats, things]).nanmean().nan_to_num()), "coats": coats, "things": things}

    def samples(self, network: nn.Module, batch: Prepared) -> Picture:
        """Photo, what was found (coats grey, things white), the truth."""
        made = as_float32(network(batch["image"])).argmax(dim=1)
        truth = torch.where(batch["outer"] == IGNORE, 0, batch["outer"])
        return grid([pictures(batch["image"]), *(pictures(one[:, None] / Outer.THING) for one in (made, truth))])


def outer_labels(batch: PhotoBatch) -> Tensor:
    """int64 (B, H, W) of the classes of `Outer`, 255 where nobody knows, as with coats whose labels are not exact."""
    coat, thing = batch.parse == Lip.COAT, batch.parse == THING
    exact, street = (one[:, None, None] for one in (batch.exact, batch.source == STREET))
    unknown = (batch.parse == IGNORE) | (coat & ~exact) | (thing & ~street)
    labels = torch.where(coat, int(Outer.COAT), torch.where(thing, int(Outer.THING), int(Outer.NOTHING)))
    return torch.where(unknown, IGNORE, labels)


def _begun(options: OuterOptions) -> tuple[OuterLayer, dict[str, Any]]:
    """A new network, with the body of a trained parser where one is named, and what to note of that."""
    if not options.parser:
        network = OuterLayer(new_config(options))
        return network, begin_encoder(network)
    found, _, note = load_trained(("parser",), options.parser)
    parser = cast(PersonParser, found)
    network = OuterLayer(parser.config)
    body = {name: value for name, value in parser.state_dict().items() if name in network.state_dict()}
    network.load_state_dict(body, strict=False)
    return network, {"parser": note}
