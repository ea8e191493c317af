"""Gaussian blur of planes and pictures."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import FloatPicture


def blurred(values: NDArray[Any], sigma: float) -> FloatPicture:
    """Values (H, W) or (H, W, C), as float32, without what is finer than `sigma` pixels."""
    return np.asarray(cv2.GaussianBlur(values.astype(np.float32, copy=False), (0, 0), sigma), dtype=np.float32)


def mean_around(values: NDArray[Any], known: NDArray[Any], sigma: float) -> FloatPicture:
    """The mean of the known values around every pixel (normalised convolution, Knutsson and Westin, CVPR 1993).

    values: (H, W) or (H, W, C). known: (H, W), how far each counts, 0 to 1. sigma: as in `blurred`.
    """
    weight = known.astype(np.float32, copy=False)
    share = np.maximum(blurred(weight, sigma), 1e-3)
    if values.ndim > weight.ndim:
        weight, share = weight[..., None], share[..., None]
    return np.asarray(blurred(values * weight, sigma) / share, dtype=np.float32)
