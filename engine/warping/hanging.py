"""A garment whose sleeves are spread out, as shops photograph one: filling the picture, its sleeves hanging down.

Networks that lay garments have learned from shops' photos. Flat on a floor the sleeves often lie sideways, and the
garment is small because they take up the picture's width.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask
from engine.category.along_limbs import along_path
from engine.imaging.sampling import taken_from
from engine.networks.flow import SIZE
from engine.warping.parts import Part, Parts

_HANGS = math.radians(12)
_BEND = 0.3  # of a sleeve: from its root on it bends down
_POINTS = 13  # of its new axis
_MARGIN = 5  # pixels of 256 x 192 beside a garment in shops' photos


def hung(garment: Parts) -> NDArray[np.float32] | None:
    """Where each pixel (256, 192, 2) of the shop's picture lies in the garment's photo: x, y in pixels of 256 x 192.

    Beyond the photo is nothing. None where no sleeve is spread.
    """
    if not any(one.spread for one in garment.sleeves):
        return None
    paths = [_path(one) for one in garment.sleeves]
    rest = _without_sleeves(garment)
    scale, origin = _frame(rest, list(zip(garment.sleeves, paths, strict=True)))
    y, x = np.mgrid[: SIZE[0], : SIZE[1]].astype(np.float32)
    places = np.stack([x, y], axis=-1) / scale + origin
    there = taken_from(rest.astype(np.uint8), places.astype(np.float32), smooth=False) > 0
    made = np.where(there[..., None], places, -float(SIZE[0])).astype(np.float32)
    for sleeve, path in zip(garment.sleeves, paths, strict=True):
        beside, place = along_path(SIZE, (path - origin) * scale)
        share, beside = place / (_POINTS - 1), beside / scale
        inside = (share > 0) & (share <= 1) & (np.abs(beside) <= sleeve.wide(share.ravel()).reshape(SIZE))
        made[inside] = sleeve.at(share[inside], beside[inside])
    return made


def _without_sleeves(garment: Parts) -> BoolMask:
    """The garment up to where its sleeves bend: what is above fills the wedge that opens there."""
    far = np.any([one.along >= _BEND for one in garment.sleeves], axis=0).astype(np.uint8)
    around = cv2.dilate(far, np.ones((5, 5), np.uint8)) > 0  # their rims too
    return garment.whole & ~(around & ~garment.body)


def _path(sleeve: Part) -> NDArray[np.float64]:
    """The axis (N, 2) of a sleeve that begins as it lies, and bends down."""
    first = math.atan2(*sleeve.ways[0])  # from straight down, to the right
    last = -_HANGS if sleeve.left else _HANGS
    shares = (np.arange(_POINTS - 1) + 0.5) / (_POINTS - 1)
    angles = first + (last - first) * np.clip(shares / _BEND, 0, 1)
    steps = np.stack([np.sin(angles), np.cos(angles)], axis=1) * sleeve.length / (_POINTS - 1)
    return np.asarray(sleeve.axis[0] + np.concatenate([np.zeros((1, 2)), np.cumsum(steps, axis=0)]))


def _frame(rest: BoolMask, sleeves: list[tuple[Part, NDArray[np.float64]]]) -> tuple[float, NDArray[np.float64]]:
    """How much larger the garment may be to fill the picture, and where in its photo the picture begins, x and y."""
    y, x = np.nonzero(rest)
    low, high = np.array([x.min(), y.min()], np.float64), np.array([x.max(), y.max()], np.float64)
    for sleeve, path in sleeves:
        radius = sleeve.wide(np.linspace(0, 1, len(path)))[:, None]
        low, high = np.minimum(low, (path - radius).min(axis=0)), np.maximum(high, (path + radius).max(axis=0))
    picture = np.array(SIZE[::-1], np.float64)
    scale = float(((picture - 2 * _MARGIN) / (high - low + 1)).min())
    return scale, (low + high) / 2 - picture / 2 / scale
