"""How far a garment reaches along each limb: the length of its sleeves, measured on who wears it.

In bones from the limb's root: 0 where it ends at the shoulder, 1 at the elbow, 2 at the wrist.
"""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.category.table import UPPER, Category
from engine.pose import Pose

_POINTS = 64  # on a limb's axis
_SEEN = 0.5  # of them that have to lie on the garment or on a limb


def bones_of(pose: Pose, category: Category = UPPER) -> list[NDArray[np.float64] | None]:
    """The last three joints (3, 2) of each limb as x, y; None where one was not found."""
    return [
        np.array([pose.point(joint) for joint in joints[-3:]]) if all(map(pose.found, joints[-3:])) else None
        for _, joints in category.limbs
    ]


def sleeve_lengths(labels: Labels, pose: Pose, category: Category = UPPER) -> NDArray[np.float32]:
    """(limbs,) from 0 to 2, nan for a limb that was not found or cannot be seen.

    labels: (H, W), the 13 classes of `engine.labels.SEGMENTATION`; pose: of any size. The length is the one that has
    most of the garment on the limb's axis before it, and most of what is bare of limbs (which cross) after it.
    """
    height, width = labels.shape
    lengths = np.full(len(category.limbs), np.nan, np.float32)
    along = np.linspace(0, 2, _POINTS)
    for number, bones in enumerate(bones_of(pose.scaled((height, width)), category)):
        if bones is None:
            continue
        x, y = (np.rint(np.interp(along, (0, 1, 2), places)).astype(int) for places in bones.T)
        on = labels[y.clip(0, height - 1), x.clip(0, width - 1)]
        covered, bare = on == category.garment, np.isin(on, category.limb_classes)
        if (covered | bare).mean() >= _SEEN:
            right = np.append(0, np.cumsum(covered)) + np.append(np.cumsum(bare[::-1])[::-1], 0)
            lengths[number] = 2 / _POINTS * np.flatnonzero(right == right.max()).mean()
    return lengths
