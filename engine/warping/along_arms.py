"""Long sleeves laid along the arms, each for itself, onto a garment that a dense flow has laid.

A flow of one piece cannot tear between sleeve and body, and where it need not follow bare arms it makes a cape. After
GP-VTON (Xie et al., CVPR 2023), which learns a flow for each part; here the sleeves' are drawn, from where the photo
shows them to where the pose has the arms.

Lengths are pixels of 256 x 192 unless something else is said, in the photo and on the person.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.arrays import BoolMask, Size
from engine.category import UPPER, Category
from engine.category.along_limbs import Along, along_limbs, bare_radius, outwards, trunk
from engine.category.sleeves import bones_of
from engine.imaging.filling import fill
from engine.imaging.planes import box_around
from engine.imaging.sampling import taken_from
from engine.networks.flow import SIZE, rest_grid
from engine.pose import Pose
from engine.warping.parts import Part, Parts

NOWHERE = -6.0  # half pictures beside the place: what a flow says where the garment is not
_LOOSE = 2.2  # bare arms that a sleeve is wide at most
_OVER = 1.08  # bare arms that it is wide at least
_HEM = 0.92  # of half a sleeve's width in the photo: what lies beyond is mixed with what is behind it
_JOIN = 0.25  # of a sleeve: from its root on it is more and more laid along the arm
_ROOTS = np.linspace(0.05, 0.8, 24)  # bones down the arm where a sleeve may begin
_ROOTED = 0.3  # of the body's width: so far from a sleeve's root in the photo it does not begin
_LENGTHS = 0.55, 2.0  # times as long as the body's scale says: else what was found is no sleeve
_MARKED = 1.25  # the most of these where it is marked: beyond, the marks end too early, or are a turned body's side
_WHOLE = 2.05  # bones: nobody's sleeve ends farther down
_GAP = 8  # so wide a gap between body and sleeve is none: there the flow has laid the body too narrow
_SHADE = 0.3, 2.0, 1.0  # how much darker beside a sleeve, and how far that reaches on the body and on the sleeve
_TORN = 4.0  # in the photo, beside the mean: neighbours that lie farther apart are not joined

_Plane = NDArray[np.float32]  # (H, W)
_Places = NDArray[np.float32]  # (H, W, 2): x, y in the product photo


@dataclass(frozen=True, eq=False)
class Laid:
    """A flow (2, H, W), and how light (H, W), up to 1, a garment is where sleeves that it lays shade the body."""

    flow: NDArray[np.float32]
    shade: NDArray[np.float32] | None


def with_sleeves(
    flow: NDArray[np.float32],
    garment: Parts,
    pose: Pose,
    length: float,
    size: Size,
    category: Category = UPPER,
    *,
    shop: NDArray[np.float32] | None = None,
    behind: frozenset[int] = frozenset(),
    region: BoolMask | None = None,
) -> Laid:
    """A flow (2, h, w) with each sleeve along its arm; the same flow where there is nothing to do.

    length: where the sleeves end, in bones from the shoulder, 0.3 at least. shop: what the flow leads to, where that is
    not the garment's photo (`engine.warping.hanging`). behind: limbs, by their number in `Category.limbs`, that the
    body hides. region (H, W): where the garment is to be, if that is known by now; there it goes on.
    """
    coarse = _places(flow, SIZE, shop)
    scale = _scale(coarse, garment.body)
    reach = _ROOTED * float(garment.body.any(axis=0).sum())
    arms = [
        arm
        for limb, sleeve in _pairs(garment, pose, category)
        if limb.number not in behind and (arm := _arm(limb, sleeve, coarse, scale, reach, length, pose, category))
    ]
    if shop is None and not arms:
        return Laid(flow, None)
    made = coarse if size == SIZE else _places(flow, size, shop)
    laid, lost, beyond = np.zeros((3, *size), np.bool_)
    shade = np.ones(size, np.float32)
    for arm in arms:
        lost |= _at((arm.sleeve.along > _JOIN) | garment.beside(arm.sleeve), made)
    for arm in arms:
        _lay(arm, made, laid, beyond, shade)
    gone = (lost | beyond) & ~laid
    made[gone] = NOWHERE * SIZE[0]
    _close(made, garment, laid, beyond, np.zeros_like(gone) if region is None else gone & region)
    return Laid(_flow(made), shade)


def _close(made: _Places, garment: Parts, laid: BoolMask, beyond: BoolMask, bare: BoolMask) -> None:
    """Go on with the body in narrow gaps beside the sleeves, and with what is nearest where it is bare."""
    whole = _at(cv2.erode(garment.whole.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0, made)
    widest = _GAP * len(laid) / SIZE[0]
    box = box_around(laid, round(2 * widest))
    known = (whole | laid)[box]
    gaps = _narrow(known, laid[box], widest) & ~beyond[box]
    made[box][gaps] = _continued(made[box], (whole & ~laid)[box], gaps)
    bare = bare[box] & ~gaps
    if bare.any() and known.any():
        made[box][bare] = _continued(made[box], known, bare)


@dataclass(frozen=True, eq=False)
class _Arm:
    """A sleeve and the arm it goes on.

    share (256, 192): how far along the sleeve a place on the person is. beside: how far from the arm's bones, positive
    towards the body's outside. wide: half the sleeve's width there. near: where no other arm is nearer. trunk: between
    shoulders and hips.
    """

    sleeve: Part
    share: _Plane
    beside: _Plane
    wide: _Plane
    near: BoolMask
    trunk: BoolMask
    mirrored: float  # 1, or -1 where the sleeve's own signs are the other way round


def _pairs(garment: Parts, pose: Pose, category: Category) -> Iterator[tuple[Along, Part]]:
    """The photo's left sleeve goes onto the arm whose shoulder is on the left of the other's."""
    whole = pose.scaled(SIZE).completed()
    roots = [whole.point(joints[-3])[0] for _, joints in category.limbs]
    for limb in along_limbs(pose, SIZE, category):
        left = roots[limb.number] < np.mean(roots)
        yield from ((limb, one) for one in garment.sleeves if one.left == left)


def _arm(
    limb: Along,
    sleeve: Part,
    places: _Places,
    scale: float,
    reach: float,
    length: float,
    pose: Pose,
    category: Category,
) -> _Arm | None:
    """None where the sleeve does not fit the arm, or the flow has laid its root farther away than `reach`."""
    end = min(length, _WHOLE)
    bones = bones_of(pose.scaled(SIZE), category)[limb.number]
    assert bones is not None
    start = _start(bones, sleeve, places, end, reach)
    bone = float(np.hypot(*np.diff(bones, axis=0).T).mean())
    least, most = _LENGTHS[0], _MARKED if sleeve.marked else _LENGTHS[1]
    if start is None or not least < (end - start) * bone * scale / sleeve.length < most:
        return None
    share = (limb.place - start) / (end - start)
    bare = bare_radius(limb.place, pose, SIZE, category)
    wide = np.clip(sleeve.wide(share) / scale, _OVER * bare, _LOOSE * bare)
    outside = outwards(bones, pose.scaled(SIZE))
    near = limb.nearest & (share > -0.1) & (share < 1.1) & (limb.away < 2 * wide)
    beside = np.asarray(outside * limb.beside, np.float32)
    return _Arm(sleeve, share, beside, np.asarray(wide, np.float32), near, trunk(pose, SIZE), outside)


def _lay(arm: _Arm, made: _Places, laid: BoolMask, beyond: BoolMask, shade: _Plane) -> None:
    """Lay the sleeve (H, W, 2), noting where, what lies beyond it as seen from the body, and its shade."""
    size = laid.shape[0], laid.shape[1]
    box = _box(arm.near, size)
    share, beside, wide, near, trunk = (
        _enlarged(one.astype(np.float32), size, box) for one in (arm.share, arm.beside, arm.wide, arm.near, arm.trunk)
    )
    along = (near > 0.5) & (share >= 0) & (share <= 1)
    loose = np.clip(2 - share / _JOIN, 0, np.inf)  # times as wide, until the sleeve is wholly the arm's
    beyond[box] |= along & (share > _JOIN) & (beside > wide * (1 + loose)) & (trunk < 0.5)
    inside = along & (np.abs(beside) <= wide)
    edges = along & ((beside < 0) | (trunk > 0.5))
    shade[box] = np.minimum(shade[box], _shade(np.abs(beside) - wide, share, edges))
    share, across = share[inside], (beside / wide)[inside]
    there = arm.sleeve.at(share, _HEM * arm.mirrored * across * arm.sleeve.wide(share))
    sure = np.clip(share / _JOIN, 0, 1)
    sure *= np.clip((1 - np.abs(across)) / np.maximum(1 - sure, 1e-6), 0, 1)  # where it begins it has no edge
    made[box][inside] += sure[:, None] * (there - made[box][inside])
    laid[box] |= inside


def _shade(off: _Plane, share: _Plane, along: BoolMask) -> _Plane:
    """How light (H, W) it is beside the edges that a sleeve has on the body; off: how far beyond them."""
    reach = np.where(off > 0, _SHADE[1], _SHADE[2])
    depth = _SHADE[0] * np.clip(share / _JOIN - 1, 0, 1) * along
    return np.asarray(1 - depth * np.exp(-np.square(off / reach)), np.float32)


def _narrow(whole: BoolMask, laid: BoolMask, widest: float) -> BoolMask:
    """Gaps of a laid garment (H, W) beside its sleeves, but for where they are wide."""
    region, side = whole.astype(np.uint8), 2 * round(widest) + 1
    closed = [
        np.asarray(cv2.morphologyEx(region, cv2.MORPH_CLOSE, np.ones(shape, np.uint8)), np.bool_)
        for shape in ((1, side), (side, 1))
    ]
    near = np.asarray(cv2.dilate(laid.astype(np.uint8), np.ones((side, side), np.uint8)), np.bool_)
    gaps = (closed[0] | closed[1]) & near & ~whole
    wide = cv2.morphologyEx(gaps.astype(np.uint8), cv2.MORPH_OPEN, np.ones((side // 2, side // 2), np.uint8))
    return gaps & ~np.asarray(wide, np.bool_)


def _continued(places: _Places, body: BoolMask, gaps: BoolMask) -> _Places:
    """What is nearest of the body (N, 2), smoothly: it takes up the gaps."""
    planes = [*cv2.split(places), np.zeros(body.shape, np.float32)]  # as many as a picture has
    return fill(np.asarray(cv2.merge(planes), np.float32), body)[gaps][:, :2]


def _start(bones: NDArray[np.float64], sleeve: Part, places: _Places, end: float, reach: float) -> float | None:
    """How far down the arm the flow has laid the sleeve's root; None where it is nowhere near."""
    roots = _ROOTS[end - 0.2 > _ROOTS]
    x, y = (np.interp(roots, (0, 1, 2), column) for column in bones.T)
    rows, columns = (np.rint(v).astype(int).clip(0, n - 1) for v, n in zip((y, x), SIZE, strict=True))
    off = np.hypot(*(places[rows, columns] - sleeve.axis[0]).T)
    return float(roots[off.argmin()]) if off.min() <= reach else None


