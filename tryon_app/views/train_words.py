"""Words for what training is made of: networks, presets, sizes, states, reasons."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from tryon_app.views.faults import fault_sentence

_KINDS = {
    "parser": QT_TRANSLATE_NOOP("Training", "Person analysis"),
    "garment": QT_TRANSLATE_NOOP("Training", "Garment mask"),
    "segmentation": QT_TRANSLATE_NOOP("Training", "Segmentation"),
    "matching": QT_TRANSLATE_NOOP("Training", "Geometric matching"),
    "alias": QT_TRANSLATE_NOOP("Training", "ALIAS generator"),
}
_PURPOSES = {
    "parser": QT_TRANSLATE_NOOP("Training", "Finds body parts and joints in a photo of a person."),
    "garment": QT_TRANSLATE_NOOP("Training", "Cuts the garment out of its product photo."),
    "segmentation": QT_TRANSLATE_NOOP("Training", "Predicts how the body parts lie with the new garment on."),
    "matching": QT_TRANSLATE_NOOP("Training", "Bends the garment so that it fits the person."),
    "alias": QT_TRANSLATE_NOOP("Training", "Paints the final picture from the bent garment and the person."),
}
_PRESETS = {
    "smoke": QT_TRANSLATE_NOOP("Training", "Try-out"),
    "quick": QT_TRANSLATE_NOOP("Training", "Quick"),
    "small": QT_TRANSLATE_NOOP("Training", "Small"),
    "paper": QT_TRANSLATE_NOOP("Training", "As published"),
}
_PRESET_HINTS = {
    "smoke": QT_TRANSLATE_NOOP("Training", "A minute or two, to see that everything works. The weights are of no use."),
    "quick": QT_TRANSLATE_NOOP("Training", "An hour or so on a CPU, for weights that can be looked at."),
    "small": QT_TRANSLATE_NOOP("Training", "The recipe of the weights that come with this program; hours on a CPU."),
    "paper": QT_TRANSLATE_NOOP("Training", "The recipe of the paper at full width; days, and a graphics card."),
}
_SIZES = {
    "": QT_TRANSLATE_NOOP("Training", "As the preset says"),
    "192x256": QT_TRANSLATE_NOOP("Training", "192 × 256 pixels"),
    "384x512": QT_TRANSLATE_NOOP("Training", "Up to 384 × 512 pixels"),
    "768x1024": QT_TRANSLATE_NOOP("Training", "Up to 768 × 1024 pixels"),
}
_SIZE_HINTS = {
    "": QT_TRANSLATE_NOOP("Training", "The preset decides how large the pictures become and when."),
    "192x256": QT_TRANSLATE_NOOP("Training", "Quick and coarse; good for a first look."),
    "384x512": QT_TRANSLATE_NOOP("Training", "Half of the steps small, half of them at draft size."),
    "768x1024": QT_TRANSLATE_NOOP("Training", "Begins small and ends at full size: the slowest and the sharpest."),
}
_PRECISIONS = {
    "fp32": QT_TRANSLATE_NOOP("Training", "Full (fp32)"),
    "bf16": QT_TRANSLATE_NOOP("Training", "Half, wide range (bf16)"),
    "fp16": QT_TRANSLATE_NOOP("Training", "Half (fp16)"),
}
_PRECISION_HINTS = {
    "fp32": QT_TRANSLATE_NOOP("Training", "Works everywhere and is exact."),
    "bf16": QT_TRANSLATE_NOOP("Training", "Less memory and faster on recent graphics cards; slower on most CPUs."),
    "fp16": QT_TRANSLATE_NOOP("Training", "Less memory and faster on graphics cards; a run may have to be resumed."),
}
_STATES = {
    "preparing": QT_TRANSLATE_NOOP("Training", "Preparing the data"),
    "running": QT_TRANSLATE_NOOP("Training", "Training"),
    "pausing": QT_TRANSLATE_NOOP("Training", "Pausing"),
    "stopping": QT_TRANSLATE_NOOP("Training", "Stopping, keeps the weights"),
    "cancelling": QT_TRANSLATE_NOOP("Training", "Cancelling"),
    "paused": QT_TRANSLATE_NOOP("Training", "Paused"),
    "finished": QT_TRANSLATE_NOOP("Training", "Finished"),
    "stopped": QT_TRANSLATE_NOOP("Training", "Stopped early"),
    "failed": QT_TRANSLATE_NOOP("Training", "Failed"),
    "died": QT_TRANSLATE_NOOP("Training", "Ended unexpectedly"),
    "cancelled": QT_TRANSLATE_NOOP("Training", "Cancelled"),
}
_OBSTACLES = {
    "data_missing": QT_TRANSLATE_NOOP("Training", "Choose the folder of a data set to train on."),
    "data_checking": QT_TRANSLATE_NOOP("Training", "The data is still being checked."),
    "data_few": QT_TRANSLATE_NOOP(
        "Training", "Only {detail} pairs can be learned from. Add pairs, repair broken ones, or make the batch smaller."
    ),
    "name_bad": QT_TRANSLATE_NOOP("Training", "Give the run a name of letters, digits, dots, dashes and underscores."),
    "name_taken": QT_TRANSLATE_NOOP("Training", "There is a run of this name already; choose another name."),
    "matching_missing": QT_TRANSLATE_NOOP(
        "Training", "The generator learns on bent garments: train geometric matching first, or import a pack with it."
    ),
    "device_missing": QT_TRANSLATE_NOOP("Training", "This computer has no such device: {detail}."),
    "precision": QT_TRANSLATE_NOOP("Training", "This device cannot train in {detail}; choose full precision."),
    "disk": QT_TRANSLATE_NOOP("Training", "Less than 1 GB is free on the disk of the runs; free some space."),
    "memory": QT_TRANSLATE_NOOP("Training", "It needs {detail} of memory, more than is free; choose a smaller batch."),
    "recipes": QT_TRANSLATE_NOOP("Training", "The recipes are still being read."),
}


def kind_name(kind: str) -> str:
    """A network's name in the window's language."""
    return _words(_KINDS, kind)


def kind_purpose(kind: str) -> str:
    """What a network is for, in one sentence."""
    return _words(_PURPOSES, kind)


def preset_name(preset: str) -> str:
    return _words(_PRESETS, preset)


def preset_hint(preset: str) -> str:
    return _words(_PRESET_HINTS, preset) if preset in _PRESET_HINTS else ""


def size_name(size: str) -> str:
    return _words(_SIZES, size)


def size_hint(size: str) -> str:
    return _words(_SIZE_HINTS, size)


def precision_name(precision: str) -> str:
    return _words(_PRECISIONS, precision)


def precision_hint(precision: str) -> str:
    return _words(_PRECISION_HINTS, precision)


def device_name(text: str) -> str:
    """A device as the engine calls it; of a CPU it says the cores."""
    kind, comma, cores = text.partition(", ")
    number = cores.removesuffix(" cores")
    if kind != "CPU" or not comma or not number.isdecimal():
        return text
    return QCoreApplication.translate("Training", "CPU, {cores} cores").format(cores=number)


def state_name(state: str) -> str:
    return _words(_STATES, state)


def obstacle_sentence(code: str, detail: str) -> str:
    """Why a training cannot start; a failed check or dry run brings the engine's own sentence."""
    return fault_sentence(detail) if code == "failed" else _words(_OBSTACLES, code).format(detail=detail)


def _words(table: Mapping[str, object], key: str) -> str:
    return QCoreApplication.translate("Training", str(table[key])) if key in table else key
