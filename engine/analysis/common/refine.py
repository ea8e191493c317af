"""Coarse probabilities brought to full size along the edges of the picture.

Guided filter of He, Sun and Tang (TPAMI 2013) with a colour guide, in the fast form (He and Sun, 2015): its linear
coefficients are found at half size, where they are smooth, and applied at full size.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels, Picture, Planes
from engine.imaging.components import without_specks

_RADIUS, _EPSILON = 4, 1e-3  # pixels at half size; variance of colours in 0..1 below which nothing counts as an edge
_PRESENT = 0.3  # a class that is nowhere likelier than this is left out
_Floats = NDArray[np.float32]


class GuidedFilter:
    """Fits single planes to the edges of one picture uint8 (H, W, 3), or where they are wanted only, uint8 (H, W).

    Outside, what comes out means nothing.
    """

    def __init__(
        self,
        picture: Picture,
        radius: int = _RADIUS,
        epsilon: float = _EPSILON,
        wanted: NDArray[np.uint8] | None = None,
    ) -> None:
        self._full = (picture / np.float32(255)).astype(np.float32)
        height, width = picture.shape[:2]
        self._half = (max(1, width // 2), max(1, height // 2))
        self._guide = _resized(self._full, self._half, cv2.INTER_AREA)
        self._window = (2 * radius + 1, 2 * radius + 1)
        self._mean = self._box(self._guide)
        spread = self._covariance() + epsilon * np.eye(3, dtype=np.float32)
        if wanted is None:
            self._inverse = np.linalg.inv(spread)
        else:
            near = self._reaching(wanted)
            self._inverse = np.zeros_like(spread)
            self._inverse[near] = np.linalg.inv(spread[near])

    def __call__(self, plane: _Floats) -> _Floats:
        """A plane float32 (h, w) of any size spanning the picture -> (H, W), its edges those of the picture."""
        small = _resized(plane, self._half, cv2.INTER_LINEAR)
        mean = self._box(small)
        cross = self._box(self._guide * small[..., None]) - self._mean * mean[..., None]
        slope = np.matmul(self._inverse, cross[..., None])[..., 0]
        offset = mean - (slope * self._mean).sum(axis=2)
        coefficients = self._box(np.dstack([slope, offset]))
        size = (self._full.shape[1], self._full.shape[0])
        large = _resized(coefficients, size, cv2.INTER_LINEAR)
        sharp = np.einsum("hwc,hwc->hw", large[..., :3], self._full) + large[..., 3]
        return np.asarray(np.clip(sharp, 0, 1), dtype=np.float32)

    def _reaching(self, wanted: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """The places (h, w) at half size whose coefficients count at a wanted pixel: those in its window."""
        touched = cv2.resize((wanted > 0).astype(np.float32), self._half, interpolation=cv2.INTER_AREA) > 0
        window = (self._window[0] + 2, self._window[1] + 2)  # enlarging reaches one further
        return np.asarray(cv2.dilate(touched.astype(np.uint8), np.ones(window, dtype=np.uint8)), dtype=np.bool_)

    def _box(self, array: _Floats) -> _Floats:
        return np.asarray(cv2.boxFilter(array, -1, self._window, borderType=cv2.BORDER_REFLECT), dtype=np.float32)

    def _covariance(self) -> _Floats:
        products = (self._guide[..., :, None] * self._guide[..., None, :]).reshape(*self._guide.shape[:2], 9)
        mean = self._box(np.ascontiguousarray(products)).reshape(*self._guide.shape[:2], 3, 3)
        return np.asarray(mean - self._mean[..., :, None] * self._mean[..., None, :], dtype=np.float32)


def _resized(plane: _Floats, size: tuple[int, int], interpolation: int) -> _Floats:
    return np.asarray(cv2.resize(plane, size, interpolation=interpolation), dtype=np.float32)


def refined_labels(probabilities: Planes, picture: Picture) -> tuple[Labels, _Floats]:
    """Label map (H, W) of probabilities (C, h, w) that span the picture (H, W, 3), and how sure each pixel is, 0..1."""
    guided = GuidedFilter(picture)
    best = np.full(picture.shape[:2], -1, dtype=np.float32)
    labels = np.zeros(picture.shape[:2], dtype=np.uint8)
    for label, plane in enumerate(probabilities):
        if float(plane.max()) < _PRESENT:
            continue
        sharp = guided(plane)
        cv2.copyTo(np.full_like(labels, label), cv2.compare(sharp, best, cv2.CMP_GT), labels)
        cv2.max(sharp, best, best)
    return without_specks(labels), best.clip(0, 1)
