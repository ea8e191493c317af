"""Every intermediate of a try-on as a file, under names that say what it is."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine import graph
from engine.graph import Array
from engine.imaging.saving import save_labels, save_mask, save_picture
from engine.labels import LIP, SEGMENTATION
from engine.system.files import write_text
from engine.values import Value

_SPACES = {"lip": LIP, "segmentation": SEGMENTATION}


def save_stages(folder: Path, values: Mapping[str, Value]) -> None:
    """Write the arrays of all stages into `folder`: pictures and masks as PNG, labels as palette PNG, points as JSON.

    values: by stage, as in a `TryOnResult`.
    """
    for name, value in values.items():
        for array in graph.BY_NAME[name].arrays:
            content = getattr(value, array.name)
            if array.file and content is not None:
                _WRITERS[array.form](folder / array.file, content, array)


def _picture(stem: Path, picture: Any, _: Array) -> None:
    save_picture(stem.with_suffix(".png"), picture)


def _mask(stem: Path, mask: Any, _: Array) -> None:
    save_mask(stem.with_suffix(".png"), mask)


def _labels(stem: Path, labels: Any, array: Array) -> None:
    save_labels(stem.with_suffix(".png"), labels, _SPACES[array.space])


def _points(stem: Path, points: Any, _: Array) -> None:
    _save_json(stem.with_suffix(".json"), points.tolist())


def _pose(stem: Path, pose: Any, _: Array) -> None:
    _save_json(stem.with_suffix(".json"), pose.to_openpose())


def _save_json(path: Path, content: object) -> None:
    write_text(path, json.dumps(content) + "\n")


_WRITERS: Mapping[graph.Form, Callable[[Path, Any, Array], None]] = {
    "picture": _picture,
    "soft mask": _mask,
    "mask": _mask,
    "labels": _labels,
    "points": _points,
    "pose": _pose,
}
