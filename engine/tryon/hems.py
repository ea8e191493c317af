"""Hems that run across: what hangs beside an arch of trousers hangs over it too, and no tongue hangs out of them.

An old top that opened over trousers, or a shirt's tail under a jacket, leaves an arch in what the photo shows of the
clothes below, and a network that is told to leave them alone hems the new garment around it. A bag before the old hem,
its drooping corner, or trousers of the top's colour that were taken for it leave the opposite: a tongue.
"""

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.labels import Seg
from engine.pose import Joint, Pose

_BESIDE = 0.3  # of the hips' distance: how far beyond them a hem is looked at
_WIDE = 0.08  # of the picture's height: hips nearer to each other are seen from the side
_DEEPEST = 0.12  # of the height: deeper arches are tucked in or worn open, deeper tongues sleeves
_TONGUE = 0.5  # of the hips' distance: what hangs down on fewer columns is no hem
_DROOP = 0.02  # of the height: as far any hem droops
_SLEEVE = 0.02  # of the height, from a forearm's bones: what hangs there is a sleeve


def with_even_hem(labels: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) whose garment covers what its hem only arches over, without the tongues of its hem."""
    columns = _columns(labels, pose)
    if not category.torso or columns is None:
        return labels
    made = labels.copy()
    part = made[:, columns]
    if (hem := _hem(part, category, level_ends=False)) is not None:
        _cover_arch(part, hem, category)
    if (hem := _hem(part, category, level_ends=True)) is not None:
        _cut_tongues(made, columns, hem, pose, category)
    return made


def _columns(labels: Labels, pose: Pose) -> slice | None:
    """Those of the hips and a little beside them; None where these are not known or seen from the side."""
    hips = pose.points((Joint.RIGHT_HIP, Joint.LEFT_HIP))
    height, width = labels.shape
    if len(hips) < 2:
        return None
    left, right = sorted(x for x, _ in hips)
    beside = _BESIDE * (right - left)
    if right - left < _WIDE * height:
        return None
    return slice(max(0, round(left - beside)), min(width, round(right + beside) + 1))


def _hem(part: Labels, category: Category, *, level_ends: bool) -> NDArray[np.float64] | None:
    """The last row of the garment in each column, even between those that tell it; None where fewer than half do.

    level_ends: what is left and right of all that tell it lies as high as most of them, rather than as the nearest.
    """
    garment = part == category.garment
    last = len(part) - 1 - garment[::-1].argmax(axis=0)
    below = part[np.minimum(last + 1, len(part) - 1), np.arange(part.shape[1])]
    told = garment.any(axis=0) & (last < len(part) - 1) & ~np.isin(below, category.limb_classes)
    if np.count_nonzero(told) < part.shape[1] / 2:
        return None
    side = float(np.median(last[told])) if level_ends else None
    return np.asarray(np.interp(np.arange(len(told)), np.flatnonzero(told), last[told], left=side, right=side))


def _cover_arch(part: Labels, hem: NDArray[np.float64], category: Category) -> None:
    level = np.minimum(np.maximum.accumulate(hem), np.maximum.accumulate(hem[::-1])[::-1])
    if (level - hem).max() > _DEEPEST * len(part):
        return
    rows = np.arange(len(part))[:, None]
    part[(rows > hem) & (rows <= level) & (part == category.beyond)] = category.garment


def _cut_tongues(made: Labels, columns: slice, hem: NDArray[np.float64], pose: Pose, category: Category) -> None:
    """What hangs there, and what is nothing below it, becomes clothes of the other kind."""
    beyond = category.beyond
    if beyond is None:
        return
    wide = round(_TONGUE * len(hem) / (1 + 2 * _BESIDE))
    lowest = sliding_window_view(np.pad(hem, wide, mode="edge"), wide).min(axis=1)
    level = sliding_window_view(lowest, wide).max(axis=1)[1:-1]  # an opening (Matheron): no bump narrower than that
    beside = columns.start, made.shape[1] - columns.stop
    droop = np.pad(hem - level, beside)
    below = np.arange(len(made))[:, None] > np.pad(level, beside, mode="edge")
    forearms = _forearms(pose, category)
    count, pieces = cv2.connectedComponents((below & (made == category.garment)).astype(np.uint8), connectivity=4)
    for tongue in (pieces == number for number in range(1, count)):
        here = tongue.any(axis=0)
        deep = droop[here].max() / len(made)
        if _DROOP < deep <= _DEEPEST and not (tongue & forearms).any():
            made[tongue | (below & here & (made == Seg.BACKGROUND))] = beyond


def _forearms(pose: Pose, category: Category) -> BoolMask:
    """Along the bones (H, W) of the forearms that are known."""
    drawn = np.zeros(pose.size, np.uint8)
    for _, (*_, bend, end) in category.limbs:
        if pose.found(bend) and pose.found(end):
            ends = np.round([pose.point(bend), pose.point(end)]).astype(np.int32)
            cv2.polylines(drawn, [ends], isClosed=False, color=1, thickness=round(2 * _SLEEVE * pose.size[0]))
    return drawn > 0
