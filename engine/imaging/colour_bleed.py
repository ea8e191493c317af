"""Masks made larger and smaller by discs: at an outline, colours are a mixture of what lies inside and outside."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask
from engine.imaging.planes import box_around

_SMALL = 12  # radius up to which OpenCV's own is quicker


def shrunk_mask(mask: BoolMask, radius: float) -> BoolMask:
    """The mask (H, W) without the pixels that are nearer than `radius` to its outline."""
    return _around(mask, lambda part: 1 - grown_by_disc(1 - part, radius), radius)


def grown_mask(mask: BoolMask, radius: float) -> BoolMask:
    """The mask (H, W) and all pixels nearer than `radius` to it."""
    return _around(mask, lambda part: grown_by_disc(part, radius), radius)


def _around(mask: BoolMask, work: Callable[[NDArray[np.uint8]], NDArray[Any]], radius: float) -> BoolMask:
    """`work` done where it can change anything."""
    box = box_around(mask, max(1, round(radius)))
    made: BoolMask = np.zeros(mask.shape, np.bool_)
    made[box] = work(mask[box].astype(np.uint8))
    return made


def grown_by_disc(mask: NDArray[np.uint8], radius: float) -> NDArray[np.uint8]:
    """`cv2.dilate` with a disc, the same to the bit, in a time that grows with a large radius and not with its square.

    A disc's rows grow longer towards its middle: the mask is grown along rows step by step, and laid over the result
    where a row of the disc is as long.
    """
    element = disc(radius)
    if radius <= _SMALL:
        return np.asarray(cv2.dilate(mask, element), dtype=np.uint8)
    (height, width), reach = mask.shape, len(element) // 2
    grown = cv2.copyMakeBorder(mask, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0)
    made, long, beside = np.zeros_like(mask), 0, np.ones((1, 3), np.uint8)
    for above in range(reach, -1, -1):
        while long < (int(element[reach - above].sum()) - 1) // 2:
            grown, long = cv2.dilate(grown, beside), long + 1
        for row in {reach - above, reach + above}:
            np.maximum(made, grown[row : row + height, reach : reach + width], out=made)
    return made


def disc(radius: float) -> NDArray[np.uint8]:
    """A structuring element: a filled circle, at least 3 pixels wide."""
    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)


def near(region: BoolMask, reach: float) -> BoolMask:
    """Where (H, W) it is less than `reach` pixels from a region, as `distance_from` has it."""
    # along rows and columns that is a little short
    return _around(region, lambda part: distance_from(part > 0) < reach, 1.1 * reach + 1)


def distance_from(region: BoolMask) -> NDArray[np.float32]:
    """How far every pixel (H, W) lies outside of a region, in pixels, nearly."""
    return np.asarray(cv2.distanceTransform((~region).astype(np.uint8), cv2.DIST_L2, 3), dtype=np.float32)
