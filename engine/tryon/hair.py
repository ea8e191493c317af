"""Hair before the old top: where that shows between strands, the new garment does instead.

A parse draws it with a smooth outline. Within it lie pieces of the top, without it the ends of strands; with
another top one sees both. How much of a pixel is in front is told by a filter that gives the photo's edges to the
parse, and by its colour, which lies between two known ones; the rest of it is given the new colour, as in blue-screen
matting (Smith and Blinn, SIGGRAPH 1996). Before a top as dark as hair colours tell too little, for so is hair in its
own shade: there its ends are the generator's, in the photo's tone.
"""

from typing import NamedTuple

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture
from engine.category import UPPER, Category
from engine.imaging.blurring import blurred, mean_around
from engine.imaging.colour_bleed import distance_from, grown_mask, shrunk_mask
from engine.imaging.components import parts_with
from engine.imaging.filling import fill, nearest_values
from engine.imaging.guided import GuidedFilter
from engine.imaging.mixtures import along_way
from engine.imaging.planes import among, box_around, in_three, resized_mask, small_size
from engine.labels import Seg
from engine.tryon.skin import SKIN

_NOISE = 60.0  # of 255: what two colours have to differ by to tell
_OWN, _SHORT = 0.35, 0.3  # of what is surely in front, that may be nearer to the top's colour; how near at most
_PLAIN, _FOLDS = 0.95, 0.4  # of the top, that is no strand; how near to the hair's colour its folds may come
# Lengths are shares of the picture's height.
_WINDOW = 6 / 1024  # of a filter that works at half size: half its width
_SMOOTH = 1e-3  # variance of colours, from 0 to 1, in which it sees no edge
_FADE = 0.3  # of the reach, over which the look ends
_LEAST, _MOST = 0.25, 0.8  # shares that are none and all: a window's edges leave a haze
_SURE = 5 / 1024  # of an outline, whose colours are mixed
_NEAR = 110 / 1024  # from it, where the top shows its colours
_LOCAL = 24 / 1024  # over which they change with the light
_ANY = 4e-4  # of the picture: less of the top tells no colour
_VOTES = 24 / 1024  # around a place behind it, of what comes to lie there
_TIE, _MAJORITY = 1e-3, 3  # of votes; how much more than its share a majority has
_BEYOND = 12.0  # of 255: how far a colour may lie beyond the photo's and what is behind
_OPPONENT = np.array([[1 / 3, 1, 0], [1 / 3, -1, -1], [1 / 3, 0, 1]], np.float32)  # from RGB to grey and two tones
_COLOURS = 0.02, 0.98  # quantiles of these, beyond which nothing in front has colours
_WHOLE, _FAINT = 254 / 255, 0.2  # shares that are all of a pixel, and that may be noise
_SOFT = 4 / 1024  # beyond what is surely a strand, where it ends
_ROWS = 256  # of the small picture in which the tone of painted hair is worked out
_ENDS, _FADES, _RIM = (
    20 / 1024,
    8 / 1024,
    6 / 1024,
)  # from the top, as far as which hair is painted; that ends softly; rim
_LIGHTER = 20.0  # of 255, by which a top is lighter than hair
_TONE = 90 / 1024  # from the top, as far as which hair tells its tone
_CORE = 24 / 1024  # from the top, where hair is surely no top
_REACH = 40 / 1024  # from the outline between the two, as far as which either is looked for in the other


class _Places(NamedTuple):
    """Masks (H, W): what is in front, the top and the skin that go from behind it, what of them is near the other, and
    what surely shows the top's colours. height: the whole picture's."""

    front: BoolMask
    top: BoolMask
    skin: BoolMask
    inside: BoolMask
    outside: BoolMask
    cloth: BoolMask
    from_front: FloatPicture
    from_top: FloatPicture
    height: int