def _scale(places: _Places, body: BoolMask) -> float:
    """Pixels of the photo to one of the person, on the body."""
    on = _at(body, places)
    if not on.any():
        return 1.0
    steps = (float(np.median(np.gradient(places[..., axis], axis=1 - axis)[on])) for axis in (0, 1))
    return math.sqrt(math.prod(max(step, 0.1) for step in steps))


def _at(region: BoolMask, places: _Places) -> BoolMask:
    """Which places lie in a region (256, 192) of the photo."""
    return taken_from(np.where(region, np.uint8(255), np.uint8(0)), places) > 127


def _places(flow: NDArray[np.float32], size: Size, shop: NDArray[np.float32] | None) -> _Places:
    """Where a flow (2, h, w) takes each pixel of a picture of `size` from; what it leads to beyond the shop's picture
    is nowhere."""
    enlarged = cv2.merge([cv2.resize(one, size[::-1], interpolation=cv2.INTER_LINEAR) for one in flow])
    places = np.asarray((enlarged + _rest(size) + 1) * _half() - 0.5, np.float32)
    if shop is None:
        return places
    smooth, nearest = (taken_from(shop, places, smooth=smooth, beyond=NOWHERE * SIZE[0]) for smooth in (True, False))
    torn = np.abs(smooth - nearest).max(axis=2) > _TORN
    smooth[torn] = nearest[torn]
    return np.asarray(smooth, np.float32)


