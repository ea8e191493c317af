"""Ends of hair before the old top, laid over the new one.

A parse draws hair with a smooth outline. Within it lie pieces of the old top, which colours seldom tell from hair in
its own shade, and along it what is hair in part. So near the top hair is the generator's, which paints it over the new
garment, in the photo's tone. Along the outline a matte says how much of each pixel is hair, whose colour is that of the
hair further in there: neither the rims that a generator paints nor the old top's colours are left.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture, Labels
from engine.category import UPPER, Category
from engine.imaging.blurring import blurred
from engine.imaging.colour_bleed import distance_from, shrunk_mask
from engine.imaging.filling import fill, nearest_values
from engine.imaging.planes import Plane, among, box_around, in_three, resized_mask, small_size
from engine.labels import Seg
from engine.tryon.skin import SKIN

_ALL, _NONE = 0.98, 0.02  # shares that leave nothing of the rest to be seen, and nothing of the hair
_FIRM = 0.15, 0.85  # shares of the matte that count as none and as all
_ROWS = 256  # of the small picture in which the tone is worked out
# Lengths are shares of the picture's height.
_RIM = 10 / 1024  # from the outline in the parse, as far as which the matte has a say; from half of that on less
_SOFT = 3 / 1024  # of an outline that only the parse tells
_ENDS = 24 / 1024  # from what goes, as far as which hair is painted
_FADES = 10 / 1024  # over which that begins
_TONE = 90 / 1024  # from what goes, as far as which hair tells its tone
_SPREAD = 12 / 1024  # of the tone
_MIXED = 6 / 1024  # rim of whole hair, whose colours are mixed all the same
_EVEN = 2 / 1024  # softness of the colours of ends


@dataclass(frozen=True, eq=False)
class Ends:
    """Hair whose outline lies before what goes, in a box (h, w) of the picture.

    behind: (H, W), the predicted parse with what lies behind those ends. share: (h, w), how much of each pixel is hair.
    place: (h, w), where that is neither all nor nothing. from_goes: (h, w), pixels from what goes.
    """

    box: tuple[slice, slice]
    behind: Labels
    share: Plane
    place: BoolMask
    from_goes: Plane


def ends_of_hair(matte: Array8 | None, before: Labels, after: Labels, category: Category = UPPER) -> Ends | None:
    """Those of a matte of hair (H, W), 0 to 255, with the photo's and the predicted labels (H, W); None where no hair
    lies before what goes.

    matte: None leaves the outline to the parse.
    """
    height, hair = len(before), before == Seg.HAIR
    goes = (before == category.garment) | (among(before, SKIN) & (after == category.garment))
    box = _box(hair, goes, height)
    if box is None:
        return None
    own, new, hair = before[box], after[box], hair[box]
    from_outline = np.where(hair, distance_from(~hair), distance_from(hair))
    if matte is None:
        told = blurred(hair.astype(np.float32), _SOFT * height)
    else:
        told = np.interp(matte[box], np.multiply(255, _FIRM), (0, 1)).astype(np.float32)
    share = hair + (told - hair) * (2 - 2 * from_outline / (_RIM * height)).clip(0, 1)
    thin, known = hair & (share < _ALL), ~hair & (new != Seg.HAIR)
    place, behind = (own == category.garment) & (share > _NONE), after.copy()
    if thin.any() and known.any():
        was, lies = (nearest_values(labels, known, thin) for labels in (own, new))
        over = ((was == category.garment) & (lies == Seg.BACKGROUND)) | (lies == category.garment)
        behind[box][thin] = np.where(over, lies, new[thin])
        place[thin] = over
    return Ends(box, behind, share.astype(np.float32), place, distance_from(goes[box]))


def _box(hair: BoolMask, goes: BoolMask, height: int) -> tuple[slice, slice] | None:
    """Around hair near what goes (H, W), with what tells its tone; None where there is none."""
    if not goes.any():
        return None
    close = np.zeros_like(goes)
    around = box_around(goes, round(_ENDS * height))
    close[around] = hair[around]
    return box_around(close, round(_TONE * height)) if close.any() else None


def lay_hair(picture: FloatPicture, trust: Plane, photo: Array8, generated: Array8, hair: BoolMask, ends: Ends) -> None:
    """Lay ends of hair (H, W) over what lies behind them; picture (H, W, 3) and trust in the photo (H, W) are changed.

    generated: (H, W, 3), the generator's picture.
    """
    box, height = ends.box, len(hair)
    seen, labelled = photo[box].astype(np.float32), hair[box]
    near = labelled * ((_ENDS * height - ends.from_goes) / (_FADES * height)).clip(0, 1)
    higher = labelled & (ends.from_goes > _ENDS * height) & (ends.from_goes < _TONE * height)
    painted = generated[box] + _tone(photo[box], generated[box], higher, height)
    own = np.asarray(seen + (painted - seen) * in_three(near), dtype=np.float32)
    inner = shrunk_mask(labelled & ~ends.place, _MIXED * height)
    further = (distance_from(ends.place) / (_MIXED * height)).clip(0, 1).astype(np.float32)
    if inner.any():
        even = blurred(fill(own, inner), _EVEN * height)
        own = even + (own - even) * in_three(further)
    place = ends.place | (labelled & ((near > 0) | (further < 1)))
    made = picture[box]
    made[place] += ((own - made) * in_three(np.where(ends.place, ends.share, 1).astype(np.float32)))[place]
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
