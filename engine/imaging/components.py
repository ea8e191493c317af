"""Label maps freed of islands: small parts that are given to what surrounds them."""

from collections.abc import Iterator, Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.imaging.filling import nearest_values
from engine.imaging.planes import among, box_around

_SPECK = 3e-4  # of the picture: smaller islands of a class join what surrounds them
_ENCLOSED = 0.9  # of a part's outline: with so much of another class beside it, it lies inside that
_Mask = NDArray[np.bool_]


def without_specks(labels: Labels, share: float = _SPECK) -> Labels:
    """The label map with islands of a class that are smaller than `share` of it given to their nearest neighbours."""
    specks = np.zeros(labels.shape, dtype=np.bool_)
    for label in np.flatnonzero(np.bincount(labels.ravel())):
        specks |= small_parts(labels == label, 4, least=share * labels.size)
    return filled_from_nearest(labels, specks)


def without_islands(labels: Labels, groups: Mapping[tuple[int, ...], float]) -> Labels:
    """The label map with islands given to their nearest neighbours that cannot be what they claim to be.

    groups: classes that make one thing, and how large a part must be in areas of the thing's largest part.
    """
    islands = np.zeros(labels.shape, dtype=np.bool_)
    for group, share in groups.items():
        islands |= small_parts(among(labels, group), 8, share=share)
    return filled_from_nearest(labels, islands)


def without_enclosed(labels: Labels, inner: Sequence[int], outer: Sequence[int], *, below: bool = False) -> Labels:
    """The label map (H, W) with parts of the `inner` classes given to the `outer` ones that lie all around them.

    What reaches the edge of the picture is not enclosed: it may go on outside. below: at the lower edge it is.
    """
    around, found = among(labels, outer), np.zeros(labels.shape, dtype=np.bool_)
    for box, own in each_part(among(labels, inner), 1):
        if own[0].any() or own[:, 0].any() or own[:, -1].any() or (own[-1].any() and not below):
            continue
        if around[box][ring_around(own)].mean() > _ENCLOSED:
            found[box] |= own
    return filled_from_nearest(labels, found)


def ring_around(part: _Mask) -> _Mask:
    """The pixels (H, W) right beside a part (H, W)."""
    return np.asarray((cv2.dilate(part.astype(np.uint8), np.ones((3, 3), dtype=np.uint8)) > 0) & ~part)


def each_part(region: _Mask, margin: int) -> Iterator[tuple[tuple[slice, slice], _Mask]]:
    """Of each part of a region (H, W) a box around it, with a margin as far as the picture goes, and the part in it."""
    here = box_around(region, margin)
    if not region[here].size:
        return  # OpenCV crashes on pictures without a pixel
    count, parts, stats, _ = cv2.connectedComponentsWithStats(region[here].astype(np.uint8), connectivity=8)
    for part, (left, top, width, height, _) in enumerate(stats[1:count], start=1):
        rows = slice(max(top - margin, 0), top + height + margin)
        columns = slice(max(left - margin, 0), left + width + margin)
        own = parts[rows, columns] == part
        first, beside = here[0].start + rows.start, here[1].start + columns.start
        yield (slice(first, first + own.shape[0]), slice(beside, beside + own.shape[1])), own


def small_parts(region: _Mask, connectivity: int, *, least: float = 0.0, share: float = 0.0) -> _Mask:
    """Where a region (H, W) has parts of less than `least` pixels, or less than `share` of its largest part's."""
    found = np.zeros(region.shape, dtype=np.bool_)
    box = box_around(region)
    if not region[box].size:
        return found
    _, parts = cv2.connectedComponents(region[box].astype(np.uint8), connectivity=connectivity)
    areas = np.bincount(parts.ravel())  # in half the time that OpenCV takes for it
    areas[0] = 0  # everything else
    small = areas < max(least, share * areas.max())
    small[0] = False
    if small.any():
        found[box] = small[parts]
    return found


def filled_from_nearest(values: NDArray[np.uint8], unknown: NDArray[np.uint8] | _Mask) -> NDArray[np.uint8]:
    """(H, W) or (H, W, C) with the pixels where `unknown` (H, W) is not 0 taken from the nearest known ones."""
    where = unknown != 0
    if not where.any() or where.all():
        return values
    filled = values.copy()
    filled[where] = nearest_values(values, ~where, where, cv2.DIST_MASK_3)
    return filled


def parts_with(region: _Mask, some: _Mask, connectivity: int = 8) -> _Mask:
    """The connected parts of a region (H, W) that have any of `some` in them."""
    found, box = np.zeros(region.shape, dtype=np.bool_), box_around(region)
    if not region[box].size:
        return found
    count, parts = cv2.connectedComponents(region[box].astype(np.uint8), connectivity=connectivity)
    kept = np.zeros(count, dtype=np.bool_)
    kept[parts[some[box]]] = True
    kept[0] = False
    found[box] = kept[parts]
    return found


def runs(mask: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of a row (N,) that is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
