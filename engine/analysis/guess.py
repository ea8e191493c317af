"""Whether a photo shows a garment or a person, told before anything is analysed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from engine.errors import TryOnError
from engine.imaging.images import read_photo, shrunk

Kind = Literal["person", "garment"]
_SIZE = 256  # pixels of the longer side that is looked at
_PLAIN, _MOSTLY_PLAIN = 24, 0.9  # how far the border's colours may lie from their middle; how much of it has to
_LEAST_SKIN = 0.04
_FOLDERS: dict[str, Kind] = {"image": "person", "cloth": "garment"}


def guess(path: Path) -> Kind:
    """What a photo shows: by the folder of a data set that it lies in, else by what it looks like.

    A product photo has a plain border; a person's face and arms have the colour of skin, which few garments share.
    """
    known = _FOLDERS.get(path.parent.name)
    if known is not None:
        return known
    small = shrunk(read_photo(path), _SIZE).astype(np.int16)
    rim = np.concatenate([small[0], small[:, 0], small[:, -1]])
    plain = float((np.abs(rim - np.median(rim, axis=0)).max(axis=1) < _PLAIN).mean())
    return "garment" if plain > _MOSTLY_PLAIN and _skin(small) < _LEAST_SKIN else "person"


def guess_all(paths: Sequence[str]) -> dict[str, Kind]:
    """What each photo shows. One that cannot be read is an error alone, among others a garment that will say so."""
    if len(paths) == 1:
        return {paths[0]: guess(Path(paths[0]))}
    return {path: _guess_anyway(Path(path)) for path in paths}


def _guess_anyway(path: Path) -> Kind:
    try:
        return guess(path)
    except TryOnError:
        return "garment"


def _skin(photo: Any) -> float:
    """Share of the picture that has the colour of skin (Kovac, Peer and Solina's rule for daylight, 2003).

    Stricter than `engine.analysis.common.skin`: the thresholds above belong to this rule.
    """
    red, green, blue = photo[..., 0], photo[..., 1], photo[..., 2]
    spread = photo.max(axis=2) - photo.min(axis=2)
    warm = (red > 95) & (green > 40) & (blue > 20) & (spread > 15) & (red - green > 15) & (red > blue)
    return float(warm.mean())
