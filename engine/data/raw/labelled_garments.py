"""Garments as people photograph them at home, of which somebody has said what they are: that tells how long their
sleeves are, within limits.

A shop's photos hang straight with their sleeves beside them; on a bed or a hanger sleeves lie folded, spread or behind.

ROOT/cloth/NAME.jpg, ROOT/cloth-mask/NAME.png   as `engine.data.raw.garment_photos` reads them
ROOT/labels.csv                                 with columns image ("NAME.jpg") and label, as in the clothing-dataset
                                                (Grigorev 2020, CC0)
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8, Size
from engine.data.raw.garment_photos import is_held_out, photos_and_masks, read_garment, turned
from engine.errors import TryOnError

LENGTHS: Mapping[str, tuple[float, float]] = {
    "Undershirt": (0.0, 0.15),
    "T-Shirt": (0.2, 0.8),
    "Polo": (0.2, 0.8),
    "Longsleeve": (1.6, 2.0),
    "Hoodie": (1.6, 2.0),
    "Blazer": (1.6, 2.0),
    "Outwear": (1.6, 2.0),
}
"""At least and at most how far sleeves of these labels reach, in bones of `engine.category.sleeves`."""

_Row = tuple[Array8, Array8, NDArray[np.float32]]  # picture, mask and limits of a garment


@dataclass(frozen=True, eq=False)
class LabelledGarments:
    """N garments.

    pictures: uint8 (N, H, W, 3); masks: uint8 (N, H, W) of 0 and 255; reach: float32 (N, 2), the limits of `LENGTHS`.
    """

    pictures: Array8
    masks: Array8
    reach: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.pictures)

    def changed(self, seeds: Sequence[int]) -> Self:
        """One garment a seed, drawn from all, mirrored or not, turned and scaled a little before white."""
        return self._of([self._drawn(seed) for seed in seeds])

    def _drawn(self, seed: int) -> _Row:
        rng = np.random.default_rng(seed)
        row = int(rng.integers(len(self)))
        return *turned((self.pictures[row], self.masks[row]), rng), self.reach[row]

    @classmethod
    def _of(cls, rows: Sequence[_Row]) -> Self:
        pictures, masks, reach = zip(*rows, strict=True)
        return cls(np.stack(pictures), np.stack(masks), np.stack(reach))


def labelled_garments(root: Path, size: Size) -> tuple[LabelledGarments, LabelledGarments]:
    """Those of a folder to learn from, and a tenth that is held out, at `size` (height, width).

    TryOnError where the folder has no labels, or less than one of each whose label tells a length and whose files are
    there.
    """
    pictures, masks = photos_and_masks(root)
    rows: tuple[list[_Row], list[_Row]] = [], []
    for name, label in _labels(root / "labels.csv"):
        if label in LENGTHS and name in pictures.files and name in masks.files:
            row = *read_garment(pictures, masks, name, size), np.array(LENGTHS[label], np.float32)
            rows[is_held_out(name)].append(row)
    if not all(rows):
        raise TryOnError("data.no_labelled", path=root, labels=", ".join(LENGTHS))
    return LabelledGarments._of(rows[False]), LabelledGarments._of(rows[True])


def _labels(path: Path) -> list[tuple[str, str]]:
    """Names without suffix and labels."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return [(Path(row["image"]).stem, row["label"]) for row in csv.DictReader(lines)]
    except (OSError, KeyError, TypeError, UnicodeDecodeError, csv.Error) as error:
        raise TryOnError("data.no_labels", path=path) from error
