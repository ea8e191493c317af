"""Where the pixels of a picture lie along the limbs that a garment covers."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Size
from engine.category.sleeves import bones_of
from engine.category.table import UPPER, Category
from engine.pose import Joint, Pose

# Half a bare arm's width in shoulder widths, along it: medians of 1,100 arms of VITON that lie before a background.
_PLACES = (0.0, 0.6, 1.0, 1.25, 1.5, 1.75, 2.0)
_RADII = (0.118, 0.112, 0.108, 0.104, 0.092, 0.076, 0.07)
_TORSO, _UPPER_ARM = 1.49, 0.83  # in shoulder widths

_Plane = NDArray[np.float32]  # (H, W)


@dataclass(frozen=True, eq=False)
class Along:
    """What a picture's pixels are to one limb.

    number: the limb's place in `Category.limbs`. nearest (H, W): whether no other limb is nearer. beside (H, W): pixels
    to the limb's bones, negative to the left of somebody who looks from its root to its end. place (H, W): the nearest
    point of them, in bones from the root: 0 shoulder, 1 elbow, 2 wrist, 3 as far beyond as a forearm is long.
    """

    number: int
    nearest: BoolMask
    beside: _Plane
    place: _Plane

    @property
    def away(self) -> _Plane:
        """Pixels to the limb's bones, on either side."""
        return np.abs(self.beside)


def along_limbs(pose: Pose, size: Size, category: Category = UPPER) -> Iterator[Along]:
    """One for each limb of which the last three joints were found, in a picture of `size`."""
    found = {
        number: along_path(size, bones)
        for number, bones in enumerate(bones_of(pose.scaled(size), category))
        if bones is not None
    }
    for number, (beside, place) in found.items():
        nearest = np.abs(beside) <= np.min([np.abs(other) for other, _ in found.values()], axis=0)
        yield Along(number, nearest, beside, place)


def along_path(size: Size, points: NDArray[np.float64]) -> tuple[_Plane, _Plane]:
    """How far each pixel (H, W) is beside a path of points (N, 2), and where on it the nearest point is: 0 at the
    first, 1 at the second, N at as much beyond the last as the last two are apart. Signs are those of `Along.beside`.
    """
    x, y = np.arange(size[1]), np.arange(size[0])[:, None]
    beside, place = np.full(size, np.inf), np.zeros(size)
    for start, (one, other) in enumerate(pairwise(points)):
        way = other - one
        across, down = x - one[0], y - one[1]
        share = (across * way[0] + down * way[1]) / max(float(way @ way), 1e-6)
        share = share.clip(0, 2 if start == len(points) - 2 else 1)
        across, down = across - share * way[0], down - share * way[1]
        distance = np.sqrt(across * across + down * down)
        nearer = distance < np.abs(beside)
        signed = np.where(way[0] * down < way[1] * across, -distance, distance)
        beside, place = np.where(nearer, signed, beside), np.where(nearer, start + share, place)
    return beside.astype(np.float32), place.astype(np.float32)


def bare_radius(place: NDArray[np.floating], pose: Pose, size: Size, category: Category = UPPER) -> NDArray[np.float64]:
    """Half a bare limb's width at each `place`, in pixels of a picture of `size`."""
    return np.asarray(np.interp(place, _PLACES, _RADII) * _shoulder_width(pose.scaled(size).completed(), category))


def outwards(bones: NDArray[np.float64], pose: Pose) -> float:
    """The sign that `Along.beside` has on the side of a limb where the body is not.

    bones: the limb's joints (3, 2), in the pose's pixels.
    """
    whole = pose.completed()
    middle = (np.array(whole.point(Joint.NECK)) + np.array(whole.point(Joint.MID_HIP))) / 2
    way, to = bones[2] - bones[0], middle - bones[0]
    return -1.0 if way[0] * to[1] > way[1] * to[0] else 1.0


def trunk(pose: Pose, size: Size) -> BoolMask:
    """What lies between shoulders and hips in a picture of `size` (H, W)."""
    whole, drawn = pose.scaled(size).completed(), np.zeros(size, np.uint8)
    joints = (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
    corners = np.array([whole.point(joint) for joint in joints])
    cv2.fillConvexPoly(drawn, cv2.convexHull(np.rint(corners).astype(np.int32)), 1)
    return np.asarray(drawn > 0)


def drawn_bones(pose: Pose, size: Size, thick: int, category: Category = UPPER, bones_each: int = 2) -> BoolMask:
    """The bones of the limbs that were found, so many of each, pixels thick, in a picture of `size` (H, W)."""
    drawn = np.zeros(size, np.uint8)
    for bones in bones_of(pose.scaled(size), category):
        if bones is not None:
            points = np.rint(bones[: bones_each + 1]).astype(np.int32)
            cv2.polylines(drawn, [points], isClosed=False, color=1, thickness=thick)
    return np.asarray(drawn > 0)


def _shoulder_width(pose: Pose, category: Category) -> float:
    """As broad as if the person faced the camera."""
    shoulders = math.dist(pose.point(Joint.LEFT_SHOULDER), pose.point(Joint.RIGHT_SHOULDER))
    torso = math.dist(pose.point(Joint.NECK), pose.point(Joint.MID_HIP))
    upper = (joints[-3:-1] for _, joints in category.limbs if all(map(pose.found, joints[-3:-1])))
    arms = [math.dist(pose.point(root), pose.point(bend)) for root, bend in upper]
    return float(np.median([shoulders, torso / _TORSO, *([max(arms) / _UPPER_ARM] if arms else [])]))
