"""People and garments as the window holds them: the engine's arrays, where they came from, and what is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.uint8]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class PersonPhoto:
    """A person ready for a try-on.

    data: image (H, W, 3), parse (H, W), keypoints (25, 3), hands, pose_picture, drawn: the pose as a picture. key: the
    same for the same content. files: pose and parse files where they were given. frame_box: where the frame lies in the
    photo, None where it is the whole photo. boxes: everybody in the photo, in photo pixels. preview: the whole photo,
    small. by_hand: the user has said which of them is meant.
    """

    key: str
    path: str
    name: str
    photo_size: tuple[int, int]
    data: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)
    frame_box: Box | None = None
    boxes: tuple[Box, ...] = ()
    chosen: int = 0
    estimated: frozenset[int] = frozenset()
    doubts: tuple[str, ...] = ()
    preview: Array | None = None
    by_hand: bool = False

    @property
    def image(self) -> Array:
        """The framed photo."""
        found: Array = self.data["image"]
        return found


@dataclass(frozen=True, eq=False)
class GarmentPhoto:
    """A garment ready for a try-on: data: image (H, W, 3), mask (H, W).

    files: the mask's file where it was given; "turn": the degrees by which the photo was turned, as text. boxes: the
    garments in the photo, in pixels of the turned photo; chosen: which of them this is.
    """

    key: str
    path: str
    name: str
    data: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    chosen: int = 0

    @property
    def image(self) -> Array:
        """The framed photo."""
        found: Array = self.data["image"]
        return found

    @property
    def mask(self) -> Array:
        """Where the garment is."""
        found: Array = self.data["mask"]
        return found


def person_photo(answer: Mapping[str, Any], preview: Array | None = None, by_hand: bool = False) -> PersonPhoto:
    """From what the engine's process answered to "read_person" or "analyse_person"."""
    names = ("image", "parse", "keypoints", "hands", "pose_picture", "drawn")
    files = {name: answer[f"{name}_file"] for name in ("pose", "parse") if answer.get(f"{name}_file")}
    return PersonPhoto(
        answer["key"],
        answer["path"],
        answer["name"],
        tuple(answer["photo_size"]),
        {name: answer[name] for name in names},
        files,
        answer["frame_box"],
        tuple(answer["boxes"]),
        answer["chosen"],
        frozenset(answer["estimated"]),
        doubts_of(answer),
        preview,
        by_hand,
    )


def garment_photo(answer: Mapping[str, Any], turn: str = "") -> GarmentPhoto:
    """From what the engine's process answered to "read_garment" or "analyse_garment" of a photo turned by `turn`."""
    files = {name: file for name, file in (("mask", answer.get("mask_file")), ("turn", turn)) if file}
    data = {"image": answer["image"], "mask": answer["mask"]}
    about = doubts_of(answer), tuple(answer.get("boxes", ())), answer.get("chosen", 0)
    return GarmentPhoto(answer["key"], answer["path"], answer["name"], data, files, *about)


def doubts_of(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Codes of the doubts in an answer of the engine's process."""
    return tuple(answer.get("doubts", ()))
