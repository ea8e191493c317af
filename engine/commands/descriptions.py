"""Packs, recipes and devices as plain values, for `--json`: what a program that starts `tryon` reads."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import TryOnError
from engine.weights import Pack, is_shipped


def print_line(value: Mapping[str, Any]) -> None:
    """One JSON object as a line on standard output, at once."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def describe_pack(pack: Pack) -> dict[str, Any]:
    """What a list shows of a pack; `numbers` are the validation numbers of the networks that carry some."""
    return {
        "name": pack.name,
        "version": pack.version,
        "folder": str(pack.folder),
        "licence": pack.licence,
        "shipped": is_shipped(pack),
        "bytes": pack.bytes,
        "sizes": [list(size) for size in pack.sizes],
        "networks": {
            kind: {"file": file.name, "bytes": file.bytes, "config": dict(pack.configs[kind])}
            for kind, file in pack.files.items()
        },
        "provenance": pack.provenance if isinstance(pack.provenance, str) else dict(pack.provenance),
        "numbers": _numbers(pack),
    }


def describe_broken(folder: Path, reason: TryOnError) -> dict[str, Any]:
    """A folder that should be a pack and is none."""
    return {"name": folder.name, "folder": str(folder), "reason": str(reason), "fault": reason.to_json()}


def describe_verified(pack: Pack, failure: TryOnError | None) -> dict[str, Any]:
    """What a comparison of a pack with its checksums has found; problem "" and fault None where nothing is wrong."""
    found = {"problem": "", "fault": None} if failure is None else {"problem": str(failure), "fault": failure.to_json()}
    return {"name": pack.name, "folder": str(pack.folder), **found}


def _numbers(pack: Pack) -> dict[str, dict[str, float]]:
    if isinstance(pack.provenance, str):
        return {}
    found = {}
    for kind, made_by in pack.provenance.items():
        numbers = made_by.get("validation") if isinstance(made_by, Mapping) else None
        if isinstance(numbers, Mapping):
            found[kind] = {name: value for name, value in numbers.items() if isinstance(value, int | float)}
    return found


def describe_recipes() -> dict[str, Any]:
    """Every recipe's presets with all their options, by kind."""
    from dataclasses import asdict

    from engine.training import recipes

    found = {}
    for kind in recipes.RECIPES:
        one = recipes.entry(kind)
        found[kind] = {
            "network": one.recipe.trains,
            "score": one.recipe.score,
            "better": one.recipe.better,
            "presets": {name: asdict(options) for name, options in one.presets.items()},
        }
    return found


def describe_evaluations() -> list[str]:
    """What `tryon evaluate` can measure: the names of its commands."""
    from engine.commands import evaluate

    return [str(command.name) for command in evaluate.app.registered_commands]


def describe_devices() -> list[dict[str, Any]]:
    """Where training can run here, the fastest first, each with the precisions that work there."""
    import psutil
    import torch

    memory = psutil.virtual_memory()
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    cpu = _device("cpu", f"CPU, {cores} cores", memory.total, memory.available, ["fp32", "bf16"])
    found = []
    for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
        free, total = torch.cuda.mem_get_info(index)
        name = torch.cuda.get_device_name(index)
        found.append(_device("cuda" if index == 0 else f"cuda:{index}", name, total, free, ["fp32", "bf16", "fp16"]))
    if torch.backends.mps.is_available():
        found.append(_device("mps", "Apple GPU", memory.total, memory.available, ["fp32"]))
    return [*found, cpu]


def _device(name: str, text: str, total: int, free: int, precisions: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "text": text,
        "memory_mb": round(total / 2**20),
        "memory_free_mb": round(free / 2**20),
        "precisions": precisions,
    }
