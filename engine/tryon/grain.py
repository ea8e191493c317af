"""The grain of a photo on what is painted into it: its skin has pores and its camera noise, a generator's has neither.

How much light varies is measured in bands, each twice as broad as the one before, where the photo's skin is seen, and
half of it is added: Gaussian noise of the same bands, the same for every picture of a size.
"""

from functools import lru_cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8, BoolMask, FloatPicture
from engine.imaging.planes import box_around, in_three

_BANDS = 1, 2, 4  # pixels: spreads of the blurs between which a band lies
_PLACE, _WHOLLY = 16, 0.98  # pixels: the side of a place whose grain is measured; how far it shows skin
_CALM = 0.04  # quantile of the places: the calmest show grain alone, and most of a face or a hand features
_MOST = 1.6  # of 255: a deviation of the broadest band beyond which there are features everywhere
_SHARE = 0.5  # of what is measured: noise shows more than features do
_LEAST = 5e-4  # of the picture: less skin tells nothing


def grained(picture: FloatPicture, photo: Array8, seen: BoolMask, new: BoolMask) -> FloatPicture:
    """The picture (H, W, 3), 0 to 255, with the photo's grain where skin is `new` (H, W); seen: where it stays."""
    if seen.mean() < _LEAST or new.mean() < _LEAST:
        return picture
    shown, box = box_around(seen), box_around(new)
    wanted = _deviations(photo[shown], seen[shown])
    wanted *= _SHARE * min(1.0, _MOST / max(float(wanted[-1]), 1e-6))
    made, grain = picture.copy(), np.zeros(new[box].shape, np.float32)
    for band, deviation in zip(_noise(new.shape), wanted, strict=True):
        grain += band[box] * np.float32(deviation)
    made[box] += in_three(np.where(new[box], grain, 0))
    return made


@lru_cache(maxsize=2)
def _noise(shape: tuple[int, int]) -> list[NDArray[np.float32]]:
    """Gaussian noise (H, W) in each of the bands, with a deviation of 1."""
    bands = _in_bands(np.random.default_rng(0).standard_normal(shape, dtype=np.float32))
    return [band / max(float(band.std()), 1e-6) for band in bands]


def _deviations(photo: Array8, where: BoolMask) -> NDArray[np.float64]:
    """How much the light of a photo (H, W, 3) varies in each band where a region of it (H, W) is calmest."""
    size = max(1, where.shape[1] // _PLACE), max(1, where.shape[0] // _PLACE)
    inside = cv2.resize(where.astype(np.float32), size, interpolation=cv2.INTER_AREA) > _WHOLLY
    if not inside.any():
        return np.zeros(len(_BANDS))
    light = cv2.transform(photo.astype(np.float32), np.full((1, 3), 1 / 3))
    bands = _in_bands(np.asarray(light, np.float32))
    energies = (cv2.resize(band * band, size, interpolation=cv2.INTER_AREA)[inside] for band in bands)
    return np.sqrt([float(np.quantile(one, _CALM)) for one in energies])


def _in_bands(plane: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    smooth = [plane, *(np.asarray(cv2.GaussianBlur(plane, (0, 0), spread), np.float32) for spread in _BANDS)]
    return [fine - broad for fine, broad in pairwise(smooth)]
