"""Painting into a label map: round brush strokes, and the box that a stroke has changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tryon_app.views.common.view_types import Array8, LabelDelta

Point = tuple[float, float]
_WET = 1.0  # strokes across, with the middle of the brush; one alone does not wet what is further out so much


class Stroke:
    """One stroke of a round brush over labels (H, W), which it writes into; `finish` gives the undo delta.

    hardness in [0, 1]: this share of the radius paints at once. A label is there or not, so what lies further out
    becomes its only where the brush goes to and fro, the sooner the nearer.
    """

    def __init__(self, labels: Array8, label: int, diameter: float, hardness: float = 1.0) -> None:
        self._labels, self._label = labels, label
        self._whole, self._radius, self._hardness = max(diameter, 1) / 2, max(diameter, 1) / 2, hardness
        self._wet = np.zeros(labels.shape, np.float32) if hardness < 1 else None
        self._before = labels.copy()
        self._last: Point | None = None
        self._box: tuple[int, int, int, int] | None = None

    def to(self, point: Point, pressure: float = 1.0) -> tuple[int, int, int, int] | None:
        """Paint from the last point to this one (label pixels, x and y); the box (x0, y0, x1, y1) touched, if any.

        pressure: the share of the diameter that is used.
        """
        start, self._last = self._last or point, point
        self._radius = max(self._whole * pressure, 0.5)
        box = self._reach(start, point)
        if box is None:
            return None
        x0, y0, x1, y1 = box
        part = self._labels[y0:y1, x0:x1]
        part[self._painted(box, start, point)] = self._label
        self._box = box if self._box is None else _union(self._box, box)
        return box

    def _painted(self, box: tuple[int, int, int, int], start: Point, end: Point) -> NDArray[np.bool_]:
        """Which pixels of the box become the label."""
        square = _near_segment(box, start, end)
        inside: NDArray[np.bool_] = square <= self._radius**2
        if self._wet is None:
            return inside
        x0, y0, x1, y1 = box
        wet, core = self._wet[y0:y1, x0:x1], self._radius * self._hardness
        across = min(float(np.hypot(end[0] - start[0], end[1] - start[1])) / (2 * self._radius), 1.0)
        wet += np.clip((self._radius - np.sqrt(square)) / (self._radius - core), 0, 1) * across
        return (square <= max(core, 0.5) ** 2) | (inside & (wet >= _WET))

    def finish(self) -> LabelDelta | None:
        """What the stroke changed, None for nothing."""
        if self._box is None:
            return None
        return delta_between(self._before, self._labels, self._box)

    def _reach(self, start: Point, end: Point) -> tuple[int, int, int, int] | None:
        height, width = self._labels.shape
        x0 = max(int(np.floor(min(start[0], end[0]) - self._radius)), 0)
        y0 = max(int(np.floor(min(start[1], end[1]) - self._radius)), 0)
        x1 = min(int(np.ceil(max(start[0], end[0]) + self._radius)) + 1, width)
        y1 = min(int(np.ceil(max(start[1], end[1]) + self._radius)) + 1, height)
        return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def delta_between(before: Array8, after: Array8, box: tuple[int, int, int, int] | None = None) -> LabelDelta | None:
    """What differs between two label maps within a box (x0, y0, x1, y1); None for nothing."""
    x0, y0, x1, y1 = box or (0, 0, before.shape[1], before.shape[0])
    changed = np.argwhere(before[y0:y1, x0:x1] != after[y0:y1, x0:x1])
    if not len(changed):
        return None
    (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0) + 1
    part = np.s_[y0 + top : y0 + bottom, x0 + left : x0 + right]
    return LabelDelta(int(x0 + left), int(y0 + top), before[part].copy(), after[part].copy())


def _near_segment(box: tuple[int, int, int, int], start: Point, end: Point) -> np.ndarray:
    """Squared distance of every pixel centre in the box (h, w) to the segment."""
    x0, y0, x1, y1 = box
    # a brush of one pixel has to hit the pixel that the pointer is in, so the pointer is moved to its centre
    (ax, ay), (bx, by) = _centred(start), _centred(end)
    x = np.arange(x0, x1, dtype=np.float32)[None] + 0.5 - ax
    y = np.arange(y0, y1, dtype=np.float32)[:, None] + 0.5 - ay
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = np.clip((x * (bx - ax) + y * (by - ay)) / length, 0, 1) if length else np.zeros_like(x + y)
    nearest: np.ndarray = (x - along * (bx - ax)) ** 2 + (y - along * (by - ay)) ** 2
    return nearest


def _centred(point: Point) -> Point:
    return float(np.floor(point[0])) + 0.5, float(np.floor(point[1])) + 0.5


def _union(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
