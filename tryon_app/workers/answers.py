"""What the engine's process answers to `tryon_app.workers.requests`, and what it hands over on the way.

The window's process imports this: tables and numpy, nothing of the engine that computes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine import graph
from engine.arrays import Array8 as Array8
from engine.arrays import Box as Box
from engine.arrays import Size
from engine.messages import Fault

Arrays = Mapping[str, Any]
"""What a stage of `engine.graph` is made of, by the names in its table."""

_UNKNOWN = (255, 255, 255)


@dataclass(frozen=True)
class Ready:
    """torch is imported: the device that "auto" means here, and how it is called."""

    device: str
    title: str


@dataclass(frozen=True)
class Vocabulary:
    """Names and colours (RGB) of the engine's label spaces by their keys, its joints, and the bones between them."""

    version: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    colours: Mapping[str, tuple[tuple[int, int, int], ...]] = field(default_factory=dict)
    joints: tuple[str, ...] = ()
    bones: tuple[tuple[int, int], ...] = ()

    def colourise(self, labels: Array8, space: str) -> Array8:
        """A label map (H, W) in the colours of its space (H, W, 3), white where it has none."""
        colours = self.colours.get(space, ())
        table = np.full((256, 3), _UNKNOWN, dtype=np.uint8)
        table[: len(colours)] = colours if len(colours) else 0
        return table[labels]


@dataclass(frozen=True)
class PackInfo:
    """A weight pack as the window shows it; kinds: the networks in it, sizes: (height, width).

    garment: the label of what it puts on, by label space.
    """

    name: str
    version: str
    licence: str
    folder: str
    kinds: tuple[str, ...]
    bytes: int
    sizes: tuple[Size, ...]
    shipped: bool = False
    garment: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def can_try_on(self) -> bool:
        """Whether all networks of a try-on are in it."""
        return not graph.lacking(self.kinds)

    @property
    def can_analyse(self) -> bool:
        """Whether it can find pose and parse in a photo."""
        return not graph.lacking(self.kinds, [graph.BY_NAME["person"]])

    @property
    def try_on(self) -> tuple[graph.Stage, ...]:
        """The stages of a try-on with it."""
        return graph.present(self.kinds)


@dataclass(frozen=True)
class PackList:
    """Every pack that can be read, and the folders of those that cannot with the reason."""

    packs: tuple[PackInfo, ...]
    broken: Mapping[str, str]


@dataclass(frozen=True)
class Preview:
    """A photo (H, W, 3) made small, and its own size."""

    image: Array8
    photo_size: Size


@dataclass(frozen=True)
class Lacking:
    """A photo was read, and analysis has to add this to it: "pose", "parse" or "mask"."""

    names: tuple[str, ...]


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
    photo_size: Size
    data: Arrays
    files: Mapping[str, str] = field(default_factory=dict)
    frame_box: Box | None = None
    boxes: tuple[Box, ...] = ()
    chosen: int = 0
    estimated: frozenset[int] = frozenset()
    doubts: tuple[str, ...] = ()
    preview: Array8 | None = None
    by_hand: bool = False

    @property
    def image(self) -> Array8:
        """The framed photo."""
        found: Array8 = self.data["image"]
        return found

    @property
    def meant(self) -> Box | None:
        """The box of whom the user has chosen; None where nobody was."""
        return self.boxes[self.chosen] if self.boxes and (self.by_hand or self.chosen) else None


@dataclass(frozen=True, eq=False)
class GarmentPhoto:
    """A garment ready for a try-on: data: image (H, W, 3), mask (H, W).

    files: the mask's file where it was given; "turn": the degrees by which the photo was turned, where it was. boxes:
    the garments in the photo, in pixels of the turned photo; chosen: which of them this is.
    """

    key: str
    path: str
    name: str
    data: Arrays
    files: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    chosen: int = 0

    @property
    def image(self) -> Array8:
        """The framed photo."""
        found: Array8 = self.data["image"]
        return found

    @property
    def meant(self) -> Box | None:
        """The box of the garment that the user has chosen; None for the first, which nobody has to choose."""
        return self.boxes[self.chosen] if self.boxes and self.chosen else None


@dataclass(frozen=True, eq=False)
class Result:
    """A finished try-on: the arrays of the last stage, seconds by stage, what is doubtful about it by code.

    notes: what the user should know. score: how sure the program is of it, 0 to 1.
    """

    arrays: Arrays
    timings: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[Fault, ...] = ()
    score: float = 1.0
    doubts: tuple[str, ...] = ()

    @property
    def image(self) -> Array8:
        """The picture to show."""
        found: Array8 = self.arrays["image"]
        return found
