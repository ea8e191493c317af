"""The colour that bleeds over an outline: pixels at a mask's rim are a mixture of what lies inside and outside."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.filling import nearest

Mask = NDArray[np.bool_]
Picture8 = NDArray[np.uint8]

_LEAST_CONTRAST = 24.0  # of 0 to 441: colours nearer than that leave no fringe that anybody sees


def bleeding(picture: Picture8, source: Mask, other: Mask) -> NDArray[np.float32]:
    """How much of the colour of `source` each pixel has, 0 to 1, (H, W), against that of `other`.

    picture (H, W, 3); source and other (H, W): where the two colours are pure. Each pixel is compared with the nearest
    pure pixel of both and placed on the straight line between the two colours. 1 in the source, 0 in the other; 0 too
    where the two colours are alike.
    """
    if not (source.any() and other.any()):
        return source.astype(np.float32)
    end, start = (nearest(picture, pure).astype(np.float32) for pure in (source, other))
    line, offset = end - start, picture.astype(np.float32) - start
    length = np.square(line).sum(axis=2)
    share = (line * offset).sum(axis=2) / np.maximum(length, 1.0)
    seen = np.where(length < _LEAST_CONTRAST**2, 0.0, share)
    return np.where(source, 1.0, np.where(other, 0.0, seen)).clip(0, 1).astype(np.float32)


def shrunk_mask(mask: Mask, radius: float) -> Mask:
    """The mask (H, W) without the pixels that are nearer than `radius` to its outline."""
    return np.asarray(cv2.erode(mask.astype(np.uint8), disc(radius)), dtype=np.bool_)


def grown_mask(mask: Mask, radius: float) -> Mask:
    """The mask (H, W) and all pixels nearer than `radius` to it."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disc(radius)), dtype=np.bool_)


def disc(radius: float) -> NDArray[np.uint8]:
    """A structuring element: a filled circle, at least 3 pixels wide."""
    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)
