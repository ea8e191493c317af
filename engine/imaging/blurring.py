"""Gaussian blur of planes and pictures."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import FloatPicture


def blurred(values: NDArray[Any], sigma: float) -> FloatPicture:
    """Values (H, W) or (H, W, C), as float32, without what is finer than `sigma` pixels."""
    return np.asarray(cv2.GaussianBlur(values.astype(np.float32, copy=False), (0, 0), sigma), dtype=np.float32)
