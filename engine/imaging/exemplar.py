"""Continuing a textured picture into a hole with pieces of itself: PatchMatch (Barnes et al., SIGGRAPH 2009).

Every pixel of the hole looks for the place of the known picture whose surroundings are most like its own, by keeping
the best of its neighbours' places and of random ones; from small to large, so that broad shapes go on first (Wexler et
al., TPAMI 2007). At the end pixels are copied at full size from the places found at a quarter of it.
"""

from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, FloatPicture
from engine.imaging.blurring import mean_around
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.filling import fill

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


def continued(picture: FloatPicture, hole: BoolMask, known: BoolMask) -> FloatPicture:
    """The picture (H, W, 3), 0 to 255, with the hole (H, W) filled from where it is known (H, W); float32.

    What is neither is left alone and never copied. Where too little is known, or all around the hole is plain, it comes
    back smooth (`fill`). The same input gives the same picture.
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
    guess: FloatPicture | None = None
    offsets: NDArray[np.float32] | None = None
    for size, rounds in zip(sizes, _ROUNDS, strict=True):
        small, empty, pure = _shrunk(smooth, hole, known, size)
        sources = np.argwhere(cv2.erode(pure.astype(np.uint8), np.ones((2 * _REACH + 1,) * 2), borderValue=0) > 0)
        if not len(sources):
            continue
        if guess is not None:
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
        number = np.zeros(shape, np.int32)
        number[at[0], at[1]] = np.arange(at.shape[1])
        for _ in range(rounds):
            cost = self._cost(found)
            for dy, dx in _NEIGHBOURS:
                near = np.clip(at[0] + dy, 0, shape[0] - 1), np.clip(at[1] + dx, 0, shape[1] - 1)
                theirs = found[:, number[near]] - np.array([[dy], [dx]], np.int32)
                found, cost = self._better(np.where(self._hole[near], theirs, found), found, cost)
            for reach in (max(shape), max(shape) // 4, max(shape) // 16):
                shift = self._random.integers(-reach, reach + 1, size=found.shape).astype(np.int32)
                found, cost = self._better(found + shift, found, cost)
            self.picture[at[0], at[1]] = self._votes(found)
        offsets = np.zeros((*shape, 2), np.float32)
        offsets[at[0], at[1]] = (found - at).T
        return offsets

    def _valid(self, places: Places) -> BoolMask:
        inside = (places >= 0).all(axis=0) & (places[0] < self._hole.shape[0]) & (places[1] < self._hole.shape[1])
        rows, columns = np.where(inside, places, 0)
        return np.asarray(inside & self._allowed[rows, columns], dtype=np.bool_)

    def _better(self, tried: Places, found: Places, cost: NDArray[np.float32]) -> tuple[Places, NDArray[np.float32]]:
        tried = np.where(self._valid(tried), tried, found)
        costs = self._cost(tried)
        gain = costs < cost
        return np.where(gain, tried, found), np.where(gain, costs, cost)

    def _cost(self, places: Places) -> NDArray[np.float32]:
        """Squared difference of the surroundings of the hole's pixels and of `places`, (N,), and a little for each row
        and column between them: sky does not go on beside legs."""
        height, width = self._hole.shape
        away = (places - self._at) * (_ROWS / height)
        total: NDArray[np.float32] = (_HIGHER * np.square(away[0]) + _BESIDE * np.square(away[1])).astype(np.float32)
        for dy, dx in _WINDOW:
            rows, columns = (np.clip(self._at[axis] + d, 0, n - 1) for axis, d, n in ((0, dy, height), (1, dx, width)))
            difference = self.picture[rows, columns] - self.picture[places[0] + dy, places[1] + dx]
            total += np.einsum("ij,ij->i", difference, difference)
        return total

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


def _copied(
    picture: FloatPicture, hole: BoolMask, known: BoolMask, offsets: NDArray[np.float32], scale: float
) -> FloatPicture:
    """The hole's pixels at full size, each copied from where the offsets of the smaller picture lead."""
    wide = cv2.resize(offsets, hole.shape[::-1], interpolation=cv2.INTER_NEAREST) * scale
    rows, columns = np.nonzero(hole)
    down, across = np.rint(wide[rows, columns]).astype(np.int64).T
    from_rows, from_columns = np.clip(rows + down, 0, len(hole) - 1), np.clip(columns + across, 0, hole.shape[1] - 1)
    good = known[from_rows, from_columns]
    made = picture.copy()
    made[rows[good], columns[good]] = picture[from_rows[good], from_columns[good]]
    softened = cv2.GaussianBlur(made, (0, 0), scale / 2)  # pieces of 4 x 4 pixels meet without a step
    made[hole] = softened[hole]
    return _met(made, hole, known)


def _met(picture: FloatPicture, hole: BoolMask, known: BoolMask) -> FloatPicture:
    """The picture with its filled hole in the tone of what is known along their seam.

    The step along the seam is continued over the hole, the membrane of Poisson image editing (Perez et al., SIGGRAPH
    2003): pieces that were copied from far off keep their texture and lose what gives them away.
    """
    height = len(hole)
    size = round(_ROWS * hole.shape[1] / height), _ROWS
    small, outside, inside = (
        np.asarray(cv2.resize(one.astype(np.float32), size, interpolation=cv2.INTER_AREA))
        for one in (picture, known, hole)
    )
    near = _SEAM * _ROWS
    step = mean_around(small, outside > _WHOLLY, near) - mean_around(small, inside > _WHOLLY, near)
    seam = (inside > 0) & grown_mask(outside > _WHOLLY, 2)
    if not seam.any():
        return picture
    step = step.clip(-_TONE, _TONE)
    tone = cv2.resize(fill(step, seam), hole.shape[::-1], interpolation=cv2.INTER_LINEAR)
    made = picture + tone * hole[..., None]
    return np.asarray(made.clip(0, 255), dtype=np.float32)
