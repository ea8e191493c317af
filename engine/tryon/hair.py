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
from engine.imaging.colour_bleed import disc, distance_from, grown_mask, shrunk_mask
from engine.imaging.filling import fill, nearest_values
from engine.imaging.planes import Plane, among, box_around, in_three, resized_mask, small_size
from engine.labels import Seg
from engine.tryon.skin import SKIN

_ALL, _HALF, _NONE = 0.98, 0.5, 0.02  # shares that leave nothing of the rest to be seen, half, and nothing of the hair
_TOLD = 0.85, 1.0  # share of which a pixel tells the hair's colour a little, and well
_FIRM = 0.15, 0.85  # shares that count as none and as all
_APART = 55.0  # of 255, from a lock's colour to the old top's: else they are too much alike
_STRANGE = 80.0  # from the hair's typical colour to one that is none
_ROWS = 256  # of the small picture in which the tone is worked out
# Lengths are shares of the picture's height.
_ENDS = 24 / 1024  # from what goes, as far as which hair is painted
_FADES = 10 / 1024  # over which that begins
_LOCK = 8 / 1024  # as near to each other ends are of one lock
_TONE = 90 / 1024  # from what goes, as far as which hair tells its tone
_SPREAD = 12 / 1024  # of the tone
_SPECK = 4 / 1024  # what is narrower is no piece of something else
_MIXED = 5 / 1024  # rim of whole hair, whose colours are mixed all the same
_EVEN = 2 / 1024  # softness of the colours of ends


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
    seen, whole = photo[box].astype(np.float32), hair[box] & ~ends.place
    near = ((_ENDS * height - ends.from_goes) / (_FADES * height)).clip(0, 1)
    strange = whole & (np.linalg.norm(seen - ends.typical, axis=2) > _STRANGE)
    strange = cv2.morphologyEx(strange.view(np.uint8), cv2.MORPH_OPEN, disc(_SPECK * height))
    painted_share = near * np.maximum(blurred(strange.astype(np.float32), _SPECK * height), ends.alike)
    tells = hair[box] & (ends.from_goes > _ENDS * height) & (ends.from_goes < _TONE * height)
    painted = generated[box] + _tone(photo[box], generated[box], tells, height)
    own = np.asarray(seen + (painted - seen) * in_three(painted_share * hair[box]), dtype=np.float32)
    place, inner = ends.place | (hair[box] & (painted_share > 0)), whole & (strange == 0)
    inner = next((one for one in (shrunk_mask(inner, _MIXED * height), inner) if one.any()), inner)
    if inner.any():
        told = np.minimum(np.interp(share, _TOLD, (0, 1)), (distance_from(ends.place) / (_MIXED * height)).clip(0, 1))
        even = blurred(fill(own, inner), _EVEN * height)
        own = even + (own - even) * in_three(told.astype(np.float32))
        place |= hair[box] & (told < 1)
    made = picture[box]
    made[place] += ((own - made) * in_three(share))[place]
    trust[box][place] = 0


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
