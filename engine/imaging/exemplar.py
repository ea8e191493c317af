"""Continuing a textured picture into a hole with pieces of itself: PatchMatch (Barnes et al., SIGGRAPH 2009).

Every pixel of the hole looks for the place of the known picture whose surroundings are most like its own, by keeping
the best of its neighbours' places and of random ones; from small to large, so that broad shapes go on first (Wexler et
al., TPAMI 2007). At the end pixels are copied at full size from the places found at a quarter of it.
"""

from collections.abc import Iterator
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, FloatPicture
from engine.imaging.blurring import blur_reach, mean_around
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.filling import fill
from engine.imaging.planes import box_around

_ROWS = 256  # of the largest picture that is searched
_REACH = 2  # pixels around one that are compared
_ROUNDS = (5, 3, 2)  # of the search, from small to large; each level has half the size of the next
_NEIGHBOURS = [(step * dy, step * dx) for step in (4, 1) for dy, dx in ((0, 1), (0, -1), (1, 0), (-1, 0))]
_WINDOW = [(dy, dx) for dy, dx in product(range(-_REACH, _REACH + 1), repeat=2) if (dy + dx) % 2 == 0]
_WHOLLY = 0.999  # of a pixel of a smaller picture
_HIGHER, _BESIDE = 2.0, 0.3  # for the square of a row and of a column of 256 rows
_PLAIN = 3.2  # usual difference of colours from broad ones, 0 to 255: pieces would show no more than a smooth fill
_AROUND = 24 / 1024  # of the height: how far around
_TONE = 30.0  # step of a colour, 0 to 255, that light makes; a larger one is a line that ends there
_SEAM = 6 / 1024  # of the height: how near to the seam colours are compared

Places = NDArray[np.int32]  # (2, N), row and column


def continued(
    picture: FloatPicture, hole: BoolMask, known: BoolMask, about: FloatPicture | None = None
) -> FloatPicture:
    """The picture (H, W, 3), 0 to 255, with the hole (H, W) filled from where it is known (H, W); float32.

    What is neither is left alone and never copied. Where too little is known, or all around the hole is plain, it comes
    back smooth (`fill`). The same input gives the same picture.

    about: (H, W, 3), what lies there broadly, if that is known: every size is searched for pieces like it.
    """
    smooth = fill(picture, known)
    if not hole.any():
        return smooth
    height, width = hole.shape
    rows = min(_ROWS, height)
    random = np.random.default_rng(0)
    halved = reversed(range(len(_ROUNDS)))
    sizes = [(max(8, round(rows * width / height) >> n), max(8, rows >> n)) for n in halved]
    if is_plain(*_shrunk(smooth, hole, known, sizes[-1])):
        return smooth
    if about is not None:
        smooth[hole] = about[hole]
    guess: FloatPicture | None = None
    offsets: NDArray[np.float32] | None = None
    for size, rounds in zip(sizes, _ROUNDS, strict=True):
        small, empty, pure = _shrunk(smooth, hole, known, size)
        sources = np.argwhere(cv2.erode(pure.astype(np.uint8), np.ones((2 * _REACH + 1,) * 2), borderValue=0) > 0)
        if not len(sources):
            continue
        if guess is not None and about is None:
            small[empty] = cv2.resize(guess, size, interpolation=cv2.INTER_LINEAR)[empty]
        if offsets is not None:
            offsets = np.asarray(cv2.resize(offsets, size, interpolation=cv2.INTER_NEAREST) * 2, dtype=np.float32)
        search = _Search(small, empty, sources.astype(np.int32), random)
        guess, offsets = search.picture, search.run(rounds, offsets)
    return smooth if offsets is None else _copied(smooth, hole, known, offsets, height / sizes[-1][1])


def _shrunk(
    picture: FloatPicture, hole: BoolMask, known: BoolMask, size: tuple[int, int]
) -> tuple[FloatPicture, BoolMask, BoolMask]:
    """The three at another size (width, height): no pixel of the hole gets lost, and none that is half known counts."""
    small, share = (cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in (picture, known.astype(np.float32)))
    empty = cv2.resize(hole.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32), empty > 0, share > _WHOLLY


