"""Long hair over the old top: where that shows between strands and around their ends, the new garment does instead.

A parse draws hair with one smooth outline. Within it lie pieces of the top, without it the ends of strands; with
another top one sees both. How much of a pixel is hair is told by a filter that gives the photo's edges to the parse;
the rest of it is given the new colour, as in blue-screen matting (Smith and Blinn, SIGGRAPH 1996).
"""

from typing import NamedTuple

import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture
from engine.category import UPPER, Category
from engine.imaging.blurring import blurred, mean_around
from engine.imaging.colour_bleed import distance_from, shrunk_mask
from engine.imaging.components import parts_with
from engine.imaging.filling import fill, nearest_values
from engine.imaging.guided import GuidedFilter
from engine.imaging.planes import among, box_around
from engine.labels import Seg

# Lengths are shares of the picture's height.
_NOISE, _TYPICAL, _HARDLY = 60.0, 0.15, 0.3
_PLAIN, _FOLDS = 0.95, 0.4
_WINDOW = 6 / 1024  # of a filter that works at half size: half its width
_SMOOTH = 1e-3  # variance of colours, from 0 to 1, in which it sees no edge
_REACH = 40 / 1024  # how far from the outline between them top is looked for in hair, and hair on the top
_FADE = 0.3  # of that, over which the look ends
_LEAST, _MOST = 0.25, 0.8  # shares of hair that are none and all: a window's edges leave a haze
_SURE = 5 / 1024  # of an outline, whose colours are mixed
_NEAR = 110 / 1024  # from the hair, where the top shows its colours
_LOCAL = 24 / 1024  # over which they change with the light
_ANY = 4e-4  # of the picture: less of the top tells no colour
_VOTES = 24 / 1024  # around a place below hair, of what comes to lie there
_TIE = 1e-3  # of votes
_WHOLE, _FAINT = 254 / 255, 0.2  # share of hair in a pixel that is nothing but hair, and that may be noise
_SKIN = (Seg.NECK, Seg.FACE, Seg.LEFT_ARM, Seg.RIGHT_ARM)


class _Places(NamedTuple):
    """Masks (H, W): hair, the top and the skin that go from behind it, what of them is near the other, and what surely
    shows the top's colours."""

    hair: BoolMask
    top: BoolMask
    skin: BoolMask
    inside: BoolMask
    outside: BoolMask
    cloth: BoolMask
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
    covered = among(before, _SKIN) & (after == category.garment)
    places = _places(before == Seg.HAIR, before == category.garment, covered)
    if not places.inside.any() or places.cloth.mean() < _ANY:
        return picture, trust
    box = box_around(places.inside, round(_NEAR * height))
    near = _Places(**{name: one[box] for name, one in places._asdict().items()})
    top = _behind(photo[box], near, height)
    share = _share(photo[box], top, near, height)
    there = near.inside | near.outside
    there[there] = nearest_values((near.top | near.skin).view(np.uint8), ~near.hair, there) > 0
    mixed = there & ~(near.hair & (share > _WHOLE))
    garment, skin = (after[box] == category.garment) & ~near.hair, among(after[box], _SKIN) & ~near.hair
    below = np.where(near.hair[..., None], _below(picture[box], cloth[box], garment, skin, height), picture[box])
    below[garment] = cloth[box][garment]
    share = share[..., None]
    own = (photo[box] - top) * (share / _FAINT).clip(0, 1)  # where there is no hair, nothing of the old weave
    made, trusted = picture.copy(), trust.copy()
    made[box][mixed] = (share * top + (1 - share) * below + own)[mixed]
    trusted[box][mixed] = 0
    return made, trusted


def _places(hair: BoolMask, top: BoolMask, skin: BoolMask) -> _Places:
    height, goes = len(hair), top | skin
    from_hair, from_top = distance_from(hair), distance_from(goes)
    near = (from_hair > _SURE * height) & (from_hair < _NEAR * height)
    return _Places(
        hair=hair,
        top=top,
        skin=skin,
        inside=hair & (from_top < _REACH * height),
        outside=goes & (from_hair < _REACH * height) & (distance_from(~(hair | goes)) > 2 * _SURE * height),
        cloth=shrunk_mask(top, _SURE * height) & near,
        from_hair=from_hair,
        from_top=from_top,
    )


def _behind(photo: Array8, near: _Places, height: int) -> FloatPicture:
    """The colours (h, w, 3) behind the hair: those of the top or the skin around, whichever is nearer."""
    made = fill(mean_around(photo, near.cloth, _LOCAL * height), near.cloth)
    bare = shrunk_mask(near.skin, _SURE * height)
    if bare.any():
        closer = distance_from(near.skin) < distance_from(near.top)
        made = np.where(closer[..., None], fill(mean_around(photo, bare, _LOCAL * height), bare), made)
    return made


def _share(photo: Array8, top: FloatPicture, near: _Places, height: int) -> FloatPicture:
    """How much (h, w) of each pixel of a piece of a photo of that height is hair; top: (h, w, 3), what lies behind."""
    hair, most = near.hair.astype(np.float32), np.ones_like(near.from_top)
    surely = shrunk_mask(near.hair & (near.from_top > _LOCAL * height), _SURE * height)
    if surely.any():
        along, told = _mixed(photo, top, fill(mean_around(photo, surely, _LOCAL * height), surely), surely)
        folds = float(np.quantile(along[near.cloth], _PLAIN))
        hair += (along.clip(0, 1) - hair) * told * near.inside
        if folds < _FOLDS:
            hair += (((along - folds) / (1 - folds)).clip(0, 1) - hair) * told * near.outside
        most = 1 - told * (1 - along.clip(0, 1))
    found = np.minimum(GuidedFilter(photo, max(1, round(_WINDOW * height)), _SMOOTH)(hair), most)
    share = ((found - _LEAST) / (_MOST - _LEAST)).clip(0, 1)
    within, beyond = (
        ((_REACH * height - distance) / (_FADE * _REACH * height)).clip(0, 1)
        for distance in (near.from_top, near.from_hair)
    )
    # a print's dots and letters do not hang together with the hair
    beyond *= parts_with(near.hair | (near.outside & (share > _FAINT)), near.hair)
    strands = np.where(near.outside, share * beyond, 0)
    return np.asarray(np.where(near.hair, 1 - (1 - share) * within, strands), dtype=np.float32)


def _mixed(photo: Array8, top: FloatPicture, own: FloatPicture, surely: BoolMask) -> tuple[FloatPicture, FloatPicture]:
    """How far (h, w) along the way from the top's colour to the hair's own a pixel's lies, and how sure that is.

    top, own: (h, w, 3), either's colour around; surely: (h, w), hair, most of which lies at the end of the way.
    """
    way = own - top
    apart = np.square(way).sum(axis=2)
    along = ((photo - top) * way).sum(axis=2) / np.maximum(apart, 1)
    return along / max(float(np.quantile(along[surely], _TYPICAL)), _HARDLY), apart / (apart + _NOISE**2)


def _below(picture: FloatPicture, cloth: FloatPicture, garment: BoolMask, skin: BoolMask, height: int) -> FloatPicture:
    """What goes on below hair (h, w): the new garment's cloth, or skin where more of that is around."""
    votes = [blurred(one.astype(np.float32), _VOTES * height) + _TIE for one in (garment, skin)]
    covered = (votes[0] / (votes[0] + votes[1]))[..., None]
    return np.asarray(cloth * covered + fill(picture, skin) * (1 - covered), dtype=np.float32)
