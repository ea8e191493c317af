"""Pushing a picture about: fields that say what has come from where, and what brushes and frames do to them.

A field (h, w, 2) float32 says for each of its cells how far away, x and y, lies what is pushed there; 0 is at rest.
Within a stroke that is in cells, so that round is round; what is handed out and kept is in units of half the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, cos, hypot, sin

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
Hold = NDArray[np.float32]  # (h, w): 1 where the picture can be moved, 0 where a pin holds it
Mask = NDArray[np.bool_]
Point = tuple[float, float]
Part = tuple[int, int, int, int]

SIZE = (256, 192)  # of every field that is made here
_LEAST = 2.0  # cells: a field cannot say less
_STEP = 0.125  # of a radius; in larger steps a fold would be pushed into the picture
_MOST_STEPS = 4
_COARSE = 4  # cells: so far apart is looked first where something is searched


@dataclass(frozen=True)
class Reach:
    """How far a brush takes the picture along: its radius in cells, `stretch` times that in direction `along`."""

    radius: float
    stretch: float = 1.0
    along: Point = (1.0, 0.0)

    def weight(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float32]:
        """1 in the middle, softly falling to 0 at the edge."""
        radius = max(self.radius, _LEAST)
        beside, across = x * self.along[0] + y * self.along[1], y * self.along[0] - x * self.along[1]
        return _falling((np.square(beside / self.stretch) + np.square(across)) / radius**2)


@dataclass(frozen=True)
class Motion:
    """A picture moved as a whole: turned (radians, clockwise) and scaled about `centre`, and shifted, in cells."""

    centre: Point = (0.0, 0.0)
    turn: float = 0.0
    scale: Point = (1.0, 1.0)
    shift: Point = (0.0, 0.0)

    def part(self, steps: int) -> Motion:
        """One of so many equal steps."""
        (across, down), (x, y) = self.scale, self.shift
        return replace(
            self,
            turn=self.turn / steps,
            scale=(across ** (1 / steps), down ** (1 / steps)),
            shift=(x / steps, y / steps),
        )

    def forth(self, point: Point) -> Point:
        """Where a point comes to lie."""
        x, y = (point[0] - self.centre[0]) * self.scale[0], (point[1] - self.centre[1]) * self.scale[1]
        turned = x * cos(self.turn) - y * sin(self.turn), x * sin(self.turn) + y * cos(self.turn)
        return turned[0] + self.centre[0] + self.shift[0], turned[1] + self.centre[1] + self.shift[1]

    def back(self) -> Field:
        """How far from each cell lies what comes there."""
        x, y = _places(SIZE)
        left, up = x - self.centre[0] - self.shift[0], y - self.centre[1] - self.shift[1]
        across = (left * cos(self.turn) + up * sin(self.turn)) / self.scale[0] + self.centre[0]
        down = (up * cos(self.turn) - left * sin(self.turn)) / self.scale[1] + self.centre[1]
        return np.stack([across - x, down - y], axis=-1).astype(np.float32)


def still() -> Field:
    """A field that moves nothing."""
    return np.zeros((*SIZE, 2), np.float32)


def holding(pins: Sequence[Point], radius: float) -> Hold | None:
    """What pins leave free to be moved; None where there are none."""
    if not pins:
        return None
    x, y = _places(SIZE)
    free = [1 - _falling((np.square(x - left) + np.square(y - up)) / radius**2) for left, up in pins]
    held: Hold = np.prod(free, axis=0).astype(np.float32)
    return held


def push(field: Field, to: Point, by: Point, reach: Reach, hold: Hold | None = None) -> Part:
    """Push what lies around `to - by` to `to`, within `field`; the box (x0, y0, x1, y1) of cells that was touched."""
    steps = max(ceil(hypot(*by) / (max(reach.radius, _LEAST) * _STEP)), 1)
    boxes = [
        _push(field, (to[0] - by[0] * left, to[1] - by[1] * left), np.divide(by, steps), reach, hold)
        for left in (np.arange(steps)[::-1] + 0.5) / steps
    ]
    lows, highs = np.min(boxes, axis=0), np.max(boxes, axis=0)
    return int(lows[0]), int(lows[1]), int(highs[2]), int(highs[3])


def moved(motion: Motion, hold: Hold | None = None) -> Field:
    """The field of a motion; what is pinned stays, and what is near it gives way in steps too small for folds."""
    if hold is None:
        return motion.back()
    reach = float(np.abs(motion.back()).max()) / 8
    steps = min(max(ceil(reach), 1), _MOST_STEPS)
    one, field = motion.part(steps).back() * hold[..., None], still()
    for _ in range(steps):
        field = _after(field, one)
    return field


def in_halves(field: Field) -> Field:
    """A field of cells in units of half the picture."""
    return field * _halves(field)


def composed(first: Field | None, then: Field) -> Field:
    """What is pushed by `first`, if that is there, and after it by `then`, all in units of half the picture."""
    if first is None:
        return then
    height, width = then.shape[:2]
    x, y = _places((height, width))
    places = (np.stack([x + 0.5, y + 0.5], axis=-1) * _halves(then) + then) / _halves(first) - 0.5
    return then + _sampled(first, places[..., 0], places[..., 1])


def pushed_points(points: NDArray[np.float32], field: Field) -> NDArray[np.float32]:
    """Where points (N, 2) of the picture, in its halves like the field, are pushed to."""
    height, width = field.shape[:2]
    x, y = _places((height, width))
    there = np.stack([x + 0.5, y + 0.5], axis=-1) * _halves(field) - 1
    came_from = there + field
    found = []
    for point in points:
        row, column = (_COARSE * at for at in _nearest(came_from[::_COARSE, ::_COARSE], point))
        near = np.s_[max(row - _COARSE, 0) : row + _COARSE + 1, max(column - _COARSE, 0) : column + _COARSE + 1]
        closest = _nearest(came_from[near], point)
        found.append(there[near][closest] + point - came_from[near][closest])
    return np.array(found, np.float32).reshape(-1, 2)


def origin(point: Point, field: Field) -> Point:
    """Where what is pushed to a point of the picture lay, both in its halves."""
    x, y = (np.array([(part + 1) / half - 0.5]) for part, half in zip(point, _halves(field), strict=True))
    by = _sampled(field, x, y)[0]
    return point[0] + float(by[0]), point[1] + float(by[1])


def fetched(pixels: NDArray[np.uint32], field: Field, into: NDArray[np.uint32], cells: Part | None = None) -> Part:
    """Show a picture (H, W) pushed about, in another array; only where `cells` are, which is answered in pixels."""
    height, width = pixels.shape
    down, across = height / field.shape[0], width / field.shape[1]
    x0, y0, x1, y1 = cells or (0, 0, field.shape[1], field.shape[0])
    part = (
        max(int((x0 - 1) * across), 0),
        max(int((y0 - 1) * down), 0),
        min(ceil((x1 + 1) * across), width),
        min(ceil((y1 + 1) * down), height),
    )
    rows, columns = np.arange(part[1], part[3], dtype=np.float32), np.arange(part[0], part[2], dtype=np.float32)
    finer = _Finer((rows + 0.5) / np.float32(down) - 0.5, (columns + 0.5) / np.float32(across) - 0.5)
    x, y = finer(field[..., 0]) * across, finer(field[..., 1]) * down
    x += columns + 0.5
    y += rows[:, None] + 0.5
    where = np.clip(y, 0, height - 1).astype(np.int32) * width + np.clip(x, 0, width - 1).astype(np.int32)
    into[part[1] : part[3], part[0] : part[2]] = pixels.ravel().take(where)
    return part


def bounds(mask: Mask) -> Part | None:
    """The box (x0, y0, x1, y1) around what is there, None for nothing."""
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    if not len(columns):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def edge_at(mask: Mask, point: Point, radius: float) -> Point | None:
    """The direction, of length 1, of the mask's edge near a point in its pixels; None where there is no edge."""
    left, top = (max(int(part - radius), 0) for part in point)
    there = mask[top : int(point[1] + radius) + 1, left : int(point[0] + radius) + 1]
    x, y = _places((there.shape[0], there.shape[1]), (left, top))
    x, y = x + 0.5 - np.float32(point[0]), y + 0.5 - np.float32(point[1])
    near = there & (np.square(x) + np.square(y) < radius**2)
    if not near.any():
        return None
    inwards = float(x[near].mean()), float(y[near].mean())
    length = hypot(*inwards)
    return None if length < radius / 6 else (-inwards[1] / length, inwards[0] / length)


