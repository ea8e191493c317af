"""Gaussian blur of planes and pictures."""

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import FloatPicture
from engine.imaging.planes import in_three

_ENOUGH = 3.0  # pixels of sigma: a wider blur is that of a smaller picture


def blurred(values: NDArray[Any], sigma: float) -> FloatPicture:
    """Values (H, W) or (H, W, C), as float32, without what is finer than `sigma` pixels.

    A wide blur is worked out on a smaller picture, in a fraction of the time: nothing that fits only the larger one is
    left by it.
    """
    whole = values.astype(np.float32, copy=False)
    halvings = max(0, int(np.log2(max(sigma, 1e-6) / _ENOUGH)))
    size = tuple(max(1, side >> halvings) for side in whole.shape[1::-1])
    if not halvings or min(size) < _ENOUGH * 4:
        return np.asarray(cv2.GaussianBlur(whole, (0, 0), sigma), dtype=np.float32)
    factor = whole.shape[0] / size[1]
    # shrinking and enlarging blur a little themselves
    rest = np.sqrt((sigma / factor) ** 2 - 0.25)
    small = cv2.GaussianBlur(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), (0, 0), rest)
    return np.asarray(cv2.resize(small, whole.shape[1::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def blur_reach(sigma: float) -> int:
    """Pixels beyond which nothing is seen of what was blurred by no more than a few pixels of `sigma`."""
    return math.ceil(4 * sigma) + 1


def mean_around(values: NDArray[Any], known: NDArray[Any], sigma: float) -> FloatPicture:
    """The mean of the known values around every pixel (normalised convolution, Knutsson and Westin, CVPR 1993).

    values: (H, W) or (H, W, 3). known: (H, W), how far each counts, 0 to 1. sigma: as in `blurred`.
    """
    weight = known.astype(np.float32, copy=False)
    share = np.maximum(blurred(weight, sigma), 1e-3)
    if values.ndim > weight.ndim:
        weight, share = in_three(weight), in_three(share)
    return np.asarray(blurred(values * weight, sigma) / share, dtype=np.float32)