def is_plain(picture: FloatPicture, hole: BoolMask, known: BoolMask, share: float = 0.5) -> bool:
    """Whether what is known of a small picture (h, w, 3) around a hole (h, w) differs from its blur no more than noise.

    known: (h, w). share: of the pixels around the hole, those for which this has to hold. Where nothing is known there
    is nothing to be seen, which is plain.
    """
    ring = grown_mask(hole, _AROUND * len(hole)) & known
    if not ring.any():
        return True
    fine = picture[ring] - cv2.GaussianBlur(picture, (0, 0), _AROUND * len(hole))[ring]
    return float(np.quantile(np.abs(fine), share)) < _PLAIN


class _Search:
    """One level: where each pixel of the hole is copied from."""

    def __init__(self, picture: FloatPicture, hole: BoolMask, sources: Places, random: np.random.Generator) -> None:
        self.picture, self._hole, self._sources, self._random = picture, hole, sources, random
        self._allowed = np.zeros(hole.shape, bool)
        self._allowed[tuple(sources.T)] = True
        self._at = np.argwhere(hole).astype(np.int32).T

    def run(self, rounds: int, start: NDArray[np.float32] | None) -> NDArray[np.float32]:
        """Offsets (H, W, 2) from the hole's pixels to their sources, 0 elsewhere; `picture` is filled along them."""
        at, shape = self._at, self._hole.shape
        found = self._sources[self._random.integers(len(self._sources), size=at.shape[1])].T
        if start is not None:
            carried = at + np.rint(start[at[0], at[1]]).astype(np.int32).T
            found = np.where(self._valid(carried), carried, found)
        everyone = np.arange(at.shape[1])
        beside = list(self._beside(everyone))
        for _ in range(rounds):
            like = _Likeness(self.picture, at)
            cost = like.cost(found, everyone)
            for who, whose, step in beside:
                self._better(found[:, whose] - step, who, found, cost, like)
            for reach in (max(shape), max(shape) // 4, max(shape) // 16):
                shift = self._random.integers(-reach, reach + 1, size=found.shape).astype(np.int32)
                self._better(found + shift, everyone, found, cost, like)
            self.picture[at[0], at[1]] = self._votes(found)
        offsets = np.zeros((*shape, 2), np.float32)
        offsets[at[0], at[1]] = (found - at).T
        return offsets

    def _beside(self, numbers: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], Places]]:
        """For each step the numbers (M,) of the hole's pixels that have another of them there, those of the others, and
        the step (2, 1)."""
        at, (height, width) = self._at, self._hole.shape
        number = np.zeros(self._hole.shape, np.int64)
        number[at[0], at[1]] = numbers
        for dy, dx in _NEIGHBOURS:
            near = np.clip(at[0] + dy, 0, height - 1), np.clip(at[1] + dx, 0, width - 1)
            who = np.flatnonzero(self._hole[near])
            yield who, number[near][who], np.array([[dy], [dx]], np.int32)

    def _valid(self, places: Places) -> BoolMask:
        inside = (places >= 0).all(axis=0) & (places[0] < self._hole.shape[0]) & (places[1] < self._hole.shape[1])
        rows, columns = np.where(inside, places, 0)
        return np.asarray(inside & self._allowed[rows, columns], dtype=np.bool_)

    def _better(
        self, tried: Places, who: NDArray[np.int64], found: Places, cost: NDArray[np.float32], like: "_Likeness"
    ) -> None:
        """Take those of the places `tried` (2, M) for the hole's pixels `who` (M,) that cost less than what was found;
        `found` and `cost` are changed."""
        other = self._valid(tried) & (tried != found[:, who]).any(axis=0)
        tried, who = tried[:, other], who[other]
        costs = like.cost(tried, who)
        gain = costs < cost[who]
        found[:, who[gain]], cost[who[gain]] = tried[:, gain], costs[gain]

    def _votes(self, places: Places) -> FloatPicture:
        """The hole's colours (N, 3): the mean of what the surroundings of every pixel say of it."""
        shape = self._hole.shape
        sums, votes = np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32)
        for dy, dx in product((-1, 0, 1), repeat=2):
            rows, columns = self._at[0] + dy, self._at[1] + dx
            inside = (rows >= 0) & (rows < shape[0]) & (columns >= 0) & (columns < shape[1])
            to = rows[inside], columns[inside]
            sums[to] += self.picture[places[0][inside] + dy, places[1][inside] + dx]
            votes[to] += 1
        at = self._at[0], self._at[1]
        return np.asarray(sums[at] / votes[at][:, None], dtype=np.float32)


