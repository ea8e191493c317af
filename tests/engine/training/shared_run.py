"""Run by torchrun or alone: a few steps of each recipe; writes its losses and the gradients of its first step.

In double precision, so that what differs is the sharing and not the rounding of sums that are taken in another order,
which norms over few pixels and Adam's first steps blow up a thousandfold.
"""

import sys
from contextlib import closing
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import torch

from engine.data.batches import Batch
from engine.training import recipes
from engine.training.data_source import open_data
from engine.training.loop import start_fabric, train
from engine.training.options import Machine
from engine.training.recipe import Recipe
from engine.training.recipes.alias import AliasRecipe
from engine.training.recipes.alias_input import AliasInput
from tests.engine.training.runs import options

STEPS = 10
# each pair by itself: no dropout, which draws for the batch, and no statistics of the batch; the published rates
ALONE: dict[str, dict[str, Any]] = {
    "segmentation": {"dropout": 0.0, "batch": 4, "rate": 4e-4, "critic_rate": 4e-4},
    "matching": {"freeze_norm": True, "batch": 4, "rate": 2e-4},
    "alias": {"batch": 2, "rate": 1e-4, "critic_rate": 4e-4},
}


def gradients(recipe: Recipe) -> dict[str, torch.Tensor]:
    """The gradients that the last step's optimisers worked with."""
    found = {}
    for phase in recipe.phases:
        for name, parameter in phase.network.named_parameters():
            if parameter.grad is not None:
                found[f"{phase.name}.{name}"] = parameter.grad.clone()
    return found


def warp_one_by_one(made: AliasInput) -> None:
    """The trained matching network works in single precision, where a batch is rounded otherwise than its pairs."""
    together = made.grid

    def grid(batch: Batch, region: torch.Tensor) -> torch.Tensor:
        return torch.cat([together(_pair(batch, place), region[place : place + 1]) for place in range(len(batch))])

    made.grid = grid  # type: ignore[assignment]


def _pair(batch: Batch, place: int) -> Batch:
    return replace(batch, **{field.name: getattr(batch, field.name)[place : place + 1] for field in fields(batch)})


def main(kind: str, root: Path, out: Path) -> None:
    fabric = start_fabric(Machine.of_environment(accelerator="cpu", threads=1, precision="64-true"))
    chosen = options(kind, root, **{"steps": STEPS, "checkpoint_every": 100} | ALONE[kind])
    recipe = recipes.make(kind, chosen)
    if isinstance(recipe, AliasRecipe):
        recipe.perceptual.double()
        warp_one_by_one(recipe.input)
    data = open_data(root, chosen, recipe.size_at, fabric)
    first: dict[str, torch.Tensor] = {}

    def note(event: dict[str, Any]) -> None:
        if event["event"] == "progress" and event["step"] == 1:
            first.update(gradients(recipe))

    with closing(data.feed):
        train(fabric, recipe, data, out, progress_fn=note)
    if fabric.is_global_zero:
        torch.save({"gradients": first, "options": asdict(chosen), "processes": fabric.world_size}, out / "noted.pt")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
