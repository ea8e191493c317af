"""Where the pixels of a picture lie along the limbs that a garment covers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Size
from engine.category.sleeves import bones_of
from engine.category.table import UPPER, Category
from engine.pose import Pose

_Plane = NDArray[np.float32]  # (H, W)


@dataclass(frozen=True, eq=False)
class Along:
    """What a picture's pixels are to one limb.

    number: the limb's place in `Category.limbs`. nearest (H, W): whether no other limb is nearer. away (H, W): pixels
    to the limb's bones. place (H, W): the nearest point of them, in bones from the root: 0 shoulder, 1 elbow, 2 wrist,
    3 as far beyond as a forearm is long.
    """

    number: int
    nearest: BoolMask
    away: _Plane
    place: _Plane


def along_limbs(pose: Pose, size: Size, category: Category = UPPER) -> Iterator[Along]:
    """One for each limb of which the last three joints were found, in a picture of `size`."""
    found = {
        number: _nearest(size, bones)
        for number, bones in enumerate(bones_of(pose.scaled(size), category))
        if bones is not None
    }
    for number, (away, place) in found.items():
        yield Along(number, away <= np.min([other for other, _ in found.values()], axis=0), away, place)


def _nearest(size: Size, bones: NDArray[np.float64]) -> tuple[_Plane, _Plane]:
    """How far each pixel (H, W) is from a limb's bones, and where on them the nearest point is; beyond the last too."""
    pixels = np.stack(np.meshgrid(np.arange(size[1]), np.arange(size[0])), axis=2)
    away, place = np.full(size, np.inf), np.zeros(size)
    for start, (one, other) in enumerate(pairwise(bones)):
        way = other - one
        share = (pixels - one) @ way / max(float(way @ way), 1e-6)
        share = share.clip(0, 2 if start == len(bones) - 2 else 1)  # a hand goes on
        across, down = np.moveaxis(pixels - one - share[..., None] * way, 2, 0)
        distance = np.sqrt(across * across + down * down)
        nearer = distance < away
        away, place = np.where(nearer, distance, away), np.where(nearer, start + share, place)
    return away.astype(np.float32), place.astype(np.float32)
