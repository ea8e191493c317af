"""Pieces of the old clothes that the parse took for hair: a fur collar, leather on a shoulder, a shirt between strands.

Clothes have many colours, a coat's, its collar's and those of what is worn below it, so both sides are told by their
histograms: hair shows its own colours around the head. What was found shows further colours, so it is looked for again
from there.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.analysis.person.histograms import bins_of, odds
from engine.arrays import BoolMask, Labels, Picture
from engine.category import UPPER
from engine.imaging.blurring import blurred
from engine.imaging.colour_bleed import distance_from, grown_mask, shrunk_mask
from engine.imaging.components import parts_with, small_parts
from engine.imaging.planes import among, box_around, resized_mask
from engine.labels import Lip

_ROWS = 512  # that are looked at
_ROUNDS = 3
_SURE = 0.8  # share of the clothes in what a colour may be
_SEEN = 150  # pixels: less of either side tells no colours
# Lengths are shares of the picture's height.
_REACH = 64 / 1024  # how far from the clothes a piece of them may lie
_AROUND = 200 / 1024  # from the hair, where clothes show their colours
_RIM = 5 / 1024  # of an outline, whose colours are mixed
_HEAD, _CLEAR = 10 / 1024, 20 / 1024  # below the chin, and from the clothes: there hair is nothing but hair
_SOFT = 3 / 1024  # over which neighbours agree
_SMALL = 40  # pixels: a smaller piece is not seen


def with_clothes_among_hair(colours: Picture, parse: Labels) -> Labels:
    """The parse (H, W) of a picture with colours (H, W, 3), 8-bit Lab, whose top has what is of the clothes' colours
    in the hair beside them."""
    step = max(1, len(parse) // _ROWS)
    small = parse[::step, ::step]
    hair, worn = small == Lip.HAIR, among(small, UPPER.worn)
    if not (hair.any() and worn.any()):
        return parse
    box = box_around(hair, round(_AROUND * len(small)))
    piece = np.zeros_like(hair)
    piece[box] = _found(bins_of(colours[::step, ::step][box]), hair[box], worn[box], _head(small)[box], len(small))
    if not piece.any():
        return parse
    whole = resized_mask(piece, (parse.shape[1], parse.shape[0]))
    return np.where(whole & (parse == Lip.HAIR), np.uint8(Lip.UPPER), parse)


def _head(parse: Labels) -> BoolMask:
    """(H, W): beside and above the face."""
    rows = np.flatnonzero((parse == Lip.FACE).any(axis=1))
    made = np.ones(parse.shape, np.bool_)
    if rows.size:
        made[rows[-1] + round(_HEAD * len(parse)) :] = False
    return made


def _found(colours: NDArray[np.int64], hair: BoolMask, worn: BoolMask, head: BoolMask, height: int) -> BoolMask:
    """Pixels (h, w) of hair that have the clothes' colours and hang together with them, in a picture of that height."""
    found = np.zeros_like(hair)
    own = shrunk_mask(hair, _RIM * height) & head & (distance_from(worn) > _CLEAR * height)
    near = distance_from(hair) < _AROUND * height
    for _ in range(_ROUNDS):
        clothes = worn | found
        shown = shrunk_mask(clothes, _RIM * height) & near
        if min(np.count_nonzero(own), np.count_nonzero(shown)) < _SEEN:
            break
        likely = blurred(1 / (1 + np.exp(-odds(colours, shown, own))), _SOFT * height)
        piece = hair & (likely > _SURE) & (distance_from(clothes) < _REACH * height)
        piece = np.asarray(cv2.morphologyEx(piece.view(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), np.bool_)
        piece &= ~small_parts(piece, 8, least=_SMALL)
        piece = parts_with(piece, grown_mask(clothes, _RIM * height))
        if not (piece & ~found).any():
            break
        found |= piece
    return found
