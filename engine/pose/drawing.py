"""The pose picture: a coloured skeleton on black, as the published networks were trained to read it.

Every limb is a filled ellipse of half-width 6 px at a height of 1024, every joint a disc of radius 6, both blended over
what is there with opacity 0.6, as OpenPose does. Hands are drawn half as thick, because OpenPose thins small parts.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Keypoints
from engine.pose.skeleton import COLOURS, HAND_COLOURS, HAND_LIMBS, LIMBS

_BASE_HEIGHT = 1024
_BODY_RADIUS = 6.0
_HAND_RADIUS = 3.0
_OPACITY = 0.6

_Canvas = NDArray[np.float32]
_Colour = tuple[int, int, int]


def draw_pose(keypoints: Keypoints, hands: Sequence[Keypoints | None], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Body (25, 3) and hands (21, 3), rows of x, y in pixels and confidence, as a picture uint8 (H, W, 3)."""
    canvas = np.zeros((*size, 3), dtype=np.float32)
    scale = size[0] / _BASE_HEIGHT
    _draw_skeleton(canvas, keypoints, LIMBS, COLOURS, _BODY_RADIUS * scale)
    for hand in hands:
        if hand is not None:
            _draw_skeleton(canvas, hand, HAND_LIMBS, HAND_COLOURS, _HAND_RADIUS * scale)
    return np.rint(canvas).astype(np.uint8)


def _draw_skeleton(
    canvas: _Canvas,
    keypoints: Keypoints,
    limbs: Sequence[tuple[int, int]],
    colours: Sequence[_Colour],
    radius: float,
) -> None:
    points = [(float(x), float(y)) if confidence > 0 else None for x, y, confidence in keypoints]
    for start, end in limbs:
        first, second = points[start], points[end]
        if first is not None and second is not None:
            _blend_ellipse(canvas, first, second, radius, colours[end])
    for point, colour in zip(points, colours, strict=True):
        if point is not None:
            _blend_disc(canvas, point, radius, colour)


def _blend_ellipse(
    canvas: _Canvas, start: tuple[float, float], end: tuple[float, float], radius: float, colour: _Colour
) -> None:
    """The ellipse whose long axis runs from `start` to `end` and whose short half-axis is `radius`."""
    length = math.dist(start, end)
    if length == 0:
        return
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    rows, columns = _window(canvas, middle, length / 2 + radius)
    y, x = np.ogrid[rows, columns]
    x, y = x - middle[0], y - middle[1]
    cosine, sine = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    along, across = (x * cosine + y * sine) / (length / 2), (y * cosine - x * sine) / radius
    _blend(canvas[rows, columns], along**2 + across**2 <= 1, colour)


def _blend_disc(canvas: _Canvas, centre: tuple[float, float], radius: float, colour: _Colour) -> None:
    rows, columns = _window(canvas, centre, radius)
    y, x = np.ogrid[rows, columns]
    _blend(canvas[rows, columns], (x - centre[0]) ** 2 + (y - centre[1]) ** 2 <= radius**2, colour)


def _window(canvas: _Canvas, centre: tuple[float, float], reach: float) -> tuple[slice, slice]:
    """The part of the canvas within `reach` of `centre`, possibly empty."""

    def span(middle: float, limit: int) -> slice:
        return slice(min(max(0, math.floor(middle - reach)), limit), min(max(0, math.ceil(middle + reach) + 1), limit))

    return span(centre[1], canvas.shape[0]), span(centre[0], canvas.shape[1])


def _blend(part: _Canvas, inside: NDArray[np.bool_], colour: _Colour) -> None:
    part[inside] = (1 - _OPACITY) * part[inside] + _OPACITY * np.asarray(colour, dtype=np.float32)
