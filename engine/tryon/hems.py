"""Hems that run across: what hangs beside an arch of trousers hangs over it too.

An old top that opened over trousers, or a shirt's tail under a jacket, leaves an arch in what the photo shows of the
clothes below, and a network that is told to leave them alone hems the new garment around it.
"""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.category import UPPER, Category
from engine.pose import Joint, Pose

_BESIDE = 0.3  # of the hips' distance: how far beyond them a hem is looked at
_WIDE = 0.08  # of the picture's height: hips nearer to each other are seen from the side
_DEEPEST = 0.12  # of the height, of an arch: deeper ones are no hem, but a garment that is tucked in or worn open


def with_even_hem(labels: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) whose garment also covers what its hem only arches over."""
    hips = [pose.point(joint) for joint in (Joint.RIGHT_HIP, Joint.LEFT_HIP) if pose.found(joint)]
    height, width = labels.shape
    if not category.torso or len(hips) < 2:
        return labels
    left, right = sorted(x for x, _ in hips)
    beside = _BESIDE * (right - left)
    if right - left < _WIDE * height:
        return labels
    columns = slice(max(0, round(left - beside)), min(width, round(right + beside) + 1))
    part = labels[:, columns]
    hem = _hem(part, category)
    known = np.isfinite(hem)
    if np.count_nonzero(known) < part.shape[1] / 2:
        return labels
    hem = np.interp(np.arange(len(hem)), np.flatnonzero(known), hem[known])
    level = np.minimum(np.maximum.accumulate(hem), np.maximum.accumulate(hem[::-1])[::-1])
    if (level - hem).max() > _DEEPEST * height:
        return labels
    rows = np.arange(height)[:, None]
    arch = (rows > hem) & (rows <= level) & (part == category.beyond)
    made = labels.copy()
    made[:, columns][arch] = category.garment
    return made


def _hem(labels: Labels, category: Category) -> NDArray[np.float64]:
    """The last row of the garment in each column; infinite where there is none, or an arm hides how far it goes."""
    garment = labels == category.garment
    last = len(labels) - 1 - garment[::-1].argmax(axis=0)
    below = labels[np.minimum(last + 1, len(labels) - 1), np.arange(labels.shape[1])]
    told = garment.any(axis=0) & (last < len(labels) - 1) & ~np.isin(below, category.limb_classes)
    return np.where(told, last, np.inf).astype(np.float64)
