"""The three label spaces of the method, and the ways between them.

A label map is uint8 (H, W); 255 (`IGNORE`) means "not known" and stays 255 everywhere. Left and right are the person's
own, so a horizontal flip has to swap them: `mirror` does both. Class lists and merges follow the VITON-HD data set and
its published networks (Choi et al., CVPR 2021); LIP is the "Look Into Person" human parsing set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.errors import TryOnError

IGNORE = 255
IGNORE_COLOUR = (255, 255, 255)

Colour = tuple[int, int, int]


class Lip(IntEnum):
    """The 20 classes of the parses in a VITON-HD data set."""

    BACKGROUND = 0
    HAT = 1
    HAIR = 2
    GLOVE = 3
    SUNGLASSES = 4
    UPPER = 5
    DRESS = 6
    COAT = 7
    SOCKS = 8
    PANTS = 9
    NECK = 10
    SCARF = 11
    SKIRT = 12
    FACE = 13
    LEFT_ARM = 14
    RIGHT_ARM = 15
    LEFT_LEG = 16
    RIGHT_LEG = 17
    LEFT_SHOE = 18
    RIGHT_SHOE = 19


class Seg(IntEnum):
    """The 13 classes that the segmentation generator reads and predicts."""

    BACKGROUND = 0
    HAIR = 1
    FACE = 2
    UPPER = 3
    BOTTOM = 4
    LEFT_ARM = 5
    RIGHT_ARM = 6
    LEFT_LEG = 7
    RIGHT_LEG = 8
    LEFT_SHOE = 9
    RIGHT_SHOE = 10
    SOCKS = 11
    NOISE = 12
    NECK = 12  # the same class: networks of our own that know the neck have nothing else to use it for


class Alias(IntEnum):
    """The 7 classes that condition the ALIAS generator; `PASTE` is what is taken over from the photo.

    `GARMENT` is what is put on, whatever kind it is.
    """

    BACKGROUND = 0
    PASTE = 1
    GARMENT = 2
    HAIR = 3
    LEFT_ARM = 4
    RIGHT_ARM = 5
    NOISE = 6


class Outer(IntEnum):
    """What is worn or carried over a top."""

    NOTHING = 0
    COAT = 1
    THING = 2


@dataclass(frozen=True)
class LabelSpace:
    """A numbered list of classes: `names[i]`, `colours[i]` and, seen in a mirror, `mirrored[i]` belong to class i."""

    key: str
    names: tuple[str, ...]
    colours: tuple[Colour, ...]
    mirrored: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.names)


# The palette that LIP parses come with, so that a saved parse looks like the data set's own.
_LIP_COLOURS: Mapping[int, Colour] = MappingProxyType(
    {
        Lip.BACKGROUND: (0, 0, 0),
        Lip.HAT: (128, 0, 0),
        Lip.HAIR: (255, 0, 0),
        Lip.GLOVE: (0, 85, 0),
        Lip.SUNGLASSES: (170, 0, 51),
        Lip.UPPER: (255, 85, 0),
        Lip.DRESS: (0, 0, 85),
        Lip.COAT: (0, 119, 221),
        Lip.SOCKS: (85, 85, 0),
        Lip.PANTS: (0, 85, 85),
        Lip.NECK: (85, 51, 0),
        Lip.SCARF: (52, 86, 128),
        Lip.SKIRT: (0, 128, 0),
        Lip.FACE: (0, 0, 255),
        Lip.LEFT_ARM: (51, 170, 221),
        Lip.RIGHT_ARM: (0, 255, 255),
        Lip.LEFT_LEG: (85, 255, 170),
        Lip.RIGHT_LEG: (170, 255, 85),
        Lip.LEFT_SHOE: (255, 255, 0),
        Lip.RIGHT_SHOE: (255, 170, 0),
    }
)

_NOISE_COLOUR = (200, 0, 200)
_SEG_COLOURS: Mapping[int, Colour] = MappingProxyType(
    {
        Seg.BACKGROUND: _LIP_COLOURS[Lip.BACKGROUND],
        Seg.HAIR: _LIP_COLOURS[Lip.HAIR],
        Seg.FACE: _LIP_COLOURS[Lip.FACE],
        Seg.UPPER: _LIP_COLOURS[Lip.UPPER],
        Seg.BOTTOM: _LIP_COLOURS[Lip.PANTS],
        Seg.LEFT_ARM: _LIP_COLOURS[Lip.LEFT_ARM],
        Seg.RIGHT_ARM: _LIP_COLOURS[Lip.RIGHT_ARM],
        Seg.LEFT_LEG: _LIP_COLOURS[Lip.LEFT_LEG],
        Seg.RIGHT_LEG: _LIP_COLOURS[Lip.RIGHT_LEG],
        Seg.LEFT_SHOE: _LIP_COLOURS[Lip.LEFT_SHOE],
        Seg.RIGHT_SHOE: _LIP_COLOURS[Lip.RIGHT_SHOE],
        Seg.SOCKS: _LIP_COLOURS[Lip.SOCKS],
        Seg.NOISE: _NOISE_COLOUR,
    }
)
_ALIAS_COLOURS: Mapping[int, Colour] = MappingProxyType(
    {
        Alias.BACKGROUND: _LIP_COLOURS[Lip.BACKGROUND],
        Alias.PASTE: _LIP_COLOURS[Lip.FACE],
        Alias.GARMENT: _LIP_COLOURS[Lip.UPPER],
        Alias.HAIR: _LIP_COLOURS[Lip.HAIR],
        Alias.LEFT_ARM: _LIP_COLOURS[Lip.LEFT_ARM],
        Alias.RIGHT_ARM: _LIP_COLOURS[Lip.RIGHT_ARM],
        Alias.NOISE: _NOISE_COLOUR,
    }
)


def _space(key: str, classes: type[IntEnum], colours: Mapping[int, Colour]) -> LabelSpace:
    """Names and left/right pairs follow from the names of the constants."""
    names = tuple(label.name.lower().replace("_", " ") for label in classes)
    return LabelSpace(key, names, tuple(colours[label] for label in classes), tuple(_other_side(names)))


def _other_side(names: tuple[str, ...]) -> list[int]:
    swap = {"left": "right", "right": "left"}
    return [names.index(" ".join(swap.get(word, word) for word in name.split())) for name in names]


LIP = _space("lip", Lip, _LIP_COLOURS)
SEGMENTATION = _space("segmentation", Seg, _SEG_COLOURS)
ALIAS = _space("alias", Alias, _ALIAS_COLOURS)

_SEG_OF_LIP: Mapping[int, int] = MappingProxyType(
    {
        Lip.BACKGROUND: Seg.BACKGROUND,
        Lip.NECK: Seg.BACKGROUND,
        Lip.HAT: Seg.HAIR,
        Lip.HAIR: Seg.HAIR,
        Lip.SUNGLASSES: Seg.FACE,
        Lip.FACE: Seg.FACE,
        Lip.UPPER: Seg.UPPER,
        Lip.DRESS: Seg.UPPER,
        Lip.COAT: Seg.UPPER,
        Lip.PANTS: Seg.BOTTOM,
        Lip.SKIRT: Seg.BOTTOM,
        Lip.LEFT_ARM: Seg.LEFT_ARM,
        Lip.RIGHT_ARM: Seg.RIGHT_ARM,
        Lip.LEFT_LEG: Seg.LEFT_LEG,
        Lip.RIGHT_LEG: Seg.RIGHT_LEG,
        Lip.LEFT_SHOE: Seg.LEFT_SHOE,
        Lip.RIGHT_SHOE: Seg.RIGHT_SHOE,
        Lip.SOCKS: Seg.SOCKS,
        Lip.GLOVE: Seg.NOISE,
        Lip.SCARF: Seg.NOISE,
    }
)

# ATR's order: background, hat, hair, sunglasses, upper clothes, skirt, pants, dress, belt, left shoe, right shoe, face,
# left leg, right leg, left arm, right arm, bag, scarf. A belt counts as pants: it is kept with the lower body, while
# "not known" would tear a gap into the very border between top and trousers. What a bag hides is not known.
_LIP_OF_ATR = (
    Lip.BACKGROUND,
    Lip.HAT,
    Lip.HAIR,
    Lip.SUNGLASSES,
    Lip.UPPER,
    Lip.SKIRT,
    Lip.PANTS,
    Lip.DRESS,
    Lip.PANTS,
    Lip.LEFT_SHOE,
    Lip.RIGHT_SHOE,
    Lip.FACE,
    Lip.LEFT_LEG,
    Lip.RIGHT_LEG,
    Lip.LEFT_ARM,
    Lip.RIGHT_ARM,
    IGNORE,
    Lip.SCARF,
)
ATR_CLASSES = len(_LIP_OF_ATR)


def _check(labels: Labels, classes: int, what: str) -> None:
    """Refuse values that are neither a class nor `IGNORE`."""
    wrong = (labels >= classes) & (labels != IGNORE)
    if wrong.any():
        value = int(labels[wrong].max())
        raise TryOnError("labels.values", what=what, value=value, last=classes - 1, unknown=IGNORE)


def _merge(labels: Labels, new: tuple[int, ...], what: str) -> Labels:
    _check(labels, len(new), what)
    table = np.full(256, IGNORE, dtype=np.uint8)
    table[: len(new)] = new
    return table[labels]


def lip_to_segmentation(labels: Labels) -> Labels:
    """LIP (20) to the classes of the segmentation generator (13), uint8 (H, W) both. `TryOnError` for other values."""
    return _merge(labels, tuple(_SEG_OF_LIP[i] for i in range(len(LIP))), "LIP")


def without_neck(labels: Labels) -> Labels:
    """Predicted labels (H, W) that know the neck as published ones that do not: it is background there."""
    return np.where(labels == Seg.NECK, np.uint8(Seg.BACKGROUND), labels)


def segmentation_to_alias(labels: Labels, classes: Mapping[Seg, Alias]) -> Labels:
    """The 13 predicted classes to the 7 of the ALIAS generator, uint8 (H, W) both. `TryOnError` for other values.

    classes: `to_alias` of the category of the garment that is put on.
    """
    return _merge(labels, tuple(classes[label] for label in Seg), "segmentation")


def atr_to_lip(labels: Labels) -> Labels:
    """ATR (18 classes) to LIP, uint8 (H, W) both; a bag becomes 255, a belt pants. `TryOnError` for other values.

    ATR has no class for the neck (its annotators mostly gave it to the face), so `Lip.NECK` never comes out.
    """
    return _merge(labels, tuple(int(label) for label in _LIP_OF_ATR), "ATR")


def mirror(labels: Labels, space: LabelSpace) -> Labels:
    """The label map (H, W) of the photo flipped left-right: left arms become right arms. Twice is the identity."""
    return _merge(np.ascontiguousarray(labels[..., ::-1]), space.mirrored, space.key)


def one_hot(labels: Labels, classes: int) -> NDArray[np.float32]:
    """uint8 (H, W) to float32 (classes, H, W) of 0 and 1; where a label is 255 all classes are 0."""
    _check(labels, classes, f"{classes}-class")
    numbers = np.arange(classes, dtype=np.uint8)[:, None, None]
    hot: NDArray[np.float32] = np.equal(labels[None], numbers).astype(np.float32)
    return hot


def colourise(labels: Labels, space: LabelSpace) -> NDArray[np.uint8]:
    """uint8 (H, W) to a picture uint8 (H, W, 3) in the space's colours, 255 in white."""
    _check(labels, len(space), space.key)
    table = np.full((256, 3), IGNORE_COLOUR, dtype=np.uint8)
    table[: len(space)] = space.colours
    return table[labels]
