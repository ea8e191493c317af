"""Photos as somebody has corrected what was found in them; nothing is analysed again. NumPy archives, without pickle.

A person: image (H, W, 3), keypoints (25, 3) in its pixels, parse (H, W), and where there are such, hand_0, hand_1 and
pose_picture, and what stays on over the garment where somebody has said it. A garment: image and mask (H, W), and the
reach of its sleeves where somebody has said it.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine import graph
from engine.errors import TryOnError

if TYPE_CHECKING:
    from engine.analysis.common.doubt import Doubt
    from engine.values import Arrays, Garment, Person

_SAID = tuple(view for view in graph.BY_KEY.values() if view.said)
_ARRAYS = ("image", "keypoints", "parse", "pose_picture", "mask", *(view.array for view in _SAID))
_DOUBTS = "doubts"


def write(path: Path, arrays: Mapping[str, Any], doubts: Sequence[str] = ()) -> None:
    """Write a photo's arrays, with "hands" (two arrays or None each) as one; doubts: codes. OSError as of any file."""
    from engine.system.files import atomic_path

    kept: dict[str, Any] = {name: arrays[name] for name in _ARRAYS if arrays.get(name) is not None}
    hands = arrays.get("hands") or ()
    kept |= {f"hand_{side}": hand for side, hand in enumerate(hands) if hand is not None}
    kept[_DOUBTS] = np.array(json.dumps(list(doubts)))
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        np.savez(file, **kept)


def read_person(path: Path) -> "tuple[Person, tuple[Doubt, ...]]":
    """A person that `write` wrote. TryOnError where the file is none."""
    from engine.pose import Pose
    from engine.values import Person

    arrays, doubts = _read(path, "keypoints", "parse")
    size = arrays["image"].shape[:2]
    pose = Pose(arrays["keypoints"], size, hands=(arrays.get("hand_0"), arrays.get("hand_1")))
    return Person(arrays["image"], pose, arrays["parse"], arrays.get("pose_picture")), doubts


def read_garment(path: Path) -> "tuple[Garment, tuple[Doubt, ...]]":
    """A garment that `write` wrote. TryOnError where the file is none."""
    from engine.values import Garment

    arrays, doubts = _read(path, "mask")
    return Garment(arrays["image"], arrays["mask"]), doubts


def read_said(path: Path) -> "dict[str, Arrays]":
    """What somebody has said about a photo that `write` wrote, by stage, as a try-on takes it."""
    arrays, _ = _read(path)
    return {view.stage: {view.array: arrays[view.array]} for view in _SAID if view.array in arrays}


def _read(path: Path, *needed: str) -> "tuple[dict[str, Any], tuple[Doubt, ...]]":
    from engine.analysis.common.doubt import doubt

    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        doubts = tuple(map(doubt, json.loads(str(arrays.pop(_DOUBTS)))))
        for name in ("image", *needed):
            arrays[name]
    except Exception as error:  # a damaged archive fails in as many ways as there are parsers below it
        raise TryOnError("batch.corrected", path=path) from error
    return arrays, doubts
