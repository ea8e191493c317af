"""Checkpoints: one file that holds everything a run needs to go on as if it had never stopped.

Written by torch.save as tensors and plain containers only, so that it is read with weights_only=True; written beside
the old one and then renamed, so that there is always a whole one.
"""

import os
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.errors import TryOnError
from engine.system.files import atomic_path
from engine.training.events import write_failed

FORMAT = 1
FOLDER = "checkpoints"
LAST, BEST = f"{FOLDER}/last.pt", f"{FOLDER}/best.pt"

State = dict[str, Any]


def save(path: Path, state: State) -> None:
    """Write `state` to `path` in one piece; TryOnError where the disk is full, and then the old file is still there."""
    try:
        with atomic_path(path) as temporary:
            torch.save(state | {"format": FORMAT}, temporary)
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
    except OSError as error:
        raise write_failed(path, error) from error
    except RuntimeError as error:  # torch reports a failed write of its archive so, without an errno
        raise TryOnError("checkpoint.unwritten", path=path) from error


def copy(source: Path, target: Path) -> None:
    """A second, independent file with the same bytes."""
    try:
        with atomic_path(target) as temporary:
            shutil.copyfile(source, temporary)
    except OSError as error:
        raise write_failed(target, error) from error


def load(path: Path) -> State:
    """The state in `path`, on the CPU. TryOnError where it is missing, damaged or of another version."""
    if not path.exists():
        raise TryOnError("checkpoint.missing", path=path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # a damaged archive raises half a dozen unrelated types
        raise TryOnError("checkpoint.damaged", path=path) from error
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        found = state.get("format") if isinstance(state, dict) else None
        raise TryOnError("checkpoint.format", path=path, found=found, format=FORMAT)
    return state


def network_kind(state: State) -> str:
    """The kind of the network in `state`; older checkpoints name the recipe alone, which was called like it."""
    return str(state.get("network", state["kind"]))


def random_state() -> State:
    """Where the random number generators of python, numpy, torch and its GPUs stand."""
    version, numbers, gauss = random.getstate()
    name, keys, position, has_gauss, cached = np.random.get_state()  # noqa: NPY002 (the global one is what has a state)
    return {
        "python": [version, list(numbers), gauss],
        "numpy": [name, torch.from_numpy(np.asarray(keys, dtype=np.int64)), position, has_gauss, cached],
        "torch": torch.get_rng_state(),
        "cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
    }


def set_random_state(state: State) -> None:
    """Put the generators back to where `random_state` found them."""
    version, numbers, gauss = state["python"]
    random.setstate((version, tuple(numbers), gauss))
    name, keys, position, has_gauss, cached = state["numpy"]
    np.random.set_state((name, keys.numpy().astype(np.uint32), position, has_gauss, cached))  # noqa: NPY002
    torch.set_rng_state(state["torch"])
    if torch.cuda.is_available() and len(state["cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all(state["cuda"])
