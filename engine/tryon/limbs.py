"""Bare arms and sleeves whose outline goes on where the old sleeve ended, sleeves without holes, whole forearms.

Below the old sleeve the photo shows how wide the arm is; above it a network has guessed, from a pose alone. Where the
two meet, a guess that is off by a finger's breadth is a step that everyone sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.category.sleeves import bones_of
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.components import runs
from engine.imaging.planes import among, box_around
from engine.labels import IGNORE, Seg
from engine.pose import Pose

# Shares of the picture's height.
_WIDEST = 90 / 1024  # from a limb's bones to its outline: further out is another part of the body
_STEP = 48 / 1024  # between a guessed outline and a seen one, at most: more is a wide sleeve's end
_FADES = 130 / 1024  # how far along the limb the guess is moved
_NEAR = 14 / 1024  # of the limb, on both sides of the old sleeve's end, over which the step is measured
_BEND = 12 / 1024  # over which a limb turns at its elbow
_HOLE = 130 / 1024  # of a sleeve, along the limb, at most
_ROOT, _SLEEVE = (0.05, 0.35), 0.2  # of the upper arm: a bare shoulder above a sleeve, and that sleeve, at least
_CUFF = 12 / 1024  # of a bare arm that a sleeve covers, at least
_FOREARM = 50 / 1024  # from its bones to its outline, at most
_BARE, _BARE_SHARE = 0.25, 0.6  # of the forearm, from the elbow; of that, to end the sleeve before it
_TEETH = 5 / 1024  # that moving a drawn outline leaves


def with_whole_limbs(labels: Labels, before: Labels, pose: Pose, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) that is true to the photo where that shows it, with limbs that are whole.

    before: the photo's own labels (H, W), the old garment's where its place is open. The outline of a limb, or of the
    sleeve over it, is moved to meet the photo's where the old sleeve ended; a sleeve that covers the arm further down
    has no hole further up, nor one bare shoulder above it, and one that ends before the elbow covers nothing of the
    forearm. Where an old sleeve was seen no limb is torn in two.
    """
    made = labels.copy()
    open_place = (before == category.garment) | (before == IGNORE)
    limbs = [
        (arm, None if bones is None else _Limb.along(bones.astype(np.float32), pose.size[0]))
        for arm, bones in zip(category.limb_classes, bones_of(pose, category), strict=True)
    ]
    _cover_shoulder(made, [(arm, limb) for arm, limb in limbs if limb is not None], category)
    for arm, limb in limbs:
        if limb is None:
            continue
        _close_sleeve(made, before, limb, arm, category)
        _free_forearm(made, before, limb, arm, category)
        _bridge(made, before, limb, category)
        for side in (-1, 1):
            _meet(made, open_place, limb.on_side(side), category)
    return made


