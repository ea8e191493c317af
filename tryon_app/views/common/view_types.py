"""The plain data that widgets take and give: QImages, uint8 label arrays and these small classes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

Array8 = NDArray[np.uint8]
Rgb = tuple[int, int, int]

STATES = ("empty", "stale", "running", "done", "edited", "failed")


@dataclass(frozen=True)
class Label:
    """A class of a label map: its number, its English name and its colour."""

    id: int
    name: str
    colour: Rgb


@dataclass(frozen=True)
class Joint:
    """A keypoint in picture pixels; confidence 0 means that it is not there, guessed that nobody saw it."""

    x: float
    y: float
    confidence: float = 1.0
    name: str = ""
    guessed: bool = False


@dataclass(frozen=True)
class Box:
    """A found person in picture pixels, right and bottom edge excluded."""

    x0: float
    y0: float
    x1: float
    y1: float
    chosen: bool = False
    text: str = ""


@dataclass(frozen=True)
class Remedy:
    """What one click does about a notice: `key` is handed back, `text` stands on the button."""

    key: str
    text: str


@dataclass(frozen=True)
class Notice:
    """A sentence for the user; kind is "info", "warning" or "error"."""

    text: str
    kind: str = "warning"
    remedies: tuple[Remedy, ...] = ()
    code: str = ""


@dataclass(frozen=True)
class Dropped:
    """What was dropped or pasted, not decoded yet: files, or the bytes of one picture, or (rarely) only a QImage."""

    paths: tuple[str, ...] = ()
    data: bytes = b""
    form: str = ""
    image: QImage | None = None


@dataclass(frozen=True)
class Hover:
    """What lies under the cursor; x and y are the picture's pixel."""

    x: int
    y: int
    rgb: Rgb | None = None
    label: Label | None = None
    joint: Joint | None = None
    overlays: Mapping[str, Rgb] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class LabelDelta:
    """One brush stroke: the labels of a box (h, w) at (x0, y0) before and after, so that undo costs only the box."""

    x0: int
    y0: int
    before: Array8
    after: Array8

    @property
    def nbytes(self) -> int:
        return self.before.nbytes + self.after.nbytes

    def apply(self, labels: Array8) -> None:
        """Write the stroke into labels (H, W)."""
        self._box(labels)[...] = self.after

    def revert(self, labels: Array8) -> None:
        """Take the stroke out of labels (H, W) again."""
        self._box(labels)[...] = self.before

    def _box(self, labels: Array8) -> Array8:
        height, width = self.before.shape
        return labels[self.y0 : self.y0 + height, self.x0 : self.x0 + width]


@dataclass(frozen=True)
class Sample:
    """A picture that comes with the program."""

    key: str
    name: str
    picture: QImage | None = None


@dataclass(frozen=True)
class Recent:
    """A file opened before."""

    path: str
    name: str


@dataclass(frozen=True)
class GarmentCard:
    """A garment of the rail; state is "", "queued", "running", "ready", "warned" or "failed", text says more (tip)."""

    key: str
    picture: QImage | None = None
    name: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True)
class Entry:
    """A finished try-on of the history."""

    key: str
    garment: str
    pack: str
    seed: int
    when: datetime
    starred: bool = False
    edited: bool = False
    person: str = ""
