"""Words for what training is made of: recipes and their numbers, presets, sizes, states, reasons."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from tryon_app.model.training import Obstacle
from tryon_app.views.words.errors import fault_sentence

RECIPES: Mapping[str, tuple[object, object]] = {  # what can be trained, in the menu's order: name, purpose
    "parser": (
        QT_TRANSLATE_NOOP("Training", "Person analysis"),
        QT_TRANSLATE_NOOP("Training", "Finds body parts and joints in a photo of a person."),
    ),
    "garment": (
        QT_TRANSLATE_NOOP("Training", "Garment mask"),
        QT_TRANSLATE_NOOP("Training", "Cuts the garment out of its product photo."),
    ),
    "outer": (
        QT_TRANSLATE_NOOP("Training", "Coats and bags"),
        QT_TRANSLATE_NOOP("Training", "Finds what is worn or carried over a top and stays in front of the new one."),
    ),
    "hair": (
        QT_TRANSLATE_NOOP("Training", "Ends of hair"),
        QT_TRANSLATE_NOOP("Training", "Tells how much of each pixel is hair where hair lies before a top."),
    ),
    "segmentation": (
        QT_TRANSLATE_NOOP("Training", "Segmentation"),
        QT_TRANSLATE_NOOP("Training", "Predicts how the body parts lie with the new garment on."),
    ),
    "matching": (
        QT_TRANSLATE_NOOP("Training", "Geometric matching"),
        QT_TRANSLATE_NOOP("Training", "Bends the garment so that it fits the person."),
    ),
    "flow": (
        QT_TRANSLATE_NOOP("Training", "Dense flow"),
        QT_TRANSLATE_NOOP("Training", "Lays the garment onto the person, every place of it on its own."),
    ),
    "collar": (
        QT_TRANSLATE_NOOP("Training", "Inside of the collar"),
        QT_TRANSLATE_NOOP("Training", "Finds what a product photo shows of the inside of the collar."),
    ),
    "marks": (
        QT_TRANSLATE_NOOP("Training", "Sleeves in the photo"),
        QT_TRANSLATE_NOOP("Training", "Finds the sleeves in a product photo, also where they lie on the body."),
    ),
    "sleeves": (
        QT_TRANSLATE_NOOP("Training", "Length of the sleeves"),
        QT_TRANSLATE_NOOP("Training", "Reads from a product photo how far its sleeves reach."),
    ),
    "composer": (
        QT_TRANSLATE_NOOP("Training", "Composer"),
        QT_TRANSLATE_NOOP("Training", "Paints skin and shading, and says where the laid cloth is shown as it is."),
    ),
    "alias": (
        QT_TRANSLATE_NOOP("Training", "ALIAS generator"),
        QT_TRANSLATE_NOOP("Training", "Paints the final picture from the bent garment and the person."),
    ),
    "pix2pix": (
        QT_TRANSLATE_NOOP("Training", "pix2pix, to compare with"),
        QT_TRANSLATE_NOOP("Training", "Paints straight from the person and the product photo; nothing is bent."),
    ),
    "cpvton": (
        QT_TRANSLATE_NOOP("Training", "CP-VTON, to compare with"),
        QT_TRANSLATE_NOOP("Training", "Paints, and says where the bent garment is shown as it is."),
    ),
    "clothflow": (
        QT_TRANSLATE_NOOP("Training", "ClothFlow, to compare with"),
        QT_TRANSLATE_NOOP("Training", "Paints from the garment as a dense flow has laid it."),
    ),
    "acgpn": (
        QT_TRANSLATE_NOOP("Training", "ACGPN, to compare with"),
        QT_TRANSLATE_NOOP("Training", "Refines the bent garment, keeps the arms of the photo and paints the rest."),
    ),
}
# What photos of people in the street are good for, by the recipe that takes them.
_STREET = {
    "parser": QT_TRANSLATE_NOOP(
        "Training",
        "Whole people in any surroundings: image, image-parse, openpose-json. Without them only studio photos are "
        "understood.",
    ),
    "outer": QT_TRANSLATE_NOOP(
        "Training",
        "Whole people in any surroundings: image, image-parse, openpose-json, with what they carry left open (255). "
        "Without them only drawn coats are known.",
    ),
    "garment": QT_TRANSLATE_NOOP(
        "Training",
        "A folder with image, image-parse, openpose-json. Their surroundings are put behind garments; without them "
        "backgrounds are drawn.",
    ),
    "composer": QT_TRANSLATE_NOOP(
        "Training",
        "Whole people in any surroundings: image, image-parse, openpose-json. What they wear is the garment; without "
        "them only a studio's light is known.",
    ),
    "segmentation": QT_TRANSLATE_NOOP(
        "Training",
        "Whole people in any surroundings: image, image-parse, openpose-json. A flow finds garments that look like "
        "what they wear; without them only a studio's postures are known.",
    ),
}
# Losses and validation numbers of the recipes; `number_words` looks them up.
_NUMBERS = (
    # losses
    QT_TRANSLATE_NOOP("Number", "everywhere"),
    QT_TRANSLATE_NOOP("Number", "inside"),
    QT_TRANSLATE_NOOP("Number", "marks"),
    QT_TRANSLATE_NOOP("Number", "overlap"),
    QT_TRANSLATE_NOOP("Number", "coarse"),
    QT_TRANSLATE_NOOP("Number", "second order"),
    QT_TRANSLATE_NOOP("Number", "cross entropy"),
    QT_TRANSLATE_NOOP("Number", "binary"),
    QT_TRANSLATE_NOOP("Number", "adversarial"),
    QT_TRANSLATE_NOOP("Number", "discriminator"),
    QT_TRANSLATE_NOOP("Number", "feature matching"),
    QT_TRANSLATE_NOOP("Number", "perceptual"),
    QT_TRANSLATE_NOOP("Number", "painted"),
    QT_TRANSLATE_NOOP("Number", "parse"),
    QT_TRANSLATE_NOOP("Number", "place"),
    QT_TRANSLATE_NOOP("Number", "presence"),
    QT_TRANSLATE_NOOP("Number", "mask"),
    QT_TRANSLATE_NOOP("Number", "matte"),
    QT_TRANSLATE_NOOP("Number", "slopes"),
    QT_TRANSLATE_NOOP("Number", "cloth"),
    QT_TRANSLATE_NOOP("Number", "smooth"),
    QT_TRANSLATE_NOOP("Number", "spread"),
    QT_TRANSLATE_NOOP("Number", "dice"),
    QT_TRANSLATE_NOOP("Number", "style"),
    # validation
    QT_TRANSLATE_NOOP("Number", "score"),
    QT_TRANSLATE_NOOP("Number", "mean IoU"),
    QT_TRANSLATE_NOOP("Number", "upper IoU"),
    QT_TRANSLATE_NOOP("Number", "left arm IoU"),
    QT_TRANSLATE_NOOP("Number", "right arm IoU"),
    QT_TRANSLATE_NOOP("Number", "arms IoU"),
    QT_TRANSLATE_NOOP("Number", "mask IoU"),
    QT_TRANSLATE_NOOP("Number", "seen IoU"),
    QT_TRANSLATE_NOOP("Number", "product IoU"),
    QT_TRANSLATE_NOOP("Number", "elsewhere IoU"),
    QT_TRANSLATE_NOOP("Number", "warped L1"),
    QT_TRANSLATE_NOOP("Number", "warped L1 everywhere"),
    QT_TRANSLATE_NOOP("Number", "L1 clothes"),
    QT_TRANSLATE_NOOP("Number", "sharpness"),
    QT_TRANSLATE_NOOP("Number", "distance"),
    QT_TRANSLATE_NOOP("Number", "folds"),
    QT_TRANSLATE_NOOP("Number", "agnostic seen IoU"),
    QT_TRANSLATE_NOOP("Number", "agnostic warped L1"),
    QT_TRANSLATE_NOOP("Number", "agnostic folds"),
    QT_TRANSLATE_NOOP("Number", "neck IoU"),
    QT_TRANSLATE_NOOP("Number", "coats"),
    QT_TRANSLATE_NOOP("Number", "error"),
    QT_TRANSLATE_NOOP("Number", "parse error"),
    QT_TRANSLATE_NOOP("Number", "things"),
    QT_TRANSLATE_NOOP("Number", "precision"),
    QT_TRANSLATE_NOOP("Number", "recall"),
    QT_TRANSLATE_NOOP("Number", "studio accuracy"),
    QT_TRANSLATE_NOOP("Number", "studio IoU"),
    QT_TRANSLATE_NOOP("Number", "studio PCK"),
    QT_TRANSLATE_NOOP("Number", "street accuracy"),
    QT_TRANSLATE_NOOP("Number", "street IoU"),
    QT_TRANSLATE_NOOP("Number", "street PCK"),
)
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
    "auto": QT_TRANSLATE_NOOP("Training", "By itself (auto)"),
    "fp32": QT_TRANSLATE_NOOP("Training", "Full (fp32)"),
    "bf16": QT_TRANSLATE_NOOP("Training", "Half, wide range (bf16)"),
    "fp16": QT_TRANSLATE_NOOP("Training", "Half (fp16)"),
}
_PRECISION_HINTS = {
    "auto": QT_TRANSLATE_NOOP("Training", "Half where this processor is quicker and nobody sees it, else full."),
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
    "flow_missing": QT_TRANSLATE_NOOP(
        "Training", "This network learns on garments that a flow has laid: train one first, or import a pack with it."
    ),
    "device_missing": QT_TRANSLATE_NOOP("Training", "This computer has no such device: {detail}."),
    "precision": QT_TRANSLATE_NOOP("Training", "This device cannot train in {detail}; choose full precision."),
    "disk": QT_TRANSLATE_NOOP("Training", "Less than 1 GB is free on the disk of the runs; free some space."),
    "memory": QT_TRANSLATE_NOOP("Training", "It needs {detail} of memory, more than is free; choose a smaller batch."),
    "recipes": QT_TRANSLATE_NOOP("Training", "The recipes are still being read."),
}


def kind_name(kind: str) -> str:
    """The name of a recipe, or of the network that is called like it, in the window's language."""
    return _words({key: name for key, (name, _) in RECIPES.items()}, kind)


def kind_purpose(kind: str) -> str:
    """What a recipe's network is for, in one sentence."""
    return _words({key: purpose for key, (_, purpose) in RECIPES.items()}, kind)


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


def street_hint(kind: str) -> str:
    """What a folder of street photos has to hold, and what it is good for; nothing where none is taken."""
    return _words(_STREET, kind) if kind in _STREET else ""


def obstacle_sentence(obstacle: Obstacle) -> str:
    """Why a training cannot start; a failed check or dry run brings the engine's own sentence."""
    if obstacle.fault is not None:
        return fault_sentence(obstacle.fault)
    return _words(_OBSTACLES, obstacle.code).format(detail=obstacle.detail)


def _words(table: Mapping[str, object], key: str) -> str:
    return QCoreApplication.translate("Training", str(table[key])) if key in table else key
