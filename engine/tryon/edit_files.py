"""Files that a user brings in the place of what a stage shows: one reader a kind of file, chosen by the view's row."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import graph
from engine.arrays import FULL_SIZE, Array8, Size
from engine.errors import TryOnError
from engine.graph import View
from engine.imaging.framing import is_three_to_four
from engine.imaging.images import is_cut_out, read_labels, read_mask, read_photo, resize_labels, resize_picture
from engine.imaging.masks import read_garment_mask
from engine.imaging.parses import read_parse
from engine.labels import LIP, SEGMENTATION
from engine.pose import read_pose

_CLASSES = {"lip": len(LIP), "segmentation": len(SEGMENTATION)}


def read_edit(key: str, path: Path, size: Size = FULL_SIZE) -> dict[str, Any]:
    """The file as an edit of a view: some of its stage's arrays by name, at `size` of the person's frame.

    TryOnError where the view takes no file, or the file does not hold what it should.
    """
    view = graph.BY_KEY[key]
    if not view.reads:
        raise TryOnError("stage.no_file", path=path.name)
    return READERS[view.reads](path, view, size)


def _pose(path: Path, _: View, size: Size) -> dict[str, Any]:
    pose = read_pose(path, size)
    return {"keypoints": np.array(pose.keypoints), "hands": pose.hands}


def _labels(path: Path, view: View, size: Size) -> dict[str, Any]:
    (array,) = (one for one in graph.BY_NAME[view.stage].arrays if one.name == view.array)
    found = read_parse(path) if array.space == "lip" else read_labels(path, _CLASSES[array.space])
    return {view.array: _framed(found, path, size)}


def _mask(path: Path, view: View, size: Size) -> dict[str, Any]:
    return {view.array: _framed(read_garment_mask(path), path, size)}


def _picture(path: Path, view: View, size: Size) -> dict[str, Any]:
    photo = read_photo(path)
    _check_shape(photo.shape, path)
    return {view.array: resize_picture(photo, size)}


def _warp(path: Path, view: View, size: Size) -> dict[str, Any]:
    """Control points as JSON, or a cut-out picture of the garment in its place."""
    if path.suffix.lower() == ".json":
        return {"points": _points(path)}
    if not is_cut_out(path):
        raise TryOnError("stage.no_cut_out", path=path.name)
    return _picture(path, view, size) | {"mask": _framed(read_mask(path), path, size)}


def _points(path: Path) -> NDArray[np.float32]:
    try:
        points = np.array(json.loads(path.read_bytes()), dtype=np.float32)
    except (OSError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise TryOnError("stage.no_points", path=path.name) from error
    if points.shape != (25, 2) or not np.isfinite(points).all():
        raise TryOnError("stage.no_points", path=path.name)
    return points


def _framed(labels: Array8, path: Path, size: Size) -> Array8:
    _check_shape(labels.shape, path)
    return resize_labels(labels, size)


def _check_shape(shape: tuple[int, ...], path: Path) -> None:
    if not is_three_to_four((shape[0], shape[1])):
        raise TryOnError("stage.not_3_to_4", path=path.name, width=shape[1], height=shape[0])


READERS: Mapping[str, Callable[[Path, View, Size], dict[str, Any]]] = {
    "pose": _pose,
    "labels": _labels,
    "mask": _mask,
    "picture": _picture,
    "warp": _warp,
}
"""By `View.reads`."""
