"""Pixels whose colour is a mixture of two known ones, as along an outline, and how much of each is in them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import FloatPicture


def along_way(
    colours: NDArray[Any], start: FloatPicture, way: FloatPicture, noise: float
) -> tuple[FloatPicture, FloatPicture]:
    """How far (...) colours (..., 3) lie along the way (..., 3) from one colour, `start` (..., 3), to another, 0 at the
    one and 1 at the other; and how sure that is, from 0 to 1.

    noise: what the two colours have to differ by to tell.
    """
    apart = np.einsum("...c,...c->...", way, way)
    along = np.einsum("...c,...c->...", colours - start, way) / np.maximum(apart, 1)
    return np.asarray(along, dtype=np.float32), np.asarray(apart / (apart + noise**2), dtype=np.float32)