@dataclass(frozen=True)
class _Limb:
    """Points (T, 2) of a limb's axis, a pixel apart, shoulder first, and the direction (T, 2) out of it on one side.

    bend: which of the points is the elbow.
    """

    axis: NDArray[np.float32]
    across: NDArray[np.float32]
    height: int
    bend: int

    @classmethod
    def along(cls, points: NDArray[np.float32], height: int) -> "_Limb | None":
        """Along joints (3, 2) of a picture so high; None where all are at one place."""
        lengths = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
        if lengths[-1] < 4 * _NEAR * height:
            return None
        along = np.arange(int(lengths[-1]))
        axis = np.stack([np.interp(along, lengths, points[:, one]) for one in (0, 1)], axis=1).astype(np.float32)
        way = np.gradient(axis, axis=0).astype(np.float32)
        way = cv2.GaussianBlur(way, (1, 0), 0.1, sigmaY=_BEND * height, borderType=cv2.BORDER_REPLICATE)
        way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-6)
        return cls(axis, np.stack([-way[:, 1], way[:, 0]], axis=1), height, int(lengths[-2]))

    def on_side(self, side: int) -> "_Limb":
        return replace(self, across=self.across * side)

    def pixels(self, share: float) -> int:
        return max(1, round(share * self.height))

    @cached_property
    def _outward(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Columns and rows (T, K) of the pixels on the way out from each point."""
        out = np.arange(self.pixels(_WIDEST))
        places = np.rint(self.axis[:, None] + self.across[:, None] * out[None, :, None]).astype(np.int64)
        return places[..., 0], places[..., 1]

    def seen_from(self, picture: NDArray[np.generic], reach: int | None = None) -> NDArray[np.generic]:
        """The values (T, K) of a picture (H, W) on the way out from each point; beyond the picture its border's.

        reach: how many pixels of the way, all of it when None.
        """
        x, y = (one[:, :reach] for one in self._outward)
        height, width = picture.shape
        return np.asarray(picture[y.clip(0, height - 1), x.clip(0, width - 1)])

    def between(self, near: NDArray[np.float32], far: NDArray[np.float32], shape: tuple[int, ...]) -> BoolMask:
        """The mask of a shape (H, W) of what lies between two distances (T,) from the axis."""
        ends = [self.axis + self.across * one[:, None] for one in (near, far)]
        mask = np.zeros(shape, np.uint8)
        wide = far - near > 1
        for start in np.flatnonzero(wide[:-1] & wide[1:]):
            corners = np.array([ends[0][start], ends[0][start + 1], ends[1][start + 1], ends[1][start]])
            cv2.fillConvexPoly(mask, np.rint(corners).astype(np.int32), 1)
        return mask > 0


def _meet(made: Labels, open_place: BoolMask, limb: _Limb, category: Category) -> None:
    """Move the guessed outline on one side of a limb to where the photo's begins; `made` is changed."""
    seen = limb.seen_from(made)
    outside = seen == Seg.BACKGROUND
    extent = np.where(outside.any(axis=1), outside.argmax(axis=1), -1)
    rows, inside = np.arange(len(extent)), np.maximum(extent - 1, 0)
    guessed = limb.seen_from(open_place)[rows, inside]
    outermost = np.where(extent > 0, seen[rows, inside], IGNORE)
    old = extent.astype(np.float32)
    new, label = old.copy(), None
    # where, from the shoulder on, the photo begins to show the outline
    for end in (np.flatnonzero(guessed[:-1] & ~guessed[1:]) + 1).tolist():
        step = _step(end, extent, outermost, limb)
        if step is not None and int(outermost[end]) in category.parts:  # trousers beside an arm are no limb
            new += step * _fading(end, guessed, limb)
            new, label = _smoothed(new, end, limb), int(outermost[end])
    if label is None:
        return
    thinner, wider = limb.between(new, old, made.shape), limb.between(old - 1, new, made.shape)
    _drawn_anew(made, thinner, wider, label, open_place, category)


def _drawn_anew(
    made: Labels, thinner: BoolMask, wider: BoolMask, label: int, open_place: BoolMask, category: Category
) -> None:
    """Take `thinner` from the limb and give `wider` to it, in the open place and a little beside, without teeth."""
    height, rim = len(made), max(1, round(_NEAR * len(made)))
    box = box_around(thinner | wider, rim)
    part, less, more = made[box], thinner[box], wider[box]
    body = (part != Seg.BACKGROUND) & ~less | more
    smooth = cv2.medianBlur(body.astype(np.uint8), 2 * max(1, round(_TEETH * height)) + 1) > 0
    near = grown_mask(less | more, _TEETH * height) & grown_mask(open_place[box], _NEAR * height)
    part[near & ~smooth & among(part, list(category.parts))] = Seg.BACKGROUND
    part[near & smooth & (part == Seg.BACKGROUND)] = label


def _step(end: int, extent: NDArray[np.int64], outermost: NDArray[np.uint8], limb: _Limb) -> float | None:
    """By how many pixels the photo's outline lies further out than the guessed one; None where they are not one limb's.

    Right at the end neither is sure.
    """
    near = limb.pixels(_NEAR)
    here, there = slice(max(end - near, 0), max(end - near // 4, 1)), slice(end + near // 2, end + 3 * near // 2)
    if there.stop > len(extent) or (extent[here] <= 0).any() or (extent[there] <= 0).any():
        return None
    labels = np.concatenate([outermost[here], outermost[there]])
    step = float(np.median(extent[there]) - np.median(extent[here]))
    return step if (labels == labels[0]).all() and abs(step) <= limb.pixels(_STEP) else None


def _fading(end: int, guessed: NDArray[np.bool_], limb: _Limb) -> NDArray[np.float32]:
    """(T,): 1 at the old sleeve's end, less and less before it, 0 where nothing is guessed."""
    before = end - np.arange(len(guessed), dtype=np.float32)
    share = np.cos(np.pi / 2 * (before / limb.pixels(_FADES)).clip(0, 1)) ** 2
    stretch = np.flatnonzero(~guessed[:end])
    start = int(stretch[-1]) + 1 if len(stretch) else 0
    share[:start] = share[end:] = 0
    return np.asarray(share, dtype=np.float32)


def _smoothed(extent: NDArray[np.float32], end: int, limb: _Limb) -> NDArray[np.float32]:
    """The outline (T,) straight around the old sleeve's end, whose own outline the photo's parse shows there."""
    near = limb.pixels(_NEAR)
    first, last = max(end - 2 * near, 0), min(end + near, len(extent) - 1)
    made = extent.copy()
    made[first : last + 1] = np.interp(np.arange(first, last + 1), [first, last], extent[[first, last]])
    return made


def _cover_shoulder(made: Labels, limbs: Sequence[tuple[int, _Limb]], category: Category) -> None:
    """Give one bare shoulder above a sleeve to the garment, which lies on the other; `made` is changed. Where both are
    bare it is worn below them."""
    places = [limb.seen_from(made, 1)[:, 0] for _, limb in limbs]
    bare = [_bare_root(place, arm, limb, category) for place, (arm, limb) in zip(places, limbs, strict=True)]
    skin = [bool(len(place)) and place[0] in category.limb_classes for place in places]
    if len(limbs) < 2 or sum(skin) != 1:
        return
    for (arm, limb), length in zip(limbs, bare, strict=True):
        if length:
            _give_piece(made, arm, limb, length // 2, category)


def _bare_root(on_axis: NDArray[np.generic], arm: int, limb: _Limb, category: Category) -> int:
    """How many of the points (T,) from a limb's root on are its skin, if a sleeve follows; else 0."""
    sleeve = on_axis == category.garment
    first = int(sleeve.argmax())
    follows = int(sleeve[first : first + limb.bend].sum())
    is_bare = _ROOT[0] * limb.bend < first <= _ROOT[1] * limb.bend and (on_axis[:first] == arm).all()
    return first if is_bare and follows > _SLEEVE * limb.bend else 0


def _close_sleeve(made: Labels, before: Labels, limb: _Limb, arm: int, category: Category) -> None:
    """Give pieces of the arm to the sleeve that covers it above and below; `made` is changed."""
    on_axis, was = limb.seen_from(made, 1)[:, 0], limb.seen_from(before, 1)[:, 0]
    sleeve = on_axis == category.garment
    cuffs = np.flatnonzero(sleeve & (was == arm))
    if len(cuffs) < limb.pixels(_CUFF):
        return
    last = int(cuffs[-1])
    for start, stop in runs(~sleeve[:last]):
        if start > 0 and stop - start <= limb.pixels(_HOLE) and (on_axis[start:stop] == arm).all():
            _give_piece(made, arm, limb, (start + stop) // 2, category)


def _give_piece(made: Labels, arm: int, limb: _Limb, at: int, category: Category) -> None:
    """Give the piece of the arm at one of the limb's points to the sleeve, if it is no whole arm; `made` is changed."""
    _, pieces = cv2.connectedComponents((made == arm).astype(np.uint8))
    piece = pieces == limb.seen_from(pieces, 1)[at, 0]
    if piece.sum() <= 2 * limb.pixels(_WIDEST) * limb.pixels(_HOLE):
        made[piece] = category.garment


def _free_forearm(made: Labels, before: Labels, limb: _Limb, arm: int, category: Category) -> None:
    """Give a forearm that is bare from the elbow on to the arm, also where a raised one lies before the sleeve or the
    chest; `made` is changed. A parse may call the end of an arm that crosses the body the other arm's."""
    skin = among(before, category.limb_classes)
    seen = limb.seen_from(skin, 1)[limb.bend :, 0]
    bare = seen & (limb.seen_from(made, 1)[limb.bend :, 0] == arm)
    start = bare[: max(1, round(_BARE * len(bare)))]
    if len(bare) < limb.pixels(_CUFF) or start.mean() < _BARE_SHARE:
        return
    forearm = np.zeros(made.shape, np.uint8)
    points = np.rint(limb.axis[limb.bend :]).astype(np.int32)[:, None]
    cv2.polylines(forearm, [points], isClosed=False, color=1, thickness=2 * limb.pixels(_FOREARM))
    made[(forearm > 0) & skin & (made == category.garment)] = arm


def _bridge(made: Labels, before: Labels, limb: _Limb, category: Category) -> None:
    """Close gaps across a limb where the old sleeve is seen: what lies beyond one goes on; `made` is changed."""
    on_axis, was = (limb.seen_from(one, 1)[:, 0] for one in (made, before))
    for start, stop in runs(on_axis == Seg.BACKGROUND):
        ends = [start - 1, stop]
        if start == 0 or stop == len(on_axis) or not (was[start:stop] == category.garment).all():
            continue
        if not np.isin(on_axis[ends], list(category.parts)).all():
            continue
        torn = (made == Seg.BACKGROUND) & (before == category.garment)
        for half in (limb.on_side(side) for side in (-1, 1)):
            width = (half.seen_from(made)[ends] == Seg.BACKGROUND).argmax(axis=1)
            reach = np.zeros(len(on_axis), np.float32)
            reach[start - 1 : stop + 1] = np.interp(np.arange(start - 1, stop + 1), ends, width)
            made[half.between(np.zeros_like(reach) - 1, reach, made.shape) & torn] = on_axis[stop]
