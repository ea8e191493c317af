"""Short runs of narrow networks."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import torch

from engine.networks import build
from engine.training import checkpoint, recipes
from engine.training.events import read_events
from engine.training.loop import Outcome, start_fabric, train
from engine.training.options import Machine
from engine.training.run_control import Command
from engine.weights import write_pack

NARROW: dict[str, dict[str, Any]] = {
    "segmentation": {"width": 4, "critic_width": 4, "half_size": 1.0, "dropout": 0.0},
    "matching": {"width": 4},
    "alias": {"width": 4, "critic_width": 4, "at_256": 1.0, "at_512": 0.0, "perceptual_scale": 0.25, "batch": 2},
    "parser": {"width": 4, "half_size": 1.0},
    "outer": {"width": 4},
    "garment": {"width": 4, "half_size": 1.0},
    "hair": {"width": 4},
    "flow": {"width": 4},
    "collar": {"width": 4},
    "marks": {"width": 4},
    "sleeves": {"width": 4},
    "composer": {"width": 4, "critic_width": 4},
    "pix2pix": {"width": 4, "critic_width": 4},
    "cpvton": {"width": 4},
    "clothflow": {"width": 4},
    "acgpn": {"width": 4, "critic_width": 4},
}
NEEDED = {
    **dict.fromkeys(("alias", "cpvton", "clothflow", "acgpn"), ("matching",)),
    **dict.fromkeys(("collar", "marks", "composer"), ("flow",)),
}
COMMON: dict[str, Any] = {
    "steps": 6,
    "batch": 2,
    "pairs": 32,
    "samples": 2,
    "validation_pairs": 2,
    "log_every": 1,
    "checkpoint_every": 2,
    "validate_every": 100,
    "sample_every": 100,
}


def options(kind: str, folder: Path, **changes: Any) -> Any:
    """Smoke options made narrower still; recipes that need a trained network get one of random weights."""
    return recipes.preset(kind, "smoke", needed(kind, folder) | COMMON | NARROW[kind] | changes)


def needed(kind: str, folder: Path) -> dict[str, Any]:
    """The option that names the network this recipe learns on."""
    return {earlier: str(random_pack(earlier, folder)) for earlier in NEEDED.get(kind, ())}


def random_matching(folder: Path) -> Path:
    """A pack with a narrow matching network; made once."""
    return random_pack("matching", folder)


def random_pack(kind: str, folder: Path) -> Path:
    """A pack with one narrow network, called by its first letter; made once."""
    target = folder / f"{kind}-pack"
    if not target.exists():
        torch.manual_seed(0)
        network = build(kind, {"width": 4})
        write_pack(target, kind[0], {kind: network}, "1", "for tests only", [(256, 192)], "random")
    return target


def run(
    kind: str,
    root: Path,
    out: Path,
    *,
    resume: bool = False,
    abort_fn: Callable[[], Command | None] | None = None,
    workers: int = 0,
    precision: str = "32-true",
    **changes: Any,
) -> Outcome:
    """Train in this process on one thread."""
    fabric = start_fabric(Machine(threads=1, precision=precision))
    chosen = options(kind, root, **changes)
    recipe = recipes.make(kind, chosen)
    data = recipe.open_data(root, fabric, None, workers)
    with closing(data.feed):
        return train(fabric, recipe, data, out, resume=resume, abort_fn=abort_fn)


def after(steps: int, command: Command) -> Callable[[], Command | None]:
    """An `abort_fn` that gives `command` after so many steps."""
    asked = 0

    def ask() -> Command | None:
        nonlocal asked
        asked += 1
        return command if asked >= steps else None

    return ask


def state(out: Path, name: str = checkpoint.LAST) -> checkpoint.State:
    return checkpoint.load(out / name)


def losses(out: Path) -> dict[int, dict[str, float]]:
    """Losses by step, from the events."""
    return {event["step"]: event["losses"] for event in read_events(out) if event["event"] == "progress"}


def different(a: Any, b: Any, path: str = "") -> list[str]:
    """Where two checkpoint states differ in any bit."""
    if isinstance(a, torch.Tensor):
        return [] if torch.equal(a, b) else [path]
    if isinstance(a, dict):
        keys = [path] if a.keys() != b.keys() else []
        return keys + [found for key in a.keys() & b.keys() for found in different(a[key], b[key], f"{path}.{key}")]
    if isinstance(a, list | tuple):
        pairs = enumerate(zip(a, b, strict=True))
        return [found for number, (x, y) in pairs for found in different(x, y, f"{path}.{number}")]
    return [] if a == b else [path]
