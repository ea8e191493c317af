"""Masks made larger and smaller by discs: at an outline, colours are a mixture of what lies inside and outside."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask
from engine.imaging.planes import box_around


def shrunk_mask(mask: BoolMask, radius: float) -> BoolMask:
    """The mask (H, W) without the pixels that are nearer than `radius` to its outline."""
    return _around(mask, cv2.erode, disc(radius))


def grown_mask(mask: BoolMask, radius: float) -> BoolMask:
    """The mask (H, W) and all pixels nearer than `radius` to it."""
    return _around(mask, cv2.dilate, disc(radius))


def _around(mask: BoolMask, work: Callable[..., object], element: NDArray[np.uint8]) -> BoolMask:
    """`work` done where it can change anything."""
    box = box_around(mask, len(element) // 2)
    made: BoolMask = np.zeros(mask.shape, np.bool_)
    made[box] = work(mask[box].astype(np.uint8), element)
    return made


def disc(radius: float) -> NDArray[np.uint8]:
    """A structuring element: a filled circle, at least 3 pixels wide."""
    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)


def distance_from(region: BoolMask) -> NDArray[np.float32]:
    """How far every pixel (H, W) lies outside of a region, in pixels, nearly."""
    return np.asarray(cv2.distanceTransform((~region).astype(np.uint8), cv2.DIST_L2, 3), dtype=np.float32)
