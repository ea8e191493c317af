"""Garments on whose photos somebody has drawn the inside of the collar.

ROOT/cloth/NAME.jpg, ROOT/cloth-mask/NAME.png   as `engine.data.raw.garment_photos` reads them
ROOT/collar/NAME.png                            the mask, as `tryon run --save-stages` writes it; black for none
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from engine.arrays import Array8, Size
from engine.data.layout import list_folder
from engine.data.raw.garment_photos import at_size, is_held_out, photos_and_masks, read_garment, turned
from engine.data.raw.photometric import spoiled
from engine.errors import TryOnError
from engine.imaging.parses import read_labels

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
    folders = *photos_and_masks(root), list_folder(root / "collar", (".png",))
    rows: tuple[list[tuple[Array8, ...]], list[tuple[Array8, ...]]] = [], []
    for name in sorted(set.intersection(*(set(folder.files) for folder in folders))):
        collar = at_size(read_labels(folders[2].file(name), _GREYS), size)
        rows[is_held_out(name)].append((*read_garment(*folders[:2], name, size), collar))
    if not all(rows):
        raise TryOnError("data.no_drawn", path=root)
    return DrawnCollars._of(rows[False]), DrawnCollars._of(rows[True])
