"""Forearms that the picture's lower edge cuts off go on to it, as the old sleeves did.

Where the wrist lies beyond the picture there is no joint, and a network that predicts the parse from joints lets the
arm end as a stump.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import along_path, bare_radius
from engine.imaging.planes import among
from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.values import Sleeves

_FOREARM = 0.9  # upper arms, at least: an elbow that is nearer to the edge has its wrist beyond it


def with_cut_arms(
    labels: Labels, before: Labels, pose: Pose, sleeves: Sleeves | None, category: Category = UPPER
) -> Labels:
    """A predicted parse (H, W) with limbs down to the picture's edge, in sleeves as far as these reach.

    before: the photo's own labels (H, W): a limb goes on where the old garment or a limb was.
    """
    size = labels.shape[0], labels.shape[1]
    made = labels.copy()
    for joints, limb in zip((joints for _, joints in category.limbs), category.limb_classes, strict=True):
        bones = _beyond(pose.scaled(size), joints)
        if bones is None:
            continue
        beside, place = along_path(size, bones)
        arm = (place > 1) & (np.abs(beside) <= bare_radius(place, pose, size, category))
        arm &= (made == Seg.BACKGROUND) & among(before, (category.garment, *category.limb_classes))
        covered = arm & (place < (0 if sleeves is None else sleeves.length))
        made[arm] = limb
        made[covered] = category.garment
    return made


def _beyond(pose: Pose, joints: Sequence[Joint]) -> NDArray[np.float64] | None:
    """Shoulder, elbow and, where it lies below the picture, the wrist of a straight arm (3, 2); else None."""
    root, bend, end = joints[-3:]
    if not (pose.found(root) and pose.found(bend)) or pose.found(end):
        return None
    (x0, y0), (x1, y1) = pose.point(root), pose.point(bend)
    if y1 + _FOREARM * math.dist((x0, y0), (x1, y1)) < pose.size[0]:
        return None
    return np.array([(x0, y0), (x1, y1), (2 * x1 - x0, 2 * y1 - y0)])
