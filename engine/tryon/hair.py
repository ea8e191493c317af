"""Ends of hair before the old top, of which pieces show between strands.

A parse draws hair with a smooth outline. Within it lie pieces of the top, and colours seldom tell them from hair in its
own shade. So along the top hair is the generator's, which paints it over the new garment, in the photo's tone.
"""

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture
from engine.category import UPPER, Category
from engine.imaging.blurring import blurred
from engine.imaging.colour_bleed import distance_from
from engine.imaging.filling import fill
from engine.imaging.planes import among, box_around, in_three, resized_mask, small_size
from engine.labels import Seg
from engine.tryon.skin import SKIN

_ROWS = 256  # of the small picture in which the tone is worked out
# Lengths are shares of the picture's height.
_ENDS = 24 / 1024  # from what goes, as far as which hair is painted
_FADES = 10 / 1024  # over which that begins
_RIM = 6 / 1024  # beyond the hair's outline, as far as which that is soft
_TONE = 90 / 1024  # from what goes, as far as which hair tells its tone
_SPREAD = 12 / 1024  # of the tone


def lay_hair(
    picture: FloatPicture,
    trust: FloatPicture,
    photo: Array8,
    generated: Array8,
    before: Array8,
    after: Array8,
    category: Category = UPPER,
) -> None:
    """Lay the generator's ends of hair where these lie before what goes; picture (H, W, 3) and trust in the photo
    (H, W) are changed.

    generated: (H, W, 3), the generator's picture. before, after: (H, W), the parses.
    """
    goes = (before == category.garment) | (among(before, SKIN) & (after == category.garment))
    box = _box(before == Seg.HAIR, goes)
    if box is not None:
        _lay(picture[box], trust[box], photo[box], generated[box], before[box] == Seg.HAIR, goes[box], len(before))


def _box(hair: BoolMask, goes: BoolMask) -> tuple[slice, slice] | None:
    """Around hair near what goes (H, W), with what tells its tone; None where there is none."""
    if not goes.any():
        return None
    height, near = len(goes), np.zeros_like(goes)
    around = box_around(goes, round(_ENDS * height))
    near[around] = hair[around]
    return box_around(near, round(_TONE * height)) if near.any() else None


def _lay(
    picture: FloatPicture,
    trust: FloatPicture,
    photo: Array8,
    generated: Array8,
    hair: BoolMask,
    goes: BoolMask,
    height: int,
) -> None:
    """As `lay_hair`, in a piece (h, w) of a picture of that height."""
    from_goes, from_hair = distance_from(goes), distance_from(hair)
    ends = generated + _tone(
        photo, generated, hair & (from_goes > _ENDS * height) & (from_goes < _TONE * height), height
    )
    inner = ((_ENDS * height - from_goes) / (_FADES * height)).clip(0, 1) * hair
    beside = ~hair & (from_hair < _RIM * height) & (from_goes < _ENDS * height)
    share = np.maximum(inner, blurred(hair.astype(np.float32), _RIM / 2 * height) * beside)
    trust *= 1 - share
    picture += (ends - picture) * in_three(share / np.maximum(1 - trust, 1e-6))  # the photo's share is laid over it


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