def _push(field: Field, to: Point, by: NDArray[np.float64], reach: Reach, hold: Hold | None) -> Part:
    far = max(reach.radius, _LEAST) * max(reach.stretch, 1.0)
    height, width = field.shape[:2]
    x0, x1 = max(int(to[0] - far), 0), min(ceil(to[0] + far) + 1, width)
    y0, y1 = max(int(to[1] - far), 0), min(ceil(to[1] + far) + 1, height)
    x1, y1 = max(x1, x0), max(y1, y0)  # empty beside the picture
    x, y = _places((y1 - y0, x1 - x0), (x0, y0))
    weight = reach.weight(x - np.float32(to[0]), y - np.float32(to[1]))
    if hold is not None:
        weight = weight * hold[y0:y1, x0:x1]
    back = -weight[..., None] * by.astype(np.float32)
    field[y0:y1, x0:x1] = back + _sampled(field, x + back[..., 0], y + back[..., 1])
    return (x0, y0, x1, y1)


def _nearest(places: Field, point: NDArray[np.float32]) -> tuple[int, int]:
    """Row and column of the place that is nearest to a point."""
    row, column = np.unravel_index(np.square(places - point).sum(axis=-1).argmin(), places.shape[:2])
    return int(row), int(column)


def _after(first: Field, then: Field) -> Field:
    """`composed` in cells."""
    x, y = _places((then.shape[0], then.shape[1]))
    return then + _sampled(first, x + then[..., 0], y + then[..., 1])


