"""A garment's photo and what belongs to it as they could as well have been: mirrored or not, turned and scaled."""

from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8, Size

_TURN, _SCALE = 15.0, (0.8, 1.1)  # degrees either way; of its size in the photo
_Planes = TypeVar("_Planes", bound=tuple[Array8, ...])


def turned(planes: _Planes, rng: np.random.Generator) -> _Planes:
    """A picture (H, W, 3), which goes on white, and masks (H, W) of it, which go on as 0; all changed alike."""
    affine = _affine(planes[0].shape[:2], rng)
    return tuple(_moved(plane, affine) for plane in planes)  # type: ignore[return-value]


def _affine(size: Size, rng: np.random.Generator) -> NDArray[Any]:
    height, width = size
    affine: NDArray[Any] = cv2.getRotationMatrix2D(
        (width / 2, height / 2), rng.uniform(-_TURN, _TURN), rng.uniform(*_SCALE)
    )
    if rng.random() < 0.5:
        affine[:, 2] += affine[:, 0] * (width - 1)
        affine[:, 0] *= -1
    return affine


def _moved(plane: Array8, affine: NDArray[Any]) -> Array8:
    size = plane.shape[1::-1]
    if plane.ndim == 3:
        return np.asarray(cv2.warpAffine(plane, affine, size, borderValue=(255, 255, 255)), np.uint8)
    return np.asarray(cv2.warpAffine(plane, affine, size, flags=cv2.INTER_NEAREST), np.uint8)
