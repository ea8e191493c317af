"""Newly bared skin made to belong to the person: in the tone of the skin that stays.

The generator has learned on studio photos, and paints arms in a studio's light where the photo has another.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture, Labels
from engine.imaging.blurring import blur_reach, blurred
from engine.imaging.colour_bleed import distance_from, grown_mask, shrunk_mask
from engine.imaging.components import parts_with
from engine.imaging.filling import fill
from engine.imaging.planes import box_around, in_three, resized_mask, small_size
from engine.labels import Seg

THROAT = (Seg.NECK, Seg.FACE)  # where one ends and the other begins, no two parses agree
ARMS = (Seg.LEFT_ARM, Seg.RIGHT_ARM)
SKIN = (*THROAT, *ARMS)
_BROAD = 8 / 1024  # of the height: what is finer than this is no tone
_RIM = 3 / 1024  # of what stays, whose colours are mixed
_FURTHEST = 80.0  # that a colour is moved, 0 to 255
# Of 46 street and 51 studio photos .71 and .87 of the arms are as like as the first, and .06 and .03 of the tops.
_SAME, _OTHER = 0.15, 0.25  # distance of two skins' colours, in logarithms of their ratios to green; of others'
_BLUE = 0.7  # of that distance: there is little blue in skin, and noise in it
_BRIGHT = 0.9  # logarithm of how much brighter than the face's skin may be
_DIM, _DARK = -0.5, -0.8  # of how much darker it may be, and of what is surely none: a sheer or a black sleeve
_LEAST = 0.0005  # of the picture: fewer pixels of a face tell nothing
_WHITE = 225  # of 255, in all colours
_SCRAP = 0.002  # of the picture: a hand is larger
_SOME, _LITTLE = 0.7, 0.33  # likeness to the face's skin; the share of an arm that has it, at least
# Of 305 people in the street and 394 in a studio who show their arms, half have arms 1.01 and .85 times as light as the
# brighter half of their face, of those who show their chest 1.08 and .95 times; red and blue differ by 8 % at most.
_OF_LIGHT = 1.0, 0.92, 0.92  # throat and arms
_ABOUT = 0.1  # logarithm by which skin may be lighter or darker than that
_ARMS_SEEN = 0.02  # of the picture: hands are less
_LASTS = 30 / 1024, 150 / 1024, 150 / 1024  # of the height: how far what stays tells the tone of throat and arms
_ROWS = 256  # of the small pictures in which tone is worked out: nothing finer is in it


def likeness(photo: Array8, face: BoolMask) -> FloatPicture:
    """How far each pixel has the colour of the face's skin, in whatever light: (H, W) from 0 to 1.

    Light changes how bright skin is much more than its colour. Nowhere without a face.
    """
    height, size = len(face), small_size(face.shape, _ROWS)
    inner = resized_mask(shrunk_mask(face, _BROAD * height), size)
    if np.count_nonzero(inner) < _LEAST * inner.size:
        return np.zeros(face.shape, dtype=np.float32)
    broad = cv2.resize(blurred(photo, _BROAD * height), size, interpolation=cv2.INTER_AREA)
    logs = np.log(broad + 1)
    own = np.median(logs[inner], axis=0)
    red, green, blue = np.moveaxis(logs - own, 2, 0)
    distance = np.hypot(red - green, _BLUE * (blue - green))
    same = np.clip((_OTHER - distance) / (_OTHER - _SAME), 0, 1)
    lit = np.clip((green - _DARK) / (_DIM - _DARK), 0, 1) * (green < _BRIGHT)
    return np.asarray(cv2.resize(same * lit, face.shape[::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def no_hands(photo: Array8, labels: Labels, alike: FloatPicture) -> BoolMask:
    """(H, W): arms of which little has the face's colour, and that are white or mere scraps: a parse took a bag or the
    edge of a skirt for a hand.

    labels: (H, W), what the photo (H, W, 3) shows; alike: its `likeness`.
    """
    found: BoolMask = np.zeros(labels.shape, np.bool_)
    for arm in ARMS:
        seen = labels == arm
        if seen.any() and (alike[seen] > _SOME).mean() < _LITTLE:
            scrap = seen.mean() < _SCRAP
            found |= seen & bool(scrap or np.median(photo[seen].min(axis=1)) > _WHITE)
    return found


def lit_colour(photo: Array8, face: BoolMask, arms: BoolMask) -> FloatPicture | None:
    """The face's colour (3,), 0 to 255, where the light falls on it; None where too little of one is seen.

    Bare arms, where they are more than hands, tell the body's light better. Of a face it is the brighter half, which
    leaves out shadows and hair; `face` is without sunglasses (52 people's arms are 1.07 times as light with them, and
    1.00 times without, as those of others are).
    """
    if arms.mean() > _ARMS_SEEN:
        return np.asarray(np.median(photo[arms], axis=0) / _OF_LIGHT[1], dtype=np.float32)
    seen = photo[shrunk_mask(face, _RIM * len(face))].astype(np.float32)
    if len(seen) < _LEAST * face.size:
        return None
    light = seen.sum(axis=1)
    return np.asarray(np.median(seen[light >= np.median(light)], axis=0), dtype=np.float32)


def tones_of(
    picture: FloatPicture,
    photo: Array8,
    parts: Sequence[BoolMask],
    stays: BoolMask,
    lights: Sequence[FloatPicture | None],
) -> list[FloatPicture]:
    """What gives a picture's skin, (H, W, 3), 0 to 255, the tone of the photo's where that `stays`; masks are (H, W).

    parts: throat and arms. lights: the face's colour (3,), of `lit_colour`, or None; for each there is an answer
    (h, w, 3) of at most 256 rows, which `toned` adds.

    The difference of the two where the photo stays is continued smoothly along each of the parts, the membrane of
    Poisson image editing (Perez et al., SIGGRAPH 2003), so that they meet unseen. Further away a part is as light as
    the face, for what stays may lie in the chin's shadow or a sleeve's; so is one of which nothing stays, or without a
    face in the middle tone of all that does.
    """
    skin: BoolMask = np.any(parts, axis=0)
    size = small_size(skin.shape, _ROWS)
    known = shrunk_mask(stays & skin, _RIM * len(skin))
    difference = cv2.subtract(photo, picture, mask=known.view(np.uint8), dtype=cv2.CV_32F)  # 0 elsewhere
    tone, seen = _membrane(np.asarray(difference, np.float32), known, size)
    painted = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    places = [resized_mask(part, size) for part in parts]
    return [_further(tone.copy(), seen, painted, places, light) for light in lights]


def _further(
    tone: FloatPicture, seen: BoolMask, painted: FloatPicture, parts: Sequence[BoolMask], light: FloatPicture | None
) -> FloatPicture:
    """A tone (h, w, 3) that is the photo's where that is `seen` (h, w), and further away that of the light; `tone` is
    changed."""
    height = len(seen)
    if not seen.any() and light is None:
        return np.zeros_like(tone)
    for where, lasts, of_light in zip(parts, _LASTS, _OF_LIGHT, strict=True):
        if not (where & ~seen).any():
            continue
        far: FloatPicture = (~parts_with(where, where & seen)).astype(np.float32)
        if light is None:
            goal = np.asarray(np.median(tone[seen], axis=0), dtype=np.float32)
        else:
            goal = _towards(of_light * light, painted, tone, where, where & seen)
            far = np.maximum(far, 1 - np.exp(-distance_from(where & seen) / np.float32(lasts * height)))
        near = grown_mask(where, _BROAD * height)
        tone[near] += (np.broadcast_to(goal, tone.shape)[near] - tone[near]) * far[near][:, None]
    return blurred(tone, _BROAD * height / 2)


def toned(picture: FloatPicture, tone: FloatPicture, skin: BoolMask) -> FloatPicture:
    """The picture (H, W, 3) with a tone of `tones_of` where its skin (H, W) is."""
    made, soft = picture.copy(), _RIM * len(skin) / 2
    box = box_around(skin, blur_reach(soft))
    whole = cv2.resize(tone, skin.shape[::-1], interpolation=cv2.INTER_LINEAR)
    made[box] += whole[box] * in_three(blurred(skin[box].astype(np.float32), soft))
    return made


def _towards(
    colour: FloatPicture, painted: FloatPicture, tone: FloatPicture, where: BoolMask, seen: BoolMask
) -> FloatPicture:
    """What gives a small picture's part (h, w) about a colour (3,), and leaves it its own lights and hues.

    Of what is `seen` of the part its tone is known. The part takes the colour's hue, and is about as light.
    """
    own = np.maximum(painted + tone if seen.any() else painted, 1)
    away = np.log(np.maximum(colour, 1) / own[where & ~seen].mean(axis=0))
    moved = away - away.mean().clip(-_ABOUT, _ABOUT)
    inner = shrunk_mask(where, 1)  # an outline is mixed with what lies beside it
    missing = (own * np.exp(moved).astype(np.float32) - painted).clip(-_FURTHEST, _FURTHEST)
    return fill(missing, inner if inner.any() else where)


def _membrane(difference: FloatPicture, known: BoolMask, size: tuple[int, int]) -> tuple[FloatPicture, BoolMask]:
    """A difference (H, W, 3) where it is `known` (H, W), and 0 elsewhere, continued smoothly, in a picture of `size`
    (width, height); and where it is known in that."""
    spread = _BROAD * size[1]
    sums = cv2.resize(difference, size, interpolation=cv2.INTER_AREA)
    share = cv2.resize(known.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    smooth = blurred(sums, spread) / in_three(np.maximum(blurred(share, spread), 1e-3))
    return fill(smooth.clip(-_FURTHEST, _FURTHEST), share > 0), share > 0
