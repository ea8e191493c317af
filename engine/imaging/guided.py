"""Planes that are given the edges of a picture: the guided filter of He, Sun and Tang (TPAMI 2013) with a colour guide.

In the fast form (He and Sun, 2015): its linear coefficients are found at half size, where they are smooth, and applied
at full size. Along hair it comes close to closed-form matting, which it approximates.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Picture

_RADIUS, _EPSILON = 4, 1e-3  # pixels at half size; variance of colours in 0..1 below which nothing counts as an edge
_PAIRS = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))  # of red, green and blue
_ABSENT = 0.01  # where a plane is less than this, it is not looked for
_Floats = NDArray[np.float32]


class GuidedFilter:
    """Fits single planes to the edges of one picture uint8 (H, W, 3)."""

    def __init__(self, picture: Picture, radius: int = _RADIUS, epsilon: float = _EPSILON) -> None:
        self._full = (picture / np.float32(255)).astype(np.float32)
        height, width = picture.shape[:2]
        self._half = (max(1, width // 2), max(1, height // 2))
        self._guide: _Floats = np.moveaxis(_resized(self._full, self._half, cv2.INTER_AREA), 2, 0).copy()
        self._window = (2 * radius + 1, 2 * radius + 1)
        self._mean: _Floats = np.stack([self._box(plane) for plane in self._guide])
        inverse = _inverse([self._spread(i, j) + epsilon * (i == j) for i, j in _PAIRS])
        self._inverse: _Floats = np.stack(inverse)

    def __call__(self, plane: _Floats) -> _Floats:
        """A plane float32 (h, w) of any size spanning the picture -> (H, W), its edges those of the picture."""
        whole = _resized(plane, self._half, cv2.INTER_LINEAR)
        rows, columns, place = self._place(whole)
        small, guide, means = whole[rows, columns], self._guide[:, rows, columns], self._mean[:, rows, columns]
        mean = self._box(small)
        r, g, b = (self._box(one * small) - own * mean for one, own in zip(guide, means, strict=True))
        rr, rg, rb, gg, gb, bb = self._inverse[:, rows, columns]
        slope = [rr * r + rg * g + rb * b, rg * r + gg * g + gb * b, rb * r + gb * g + bb * b]
        offset = mean - sum(one * own for one, own in zip(slope, means, strict=True))
        coefficients = self._box(np.dstack([*slope, offset]))
        full = self._full[place]
        sharp: _Floats = np.zeros(self._full.shape[:2], dtype=np.float32)
        large = _resized(coefficients, (full.shape[1], full.shape[0]), cv2.INTER_LINEAR)
        sharp[place] = np.clip(np.einsum("hwc,hwc->hw", large[..., :3], full) + large[..., 3], 0, 1)
        return sharp

    def _place(self, small: _Floats) -> tuple[slice, slice, tuple[slice, slice]]:
        """Rows and columns at half size around all that a plane (h, w) shows, and those at full size."""
        if self._full.shape[:2] != (2 * self._half[1], 2 * self._half[0]):
            return slice(None), slice(None), (slice(None), slice(None))
        left, top, width, height = cv2.boundingRect((small > _ABSENT).astype(np.uint8))
        reach = 2 * self._window[0]  # of the two means, and as much again for the picture's end there not to be seen
        x, y = max(0, left - reach), max(0, top - reach)
        right, bottom = min(self._half[0], left + width + reach), min(self._half[1], top + height + reach)
        return slice(y, bottom), slice(x, right), (slice(2 * y, 2 * bottom), slice(2 * x, 2 * right))

    def _spread(self, i: int, j: int) -> _Floats:
        """Covariance (h, w) of two colours in every window."""
        return np.asarray(self._box(self._guide[i] * self._guide[j]) - self._mean[i] * self._mean[j], dtype=np.float32)

    def _box(self, array: _Floats) -> _Floats:
        return np.asarray(cv2.boxFilter(array, -1, self._window, borderType=cv2.BORDER_REFLECT), dtype=np.float32)


def _inverse(entries: Sequence[_Floats]) -> list[_Floats]:
    """The entries of symmetric 3 x 3 matrices, those of `_PAIRS` as planes (h, w), and of their inverses (Cramer)."""
    rr, rg, rb, gg, gb, bb = entries
    cofactors = [gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg]
    cofactors += [rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg]
    determinant = rr * cofactors[0] + rg * cofactors[1] + rb * cofactors[2]
    return [one / determinant for one in cofactors]


def _resized(plane: _Floats, size: tuple[int, int], interpolation: int) -> _Floats:
    return np.asarray(cv2.resize(plane, size, interpolation=interpolation), dtype=np.float32)
