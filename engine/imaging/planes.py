"""What NumPy does slowly on whole pictures, done by OpenCV: sets of labels, and an innermost axis of three colours."""

from collections.abc import Iterable
from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels

Plane = NDArray[np.float32]
_T = TypeVar("_T", bound=np.integer[Any] | np.floating[Any])


def among(labels: Labels, classes: Iterable[int]) -> BoolMask:
    """Where labels (H, W) are of some classes; `np.isin`, forty times as fast."""
    table = np.zeros(256, np.uint8)
    table[list(classes)] = 1
    return np.asarray(cv2.LUT(labels, table), np.uint8).view(np.bool_)


def small_size(shape: tuple[int, ...], rows: int) -> tuple[int, int]:
    """Width and height of a picture of a shape (H, W, ...) made so many rows high, or as it is where it has fewer."""
    rows = min(rows, shape[0])
    return max(1, round(rows * shape[1] / shape[0])), rows


def resized_mask(mask: BoolMask, size: tuple[int, int]) -> BoolMask:
    """A mask (H, W) at another size (width, height): its nearest pixels."""
    return np.asarray(cv2.resize(mask.view(np.uint8), size, interpolation=cv2.INTER_NEAREST), np.uint8) > 0


def enlarged(plane: NDArray[_T], shape: tuple[int, ...]) -> NDArray[_T]:
    """A plane (h, w) as that of a picture of a larger shape (H, W, ...), bilinearly."""
    return np.asarray(cv2.resize(plane, shape[1::-1], interpolation=cv2.INTER_LINEAR), dtype=plane.dtype)


def padded(picture: NDArray[_T], multiple: int) -> NDArray[_T]:
    """A picture (h, w) or (h, w, 3) continued below and on its right until both sides are multiples."""
    below, right = (-side % multiple for side in picture.shape[:2])
    return np.asarray(cv2.copyMakeBorder(picture, 0, below, 0, right, cv2.BORDER_REPLICATE), dtype=picture.dtype)


def in_three(plane: NDArray[_T]) -> NDArray[_T]:
    """A plane (H, W) as (H, W, 3): a picture is multiplied by that in half the time that `plane[..., None]` takes."""
    return np.asarray(cv2.merge((plane,) * 3), dtype=plane.dtype)


def darkest(picture: NDArray[_T]) -> NDArray[_T]:
    """The least of the colours (H, W, 3) of each pixel, (H, W)."""
    red, green, blue = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(red, green), blue), dtype=picture.dtype)


def lightest(picture: NDArray[_T]) -> NDArray[_T]:
    """The greatest of the colours (H, W, 3) of each pixel, (H, W)."""
    red, green, blue = cv2.split(picture)
    return np.asarray(cv2.max(cv2.max(red, green), blue), dtype=picture.dtype)


def likeliest(planes: Iterable[tuple[int, Plane]]) -> tuple[Labels, Plane]:
    """Of at least one numbered plane (H, W) float32 the number that is largest in each pixel, the first of equal ones;
    and how large it is there."""
    (first, plane), *others = planes
    best, labels = plane.copy(), np.full(plane.shape, first, np.uint8)
    for number, one in others:
        cv2.copyTo(np.full_like(labels, number), cv2.compare(one, best, cv2.CMP_GT), labels)
        cv2.max(one, best, best)
    return labels, best


def box_around(region: NDArray[Any], margin: int = 0, step: int = 1) -> tuple[slice, slice]:
    """Rows and columns of what is not 0 in a region (H, W), and some around it; some corner where nothing is.

    step: of which they begin and end at multiples, for a picture made smaller to be that of the whole one made smaller.
    """
    left, top, width, height = cv2.boundingRect(region.astype(np.uint8, copy=False))
    sides = ((top - margin, top + height + margin), (left - margin, left + width + margin))
    rows, columns = (slice(max(0, first) // step * step, -(-last // step) * step) for first, last in sides)
    return rows, columns
