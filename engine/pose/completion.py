"""Where shoulders, neck and hips probably are, when the photo does not show them.

The clothing-agnostic drawing needs all of them, and the published code crashes without. The estimate uses what was
found: the midpoint or the mirror image of the other side where there is one, otherwise the proportions of a body, which
are medians over the 10,400 upper-body poses of the VITON training set, with the shoulder width as the unit.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.errors import TryOnError
from engine.pose.skeleton import Joint

_Vector = NDArray[np.float64]
_Points = dict[int, _Vector]

_HIPS = 0.63
_TORSO = 1.49
_PROPORTIONS = (
    (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER, 1.0),
    (Joint.RIGHT_HIP, Joint.LEFT_HIP, _HIPS),
    (Joint.NECK, Joint.MID_HIP, _TORSO),
    (Joint.NECK, Joint.NOSE, 0.59),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, 0.83),
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, 0.83),
)
_WIDTH_IN_HEIGHTS = 0.31
# A shoulder line shorter than this part of the body's shoulder width belongs to a person seen from the side.
_SIDE_VIEW = 0.3
_PAIRS = (
    (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER),
    (Joint.RIGHT_HIP, Joint.LEFT_HIP),
    (Joint.RIGHT_ELBOW, Joint.LEFT_ELBOW),
    (Joint.RIGHT_EAR, Joint.LEFT_EAR),
    (Joint.RIGHT_EYE, Joint.LEFT_EYE),
)


def complete_torso(found: Mapping[int, tuple[float, float]], height: int) -> dict[int, tuple[float, float]]:
    """The estimated positions (x, y) in pixels of those of neck, shoulders, mid hip and hips that are not in `found`.

    `height` is the picture's, in pixels. `TryOnError` when neither a shoulder nor the neck was found.
    """
    points: _Points = {joint: np.asarray(point, dtype=np.float64) for joint, point in found.items()}
    if not points.keys() & {Joint.NECK, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER}:
        raise TryOnError("pose.no_shoulders")
    _complete_shoulders(points, height)
    _complete_hips(points, height)
    return {joint: (float(p[0]), float(p[1])) for joint, p in points.items() if joint not in found}


def _complete_shoulders(points: _Points, height: int) -> None:
    right, left = Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER
    if Joint.NECK not in points:
        if right in points and left in points:
            points[Joint.NECK] = (points[right] + points[left]) / 2
        else:
            half = _to_the_left(points) * _shoulder_width(points, height) / 2
            points[Joint.NECK] = points[right] + half if right in points else points[left] - half
    _complete_pair(points, right, left, Joint.NECK, _to_the_left(points) * _shoulder_width(points, height))


def _complete_hips(points: _Points, height: int) -> None:
    right, left = Joint.RIGHT_HIP, Joint.LEFT_HIP
    shoulders = points[Joint.LEFT_SHOULDER] - points[Joint.RIGHT_SHOULDER]
    if Joint.MID_HIP not in points:
        if right in points and left in points:
            points[Joint.MID_HIP] = (points[right] + points[left]) / 2
        elif right in points:
            points[Joint.MID_HIP] = points[right] + shoulders * _HIPS / 2
        elif left in points:
            points[Joint.MID_HIP] = points[left] - shoulders * _HIPS / 2
        else:
            points[Joint.MID_HIP] = points[Joint.NECK] + _down(points, height) * _TORSO
    _complete_pair(points, right, left, Joint.MID_HIP, shoulders * _HIPS)


def _complete_pair(points: _Points, right: Joint, left: Joint, middle: Joint, across: _Vector) -> None:
    """One side is the mirror image of the other; two missing sides lie `across` apart about the middle."""
    if right not in points:
        mirrored = 2 * points[middle] - points[left] if left in points else points[middle] - across / 2
        points[right] = mirrored
    if left not in points:
        points[left] = 2 * points[middle] - points[right]


def _shoulder_width(points: _Points, height: int) -> float:
    """The width a frontal view would show: the median of what every measurable part of the body suggests."""
    lengths = [
        float(np.linalg.norm(points[a] - points[b])) / ratio
        for a, b, ratio in _PROPORTIONS
        if a in points and b in points
    ]
    lengths = [length for length in lengths if length > 0]
    return float(np.median(lengths)) if lengths else _WIDTH_IN_HEIGHTS * height


def _to_the_left(points: _Points) -> _Vector:
    """Horizontal unit vector from the person's right to the left, from the first pair that shows it."""
    for right, left in _PAIRS:
        if right in points and left in points and points[right][0] != points[left][0]:
            return np.array([np.sign(points[left][0] - points[right][0]), 0.0])
    return np.array([1.0, 0.0])


def _down(points: _Points, height: int) -> _Vector:
    """From the neck towards the hips, one shoulder width long: square to the shoulders, away from the nose."""
    width = _shoulder_width(points, height)
    x, y = points[Joint.LEFT_SHOULDER] - points[Joint.RIGHT_SHOULDER]
    length = float(np.hypot(x, y))
    down = np.array([-y, x]) / length if length > _SIDE_VIEW * width else np.array([0.0, 1.0])
    head = points[Joint.NOSE] - points[Joint.NECK] if Joint.NOSE in points else np.array([0.0, -1.0])
    return down * (-width if down @ head > 0 else width)
