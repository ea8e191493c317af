"""Pieces of the old top that the parse took for hair, told by their colour.

Between strands and along their outline a small parser calls hair what is a collar, a strap or a shoulder; hair stays in
the picture, and so would they. Hair shows its own colours around the head, the top shows its own beside the hair.
"""

import cv2
import numpy as np

from engine.analysis.person.colours import distance
from engine.arrays import BoolMask, FloatPicture, Labels, Picture
from engine.category import UPPER
from engine.imaging.colour_bleed import shrunk_mask
from engine.imaging.components import small_parts
from engine.labels import Lip

_LEAST = 4e-4  # of the picture: less of hair or top than this tells no colour
_OTHER = 9.0  # squared distance from the hair's colours, in their spreads, beyond which it is none
_NEARER = 0.25  # the top's colours, in distances from the hair's
# Lengths are shares of the picture's height.
_REACH = 60 / 1024  # how far from the top a piece of it may lie in the hair
_SURE = 4 / 1024  # of an outline, whose colours are mixed
_SMOOTH = 1.5 / 1024  # single hairs
_SMALL = 2e-4  # of the picture: a smaller piece is not seen


def without_tops_in_hair(picture: Picture, parse: Labels) -> Labels:
    """The parse (H, W) of a picture (H, W, 3) with what has the top's colour, not the hair's, given to the top."""
    height = len(parse)
    hair, top = parse == Lip.HAIR, np.isin(parse, UPPER.worn)
    from_hair, from_top = (_beyond(one) for one in (hair, top))
    near = hair & (from_top < _REACH * height)
    own = shrunk_mask(hair & ~near, _SURE * height)
    beside = shrunk_mask(top, _SURE * height) & (from_hair < 2 * _REACH * height)
    if not near.any() or min(own.mean(), beside.mean()) < _LEAST:
        return parse
    smooth = cv2.GaussianBlur(picture, (0, 0), _SMOOTH * height)
    colours = cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB).astype(np.float32)
    unlike_hair, unlike_top = (distance(colours[near], colours[known]) for known in (own, beside))
    piece = np.zeros_like(near)
    piece[near] = (unlike_hair > _OTHER) & (unlike_top < _NEARER * unlike_hair)
    if not piece.any():
        return parse
    # what does not touch the top is what lies behind the person
    piece &= ~small_parts(piece | top, 8, share=1.0) & ~small_parts(piece, 8, least=_SMALL * piece.size)
    return np.where(piece, Lip.UPPER, parse).astype(np.uint8)


def _beyond(region: BoolMask) -> FloatPicture:
    """How far every pixel lies outside of a region (H, W), in pixels."""
    return np.asarray(cv2.distanceTransform((~region).astype(np.uint8), cv2.DIST_L2, 3), dtype=np.float32)
