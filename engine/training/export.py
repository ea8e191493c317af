"""From a training run to a weight pack: the averaged weights, with what they were made by."""

import shutil
from pathlib import Path
from typing import Any

from engine.category import CATEGORIES, UPPER, Category
from engine.errors import TryOnError
from engine.graph import DRAFT_SIZE, PAINTERS
from engine.networks import build
from engine.training import checkpoint, run_folder
from engine.weights import Pack, write_pack

LICENCE = "research, non-commercial"  # of weights trained on pictures that allow no more
_SIZES: dict[str, tuple[int, int]] = {"alias": (1024, 768), **dict.fromkeys(PAINTERS, DRAFT_SIZE)}


def export_run(folder: Path, best: bool = False, target: Path | None = None, name: str | None = None) -> Path:
    """Write the pack of a run, also of one that is still going on; returns its folder.

    best: take the best checkpoint by validation instead of the last. target: the pack's folder, RUN/pack by default,
    which replaces the one an earlier export left there. TryOnError where the run has no checkpoint.
    """
    state = checkpoint.load(folder / (checkpoint.BEST if best else checkpoint.LAST))
    kind = checkpoint.network_kind(state)
    network = build(kind, state["config"])
    network.load_state_dict(state["average"])
    if target is None:
        target = folder / run_folder.PACK
        shutil.rmtree(target, ignore_errors=True)
    category = CATEGORIES[state["options"].get("category", UPPER.key)]  # older runs do not say
    made_by = provenance(folder, state)
    pack = _write(target, name or f"{state['kind']}-{state['step']}", network, kind, made_by, category)
    return pack.folder


def _write(target: Path, name: str, network: Any, kind: str, made_by: dict[str, Any], category: Category) -> Pack:
    if (target / "pack.json").exists():
        raise TryOnError("run.packed", path=target)
    size = _SIZES.get(kind, (256, 192))
    return write_pack(target, name, {kind: network}, "1", LICENCE, [size], {kind: made_by}, category=category)


def provenance(folder: Path, state: checkpoint.State) -> dict[str, Any]:
    """How the weights came to be: recipe, options, steps, validation numbers, data and command, as plain values."""
    record = run_folder.read_record(folder)
    record |= {"command": _without_folders(record.get("command", ""))}
    if "continued" in record:
        record |= {"continued": [_without_folders(line) for line in record["continued"]]}
    return {
        "recipe": state["kind"],
        "steps": state["step"],
        "options": {name: _without_folder(value) for name, value in state["options"].items()},
        "validation": state["numbers"],
        "notes": state["notes"],
        **{key: value for key, value in record.items() if key not in ("kind", "options", "data_folder")},
    }


def _without_folders(command: object) -> str:
    return " ".join(map(_without_folder, str(command).split(" ")))


def _without_folder(value: Any) -> Any:
    """Where things lie on the computer that trained is nobody's business."""
    if not isinstance(value, str):
        return value
    name, equals, text = value.rpartition("=")
    return name + equals + Path(text).name