def _sampled(field: Field, x: NDArray[np.float32], y: NDArray[np.float32]) -> Field:
    """The field between its cells, bilinearly; beyond the last it goes on as there."""
    height, width = field.shape[:2]
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    left, top = x.astype(np.int32), y.astype(np.int32)
    across, down = (x - left)[..., None].astype(np.float32), (y - top)[..., None].astype(np.float32)
    cells, corner = field.reshape(-1, 2), top * width + left
    right, below = np.minimum(left + 1, width - 1) - left, (np.minimum(top + 1, height - 1) - top) * width
    upper = cells.take(corner, axis=0) * (1 - across) + cells.take(corner + right, axis=0) * across
    corner += below
    lower = cells.take(corner, axis=0) * (1 - across) + cells.take(corner + right, axis=0) * across
    between: Field = upper * (1 - down) + lower * down
    return between


class _Finer:
    """A plane (h, w) at other rows and columns than its own, as `_sampled` does for any places."""

    def __init__(self, rows: NDArray[np.floating], columns: NDArray[np.floating]) -> None:
        self._rows, self._columns = rows, columns

    def __call__(self, plane: NDArray[np.float32]) -> NDArray[np.float32]:
        return _between(_between(plane, self._rows).T, self._columns).T


def _between(plane: NDArray[np.float32], places: NDArray[np.floating]) -> NDArray[np.float32]:
    """The rows of a plane at places between its own."""
    places = np.clip(places, 0, len(plane) - 1)
    low = places.astype(np.int32)
    share = (places - low)[:, None].astype(np.float32)
    found: NDArray[np.float32] = plane[low] * (1 - share) + plane[np.minimum(low + 1, len(plane) - 1)] * share
    return found


def _places(size: tuple[int, int], start: tuple[int, int] = (0, 0)) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """x and y (h, w) of cells."""
    y, x = np.mgrid[start[1] : start[1] + size[0], start[0] : start[0] + size[1]].astype(np.float32)
    return x, y


def _halves(field: Field) -> NDArray[np.float32]:
    """How large a cell is, x and y, in halves of the picture."""
    return np.array([2 / field.shape[1], 2 / field.shape[0]], np.float32)


def _falling(square: NDArray[np.floating]) -> NDArray[np.float32]:
    """Of a squared distance in radii: 1 in the middle, 0 from 1 on, smooth at both."""
    return np.square(np.clip(1 - square, 0, None)).astype(np.float32)
