"""How much of each pixel is hair, told where a studio's plain wall lies behind it.

The wall's colour is known from further away and the hair's from further in, so a pixel between them tells its share, as
in blue-screen matting (Smith and Blinn, SIGGRAPH 1996). A hand-drawn parse has a smooth outline there.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import BoolMask, FloatPicture, Labels, Picture
from engine.imaging.blurring import blurred
from engine.imaging.colour_bleed import distance_from, near
from engine.imaging.components import parts_with
from engine.imaging.filling import fill
from engine.imaging.planes import Plane, box_around, in_three
from engine.labels import Lip

# Lengths are shares of the picture's height.
_AROUND = 160 / 1024  # hair, that is looked at
_PURE = 40 / 1024  # from the person, where the wall is nothing but itself
_INNER = 16 / 1024  # from the wall, where hair is nothing but hair
_FAR = 64 / 1024  # from the hair: there is none
_RIM = 32 / 1024  # on the other side of its outline: there is nothing else
_OTHERS = 20 / 1024  # as near to other things colours are theirs too
_BEYOND = 36 / 1024  # from the hair, where single strands have ended and the wall has to be as plain as it seemed
_SMOOTH = 12 / 1024  # of both colours
_PLAIN = 9.0  # levels of 256 that it may differ by
_APART = 70.0  # between the colours of hair and wall, for shares to be told
_NOISE, _WHOLE = 0.06, 0.86  # shares that are none, and all: both have a grain
_STRAND = 0.12  # a share that hangs together with the hair
_LEAST = 1e-2  # of the height squared, that is hair; of its rim a fifth of that has to be told
_TOLD = 0.15, 0.65  # share of which a pixel tells the hair's own colour a little, and well


@dataclass(frozen=True, eq=False)
class Matted:
    """A piece (h, w) of a photo: picture (h, w, 3) with its LIP labels, how much of each pixel is hair from 0 to 1,
    where that is known, and the hair's own colours (h, w, 3)."""

    picture: Picture
    parse: Labels
    share: Plane
    known: BoolMask
    hair: FloatPicture

    @property
    def rim(self) -> BoolMask:
        """Where it is known to be neither all nor nothing."""
        return np.asarray(self.known & (self.share > 0.05) & (self.share < 0.95))


def matted(picture: Picture, parse: Labels) -> Matted | None:
    """The piece around the hair of a studio's photo (H, W, 3) with LIP labels (H, W); None where too little is told."""
    height, hair = len(parse), parse == Lip.HAIR
    if np.count_nonzero(hair) < _LEAST * height * height:
        return None
    box = box_around(hair, round(_AROUND * height))
    return _matted(np.ascontiguousarray(picture[box]), parse[box], height)


def _matted(picture: Picture, parse: Labels, height: int) -> Matted | None:
    """As `matted`, of a piece of a picture of that height."""
    hair, wall = parse == Lip.HAIR, parse == Lip.BACKGROUND
    from_hair, from_wall = distance_from(hair), distance_from(wall)
    free = distance_from(~hair & ~wall) > _OTHERS * height
    pure = wall & ~near(~wall, _PURE * height)
    inner = hair & (from_wall > _INNER * height) & free
    beyond = wall & free & (from_hair > _BEYOND * height) & (from_hair < _FAR * height)
    if not (pure.any() and inner.any() and beyond.any()):
        return None
    seen = picture.astype(np.float32)
    behind, before = (blurred(fill(seen, one), _SMOOTH * height) for one in (pure, inner))
    if np.abs(seen - behind)[beyond].mean() > _PLAIN:
        return None
    apart = before - behind
    square = np.square(apart).sum(axis=2)
    share = (((seen - behind) * apart).sum(axis=2) / np.maximum(square, 1) - _NOISE) / (_WHOLE - _NOISE)
    rim = (from_hair < _FAR * height) & (from_wall < _RIM * height) & free
    told = rim & (square > _APART**2)
    if np.count_nonzero(told) < _LEAST / 5 * height * height:
        return None
    made = np.where(rim, share.clip(0, 1), hair).astype(np.float32)
    made[~parts_with(made > _STRAND, hair & (made > 0.5))] = 0
    elsewhere = (hair | (wall & (from_hair >= _FAR * height))) & free & ~rim
    others = ~hair & ~wall & (from_hair > _INNER * height)
    return Matted(picture, parse, made, told | elsewhere | others, _own(seen, behind, before, made))


def _own(seen: FloatPicture, behind: FloatPicture, before: FloatPicture, share: Plane) -> FloatPicture:
    """The colours (h, w, 3) of hair without what is seen through it, typical ones where too little of it is left."""
    whole = (seen - behind * in_three(1 - share)) / in_three(np.maximum(share, _TOLD[0]))
    told = in_three(np.interp(share, _TOLD, (0, 1)).astype(np.float32))
    return np.asarray((before + (whole - before) * told).clip(0, 255), dtype=np.float32)
