"""Every intermediate of a try-on as a file, under names that say what it is."""

import json
from pathlib import Path

from engine.files import atomic_path
from engine.labels import LIP, SEGMENTATION
from engine.saving import save_labels, save_mask, save_picture
from engine.stages import TryOnResult


def save_stages(folder: Path, result: TryOnResult) -> None:
    """Write all stages of `result` into `folder`: pictures and masks as PNG, labels as palette PNG, points as JSON."""
    pictures = {
        "person": result.person.image,
        "garment": result.garment.image,
        "pose": result.agnostic.pose_picture,
        "agnostic": result.agnostic.image,
        "warped-cloth": result.warp.cloth,
        "generated": result.raw,
        "layers": result.layers,
        "result": result.image,
    }
    for name, picture in pictures.items():
        save_picture(folder / f"{name}.png", picture)
    masks = {
        "garment-mask": result.garment.mask,
        "warped-mask": result.warp.mask,
        "misalignment": result.misalignment,
        "changed": result.changed,
    }
    for name, mask in masks.items():
        save_mask(folder / f"{name}.png", mask)
    save_labels(folder / "parse.png", result.person.parse, LIP)
    save_labels(folder / "agnostic-parse.png", result.agnostic.parse, LIP)
    save_labels(folder / "segmentation.png", result.segmentation.labels, SEGMENTATION)
    _save_json(folder / "pose.json", result.person.pose.to_openpose())
    _save_json(folder / "control-points.json", result.warp.control_points.tolist())


def _save_json(path: Path, content: object) -> None:
    with atomic_path(path) as temporary:
        temporary.write_text(json.dumps(content) + "\n", encoding="utf-8")