def _flow(places: _Places) -> NDArray[np.float32]:
    """The flow (2, H, W) to places (H, W, 2)."""
    made = (places + 0.5) / _half() - 1 - _rest((places.shape[0], places.shape[1]))
    return np.ascontiguousarray(made.transpose(2, 0, 1), np.float32)


def _half() -> NDArray[np.float32]:
    """Pixels of half a picture of 256 x 192, x and y."""
    return np.array(SIZE[::-1], np.float32) / np.float32(2)


def _rest(size: Size) -> NDArray[np.float32]:
    """(H, W, 2): each pixel's own place, in half pictures from the middle."""
    return np.asarray(rest_grid(size, torch.device("cpu"))[0].numpy(), np.float32)


def _box(region: BoolMask, size: Size) -> tuple[slice, slice]:
    """The rows and columns of a picture of `size` in which a region (256, 192) lies."""
    found = []
    for axis in (0, 1):
        there = np.flatnonzero(region.any(axis=1 - axis))
        low, high = (int(there[0]), int(there[-1]) + 1) if there.size else (0, 0)
        found.append(slice(low * size[axis] // SIZE[axis], -(-high * size[axis] // SIZE[axis])))
    return found[0], found[1]


def _enlarged(plane: _Plane, size: Size, box: tuple[slice, slice]) -> _Plane:
    """What lies in the box of a plane (256, 192) that is made a picture of `size`."""
    if size == SIZE:
        return plane[box]
    return np.asarray(cv2.resize(plane, size[::-1], interpolation=cv2.INTER_LINEAR)[box], np.float32)
