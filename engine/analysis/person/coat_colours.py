"""Where a coat ends and what is worn below it begins, told by their colours.

A parser that has seen a few hundred coats knows roughly that there is one, and seldom where its fronts end. But sleeves
are a coat's whatever lies between its fronts, so they tell its colours; what the parse shows elsewhere tells the
others. Both are looked for again from what was found. Where colours do not tell two things apart, or what is found is
not what one sees between two fronts, all of it is one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.analysis.person.histograms import bins_of, odds
from engine.arrays import BoolMask, Labels, Picture
from engine.category import UPPER
from engine.category.along_limbs import drawn_bones
from engine.errors import TryOnError
from engine.imaging.blurring import blurred
from engine.imaging.colour_bleed import shrunk_mask
from engine.imaging.components import small_parts
from engine.imaging.planes import among, resized_mask
from engine.labels import Lip
from engine.pose import Pose
from engine.pose.torso import torso_of

_ROWS = 512  # that are looked at
_ROUNDS = 3
_SURE = 3.0  # of the logarithm of a colour's odds: more tells no more
_PARSE = 1.0  # of that, what the parse says counts
_FOREARM = 0.5  # of it, that is surely in the coat's sleeve: further down one of what is below may come to light
_SEEN = 250  # pixels: less of either side tells no colours
_APART, _PLAINLY = 0.7, 0.95  # share of either side's pixels whose colours are its own; so many that there is no doubt
_PIECE, _SPOT = 0.06, 0.03  # of the largest piece: smaller ones of what is below, and of the coat, are none
_MAIN = 0.2  # of the largest piece: an opening is seen in several, where a button is closed
_DEEP = 0.4  # of the torso's height that the opening goes down at least
_BETWEEN = 0.5  # of its rows that have coat on either side
_SOLID = 0.9  # of what is between its edges
_OPEN = 0.13  # of the torso, that the opening shows
_BROAD = 0.15  # of the torso: fronts that colours alone may tell, and not a top's side panels
_AGREED = 0.45  # share of the fronts that is coat by the parse as well, times that of the opening that is none
# Lengths are shares of the picture's height.
_SLEEVE = 26 / 1024  # width of what is surely sleeve
_RIM = 6 / 1024  # of an outline, whose colours are mixed
_SOFT = 4 / 1024  # over which neighbours agree
_AROUND = 40 / 1024  # rows above and below that tell where a front's edge is
_TEETH, _JUMP = 2.5 / 1024, 40 / 1024  # that both edges move by from row to row, a jump counting no more than this
_THROAT = 100 / 1024  # as near to it an opening begins, below hair


def with_coat_told(colours: Picture, parse: Labels, pose: Pose) -> Labels:
    """The parse (H, W) of a picture with colours (H, W, 3), 8-bit Lab, whose coat and the top below it are told apart
    where it is worn open; where it is not, they are one."""
    worn = among(parse, UPPER.worn)
    coat = parse == Lip.COAT
    if not coat.any() or not (worn & ~coat).any():
        return parse
    found = _below(colours, parse, pose)
    if found is None:
        most = Lip.COAT if 2 * coat.sum() > worn.sum() else Lip.UPPER
        return np.where(coat | (worn & (most == Lip.COAT)), np.uint8(most), parse)
    below = resized_mask(found, (parse.shape[1], parse.shape[0]))
    return np.where(worn, np.where(below, np.uint8(Lip.UPPER), np.uint8(Lip.COAT)), parse)


def _below(colours: Picture, parse: Labels, pose: Pose) -> BoolMask | None:
    """What (h, w), in a small picture, is worn below an open coat; None where no coat is open."""
    step = max(1, len(parse) // _ROWS)
    small = parse[::step, ::step]
    try:
        scene = _Scene.of(small, pose.scaled(small.shape).completed())
    except TryOnError:  # nobody knows where their arms are
        return None
    below, apart = scene.found(bins_of(colours[::step, ::step]))
    if apart <= _APART or not scene.is_opening(below, plainly=apart > _PLAINLY):
        return None
    return below | (scene.worn & scene.between_fronts(below))


@dataclass(frozen=True, eq=False)
class _Scene:
    """A small parse (h, w), its upper clothes, what of them is coat, what surely a coat's sleeves; and the torso."""

    parse: Labels
    worn: BoolMask
    coat: BoolMask
    sleeves: BoolMask
    torso: BoolMask

    @staticmethod
    def of(parse: Labels, pose: Pose) -> "_Scene":
        worn, coat = among(parse, UPPER.worn), parse == Lip.COAT
        sleeves = coat & drawn_bones(pose, pose.size, round(_SLEEVE * len(parse)), last=_FOREARM)
        return _Scene(parse, worn, coat, sleeves, torso_of(pose))

    def found(self, bins: NDArray[np.int64]) -> tuple[BoolMask, float]:
        """What (h, w) is below the coat by bins of colours (h, w) and parse; and the share of pixels, of coat or torso,
        whose colours are their own."""
        height, below, likely = len(self.parse), self.worn & ~self.coat, np.zeros(self.parse.shape, np.float32)
        told = self._smooth(np.where(self.coat, np.float32(-1), np.float32(1)))
        for _ in range(_ROUNDS):
            shown = shrunk_mask(below & ~self.sleeves, _RIM * height)
            if min(np.count_nonzero(shown), np.count_nonzero(self.sleeves)) < _SEEN:
                return below, 0.0
            likely = odds(bins, shown, self.sleeves)
            score = self._smooth(likely.clip(-_SURE, _SURE)) + _PARSE * told
            below = self.worn & (score > 0) & ~self.sleeves
            below &= ~small_parts(below, 8, share=_PIECE)
            below |= small_parts(self.worn & ~below, 8, share=_SPOT)
        opening = below & self.torso
        if not opening.any():
            return below, 0.0
        return below, min(float((likely[self.sleeves] < 0).mean()), float((likely[opening] > 0).mean()))

    def is_opening(self, below: BoolMask, *, plainly: bool) -> bool:
        """Whether what is below (h, w) lies between two fronts with smooth edges, from the throat well down the torso.

        plainly: colours leave no doubt, so the parse need not agree where coat is on either side all the way.
        """
        main, rows, edges = self._edges(below)
        down = np.flatnonzero(self.torso.any(axis=1))
        if len(rows) < _DEEP * len(down) or rows[0] - down[0] > _THROAT * len(self.parse):
            return False
        coat = self.worn & ~below
        fronts, opening = coat & self.torso, below & self.torso
        if opening.sum() < _OPEN * self.torso.sum() or _is_ragged(main, edges, len(self.parse)):
            return False
        agreed = float(self.coat[fronts].mean() * (~self.coat[opening]).mean()) if fronts.any() else 0.0
        between = float(np.mean([_is_between(main[row], coat[row]) for row in rows]))
        broad = fronts.sum() > _BROAD * self.torso.sum()
        return between > _BETWEEN and (agreed > _AGREED or (plainly and broad and between > _PLAINLY))

    def between_fronts(self, below: BoolMask) -> BoolMask:
        """Where (h, w) the fronts leave the torso open: their edges are where what is below (h, w) mostly ends around a
        row, for a belt, a pocket or a dot of the coat's colours is no front."""
        main, rows, edges = self._edges(below)
        whole, reach = np.arange(rows[0], rows[-1] + 1), round(_AROUND * len(main))
        left, right = (_median(np.interp(whole, rows, edge), reach)[:, None] for edge in edges)
        made, across = np.zeros_like(main), np.arange(main.shape[1])
        made[whole] = (across >= left) & (across <= right)
        return made

    def _edges(self, below: BoolMask) -> tuple[BoolMask, NDArray[np.int64], tuple[NDArray[np.int64], ...]]:
        """The large pieces (h, w) of what is below on the torso, their rows (n,), where these begin and end (n,)."""
        main = below & self.torso & ~small_parts(below, 8, share=_MAIN)
        rows = np.flatnonzero(main.any(axis=1))
        return main, rows, (main[rows].argmax(axis=1), main.shape[1] - 1 - main[rows, ::-1].argmax(axis=1))

    def _smooth(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The mean (h, w) of what is near, of the clothes alone."""
        spread = _SOFT * len(self.parse)
        around = np.maximum(blurred(self.worn.astype(np.float32), spread), np.float32(1e-3))
        return np.asarray(blurred(values * self.worn, spread) / around, dtype=np.float32)


def _is_ragged(main: BoolMask, edges: tuple[NDArray[np.int64], ...], height: int) -> bool:
    """Whether pieces (h, w) have teeth at their edges (n,), or holes: a print has, of which a row is no opening."""
    jumps = [np.abs(np.diff(edge)).clip(max=_JUMP * height).mean() if len(edge) > 1 else 0.0 for edge in edges]
    return bool(sum(jumps) > _TEETH * height or main.sum() < _SOLID * (edges[1] - edges[0] + 1).sum())


def _median(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Of each value (n,) and those within its reach."""
    padded = np.pad(values, reach, mode="edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1), axis=1))


def _is_between(main: BoolMask, coat: BoolMask) -> bool:
    """Whether in a row (w,) coat lies on both sides."""
    inside, around = np.flatnonzero(main), np.flatnonzero(coat)
    return bool(len(around)) and around[0] < inside[0] and around[-1] > inside[-1]
