"""Ends of hair before the old top, laid over the new one by how much of each pixel is hair.

A parse draws hair with a smooth outline. Within it lie pieces of the old top, and beyond it single strands. What shines
through hair is taken out of its colours, as in blue-screen matting (Smith and Blinn, SIGGRAPH 1996): what lies behind
it is known from beside it. Where a lock is too much like the top for that, and where something has not the colours of
hair, it is the generator's, which paints it over the new garment, in the photo's tone.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture, Labels
from engine.category import UPPER, Category
from engine.imaging.blurring import blurred
from engine.imaging.colour_bleed import distance_from, grown_mask
from engine.imaging.filling import fill, nearest_values
from engine.imaging.planes import Plane, among, box_around, in_three, resized_mask, small_size
from engine.labels import Seg
from engine.tryon.skin import SKIN

_ALL, _HALF, _NONE = 0.98, 0.5, 0.02  # shares that leave nothing of the rest to be seen, half, and nothing of the hair
_FIRM = 0.06, 0.94  # shares that count as none and as all
_TOLD = 0.2, 0.7  # share of which a pixel tells the hair's own colour a little, and well
_HUES = 4.0, 20.0  # levels of 256 by which its hue may differ there from that of the hair around it
_BRIGHT, _DARK = 80.0, 0.2  # colour of hair of which that is so, and what of it is left for black hair
_APART = 55.0  # of 255, from a lock's colour to the old top's: else they are too much alike
_STRANGE = 60.0, 100.0  # from the hair's typical colour to one that may be another hair's, and that is none
_ROWS = 256  # of the small picture in which the tone is worked out
# Lengths are shares of the picture's height.
_ENDS = 24 / 1024  # from what goes, as far as which hair is painted
_FADES = 10 / 1024  # over which that begins
_LOCK = 8 / 1024  # as near to each other ends are of one lock
_TONE = 90 / 1024  # from what goes, as far as which hair tells its tone
_SPREAD = 12 / 1024  # of the tone


@dataclass(frozen=True, eq=False)
class Ends:
    """Hair whose outline lies before what goes, in a box (h, w) of the picture.

    behind: (H, W), the predicted parse with what lies behind those ends. share: (h, w), how much of each pixel is hair.
    place: where (h, w) less than all of it is. alike: (h, w), near locks that are too much like the old top.
    from_goes: (h, w), pixels from what goes. typical, beside: (h, w, 3), colours of hair, and of what lies beside it.
    """

    box: tuple[slice, slice]
    behind: Labels
    share: Plane
    place: BoolMask
    alike: BoolMask
    from_goes: Plane
    typical: FloatPicture
    beside: FloatPicture


def ends_of_hair(
    share: Array8, photo: Array8, before: Labels, after: Labels, category: Category = UPPER
) -> Ends | None:
    """Those of a share of hair (H, W), 0 to 255, in a photo (H, W, 3) with its own and the predicted labels (H, W);
    None where no hair lies before what goes.

    Where a label of hair is none, and wall or skin is nearest, the old top is told by its colour.
    """
    firm = np.interp(np.arange(256), np.multiply(255, _FIRM), (0, 1)).astype(np.float32)
    height, strands = len(before), (before == category.garment) & (firm[share] > _NONE)
    goes = (before == category.garment) | (among(before, SKIN) & (after == category.garment))
    box = _box((before == Seg.HAIR) | strands, goes, height)
    if box is None:
        return None
    part = firm[share[box]]
    seen, own, new = photo[box].astype(np.float32), before[box], after[box]
    hair, old, from_goes = own == Seg.HAIR, own == category.garment, distance_from(goes[box])
    sure, bare = hair & (part >= _ALL), ~hair & (part <= _NONE)
    higher = sure & (from_goes > _ENDS * height) & (from_goes < _TONE * height)
    typical, beside = fill(seen, higher if higher.any() else sure), fill(seen, bare)
    thin, known, place = hair & (part < _ALL), ~hair & (new != Seg.HAIR), strands[box]
    behind = after.copy()
    if thin.any() and known.any():
        was, lies = (nearest_values(labels, known, thin) for labels in (own, new))
        over = (was == category.garment) | (lies == category.garment)
        over |= (part[thin] < _HALF) & _of_top(seen, old & bare, bare & ~old, thin)
        place[thin] = over
    apart = np.linalg.norm(typical - fill(seen, old & bare), axis=2)
    alike = _alike(place, apart, _LOCK * height)
    place &= ~alike
    if (place & thin).any():
        behind[box][place & thin] = lies[place[thin]]
    return Ends(box, behind, part, place, alike, from_goes, typical, beside)


def _box(hair: BoolMask, goes: BoolMask, height: int) -> tuple[slice, slice] | None:
    """Around hair near what goes (H, W), with what tells its tone; None where there is none."""
    if not goes.any():
        return None
    close = np.zeros_like(goes)
    around = box_around(goes, round(_ENDS * height))
    close[around] = hair[around]
    return box_around(close, round(_TONE * height)) if close.any() else None


def _of_top(seen: FloatPicture, top: BoolMask, others: BoolMask, where: BoolMask) -> BoolMask:
    """Which pixels (N,) of `where` have the colour of a top (h, w) beside them rather than that of all others."""
    if not top.any():
        return np.zeros(np.count_nonzero(where), np.bool_)
    near = [np.abs(seen - fill(seen, side))[where].sum(axis=1) for side in (top, others)]
    return np.asarray(near[0] < near[1])


def _alike(ends: BoolMask, apart: Plane, lock: float) -> BoolMask:
    """Where (h, w) the nearest lock, of ends that are `lock` pixels from each other at most, is too little `apart`
    (h, w) from the top."""
    count, locks = cv2.connectedComponents(grown_mask(ends, lock).astype(np.uint8))
    if count == 1:
        return np.zeros_like(ends)
    of = locks[ends]
    mean = np.bincount(of, apart[ends], count) / np.maximum(np.bincount(of, minlength=count), 1)
    found = np.where(mean < _APART, np.uint8(1), np.uint8(0))[locks]
    found[locks == 0] = nearest_values(found, locks > 0, locks == 0)
    return np.asarray(found > 0)


def lay_hair(picture: FloatPicture, trust: Plane, photo: Array8, generated: Array8, hair: BoolMask, ends: Ends) -> None:
    """Lay ends of hair (H, W) over what lies behind them; picture (H, W, 3) and trust in the photo (H, W) are changed.

    generated: (H, W, 3), the generator's picture.
    """
    box, height, share = ends.box, len(hair), np.where(ends.place, ends.share, 1).astype(np.float32)
    own = _own(photo[box].astype(np.float32), ends.beside, ends.typical, share)
    strange = np.interp(np.linalg.norm(own - ends.typical, axis=2), _STRANGE, (0, 1))
    near = ((_ENDS * height - ends.from_goes) / (_FADES * height)).clip(0, 1)
    made_up = (near * np.maximum(strange, ends.alike)).astype(np.float32)
    tells = hair[box] & (ends.from_goes > _ENDS * height) & (ends.from_goes < _TONE * height)
    painted = generated[box] + _tone(photo[box], generated[box], tells, height)
    place, made = ends.place | (hair[box] & (made_up > 0)), picture[box]
    laid = own + (painted - own) * in_three(made_up)
    made[place] += ((laid - made) * in_three(share))[place]
    trust[box][place] = 0


def _own(seen: FloatPicture, beside: FloatPicture, hair: FloatPicture, share: Plane) -> FloatPicture:
    """The colours (h, w, 3) of hair of which so much is seen before what is beside it: nearly those of the hair around
    where that is little, but for their light, since what has a pattern is not known so well."""
    whole = (seen - beside * in_three(1 - share)) / in_three(np.maximum(share, _TOLD[0]))
    told, most = (in_three(np.interp(share, _TOLD, ends).astype(np.float32)) for ends in ((0, 1), _HUES))
    differs = (whole.clip(0, 255) - hair) * told
    light = differs.mean(axis=2, keepdims=True)
    most = most * (hair.mean(axis=2, keepdims=True) / _BRIGHT).clip(_DARK, 1)
    mixed = hair + light + (differs - light).clip(-most, most)
    return np.asarray(np.where(in_three(share) < _ALL, mixed, seen), dtype=np.float32)


def _tone(photo: Array8, generated: Array8, known: BoolMask, height: int) -> FloatPicture:
    """What gives the generator's hair the photo's tone (h, w, 3), as it is where hair is known (h, w)."""
    size = small_size(known.shape, max(1, round(_ROWS * len(known) / height)))
    seen, painted = (
        cv2.resize(one, size, interpolation=cv2.INTER_AREA).astype(np.float32) for one in (photo, generated)
    )
    told = resized_mask(known, size)
    if not told.any():
        return np.zeros(photo.shape, np.float32)
    tone = blurred(fill(seen - painted, told), _SPREAD * _ROWS)
    return np.asarray(cv2.resize(tone, known.shape[::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)