def lay_hair(
    picture: FloatPicture,
    trust: FloatPicture,
    photo: Array8,
    generated: Array8,
    cloth: FloatPicture,
    before: Array8,
    after: Array8,
    category: Category = UPPER,
) -> None:
    """Give what comes to lie behind the hair the old top's share of each pixel along it; picture (H, W, 3) and trust in
    the photo (H, W) are changed.

    generated: (H, W, 3), the generator's picture. cloth: (H, W, 3), the new garment, continued beyond its outline.
    before, after: (H, W), the parses.
    """
    hair, top = before == Seg.HAIR, before == category.garment
    covered = among(before, SKIN) & (after == category.garment)
    box = _box(hair, top | covered)
    if box is None:
        return
    near = _places(hair[box], top[box], covered[box], len(before))
    if not near.inside.any() or np.count_nonzero(near.cloth) < _ANY * before.size:
        return
    if not _is_lighter(photo[box], near):
        _lay_painted(picture[box], trust[box], photo[box], generated[box], near)
        return
    behind = _behind(photo[box], near)
    share = _share(photo[box], behind, near)
    there = near.inside | near.outside
    there[there] = nearest_values((near.top | near.skin).view(np.uint8), ~near.front, there) > 0
    mixed = there & ~(near.front & (share > _WHOLE))
    below = _below(picture[box], cloth[box], after[box], near, mixed, category)
    part, seen, old = share[mixed][:, None], photo[box][mixed].astype(np.float32), behind[mixed]
    own = old + (seen - old) / np.maximum(part, _FAINT)  # where nothing is in front, nothing of the old weave
    least, most = np.quantile(photo[box][near.front] @ _OPPONENT, _COLOURS, axis=0)
    own = (own @ _OPPONENT).clip(least, most) @ np.linalg.inv(_OPPONENT)
    least, most = np.minimum(seen, below) - _BEYOND, np.maximum(seen, below) + _BEYOND  # what differs is no mixture
    picture[box][mixed] = (part * own + (1 - part) * below).clip(least, most)
    trust[box][mixed] = 0


def _is_lighter(photo: Array8, near: _Places) -> bool:
    """Whether the top is lighter than the hair further up, of which there may be none."""
    hair = near.front & (near.from_top > _CORE * near.height)
    top, above = (np.median(photo[one].mean(axis=1)) if one.any() else 0 for one in (near.cloth, hair))
    return bool(top > above + _LIGHTER)


def _lay_painted(picture: FloatPicture, trust: FloatPicture, photo: Array8, generated: Array8, near: _Places) -> None:
    """Lay the ends of painted hair, and a little of what is painted beside them; picture (h, w, 3) and trust (h, w) are
    changed."""
    height, size = near.height, small_size(trust.shape, round(_ROWS * trust.shape[0] / near.height))
    known = near.front & (near.from_top > _ENDS * height) & (near.from_top < _TONE * height)
    seen, painted = (
        cv2.resize(one, size, interpolation=cv2.INTER_AREA).astype(np.float32) for one in (photo, generated)
    )
    tone = blurred(fill(seen - painted, resized_mask(known, size)), _LOCAL / 2 * size[1])
    ends = generated + cv2.resize(tone, trust.shape[::-1], interpolation=cv2.INTER_LINEAR)
    inner = ((_ENDS * height - near.from_top) / (_FADES * height)).clip(0, 1) * near.front
    beside = ~near.front & (near.from_front < _RIM * height) & (near.from_top < _ENDS * height)
    share = np.maximum(inner, blurred(near.front.astype(np.float32), _RIM / 2 * height) * beside)
    trust *= 1 - share
    picture += (ends - picture) * in_three(share / np.maximum(1 - trust, 1e-6))  # the photo's share is laid over it


def _box(hair: BoolMask, goes: BoolMask) -> tuple[slice, slice] | None:
    """Around hair, as far as it may lie near what goes (H, W) from behind it; None where nothing does."""
    if not goes.any():
        return None
    height, near = len(goes), np.zeros_like(goes)
    around = box_around(goes, round(_REACH * height))
    near[around] = hair[around]
    return box_around(near, round(_NEAR * height)) if near.any() else None


