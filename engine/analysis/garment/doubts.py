"""What about a garment's photo makes a try-on doubtful: codes of `engine.messages`, the worst first."""

from collections.abc import Iterator

import cv2
import numpy as np

from engine.analysis.common.in_front import is_thing_in_front
from engine.analysis.common.skin import is_skin
from engine.analysis.garment.shape import shape_doubt
from engine.analysis.garment.symmetry import is_lopsided
from engine.arrays import BoolMask, Mask8, Picture
from engine.imaging.colour_bleed import disc
from engine.imaging.framing import Framed

# of a side of the photo, and of the garment's width a little further in: one that ends at the edge narrows towards it.
# 11 of 112 tops photographed at home count as cut, each of them is; 27 touch the edge. No product photo does.
_CUT, _ON = 0.05, 0.75
_INWARD = 0.03  # of the other side
_SKIN = 0.04
_SMALL = 2.5  # frame pixels a photo pixel


def doubts_about_photo(picture: Picture, mask: Mask8, uncertain: bool, garments: int) -> Iterator[str]:
    """From a picture (H, W, 3), the mask (H, W) of its garment, how sure that is and how many there are."""
    if garments > 1:
        yield "garment_two"
    cut = _is_cut(mask > 0)
    if cut:
        yield "garment_cut"
    else:
        yield from _doubts_about_shape(mask)
    if uncertain:
        yield "garment_uncertain"
    if _shows_skin(picture, mask > 0):
        yield "garment_skin"
    if is_thing_in_front(picture, mask > 0):
        yield "garment_front"


def doubts_about_mask(mask: Mask8, framed: Framed) -> Iterator[str]:
    """From the mask (h, w) alone and the frame around it."""
    if framed.scale > _SMALL:
        yield "garment_small"


def doubts_about_given(mask: Mask8, framed: Framed) -> Iterator[str]:
    """From a mask (H, W) that came with the garment, in the frame."""
    yield from _doubts_about_shape(mask)
    yield from doubts_about_mask(mask, framed)


def _doubts_about_shape(mask: Mask8) -> Iterator[str]:
    if shape := shape_doubt(mask):
        yield shape
    elif is_lopsided(mask):
        yield "garment_lopsided"


def _is_cut(inside: BoolMask) -> bool:
    """Whether a garment goes on beyond one of the four edges of its photo."""
    for seen in (inside, inside[::-1], inside.T, inside.T[::-1]):
        further = seen[max(1, round(_INWARD * len(seen)))].mean()
        if seen[0].mean() > max(_CUT, _ON * further):
            return True
    return False


def _shows_skin(picture: Picture, inside: BoolMask) -> bool:
    """Whether skin lies in the mask and beside it, where neither the garment nor the background has its colour."""
    skin = is_skin(picture)
    border = np.r_[skin[0], skin[-1], skin[:, 0], skin[:, -1]].mean()
    ring = cv2.dilate(inside.astype(np.uint8), disc(9)).astype(np.bool_) & ~inside
    own = float(skin[inside].mean())
    return bool(ring.any() and border < 0.1 and _SKIN < own < 0.3 and skin[ring].mean() > 0.2)
