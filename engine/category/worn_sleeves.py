"""Which pixels of a worn garment are its sleeves, as parse and joints tell it; most that is in doubt stays unknown."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.category.along_limbs import Along, along_limbs, bare_radius, trunk
from engine.category.table import UPPER, Category
from engine.pose import Joint, Pose

UNKNOWN, LEFT, RIGHT, BODY = range(4)
"""LEFT and RIGHT are sleeves on these sides of the photo."""

_FACING = 0.13  # of the picture's width that shoulders are apart, at least, of somebody who faces the camera
_LONGER = 0.1  # bones beyond the sleeve's length
_BEGINS = 0.12  # bones from the shoulder
_ON_ARM, _BEFORE, _OFF = 1.5, 1.0, 1.6  # bare arms: on an arm beside the trunk, on one before it, on none
_FLANK, _MIDDLE, _YOKE, _BELOW = 0.36, 0.3, 0.46, 0.5  # shoulder widths from the middle of the body
_CLEAR = 1.3  # bare arms that the body's middle is away from the bones

_Plane = NDArray[np.float32]


def worn_sleeves(labels: Labels, pose: Pose, lengths: Sequence[float], category: Category = UPPER) -> Labels:
    """UNKNOWN, LEFT, RIGHT or BODY (H, W) of labels (H, W) of the 13 classes.

    lengths: of the sleeve on each limb (`engine.category.sleeves`), nan where not known. All is unknown unless both
    arms were found of somebody who faces the camera: only then the photo's left sleeve is on the photo's left.
    """
    size = labels.shape[0], labels.shape[1]
    found = np.full(size, UNKNOWN, np.uint8)
    whole = pose.scaled(size).completed()
    right, left = (whole.point(joint) for joint in (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER))
    limbs = list(along_limbs(pose, size, category))
    if left[0] - right[0] < _FACING * size[1] or len(limbs) < len(category.limbs):
        return found
    worn, inside = labels == category.garment, trunk(pose, size)
    down, middle = _from_middle(whole)
    middle /= math.dist(left, right)
    away = [one.away / bare_radius(one.place, pose, size, category) for one in limbs]
    for one, bare in zip(limbs, away, strict=True):
        mine = worn & one.nearest
        found[mine & (one.place <= 0) & (middle < _YOKE)] = BODY
        on = mine & (one.place > _BEGINS) & (one.place < lengths[one.number] + _LONGER)
        beside, before = ~inside & (bare < _ON_ARM), inside & (bare < _BEFORE) & (one.place < 1) & (middle > _FLANK)
        found[on & (beside | before)] = _side(one, whole, category)
    off = np.min(away, axis=0)
    found[worn & (off > _OFF) & (inside | ((middle < _BELOW) & (down > 0)))] = BODY
    found[worn & (off > _CLEAR) & (middle < _MIDDLE)] = BODY
    return found


def _side(limb: Along, pose: Pose, category: Category) -> int:
    roots = [pose.point(joints[-3])[0] for _, joints in category.limbs]
    return LEFT if roots[limb.number] < np.mean(roots) else RIGHT


def _from_middle(pose: Pose) -> tuple[_Plane, _Plane]:
    """How far down from the neck pixels (H, W) are, 1 at the hips, and how far beside that line, in pixels."""
    neck, hips = np.array(pose.point(Joint.NECK)), np.array(pose.point(Joint.MID_HIP))
    way = hips - neck
    from_neck = np.stack(np.meshgrid(*map(np.arange, pose.size[::-1])), axis=2) - neck
    across = np.abs(from_neck[..., 0] * way[1] - from_neck[..., 1] * way[0]) / max(float(np.hypot(*way)), 1e-6)
    return (from_neck @ way / max(float(way @ way), 1e-6)).astype(np.float32), across.astype(np.float32)
