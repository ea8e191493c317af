"""Long hair over the old top: where that shows between strands and around their ends, the new garment does instead.

A parse draws hair with one smooth outline. Within it lie pieces of the top, without it the ends of strands; with
another top one sees both. A plain top is a known background, so each pixel tells by its colour how much of it is hair,
as in blue-screen matting (Smith and Blinn, SIGGRAPH 1996); the rest is given the new colour. Hair of the top's colour,
and tops with a pattern, tell nothing and stay as they are.
"""

from typing import NamedTuple

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture
from engine.category import UPPER, Category
from engine.imaging.blurring import blurred, mean_around
from engine.imaging.colour_bleed import distance_from, shrunk_mask
from engine.imaging.components import parts_with
from engine.imaging.filling import fill, nearest_values
from engine.imaging.planes import among, box_around
from engine.labels import Seg

# Lengths are shares of the picture's height.
_IN, _OUT = 56 / 1024, 20 / 1024  # how far from the outline between them top is looked for in hair, and hair on the top
_SURE = 5 / 1024  # of an outline, whose colours are mixed
_NEAR = 110 / 1024  # from the hair, where the top shows its colours
_LOCAL = 24 / 1024  # over which they change with the light
_LEAST = 4e-4  # of the picture: less of hair or top tells no colour
_WEIGHTS = (1.0, 2.0, 2.0)  # of lightness and chromas in a difference of colours
_PLAIN = 8.0  # difference of half of a top from its own colour nearby, at most
_NOISE = 0.9  # share of the top within its own noise
_TYPICAL = 0.7  # of the hair's usual difference from the top: from here on it is all hair
_APART = 3.7  # times the noise: what hair and top have to differ by
_FADE = 0.3  # of the lengths above, over which the look ends
_OUTLINE = 1.0 / 1024  # softness
_VOTES = 24 / 1024  # around a place below hair, of what comes to lie there
_TIE = 1e-3  # of votes
_WHOLE, _FAINT = 254 / 255, 0.2  # share of hair in a pixel that is nothing but hair, and that may be noise
_SKIN = (Seg.NECK, Seg.FACE, Seg.LEFT_ARM, Seg.RIGHT_ARM)


class _Strands(NamedTuple):
    """share: (h, w), how much of a pixel is hair. top: (h, w, 3), the old top's colours behind it."""

    share: FloatPicture
    top: FloatPicture


class _Places(NamedTuple):
    """Masks (H, W): hair near the top, the top near the hair, and what surely shows the colours of either."""

    hair: BoolMask
    inside: BoolMask
    outside: BoolMask
    cloth: BoolMask
    own: BoolMask
    from_hair: FloatPicture
    from_top: FloatPicture


def with_strands(
    photo: Array8,
    picture: FloatPicture,
    cloth: FloatPicture,
    trust: FloatPicture,
    before: Array8,
    after: Array8,
    category: Category = UPPER,
) -> tuple[FloatPicture, FloatPicture]:
    """Picture (H, W, 3) and trust in the photo (H, W), in which what comes to lie below hair takes the old top's share
    of each pixel along it.

    cloth: (H, W, 3), the new garment, continued beyond its outline. before, after: (H, W), the parses.
    """
    height = len(before)
    places = _places(before == Seg.HAIR, before == category.garment)
    if not places.inside.any() or min(places.cloth.mean(), places.own.mean()) < _LEAST:
        return picture, trust
    box = box_around(places.inside, round(_NEAR * height))
    near = _Places(**{name: one[box] for name, one in places._asdict().items()})
    seen = _seen(photo[box], near, height)
    if seen is None:
        return picture, trust
    there = near.inside | near.outside
    there[there] = nearest_values(before[box], ~near.hair, there) == category.garment
    mixed = there & ~(near.hair & (seen.share > _WHOLE))
    garment, skin = (after[box] == category.garment) & ~near.hair, among(after[box], _SKIN) & ~near.hair
    below = np.where(near.hair[..., None], _below(picture[box], cloth[box], garment, skin, height), picture[box])
    below[garment] = cloth[box][garment]
    share = seen.share[..., None]
    own = (photo[box] - seen.top) * (share / _FAINT).clip(0, 1)  # where there is no hair, nothing of the old weave
    made, trusted = picture.copy(), trust.copy()
    made[box][mixed] = (share * seen.top + (1 - share) * below + own)[mixed]
    trusted[box][mixed] = 0
    return made, trusted


def _places(hair: BoolMask, top: BoolMask) -> _Places:
    height = len(hair)
    from_hair, from_top = distance_from(hair), distance_from(top)
    return _Places(
        hair=hair,
        inside=hair & (from_top < _IN * height),
        outside=top & (from_hair < _OUT * height) & (distance_from(~(hair | top)) > 2 * _SURE * height),
        cloth=shrunk_mask(top, _SURE * height) & (from_hair > _SURE * height) & (from_hair < _NEAR * height),
        own=shrunk_mask(hair & (from_top > _IN * height), _SURE * height),
        from_hair=from_hair,
        from_top=from_top,
    )


def _seen(photo: Array8, near: _Places, height: int) -> _Strands | None:
    """What a piece of a photo of that height shows of strands; None where the colours do not tell."""
    if not (near.own.any() and near.cloth.any()):
        return None
    known = fill(mean_around(photo, near.cloth, _LOCAL * height), near.cloth)
    difference = _difference(photo, known)
    noise, usual = float(np.quantile(difference[near.cloth], _NOISE)), float(np.median(difference[near.own]))
    if usual <= _APART * noise or float(np.median(difference[near.cloth])) > _PLAIN:
        return None
    share = ((difference - noise) / (_TYPICAL * usual - noise)).clip(0, 1)
    within, beyond = (
        ((reach * height - distance) / (_FADE * reach * height)).clip(0, 1)
        for reach, distance in ((_IN, near.from_top), (_OUT, near.from_hair))
    )
    # a print's dots and letters do not hang together with the hair
    beyond *= parts_with(near.hair | (near.outside & (share > _FAINT)), near.hair)
    share = np.where(near.hair, 1 - (1 - share) * within, np.where(near.outside, share * beyond, 0))
    return _Strands(blurred(share, _OUTLINE * height), known)


def _below(picture: FloatPicture, cloth: FloatPicture, garment: BoolMask, skin: BoolMask, height: int) -> FloatPicture:
    """What goes on below hair (h, w): the new garment's cloth, or skin where more of that is around."""
    votes = [blurred(one.astype(np.float32), _VOTES * height) + _TIE for one in (garment, skin)]
    covered = (votes[0] / (votes[0] + votes[1]))[..., None]
    return np.asarray(cloth * covered + fill(picture, skin) * (1 - covered), dtype=np.float32)


def _difference(photo: Array8, known: FloatPicture) -> FloatPicture:
    """(H, W): of two pictures' colours, in CIELAB."""
    one, other = (cv2.cvtColor(some.astype(np.float32) / 255, cv2.COLOR_RGB2LAB) for some in (photo, known))
    return np.asarray(np.sqrt(np.square((one - other) * _WEIGHTS).sum(axis=2)), dtype=np.float32)
