"""How VITON-HD's photos are framed, and the frame of a person that looks the same.

The proportions are medians over 500 photos of the VITON training set: the picture is 2.15 torsos (neck to mid hip)
high, with the neck 0.33 and the mid hip 0.79 of it from the top, the head just inside.
"""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Box, Size
from engine.errors import TryOnError
from engine.pose import Pose
from engine.pose.skeleton import Joint

_HEIGHT_IN_TORSOS = 2.2
_NECK = 0.345
_ABOVE = 0.025  # of the height, above the head
_SHOULDERS_IN_TORSOS = 0.67
_OF_BODY = (0.24, 0.6)  # of the height of what is seen of the person: shortest and longest torso
_TO_THE_FEET = (0.335, 0.365)  # the torso of somebody who stands, of neck to sole; 0.350 +- 0.013 in 284 street photos
_ASPECT = 0.75
_AS_IT_IS = 0.72  # of the wanted height: how much closer a photo that is 3:4 already may show the person
_TOO_FAR = 1.3
_OVERLAP = 0.8
_CLOSEST = 0.7


def portrait_box(pose: Pose, body: Box, photo_size: Size, *, to_the_feet: bool = False) -> Box:
    """The 3:4 box in photo pixels that frames a person as VITON-HD does.

    pose: in photo pixels, shoulders or neck found. body: the person's box, which says where the head ends. to_the_feet:
    whether it reaches down to the feet of somebody who stands, whose hips are then known by proportion. The box stays
    inside the photo where it fits, comes closer where the photo ends early, and leaves the photo where it must. A photo
    that is 3:4 and about right already is taken whole. TryOnError for a pose without shoulders and neck.
    """
    completed = pose.completed()
    neck, hip = (np.array(completed.point(joint)) for joint in (Joint.NECK, Joint.MID_HIP))
    least, most = ((body[3] - body[1]) * share for share in _OF_BODY)
    torso = min(max(_torso_length(pose, neck, hip), least), most)
    if to_the_feet:
        least, most = ((body[3] - neck[1]) * share for share in _TO_THE_FEET)
        torso = min(max(torso, least), most)
    height = _HEIGHT_IN_TORSOS * torso
    top = min(neck[1] - _NECK * height, _head_top(body, neck, torso) - _ABOVE * height)
    middle = 0.5 * neck[0] + 0.5 * hip[0]
    wanted = (middle - height * _ASPECT / 2, top, middle + height * _ASPECT / 2, top + height)
    whole = (0.0, 0.0, float(photo_size[1]), float(photo_size[0]))
    return whole if _is_portrait(wanted, photo_size) else _kept_inside(wanted, photo_size)


def context_box(body: Box, photo_size: Size) -> Box:
    """A box around a person's box with room on all sides, cut to the photo, for a first close look."""
    left, top, right, bottom = body
    margin = 0.08 * max(right - left, bottom - top)
    height, width = photo_size
    return max(0, left - margin), max(0, top - margin), min(width, right + margin), min(height, bottom + margin)


def _torso_length(pose: Pose, neck: NDArray[np.float64], hip: NDArray[np.float64]) -> float:
    """From neck to mid hip; never so short as a person who bends or sits would have it."""
    length = float(np.linalg.norm(hip - neck))
    if pose.found(Joint.RIGHT_SHOULDER) and pose.found(Joint.LEFT_SHOULDER):
        shoulders = np.subtract(pose.point(Joint.LEFT_SHOULDER), pose.point(Joint.RIGHT_SHOULDER))
        length = max(length, 0.85 * float(np.linalg.norm(shoulders)) / _SHOULDERS_IN_TORSOS)
    if length <= 0:
        raise TryOnError("pose.no_torso")
    return length


def _head_top(body: Box, neck: NDArray[np.float64], torso: float) -> float:
    """Where the head ends: the top of the person's box, unless an arm reaches up there."""
    highest = neck[1] - 0.95 * torso
    return float(max(body[1], highest))


def _is_portrait(wanted: Box, photo_size: Size) -> bool:
    """Whether the photo as it is shows the person nearly as the wanted box does."""
    height, width = photo_size
    if abs(width / (height * _ASPECT) - 1) > 0.03:
        return False
    share = height / (wanted[3] - wanted[1])
    across = max(0.0, min(width, wanted[2]) - max(0, wanted[0]))
    down = max(0.0, min(height, wanted[3]) - max(0, wanted[1]))
    covered = across * down / min((wanted[2] - wanted[0]) * (wanted[3] - wanted[1]), float(width * height))
    return _AS_IT_IS < share < _TOO_FAR and covered > _OVERLAP


def _kept_inside(box: Box, photo_size: Size) -> Box:
    """The box shrunk a little where it is larger than the photo, and moved into it as far as it fits."""
    left, top, right, bottom = box
    height, width = photo_size
    wanted = bottom - top
    tall = max(_CLOSEST * wanted, min(wanted, float(height), width / _ASPECT))
    wide = tall * _ASPECT
    middle = (left + right) / 2
    x = _inside(middle - wide / 2, wide, width)
    y = _inside(top, tall, height)
    return x, y, x + wide, y + tall


def _inside(start: float, length: float, limit: int) -> float:
    """Where a span begins that lies in [0, limit], or covers it where it is longer."""
    low, high = sorted((0.0, limit - length))
    return min(max(start, low), high)
