"""Whole hips: where an old sleeve or top came off, a network that sees a pose alone leaves wall in the middle of
somebody's trousers, and a new top that is narrower than they are.
"""

import cv2
import numpy as np

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.category.along_limbs import drawn_bones
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.components import each_part, runs, small_parts
from engine.imaging.planes import among
from engine.labels import Seg
from engine.pose import Joint, Pose

_OTHERS, _OPEN = 0.3, 0.1  # of a piece's outline: other clothes there, more of them; and wall, less of it
_BESIDE, _BONE = 3, 3  # pixels around a piece that are looked at, and of a bone's thickness
_BEHIND_ARM = 0.15  # of a piece's outline: an arm there, more of it
_LEAST, _MOST = 8e-4, 1.5e-2  # of the picture: such pieces
_SOLID = 0.75  # of its convex hull: more ragged ones are remains of a pattern
_ABOVE = 0.03  # of the height: as far above the hips other clothes may begin
_NOTCH = 15 / 1024  # of the height: an outline's notches leave single rows open, and fill others
_LEDGE = 10 / 1024  # of the height: a narrower one is none
_STEEP = 3.0  # of a ledge's width, over which a garment grows as wide


def with_whole_hips(labels: Labels, before: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """The parse (H, W) without background between arms and other clothes, or between pieces of these, where the photo's
    labels `before` (H, W) show the old garment: what that has covered there is hip."""
    if category.beyond is None:
        return labels
    made, opened = labels.copy(), (labels == Seg.BACKGROUND) & (before == category.garment)
    for box, inside in each_part(opened, 3):
        around = labels[box][grown_mask(inside, 2) & ~inside]
        others, wall = ((around == label).mean() if around.size else 0 for label in (category.beyond, Seg.BACKGROUND))
        if others > _OTHERS and wall < _OPEN:
            made[box][inside] = category.beyond
    hips = pose.points((Joint.RIGHT_HIP, Joint.LEFT_HIP))
    if category.torso and hips:
        rows = slice(max(0, round(min(y for _, y in hips) - _ABOVE * len(labels))), None)
        middle = float(np.mean([x for x, _ in hips]))
        between = _between(made[rows], opened[rows], category.garment, category.beyond, middle)
        made[rows][_without_notches(between, made[rows] == category.beyond, opened[rows], len(made))] = category.beyond
    return made


def with_hips_behind_arms(labels: Labels, before: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """The parse (H, W) in which there is the garment, and below its hem other clothes, where behind an arm the photo's
    labels `before` (H, W) show a piece of the old one."""
    hem = _lowest(labels, pose, category)
    if hem is None or category.beyond is None:
        return labels
    made, old, limbs = labels.copy(), before == category.garment, among(before, category.limb_classes)
    first = _shoulders(pose, category)
    bones, rows = drawn_bones(pose, pose.size, _BONE, category), np.arange(len(labels))[:, None]
    for box, inside in each_part(small_parts(old, 8, share=1.0), 3):  # all but the largest
        around = grown_mask(inside, _BESIDE) & ~inside
        behind = limbs[box][around].mean() > _BEHIND_ARM if around.any() else False
        fits = _LEAST < inside.sum() / labels.size < _MOST and _solid(inside)
        if not (behind and fits) or box[0].stop <= first or (inside & bones[box]).any():
            continue
        free = inside & among(labels[box], (Seg.BACKGROUND, *category.limb_classes))
        below = rows[box[0]] > hem
        made[box][free & ~below], made[box][free & below] = category.garment, category.beyond
    return made


def _shoulders(pose: Pose, category: Category) -> int:
    """The row of the higher shoulder: what is seen above it is a raised cuff, or a hand."""
    roots = pose.points(joints[-3] for _, joints in category.limbs)
    return max(0, round(min((y for _, y in roots), default=0)))


def _lowest(labels: Labels, pose: Pose, category: Category) -> float | None:
    """The row in which most of a garment ends between the hips; None where that is not to be seen."""
    hips = pose.points((Joint.RIGHT_HIP, Joint.LEFT_HIP))
    if len(hips) < 2 or not category.torso:
        return None
    left, right = sorted(round(x) for x, _ in hips)
    part = labels[:, max(0, left) : right + 1] == category.garment
    here = part.any(axis=0)
    return float(np.median(len(part) - 1 - part[::-1].argmax(axis=0)[here])) if here.any() else None


def _solid(piece: BoolMask) -> bool:
    hull = cv2.convexHull(cv2.findNonZero(piece.astype(np.uint8)))
    return float(piece.sum()) > _SOLID * cv2.contourArea(hull)


def without_ledges(labels: Labels, before: Labels, category: Category = UPPER) -> Labels:
    """The parse (H, W) whose garment is as wide as the other clothes that it ends on, where the photo's labels `before`
    (H, W) show the old one there: no ledge of a hip sticks out below the hem."""
    if category.beyond is None or not category.torso:
        return labels
    made, others = labels.copy(), labels == category.beyond
    open_place = (labels == Seg.BACKGROUND) & (before == category.garment)
    first, columns, rows = others.argmax(axis=0), np.arange(labels.shape[1]), np.arange(len(labels))[:, None]
    for start, stop in runs(others.any(axis=0) & open_place[np.maximum(first - 1, 0), columns]):
        width, top = stop - start, first[start:stop]
        if width < _LEDGE * len(labels) or np.ptp(top) > width:
            continue
        hem = np.pad(labels[max(int(top.min()) - 2, 0)], 1)  # of the row above, begun one column earlier
        ends = [at for at in (start - 1, stop) if hem[at + 1] == category.garment]
        if len(ends) == 1:
            away = np.abs(columns[start:stop] - ends[0]) / width
            wedge = (rows >= top - _STEEP * width * (1 - away)) & (rows < top)
            made[:, start:stop][wedge & open_place[:, start:stop]] = category.garment
    return made


def _between(part: Labels, opened: BoolMask, garment: int, others: int, middle: float) -> BoolMask:
    """What of the opened place (h, w) has other clothes on the side away from the body's middle, a column, and clothes
    of either kind on the one towards it, behind arms too: a garment further out is a sleeve."""
    clothes = among(part, (garment, others))
    wall = (part == Seg.BACKGROUND) & ~opened
    left = _nearest(part, clothes, wall)
    right = _nearest(part[:, ::-1], clothes[:, ::-1], wall[:, ::-1])[:, ::-1]
    on_left = np.arange(part.shape[1]) < middle
    outer, inner = np.where(on_left, left, right), np.where(on_left, right, left)
    return np.asarray(opened & (part == Seg.BACKGROUND) & (outer == others) & (inner != Seg.BACKGROUND), dtype=np.bool_)


def _without_notches(found: BoolMask, others: BoolMask, opened: BoolMask, height: int) -> BoolMask:
    """What was found (h, w) row by row, as one with its neighbours above and below."""
    column = np.ones((max(1, round(_NOTCH * height)), 1), np.uint8)
    closed = cv2.morphologyEx((found | others).view(np.uint8), cv2.MORPH_CLOSE, column)
    whole = cv2.morphologyEx(closed, cv2.MORPH_OPEN, column) > 0
    return np.asarray(whole & opened & ~others, dtype=np.bool_)


def _nearest(part: Labels, clothes: BoolMask, wall: BoolMask) -> Labels:
    """The nearest clothes (h, w) left of each pixel in a part of a parse (h, w); background where wall is nearer."""
    at = np.arange(part.shape[1])
    last, end = (np.maximum.accumulate(np.where(one, at, -1), axis=1) for one in (clothes, wall))
    return np.where(last > end, np.take_along_axis(part, np.maximum(last, 0), axis=1), np.uint8(Seg.BACKGROUND))
