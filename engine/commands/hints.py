"""What helps on the command line, to be said behind the engine's sentences, which know no options."""

from collections.abc import Mapping

from engine.analysis.common.doubt import Doubt
from engine.errors import TryOnError

IMPORT_OPTIONS = {"segmentation": "--seg", "matching": "--gmm", "alias": "--alias"}
"""Kind of network: the option of `tryon weights import` that names its published checkpoint."""

_HINTS: Mapping[str, str] = {
    "batch.cluster": "--workers, --cpus-per-worker, --gpus-per-worker",
    "batch.no_cluster": "--address",
    "batch.no_manifest": "--overwrite",
    "batch.no_parser": "--weights, --dataset",
    "batch.same_short_name": "--format png",
    "cache.damaged": "tryon data cache",
    "cache.other_version": "tryon data cache",
    "data.no_pairs": "--data, --split",
    "data.unreadable": "tryon data check",
    "device.no_gpu": "--device cpu",
    "device.no_metal": "--device cpu",
    "doubt.garment_two": "--garment-box",
    "doubt.garment_turned_left": "--turn 90",
    "doubt.garment_turned_right": "--turn 270",
    "doubt.garment_upside_down": "--turn 180",
    "doubt.parse_atr": "--labels atr",
    "inception.no_script": "--inception",
    "lpips.missing": "--set perceptual_weights=..., --set lpips=false",
    "memory.networks": "--device cpu",
    "pack.shipped": "--weights",
    "pack.unknown": "tryon weights list, tryon weights import",
    "run.no_flow": "--set flow=...",
    "run.no_matching": "--set matching=...",
    "usage.format": "--format",
    "usage.no_data": "--data",
    "usage.no_folder": "--out FOLDER",
    "usage.no_pairs": "--dataset, --split, --pairs, --match",
    "usage.no_sources": "--people and --garments, --pairs, --dataset",
    "usage.no_task": "tryon train KIND --data FOLDER",
    "usage.part": "--split",
    "usage.setting": "--set",
    "usage.unpaired": "--unpaired",
}
_OF_KIND = {"import.absent": "kind", "import.swapped": "other", "import.wrong": "kind"}
"""Code: the value in it that says which network's option helps."""


def with_hint(error: TryOnError) -> str:
    """The sentence, and in brackets the option or command that helps, where there is one."""
    kind = error.values.get(_OF_KIND.get(error.code, ""))
    hint = IMPORT_OPTIONS[str(kind)] if kind else _HINTS.get(error.code)
    return f"{error} ({hint})" if hint else str(error)


def doubt_line(one: Doubt) -> str:
    """A doubt as a line of output: its code, its sentence and the option that helps."""
    hint = _HINTS.get(f"doubt.{one.code}")
    return f"{one.code}: {one.sentence}" + (f" ({hint})" if hint else "")
