"""Sleeves that end as they do in the product photo: straight across the arm, with corners.

A network that predicts the parse at 256 rows rounds a sleeve's end off, and the end looks like a balloon tied around
the arm. The garment as the flow lays it has the end that was cut and sewn.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import along_limbs, bare_radius, outwards
from engine.category.sleeves import bones_of, sleeve_lengths
from engine.imaging.filling import nearest_values
from engine.imaging.planes import among, box_around, enlarged
from engine.labels import Seg
from engine.pose import Pose

_SHORTEST, _LONGEST = 0.15, 1.3  # bones: armholes have a rule of their own, and cuffs lie on hands
_APART = 0.25  # bones: ends further apart are of two minds
# In bones from the end, up to which the laid outline is taken, and none of it: above, and below, where what is laid
# beside an arm is the body's cloth, which lies behind it.
_WHOLLY, _ABOVE = 0.2, 0.45
_SLANT, _BELOW = 0.08, 0.3
_WIDEST = 100 / 1024  # of the height: from a limb's bones to its sleeve's outline
_FLARE = 1.7  # half widths of a bare arm, from its bones: half of 101 worn sleeves end within 1.55, three quarters 1.9
_RAGGED = 3 / 1024  # of the height: spread of the blur that takes a cut-out's teeth off
_ROWS = 256  # of the picture in which places along limbs are found
_FAR = 1000.0  # pixels, more than any sleeve is wide

_Plane = NDArray[np.float32]  # (H, W)


def with_cuffs_as_laid(labels: Labels, laid: BoolMask, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) whose sleeves end where the garment's do that the flow has `laid` (H, W).

    Where the two ends are far apart, or an arm is folded, nothing is changed. On the way from the end to the shoulder
    one outline turns into the other. Cloth of the body does not come to lie before an arm.
    """
    garment, limbs = labels == category.garment, among(labels, category.limb_classes)
    share, room = _near_ends(labels, laid & (garment | limbs), pose, category)
    if not share.any():
        return labels
    box = box_around(share > 0, round(4 * _RAGGED * len(labels)))
    part, weight = labels[box], share[box]
    new = np.minimum(cv2.GaussianBlur(_depth(laid[box]), (0, 0), _RAGGED * len(labels)), room[box])
    depth = weight * new + (1 - weight) * _depth(garment[box])
    bare = limbs[box] | (part == Seg.BACKGROUND)
    gained, lost = (weight > 0) & bare & (depth > 0), (weight > 0) & garment[box] & (depth <= 0)
    made, anew = labels.copy(), np.where(gained, np.uint8(category.garment), part)
    if lost.any() and bare.any():
        anew[lost] = nearest_values(part, bare, lost, cv2.DIST_MASK_3)
    made[box] = anew
    return made


def _near_ends(labels: Labels, worn: BoolMask, pose: Pose, category: Category) -> tuple[_Plane, _Plane]:
    """How far (H, W), from 0 to 1, the laid outline counts, and how many pixels within a sleeve's widest one is there.

    worn: where (H, W) the garment would lie if all of the laid outline counted.
    """
    bared = np.where(labels == category.garment, np.uint8(category.limb_classes[0]), labels)
    predicted = sleeve_lengths(labels, pose, category)
    laid = sleeve_lengths(np.where(worn, np.uint8(category.garment), bared), pose, category)
    size = _ROWS, max(1, round(_ROWS * labels.shape[1] / labels.shape[0]))
    small, bones, scale = pose.scaled(size), bones_of(pose.scaled(size), category), len(labels) / _ROWS
    share, room = np.zeros(size), np.full(size, _FAR)
    for limb in along_limbs(pose, size, category):
        of, end, other = bones[limb.number], predicted[limb.number], laid[limb.number]
        if of is None or _folded(of) or not (_SHORTEST < end < _LONGEST and abs(other - end) <= _APART):
            continue
        here = limb.nearest & (limb.away < _WIDEST * _ROWS)
        below = limb.place - (end + other) / 2
        near = np.where(below > 0, (_BELOW - below) / (_BELOW - _SLANT), (_ABOVE + below) / (_ABOVE - _WHOLLY))
        share = np.where(here, near.clip(0, 1), share)
        outside = outwards(of, small) * limb.beside > 0
        widest = _FLARE * bare_radius(limb.place, pose, size, category)
        room = np.where(here & outside, scale * (widest - limb.away), room)
    return enlarged(share.astype(np.float32), labels.shape), enlarged(room.astype(np.float32), labels.shape)


def _folded(bones: NDArray[np.float64]) -> bool:
    """Whether a limb (3, 2) is bent by more than a right angle: a raised arm gets a sleeve as if it hung."""
    upper, lower = np.diff(bones, axis=0)
    return float(upper @ lower) < 0


def _depth(region: BoolMask) -> _Plane:
    """Pixels (H, W) from a region's outline, positive inside."""
    inside, outside = (cv2.distanceTransform(one.astype(np.uint8), cv2.DIST_L2, 5) for one in (region, ~region))
    return np.asarray(inside - outside, np.float32)
