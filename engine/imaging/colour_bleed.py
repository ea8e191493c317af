"""The colour that bleeds over an outline: pixels at a mask's rim are a mixture of what lies inside and outside."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask
from engine.imaging.filling import nearest_values

Picture8 = NDArray[np.uint8]

_LEAST_CONTRAST = 24.0  # of 0 to 441: colours nearer than that leave no fringe that anybody sees


def bleeding(picture: Picture8, source: BoolMask, other: BoolMask) -> NDArray[np.float32]:
    """How much of the colour of `source` each pixel has, 0 to 1, (H, W), against that of `other`.

    picture (H, W, 3); source and other (H, W): where the two colours are pure. Each pixel is compared with the nearest
    pure pixel of both and placed on the straight line between the two colours. 1 in the source, 0 in the other; 0 too
    where the two colours are alike.
    """
    found = source.astype(np.float32)
    mixed = ~(source | other)
    if source.any() and other.any() and mixed.any():
        end, start = (nearest_values(picture, pure, mixed).astype(np.float32) for pure in (source, other))
        line, offset = end - start, picture[mixed].astype(np.float32) - start
        length, along = (np.einsum("ij,ij->i", line, one) for one in (line, offset))
        found[mixed] = np.where(length < _LEAST_CONTRAST**2, 0, along / np.maximum(length, 1)).clip(0, 1)
    return found


def shrunk_mask(mask: BoolMask, radius: float) -> BoolMask:
    """The mask (H, W) without the pixels that are nearer than `radius` to its outline."""
    return np.asarray(cv2.erode(mask.astype(np.uint8), disc(radius)), dtype=np.bool_)


def grown_mask(mask: BoolMask, radius: float) -> BoolMask:
    """The mask (H, W) and all pixels nearer than `radius` to it."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disc(radius)), dtype=np.bool_)


def disc(radius: float) -> NDArray[np.uint8]:
    """A structuring element: a filled circle, at least 3 pixels wide."""
    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)


def distance_from(region: BoolMask) -> NDArray[np.float32]:
    """How far every pixel (H, W) lies outside of a region, in pixels, nearly."""
    return np.asarray(cv2.distanceTransform((~region).astype(np.uint8), cv2.DIST_L2, 3), dtype=np.float32)
