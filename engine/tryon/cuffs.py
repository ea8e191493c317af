"""Sleeves that end as they do in the product photo: straight across the arm, with corners.

A network that predicts the parse at 256 rows rounds a sleeve's end off, and the end looks like a balloon tied around
the arm. The garment as the flow lays it has the end that was cut and sewn.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import along_limbs, bare_radius, outwards
from engine.category.sleeves import bones_of, sleeve_lengths
from engine.imaging.filling import nearest_values
from engine.imaging.planes import among, box_around
from engine.labels import Seg
from engine.pose import Pose

_SHORTEST, _LONGEST = 0.15, 1.3  # bones: armholes have a rule of their own, and cuffs lie on hands
_APART = 0.25  # bones: ends further apart are of two minds
_WHOLLY, _ABOUT = 0.2, 0.45  # bones from the end up to which the laid outline is taken, and none of it
_SLANT = 0.12  # bones: as much lower a sleeve ends on the outside; what is lower on the inside is the body's cloth
_WIDEST = 100 / 1024  # of the height: from a limb's bones to its sleeve's outline
# In half widths of a bare arm, from its bones: half of 101 worn sleeves end within 1.55, three quarters within 1.9.
_FLARE, _STEP = 1.7, 0.45  # as wide a sleeve ends at most, and as much wider than the arm out of it
_OUT_OF_IT = 0.05, 0.3  # bones below the end: the arm that comes out of it
_RAGGED = 3 / 1024  # of the height: spread of the blur that takes a cut-out's teeth off
_ROWS = 256  # of the picture in which places along limbs are found
_FAR = 1000.0  # pixels, more than any sleeve is wide

_Plane = NDArray[np.float32]  # (H, W)


def with_cuffs_as_laid(labels: Labels, laid: BoolMask, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) whose sleeves end where the garment's do that the flow has `laid` (H, W).

    Where the two ends are far apart nothing is changed. On the way from the end to the shoulder one outline turns into
    the other. Nothing of an arm comes to lie beside its sleeve, nor cloth of the body before it.
    """
    garment, limbs = labels == category.garment, among(labels, category.limb_classes)
    ends = _ends(labels, laid & (garment | limbs), pose, category)
    if not ends.share.any():
        return labels
    box = box_around(ends.share > 0, round(4 * _RAGGED * len(labels)))
    part, weight, below = labels[box], ends.share[box], ends.below[box]
    new = np.minimum(cv2.GaussianBlur(_depth(laid[box]), (0, 0), _RAGGED * len(labels)), ends.room[box])
    depth = weight * new + (1 - weight) * _depth(garment[box])
    limb, wall = limbs[box], part == Seg.BACKGROUND
    gained = (weight > 0) & (depth > 0) & (wall | (limb & (below < ends.slant[box])))
    lost = (weight > 0) & (depth <= 0) & garment[box]
    made, anew = labels.copy(), np.where(gained, np.uint8(category.garment), part)
    if lost.any() and (limb | wall).any():
        bare = nearest_values(part, limb | wall, lost, cv2.DIST_MASK_3)
        covered = (below[lost] < -_SLANT) & (bare != Seg.BACKGROUND)
        anew[lost] = np.where(covered, np.uint8(category.garment), bare)
    made[box] = anew
    return made


@dataclass(frozen=True, eq=False)
class _Ends:
    """How far (H, W), from 0 to 1, the laid outline counts near the ends of sleeves, how many pixels within a sleeve's
    widest outline a place is, how many bones below its end, and how many of these a sleeve may go on there."""

    share: _Plane
    room: _Plane
    below: _Plane
    slant: _Plane


def _ends(labels: Labels, worn: BoolMask, pose: Pose, category: Category) -> _Ends:
    """worn: where (H, W) the garment would lie if all of the laid outline counted."""
    bared = np.where(labels == category.garment, np.uint8(category.limb_classes[0]), labels)
    predicted = sleeve_lengths(labels, pose, category)
    laid = sleeve_lengths(np.where(worn, np.uint8(category.garment), bared), pose, category)
    size = _ROWS, max(1, round(_ROWS * labels.shape[1] / labels.shape[0]))
    small, bones, scale = pose.scaled(size), bones_of(pose.scaled(size), category), len(labels) / _ROWS
    arms = cv2.resize(labels, size[::-1], interpolation=cv2.INTER_NEAREST)
    share, room, below, slant = np.zeros(size), np.full(size, _FAR), np.zeros(size), np.zeros(size)
    for limb in along_limbs(pose, size, category):
        of, end, other = bones[limb.number], predicted[limb.number], laid[limb.number]
        if of is None or not (_SHORTEST < end < _LONGEST and abs(other - end) <= _APART):
            continue
        here = limb.nearest & (limb.away < _WIDEST * _ROWS)
        away = np.abs(limb.place - (end + other) / 2)
        share = np.where(here, ((_ABOUT - away) / (_ABOUT - _WHOLLY)).clip(0, 1), share)
        outside = outwards(of, small) * limb.beside > 0
        below, slant = np.where(here, limb.place - other, below), np.where(here & outside, _SLANT, slant)
        bare = bare_radius(limb.place, pose, size, category)
        comes = here & outside & (arms == category.limb_classes[limb.number])
        comes &= (limb.place > other + _OUT_OF_IT[0]) & (limb.place < other + _OUT_OF_IT[1])
        arm = np.percentile(limb.away[comes], 90) if comes.any() else np.inf
        room = np.where(here & outside, scale * (np.minimum(_FLARE * bare, arm + _STEP * bare) - limb.away), room)
    return _Ends(*(_enlarged(one, labels.shape) for one in (share, room, below, slant)))


def _depth(region: BoolMask) -> _Plane:
    """Pixels (H, W) from a region's outline, positive inside."""
    inside, outside = (cv2.distanceTransform(one.astype(np.uint8), cv2.DIST_L2, 5) for one in (region, ~region))
    return np.asarray(inside - outside, np.float32)


def _enlarged(plane: NDArray[np.floating], size: tuple[int, ...]) -> _Plane:
    return np.asarray(cv2.resize(plane.astype(np.float32), size[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
