"""Shoulders that the photo shows, on which every garment lies: it rises above them by its own thickness alone.

A network that predicts the parse from joints guesses how high a shoulder is; straps that stand in the air are seen at
once. What stands away from a body is a collar, near the neck, and a sleeve, beyond the joints.
"""

import numpy as np

from engine.arrays import Labels
from engine.category import UPPER, Category
from engine.imaging.colour_bleed import distance_from
from engine.labels import Seg
from engine.pose import Pose

_THICK, _COLLAR, _PUFF = 4 / 1024, 24 / 1024, 40 / 1024  # of the height: cloth on a shoulder, beside the neck, a sleeve
_NECK, _SLEEVE = 0.45, (0.85, 1.15)  # from the middle, in shoulders' half widths


def lying_on_shoulders(labels: Labels, before: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) without garment in the air above the shoulders.

    before: the photo's own labels (H, W), whose background is what is not of the person.
    """
    joints = next(iter(category.limbs))[1][:2]
    if not all(pose.found(joint) for joint in joints):
        return labels
    (x0, y0), (x1, y1) = sorted(pose.point(joint) for joint in joints)
    half = (x1 - x0) / 2
    if half < 2 * _COLLAR * len(labels):
        return labels  # from the side
    rows, columns = (np.arange(side, dtype=np.float32) for side in labels.shape)
    out = np.abs(columns - (x0 + x1) / 2) / half
    allowed = _THICK + _COLLAR * (1 - out / _NECK).clip(0, 1) + _PUFF * np.interp(out, _SLEEVE, (0, 1))
    above = (rows[:, None] < np.interp(columns, (x0, x1), (y0, y1))) & (out < _SLEEVE[1])
    perhaps, person = above & (labels == category.garment), before != Seg.BACKGROUND
    if not (perhaps & ~person).any():
        return labels
    in_the_air = perhaps & (distance_from(person) > allowed * len(labels))
    return np.where(in_the_air, np.uint8(Seg.BACKGROUND), labels)
