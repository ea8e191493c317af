"""The sleeves of a garment in its product photo: what is left of its outline where a large disc does not fit, and what
is marked."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Mask8
from engine.imaging.colour_bleed import distance_from
from engine.imaging.components import small_parts
from engine.imaging.filling import nearest_places
from engine.imaging.planes import box_around
from engine.networks.flow import SIZE

_DISC = 0.62  # of the radius of the largest disc that fits into the garment: sleeves are narrower than that
_LEAST = 0.02  # of the garment's area
_HIGH = 0.5  # of the garment's height: a sleeve begins above
_SLENDER = 3.0  # widths that it is long at least
_MARKED_SLENDER = 1.2  # the same where it is marked, and may be wide
_BODY = 0.25  # of the garment's area that is no sleeve, at least
_TAIL = 0.5  # of half a marked sleeve's greatest width: what is narrower is none, unless it is a cuff
_SPREAD = math.radians(25)  # from straight down
_SLIT, _NECK = 0.004, 0.15  # of the garment's area: largest openings that are filled anywhere, and in the middle
_CENTRAL = 0.2  # of the garment's width: how far from its middle that is
_STEP = 4  # pixels of the way along a sleeve that are one point of its axis


@dataclass(frozen=True, eq=False)
class Part:
    """One sleeve, in pixels of a photo of 256 x 192.

    left: whether it is on the photo's left. along (256, 192): which share of the way from the body to its end each of
    its pixels lies at, -1 outside. axis (N, 2): x, y of its middle, evenly along that way. radius (N,): half its width
    there. marked: whether marks alone tell it from the body.
    """

    left: bool
    along: NDArray[np.float32]
    axis: NDArray[np.float64]
    radius: NDArray[np.float64]
    marked: bool = False

    @property
    def spread(self) -> bool:
        """Whether it lies more sideways than sleeves in shops' photos do, which hang."""
        across, down = self.axis[-1] - self.axis[0]
        return abs(math.atan2(across, down)) > _SPREAD

    @property
    def length(self) -> float:
        """Of the axis, in pixels."""
        return float(np.hypot(*np.diff(self.axis, axis=0).T).sum())

    def wide(self, share: NDArray[np.floating]) -> NDArray[np.float64]:
        """Half the width at each `share` of the way."""
        return np.asarray(np.interp(share, np.linspace(0, 1, len(self.radius)), self.radius))

    def at(self, share: NDArray[np.floating], beside: NDArray[np.floating]) -> NDArray[np.float32]:
        """The places x, y (N, 2) at a share of the way (N,) and so many pixels beside the axis (N,), signed as in
        `engine.category.along_limbs`."""
        evenly = np.linspace(0, 1, len(self.axis))
        x, y = (np.interp(share, evenly, column) for column in self.axis.T)
        across, down = (np.interp(share, evenly, column) for column in self.ways.T)
        return np.stack([x - down * beside, y + across * beside], axis=1).astype(np.float32)

    @property
    def ways(self) -> NDArray[np.float64]:
        """Where the axis leads (N, 2), of length 1."""
        ways = np.asarray(np.gradient(self.axis, axis=0))
        return np.asarray(ways / (np.linalg.norm(ways, axis=1, keepdims=True) + 1e-6))


@dataclass(frozen=True, eq=False)
class Parts:
    """A garment's body (256, 192) and those sleeves that can be told from it, of each side one at most."""

    whole: BoolMask
    body: BoolMask
    sleeves: tuple[Part, ...]

    def beside(self, sleeve: Part) -> BoolMask:
        """What (256, 192) lies between the body and a sleeve, row by row."""
        left, right = (sleeve.along >= 0, self.body)[:: 1 if sleeve.left else -1]
        after = np.logical_or.accumulate(left, axis=1)
        before = np.logical_or.accumulate(right[:, ::-1], axis=1)[:, ::-1]
        side = (np.arange(SIZE[1]) < np.nonzero(self.body)[1].mean()) == sleeve.left
        return np.asarray(after & before & side & ~self.whole)


