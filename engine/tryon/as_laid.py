"""Sleeves and hems that end as they do in the product photo: with corners, scallops and tails.

A network that predicts the parse at 256 rows rounds off where a garment ends, and a sleeve's end looks like a balloon
tied around the arm. The garment as the flow lays it has the ends that were cut and sewn. So near them its outline
counts, where both are about the same place, and on the way from there the one turns into the other.
"""

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
from engine.pose import Joint, Pose

# Of sleeves, in bones.
_SHORTEST, _LONGEST = 0.15, 1.6  # armholes have a rule of their own, and cuffs lie on hands
_APART = 0.25  # ends further apart are of two minds
_WHOLLY, _ABOUT = 0.2, 0.45  # from the end, up to which the laid outline is taken, and none of it
_WIDEST = 100 / 1024  # of the height: from a limb's bones to its sleeve's outline
_FLARE = 1.7  # half widths of a bare arm, from its bones: half of 101 worn sleeves end within 1.55, three quarters 1.9
_ROWS = 256  # of the picture in which places along limbs are found
# Of hems.
_HEM = 20 / 1024  # of the height: two hems nearer to each other are the same, and that far off the laid one counts
_BESIDE, _MOSTLY = 0.3, 0.7  # of the hips' distance, beside them; of the columns that tell a hem, that are alike
_RAGGED = 3 / 1024  # of the height: spread of the blur that takes a cut-out's teeth off
_FAR = 1000.0  # pixels, more than any sleeve is wide

_Plane = NDArray[np.float32]  # (H, W)


def with_sleeves_as_laid(labels: Labels, laid: BoolMask, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) whose sleeves end where the garment's do that the flow has `laid` (H, W), but do not
    stand out from the arms as those of one that lies flat."""
    garment, limbs = labels == category.garment, among(labels, category.limb_classes)
    share, room = _share_and_room(labels, laid & (garment | limbs), pose, category)
    return _blended(labels, laid, share, room, (*category.limb_classes, Seg.BACKGROUND), category)


def _share_and_room(labels: Labels, worn: BoolMask, pose: Pose, category: Category) -> tuple[_Plane, _Plane]:
    """How far (H, W), from 0 to 1, the laid outline counts, and how many pixels within a sleeve's widest one is there.

    worn: where (H, W) the garment would lie if all of the laid outline counted.
    """
    ends = sleeve_lengths(labels, pose, category)
    bared = np.where(labels == category.garment, np.uint8(category.limb_classes[0]), labels)
    others = sleeve_lengths(np.where(worn, np.uint8(category.garment), bared), pose, category)
    size = _ROWS, max(1, round(_ROWS * labels.shape[1] / labels.shape[0]))
    small, bones, scale = pose.scaled(size), bones_of(pose.scaled(size), category), len(labels) / _ROWS
    share, room = np.zeros(size, np.float32), np.full(size, _FAR, np.float32)
    for limb in along_limbs(pose, size, category):
        of, end, other = bones[limb.number], ends[limb.number], others[limb.number]
        if of is None or not (_SHORTEST < end < _LONGEST and abs(other - end) <= _APART):
            continue
        away = np.abs(limb.place - (end + other) / 2)
        here = limb.nearest & (limb.away < _WIDEST * _ROWS)
        share = np.where(here, ((_ABOUT - away) / (_ABOUT - _WHOLLY)).clip(0, 1), share)
        outside = outwards(of, small) * limb.beside > 0
        widest = _FLARE * bare_radius(limb.place, pose, size, category)
        room = np.where(here & outside, scale * (widest - limb.away), room)
    return _enlarged(share, labels.shape), _enlarged(room, labels.shape)


def _enlarged(plane: NDArray[np.floating], size: tuple[int, ...]) -> _Plane:
    return np.asarray(cv2.resize(plane.astype(np.float32), size[::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def with_hem_as_laid(labels: Labels, laid: BoolMask, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) whose garment ends below as the one does that the flow has `laid` (H, W)."""
    hips = pose.points((Joint.RIGHT_HIP, Joint.LEFT_HIP))
    if category.beyond is None or not category.torso or len(hips) < 2:
        return labels
    height, columns = len(labels), np.arange(labels.shape[1])
    garment, others = labels == category.garment, (category.beyond, Seg.BACKGROUND)
    hem, of_laid = (height - 1 - one[::-1].argmax(axis=0) for one in (garment, laid))
    left, right = sorted(x for x, _ in hips)
    beside = _BESIDE * (right - left)
    told = garment.any(axis=0) & laid.any(axis=0) & (columns > left - beside) & (columns < right + beside)
    told &= np.isin(labels[np.minimum(hem + 1, height - 1), columns], others) & (hem < height - 1)
    alike = told & (np.abs(hem - of_laid) < _HEM * height)
    if alike.sum() < max(_MOSTLY * told.sum(), (right - left) / 2, 1):
        return labels
    reach = np.ones((1, round(_HEM * height) | 1), np.float32)
    sums, counts = (cv2.filter2D(one.astype(np.float32)[None], -1, reach) for one in (np.where(told, hem, 0), told))
    near = 2 - np.abs(np.arange(height)[:, None] - sums / np.maximum(counts, 1)) / (_HEM * height)
    across = cv2.blur(cv2.dilate(alike.astype(np.float32)[None], reach.astype(np.uint8)), reach.shape[::-1])
    share = near.clip(0, 1) * across
    return _blended(labels, laid, share.astype(np.float32), np.full_like(share, _FAR, np.float32), others, category)


def _blended(
    labels: Labels, laid: BoolMask, share: _Plane, room: _Plane, classes: tuple[int, ...], category: Category
) -> Labels:
    """The labels (H, W) with a garment's outline between theirs and the laid one (H, W), as far as `share` (H, W) says,
    before what is of some classes.

    room: pixels (H, W) within the widest outline, negative outside of it.
    """
    if not share.any():
        return labels
    box = box_around(share > 0, round(4 * _RAGGED * len(labels)))
    part, weight, old = labels[box], share[box], labels[box] == category.garment
    new = np.minimum(cv2.GaussianBlur(_depth(laid[box]), (0, 0), _RAGGED * len(labels)), room[box])
    depth = weight * new + (1 - weight) * _depth(old)
    beside = among(part, classes)
    gained, lost = (weight > 0) & beside & (depth > 0), (weight > 0) & old & (depth <= 0)
    made, anew = labels.copy(), np.where(gained, np.uint8(category.garment), part)
    if lost.any() and beside.any():
        anew[lost] = nearest_values(part, beside, lost, cv2.DIST_MASK_3)
    made[box] = anew
    return made


def _depth(region: BoolMask) -> _Plane:
    """Pixels (H, W) from a region's outline, positive inside."""
    inside, outside = (cv2.distanceTransform(one.astype(np.uint8), cv2.DIST_L2, 5) for one in (region, ~region))
    return np.asarray(inside - outside, np.float32)
