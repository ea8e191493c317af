"""Where in a photo people are, found with the person estimator alone.

The whole frame is looked at first; where nobody large enough is found, overlapping tiles of it, each of which shows a
person larger. All looks are laid into one map of where a person probably is; its islands are people, and an island with
several heads is several people side by side. The estimator knows pictures of one person and overlooks those between
others, so upright strips, each with room for one, are looked at too; they count where they show more people.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.analysis.common.estimators import PersonEstimator, glance
from engine.arrays import Box, Picture, Planes
from engine.labels import Lip
from engine.system.progress import ProgressTracker

_MAP = 512  # longer side of the map
_CLEAR = 0.5  # probability from which a cell belongs to a person
_LEAST_AREA = 0.002  # of the map, for a person
_LARGE = 0.3  # of the photo's height: smaller people are looked at again, closer
_OTHERS = 0.12  # of the largest person's area: smaller islands are not people but bags, pictures, reflections
_HEADS = (Lip.HAT, Lip.HAIR, Lip.SUNGLASSES, Lip.FACE)
_LEAST_HEAD = 0.35  # of the largest head of an island
_LEAST_HEAD_CELLS = 12
_DEEPEST = 2  # tilings: halves, then quarters of the photo's longer side
_ROOM = 0.6  # width over height of a photo in which people may stand side by side
_TOO_WIDE = 4.0  # and in which tiles show them well enough: strips would take long
_STRIP = 0.5  # width over height of what a person who stands fills


@dataclass(frozen=True)
class Found:
    """One person: the box (left, top, right, bottom) in photo pixels, its area in them, and how sure it is, 0..1."""

    box: Box
    area: float
    confidence: float


def find_people(
    photo: Picture, estimator: PersonEstimator, tracker: ProgressTracker | None = None
) -> tuple[Found, ...]:
    """Everybody in the photo uint8 (H, W, 3), the largest first; empty where nobody is found."""
    tracker = tracker or ProgressTracker()
    overview = _Overview(photo)
    for depth in range(_DEEPEST + 1):
        for tile in _tiles(overview.photo_size, depth):
            tracker.reach(depth / (_DEEPEST + 1))
            overview.look(photo, tile, estimator)
        people = overview.people()
        if depth == 0:
            people = _side_by_side(photo, overview, people, estimator, tracker)
        height = people[0].box[3] - people[0].box[1] if people else 0
        if height >= _LARGE * min(photo.shape[0], 2 * photo.shape[1]):
            break
    return people


def _side_by_side(
    photo: Picture,
    overview: "_Overview",
    people: tuple[Found, ...],
    estimator: PersonEstimator,
    tracker: ProgressTracker,
) -> tuple[Found, ...]:
    """The people found so far, or those that upright strips show as well where they are more.

    The map keeps what the strips have shown for the looks that may follow.
    """
    height, width = overview.photo_size
    if not _ROOM < width / height < _TOO_WIDE:
        return people
    across = min(width, round(_STRIP * height))
    for left in _starts(width, across):
        tracker.check()
        overview.look(photo, (left, 0, left + across, height), estimator)
    more = overview.people()
    return more if len(more) >= max(2, len(people)) else people


class _Overview:
    """What all looks at a photo have shown, in one small map."""

    def __init__(self, photo: Picture) -> None:
        self.photo_size = (photo.shape[0], photo.shape[1])
        self._scale = min(1.0, _MAP / max(self.photo_size))
        height, width = (max(1, round(side * self._scale)) for side in self.photo_size)
        self._person = np.zeros((height, width), dtype=np.float32)
        self._head = np.zeros((height, width), dtype=np.float32)

    def look(self, photo: Picture, tile: tuple[int, int, int, int], estimator: PersonEstimator) -> None:
        """Estimate one tile (left, top, right, bottom) and keep the surer of the looks at each cell."""
        left, top, right, bottom = tile
        estimate = glance(estimator, photo[top:bottom, left:right])
        x0, x1 = round(left * self._scale), max(round(right * self._scale), round(left * self._scale) + 1)
        y0, y1 = round(top * self._scale), max(round(bottom * self._scale), round(top * self._scale) + 1)
        head = estimate.parse_probabilities[list(_HEADS)].sum(axis=0)
        for seen, plane in ((self._person, estimate.person), (self._head, head)):
            part = seen[y0:y1, x0:x1]
            resized = cv2.resize(plane, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_AREA)
            np.maximum(part, resized, out=part)

    def people(self) -> tuple[Found, ...]:
        """The people on the map, the largest first; others than that have a head."""
        clear = (self._person > _CLEAR).astype(np.uint8)
        count, islands, stats, _ = cv2.connectedComponentsWithStats(clear, connectivity=8)
        found = []
        for index in range(1, count):
            if stats[index, cv2.CC_STAT_AREA] >= _LEAST_AREA * clear.size:
                found += [(self._found(part), self._headed(part)) for part in self._separated(islands == index)]
        found.sort(key=lambda one: -one[0].area)
        least = _OTHERS * found[0][0].area if found else 0.0
        return tuple(one for place, (one, headed) in enumerate(found) if not place or (headed and one.area >= least))

    def _headed(self, part: NDArray[np.bool_]) -> bool:
        return int((self._head[part] > _CLEAR).sum()) >= _LEAST_HEAD_CELLS

    def _separated(self, island: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
        """An island cut between the heads on it, each cell going to the head that is nearest sideways."""
        heads = _heads(self._head * island)
        if len(heads) < 2:
            return [island]
        columns = np.arange(island.shape[1])[None]
        nearest = np.abs(columns[..., None] - np.array(heads)).argmin(axis=2)
        parts = [island & (nearest == index) for index in range(len(heads))]
        return [part for part in parts if part.sum() >= _LEAST_AREA * island.size]

    def _found(self, part: NDArray[np.bool_]) -> Found:
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        edges = np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]) / self._scale
        limits = np.tile(self.photo_size[::-1], 2)
        left, top, right, bottom = (float(edge) for edge in np.minimum(edges, limits))
        area = float(part.sum()) / self._scale**2
        return Found((left, top, right, bottom), area, float(self._person[part].mean()))


def _heads(head: Planes) -> list[float]:
    """Columns of the middles of heads that stand apart, from left to right."""
    count, _, stats, middles = cv2.connectedComponentsWithStats((head > _CLEAR).astype(np.uint8), connectivity=8)
    largest = stats[1:, cv2.CC_STAT_AREA].max(initial=0)
    kept = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= max(_LEAST_HEAD * largest, _LEAST_HEAD_CELLS)]
    if not kept:
        return []
    width = float(np.median(stats[kept, cv2.CC_STAT_WIDTH]))
    columns: list[float] = []
    for middle in sorted(float(middles[i][0]) for i in kept):
        if not columns or middle - columns[-1] > 1.2 * width:
            columns.append(middle)
    return columns


def _tiles(size: tuple[int, int], depth: int) -> Iterator[tuple[int, int, int, int]]:
    """Overlapping tiles (left, top, right, bottom): all of the photo at depth 0, then twice and four times as close.

    A long photo gets no tile that is more than twice as long as wide.
    """
    height, width = size
    length = max(height, width) / 2**depth
    if depth == 0 and max(size) > 3 * min(size):
        length = 2 * min(size)
    across, down = min(width, int(length)), min(height, int(length))
    for top in _starts(height, down):
        for left in _starts(width, across):
            yield left, top, left + across, top + down


def _starts(total: int, length: int) -> list[int]:
    """Where tiles of `length` begin that overlap by about half."""
    if length >= total:
        return [0]
    count = int(np.ceil((total - length) / (length / 2))) + 1
    return [round(start) for start in np.linspace(0, total - length, count)]