def parts_of(mask: Mask8) -> Parts:
    """What the outline of a mask (H, W), 0 to 255, tells. What lies on the body, or close beside it, is body."""
    whole = _without_openings(_small(mask))
    if not whole.any():
        return Parts(whole, whole, ())
    body = _opened(whole, _DISC * float(_inside(whole).max()))
    body &= ~small_parts(body, 8, share=1.0)
    rest = cv2.morphologyEx((whole & ~body).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    regions = ((region, _root(region, body)) for region in _regions(cv2.connectedComponents(rest)[1], whole))
    return Parts(whole, body, _sleeves(regions, body, _SLENDER))


def with_marked(outlined: Parts, mask: Mask8) -> Parts:
    """With the sleeves that are marked in a mask (H, W), each a region of its own, on sides where there is none."""
    if len(outlined.sleeves) > 1:
        return outlined
    whole = outlined.whole
    marks = _without_tails(_small(mask) & whole)
    body = whole & ~marks
    body &= ~small_parts(body, 8, share=1.0)
    if not marks.any() or body.sum() < _BODY * whole.sum():
        return outlined
    _, labels = cv2.connectedComponents(marks.astype(np.uint8))
    cut_off = whole & ~marks & ~body  # cuffs mostly
    labels[cut_off] = labels.ravel()[nearest_places(marks, cut_off, cv2.DIST_MASK_5)]
    marked = _sleeves(((region, _armhole(region, body)) for region in _regions(labels, whole)), body, _MARKED_SLENDER)
    sides = [one.left for one in outlined.sleeves]
    added = [replace(one, marked=True) for one in marked if one.left not in sides]
    taken = np.any([np.zeros_like(whole), *(one.along >= 0 for one in added)], axis=0)
    return Parts(whole, outlined.body & ~taken, (*outlined.sleeves, *added))


def _without_tails(marks: BoolMask) -> BoolMask:
    """Marks without the strips along the body's side that go on beyond a sleeve."""
    kept = np.zeros_like(marks)
    for region in _regions(cv2.connectedComponents(marks.astype(np.uint8))[1], marks):
        kept |= _opened(region, _TAIL * float(_inside(region).max()))
    return kept


def _sleeves(regions: Iterable[tuple[BoolMask, BoolMask | None]], body: BoolMask, slender: float) -> tuple[Part, ...]:
    """The longest of each side among regions with their roots."""
    found: dict[bool, Part] = {}
    for region, root in regions:
        part = _part(region, body, root, slender)
        if part is not None and (part.left not in found or part.length > found[part.left].length):
            found[part.left] = part
    return tuple(found.values())


def _small(mask: Mask8) -> BoolMask:
    return np.asarray(cv2.resize(mask, SIZE[::-1], interpolation=cv2.INTER_AREA) > 127)


def _without_openings(whole: BoolMask) -> BoolMask:
    """What is looked through filled where it is not beside a sleeve: slits, and keyholes and necklines in the middle.

    A disc finds no room around them, and what is left would look like sleeves.
    """
    holes = (~whole).astype(np.uint8)
    count, parts, stats, middles = cv2.connectedComponentsWithStats(holes, connectivity=4)
    left, _, width, _ = cv2.boundingRect(whole.astype(np.uint8))
    share = stats[:, cv2.CC_STAT_AREA] / max(1, int(whole.sum()))
    central = np.abs(middles[:, 0] - left - width / 2) < _CENTRAL * width
    filled = (share < _SLIT) | (central & (share < _NECK))
    filled[0] = False
    for outside in (parts[0], parts[-1], parts[:, 0], parts[:, -1]):
        filled[outside] = False
    return np.asarray(whole | filled[parts]) if count > 1 else whole


def _inside(region: BoolMask) -> NDArray[np.float32]:
    """How far its pixels are from what is not in it, the picture's edge too."""
    framed = cv2.copyMakeBorder(region.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    return np.asarray(cv2.distanceTransform(framed, cv2.DIST_L2, 5)[1:-1, 1:-1], np.float32)


def _opened(region: BoolMask, radius: float) -> BoolMask:
    """All places of discs of this radius that fit in."""
    middles = _inside(region) > radius
    return np.asarray(region & (distance_from(middles) <= radius))


def _regions(labels: NDArray[Any], whole: BoolMask) -> Iterator[BoolMask]:
    """Those of the components that are large enough for a sleeve."""
    sizes = np.bincount(labels.ravel())
    yield from (labels == part for part in range(1, len(sizes)) if sizes[part] >= _LEAST * whole.sum())


def _part(region: BoolMask, body: BoolMask, root: BoolMask | None, slender: float) -> Part | None:
    """None for what is no sleeve: a hem's corner, a hood, a strap."""
    rows, columns = np.flatnonzero(body.any(axis=1)), np.flatnonzero(body.any(axis=0))
    if root is None or np.nonzero(root)[0].mean() > rows[0] + _HIGH * (rows[-1] - rows[0]):
        return None
    way = _way(region, root)
    farthest = int(way.max())
    if farthest < 3 * _STEP:
        return None
    part = _along(way, farthest, left=bool(np.nonzero(region)[1].mean() < columns.mean()))
    return part if part.length >= slender * 2 * float(np.median(part.radius)) else None


def _root(region: BoolMask, body: BoolMask) -> BoolMask | None:
    """Where it touches the body, highest up."""
    touching = region & (cv2.dilate(body.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0)
    if not touching.any():
        return None
    _, labels = cv2.connectedComponents(touching.astype(np.uint8))
    return np.asarray(labels == labels[touching][0])  # the first in reading order


def _armhole(region: BoolMask, body: BoolMask) -> BoolMask | None:
    """Of where it touches the body, the upper end, as long as it is wide: it may hang beside the body to the hem."""
    root = _root(region, body)
    if root is None:
        return None
    highest = np.zeros_like(root)
    highest.flat[root.argmax()] = True
    way = _way(region, highest)
    return np.asarray(root & (way >= 0) & (way <= region.sum() / max(int(way.max()), 1)))


def _way(region: BoolMask, root: BoolMask) -> NDArray[np.int32]:
    """Steps (H, W) from the root inside the region, -1 where none lead."""
    box = box_around(region)
    inside, reached = region[box].astype(np.uint8), root[box].astype(np.uint8)
    shapes = [cv2.getStructuringElement(shape, (3, 3)) for shape in (cv2.MORPH_CROSS, cv2.MORPH_RECT)]  # in turn: round
    way, steps = np.where(reached > 0, 0, -1).astype(np.int32), 0
    while True:
        grown = np.asarray(cv2.dilate(reached, shapes[steps % 2]), np.uint8) & inside
        if np.array_equal(grown, reached):
            break
        steps += 1
        way[grown > reached] = steps
        reached = grown
    found = np.full(region.shape, -1, np.int32)
    found[box] = way
    return found


def _along(way: NDArray[np.int32], farthest: int, *, left: bool) -> Part:
    """The middles of what lies equally far along are the axis; how much that is, over their distance, is the width."""
    y, x = np.nonzero(way >= 0)
    count = max(6, farthest // _STEP)
    bins = np.minimum(way[y, x] * count // (farthest + 1), count - 1)
    areas = np.bincount(bins, minlength=count).astype(np.float64)
    middles = np.stack([np.bincount(bins, places, count) for places in (x, y)], axis=1) / np.maximum(areas, 1)[:, None]
    axis = _smooth(middles)
    step = float(np.hypot(*np.diff(axis, axis=0).T).mean())
    axis = np.concatenate([axis, axis[-1:] + (axis[-1:] - axis[-2:-1]) / 2])  # the last middle lies before the end
    radius = _smooth(np.append(areas, areas[-1])[:, None])[:, 0] / max(step, 1e-6) / 2
    along = np.where(way >= 0, way / farthest, -1).astype(np.float32)
    return Part(left, along, axis, radius)


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Along the first axis, over five."""
    padded = np.pad(values, ((2, 2), (0, 0)), mode="reflect", reflect_type="odd")
    kernel = np.array([1, 2, 3, 2, 1]) / 9
    return np.stack([np.convolve(column, kernel, "valid") for column in padded.T], axis=1)
