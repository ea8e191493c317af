"""Garments on whose photos somebody has drawn the inside of the collar.

ROOT/cloth/NAME.jpg, ROOT/cloth-mask/NAME.png   as in the VITON-HD layout
ROOT/collar/NAME.png                            the mask, as `tryon run --save-stages` writes it; black for none
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zlib import crc32

import cv2
import numpy as np

from engine.arrays import Array8, Size
from engine.data.layout import PHOTO_SUFFIXES, list_folder
from engine.data.raw.photometric import spoiled
from engine.data.raw.turned import turned
from engine.errors import TryOnError
from engine.imaging.images import read_photo
from engine.imaging.masks import read_garment_mask
from engine.imaging.parses import read_labels

_HELD_OUT = 10  # every so many garments, by their names
_GREYS = 256  # of a mask, which may be black all over


@dataclass(frozen=True, eq=False)
class DrawnCollars:
    """N garments: pictures uint8 (N, H, W, 3); masks of them and of their collars' inside, (N, H, W) of 0 and 255."""

    pictures: Array8
    masks: Array8
    collars: Array8

    def __len__(self) -> int:
        return len(self.pictures)

    def changed(self, seeds: Sequence[int]) -> Self:
        """One garment a seed, drawn from all, mirrored or not, turned, scaled and lit otherwise."""
        return self._of([self._drawn(np.random.default_rng(seed)) for seed in seeds])

    def _drawn(self, rng: np.random.Generator) -> tuple[Array8, ...]:
        row = int(rng.integers(len(self)))
        picture, *masks = turned((self.pictures[row], self.masks[row], self.collars[row]), rng)
        return spoiled(picture, rng), *masks

    @classmethod
    def _of(cls, rows: Sequence[tuple[Array8, ...]]) -> Self:
        return cls(*map(np.stack, zip(*rows, strict=True)))


def drawn_collars(root: Path, size: Size) -> tuple[DrawnCollars, DrawnCollars]:
    """Those of a folder to learn from, and a tenth that is held out, at `size` (height, width).

    TryOnError where there is less than one of each whose three files are there.
    """
    kinds = ("cloth", PHOTO_SUFFIXES), ("cloth-mask", (".png", ".jpg")), ("collar", (".png",))
    folders = [list_folder(root / name, suffixes) for name, suffixes in kinds]
    rows: tuple[list[tuple[Array8, ...]], list[tuple[Array8, ...]]] = [], []
    for name in sorted(set.intersection(*(set(folder.files) for folder in folders))):
        photo, mask, collar = (folder.file(name) for folder in folders)
        planes = read_photo(photo, "garment"), read_garment_mask(mask), read_labels(collar, _GREYS)
        held_out = crc32(name.encode()) % _HELD_OUT == 0
        rows[held_out].append(tuple(_small(plane, size) for plane in planes))
    if not all(rows):
        raise TryOnError("data.no_drawn", path=root)
    return DrawnCollars._of(rows[False]), DrawnCollars._of(rows[True])


def _small(plane: Array8, size: Size) -> Array8:
    made = np.asarray(cv2.resize(plane, size[::-1], interpolation=cv2.INTER_AREA), np.uint8)
    return made if made.ndim == 3 else np.where(made >= 128, 255, 0).astype(np.uint8)