def _places(hair: BoolMask, top: BoolMask, skin: BoolMask, height: int) -> _Places:
    """Masks (h, w) of a piece of a picture of that height."""
    goes = top | skin
    from_front, from_top = distance_from(hair), distance_from(goes)
    around = distance_from(~(hair | goes))
    seam = grown_mask(top, 2 * _SURE * height) & grown_mask(skin, 2 * _SURE * height)  # either would pass for a strand
    near = (from_front > _SURE * height) & (from_front < _NEAR * height)
    return _Places(
        front=hair,
        top=top,
        skin=skin,
        inside=hair & (from_top < _REACH * height),
        outside=goes & (from_front < _REACH * height) & (around > 2 * _SURE * height) & ~seam,
        cloth=shrunk_mask(top, _SURE * height) & near,
        from_front=from_front,
        from_top=from_top,
        height=height,
    )


def _behind(photo: Array8, near: _Places) -> FloatPicture:
    """The colours (h, w, 3) behind what is in front: those of the top or the skin around, whichever is nearer."""
    height = near.height
    made = fill(mean_around(photo, near.cloth, _LOCAL * height), near.cloth)
    bare = shrunk_mask(near.skin, _SURE * height)
    if bare.any():
        closer = distance_from(near.skin) < distance_from(near.top)
        made = np.where(closer[..., None], fill(mean_around(photo, bare, _LOCAL * height), bare), made)
    return made


def _share(photo: Array8, top: FloatPicture, near: _Places) -> FloatPicture:
    """How much (h, w) of each pixel of a piece of a photo is in front of the top (h, w, 3)."""
    height, whole, most = near.height, near.front.astype(np.float32), np.ones_like(near.from_top)
    surely = shrunk_mask(near.front & (near.from_top > _CORE * height), _SURE * height)
    if surely.any():
        own = fill(mean_around(photo, surely, _LOCAL * height), surely)
        along, told = along_way(photo, top, own - top, _NOISE)
        along /= max(float(np.quantile(along[surely], _OWN)), _SHORT)  # most of what is surely in front is at its end
        folds = float(np.quantile(along[near.cloth], _PLAIN))
        whole += (along.clip(0, 1) - whole) * told * near.inside
        if folds < _FOLDS:
            whole += (((along - folds) / (1 - folds)).clip(0, 1) - whole) * told * near.outside
        most = 1 - told * (1 - along.clip(0, 1))
    found = np.minimum(GuidedFilter(photo, max(1, round(_WINDOW * height)), _SMOOTH)(whole), most)
    share = ((found - _LEAST) / (_MOST - _LEAST)).clip(0, 1)
    within, beyond = (
        ((_REACH * height - distance) / (_FADE * _REACH * height)).clip(0, 1)
        for distance in (near.from_top, near.from_front)
    )
    # a print's dots and letters do not hang together with it
    ends = parts_with(near.front | (near.outside & (share > _FAINT)), near.front)
    strands = np.where(near.outside, share * beyond * grown_mask(ends, _SOFT * height), 0)
    return np.asarray(np.where(near.front, 1 - (1 - share) * within, strands), dtype=np.float32)


def _below(
    picture: FloatPicture,
    cloth: FloatPicture,
    after: Array8,
    near: _Places,
    mixed: BoolMask,
    category: Category,
) -> FloatPicture:
    """The colours (N, 3) behind the pixels that are `mixed` (h, w), in a piece of the picture.

    Behind hair goes on what more of is around: the new garment's cloth, skin, or the wall.
    """
    garment, skin, wall = (
        one & ~near.front for one in (after == category.garment, among(after, SKIN), after == Seg.BACKGROUND)
    )
    going_on, votes = np.zeros((np.count_nonzero(mixed), 3), np.float32), np.zeros((np.count_nonzero(mixed), 1))
    for place in (garment, skin, wall):
        vote = ((blurred(place.astype(np.float32), _VOTES * near.height) + _TIE) ** _MAJORITY)[mixed][:, None]
        going_on += vote * (cloth if place is garment else fill(picture, place))[mixed]
        votes += vote
    below = np.where(near.front[mixed][:, None], going_on / votes, picture[mixed])
    return np.asarray(np.where(garment[mixed][:, None], cloth[mixed], below), dtype=np.float32)