class _Likeness:
    """How like the surroundings of a hole's pixels are to those of other places in a picture (H, W, 3)."""

    def __init__(self, picture: FloatPicture, at: Places) -> None:
        """at: (2, N), the hole's pixels."""
        wide = cv2.copyMakeBorder(picture, *(_REACH,) * 4, cv2.BORDER_REPLICATE)
        self._planes, self._width = np.moveaxis(wide, 2, 0).reshape(3, -1).copy(), wide.shape[1]
        self._window = np.array([[dy * self._width + dx] for dy, dx in _WINDOW])
        self._at, self._scale, self._own = at, _ROWS / len(picture), self._around(at)

    def cost(self, places: Places, who: NDArray[np.int64]) -> NDArray[np.float32]:
        """Squared difference of the surroundings of the hole's pixels with the numbers `who` (M,) and of `places`
        (2, M), and a little for each row and column between them: sky does not go on beside legs."""
        away = (places - self._at[:, who]) * self._scale
        squares = np.square(self._around(places) - self._own[..., who])
        far = _HIGHER * np.square(away[0]) + _BESIDE * np.square(away[1])
        total = np.concatenate([far[None].astype(np.float32), squares.sum(axis=0)])
        return np.asarray(total.sum(axis=0), dtype=np.float32)

    def _around(self, places: Places) -> NDArray[np.float32]:
        """The colours (3, K, M) around each place."""
        middle = (places[0] + _REACH) * self._width + places[1] + _REACH
        return np.asarray(np.take(self._planes, middle + self._window, axis=1), dtype=np.float32)


def _copied(
    picture: FloatPicture, hole: BoolMask, known: BoolMask, offsets: NDArray[np.float32], scale: float
) -> FloatPicture:
    """The hole's pixels at full size, each copied from where the offsets of the smaller picture lead; `picture` is
    changed."""
    wide = cv2.resize(offsets, hole.shape[::-1], interpolation=cv2.INTER_NEAREST)
    rows, columns = np.nonzero(hole)
    down, across = np.rint(wide[rows, columns] * scale).astype(np.int64).T
    from_rows, from_columns = np.clip(rows + down, 0, len(hole) - 1), np.clip(columns + across, 0, hole.shape[1] - 1)
    good = known[from_rows, from_columns]
    picture[rows[good], columns[good]] = picture[from_rows[good], from_columns[good]]
    box = box_around(hole, blur_reach(scale / 2))
    softened = cv2.GaussianBlur(picture[box], (0, 0), scale / 2)  # pieces of 4 x 4 pixels meet without a step
    picture[box][hole[box]] = softened[hole[box]]
    return _met(picture, hole, known)


def _met(picture: FloatPicture, hole: BoolMask, known: BoolMask) -> FloatPicture:
    """The picture with its filled hole in the tone of what is known along their seam; `picture` is changed.

    The step along the seam is continued over the hole, the membrane of Poisson image editing (Perez et al., SIGGRAPH
    2003): pieces that were copied from far off keep their texture and lose what gives them away.
    """
    height = len(hole)
    size = round(_ROWS * hole.shape[1] / height), _ROWS
    small, outside, inside = (
        np.asarray(cv2.resize(one.astype(np.float32, copy=False), size, interpolation=cv2.INTER_AREA))
        for one in (picture, known, hole)
    )
    near = _SEAM * _ROWS
    step = mean_around(small, outside > _WHOLLY, near) - mean_around(small, inside > _WHOLLY, near)
    seam = (inside > 0) & grown_mask(outside > _WHOLLY, 2)
    if seam.any():
        step = step.clip(-_TONE, _TONE)
        tone = cv2.resize(fill(step, seam), hole.shape[::-1], interpolation=cv2.INTER_LINEAR)
        picture[hole] = (picture[hole] + tone[hole]).clip(0, 255)
    return picture
