"""Pieces of the old top that the parse took for something else, told by their colour.

A seam or a sleeve beside an arm a small parser calls arm, behind an arm it calls background what is a hem or a fold,
and the lower hem of a top it calls trousers; a skirt below folded arms, a top; the rim of a collar, face. These stay in
the picture, and so would the pieces. Arms show their own colours along their middle, a studio's wall beside the person,
trousers further down, and the top its own around all of them. Pieces among hair: `engine.analysis.person.among_hair`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.analysis.person.colours import BROAD, Spread, distance, middle_and_spread, mostly_like
from engine.arrays import BoolMask, Labels, Picture
from engine.category import UPPER
from engine.imaging.colour_bleed import distance_from, grown_mask, shrunk_mask
from engine.imaging.components import each_part, parts_with, small_parts
from engine.imaging.filling import fill, nearest_values
from engine.imaging.mixtures import along_way
from engine.imaging.planes import box_around
from engine.labels import Lip

_ON_A_WALL: Spread = (16.0, 5.0, 5.0)  # least spreads of lightness and chromas there: a wall is lit evenly
_LEAST = 4e-4  # of the picture: less of wall or top than this tells no colour
_OTHER = 9.0  # squared distance from known colours, in their spreads, beyond which it is none of them
_NEARER = 0.25  # the top's colours, in distances from the other's
_PLAIN = (12.0, 4.0, 4.0)  # spread of a wall's lightness and chromas, at most; a street has the top's colour somewhere
_BEFORE = 0.02  # share of a wall that other things hide, at most: a street between two skies has them
# Lengths are shares of the picture's height.
_REACH = 60 / 1024  # how far from trousers the top shows its colours
_BEHIND = 110 / 1024  # and behind an arm
_HEM = 70 / 1024  # and below the hem
_GAP = 14 / 1024  # between an arm and a piece of the hem behind it
_BELOW = 25 / 1024  # of its lowest place, at most, behind an arm
_WALL = 30 / 1024  # from the person, where the wall is seen
_RIM = 30 / 1024  # from an arm's outline
_CORE = 12 / 1024  # from an arm's outline inwards, where there is nothing but skin
_SURE = 4 / 1024  # of an outline, whose colours are mixed
_CHIN, _AROUND_CHIN = 10 / 1024, 60 / 1024  # from a collar to a face's rim, and to where both show their colours
_MIXED, _NOISE = 0.35, 25.0  # share of the collar in a pixel; levels of 256 by which colours have to differ to tell
_SHADED = (0.5, 1.0, 1.0)  # what lightness and chromas count: a chin lies in its own shade
_BOTTOMS = (Lip.PANTS, Lip.SKIRT)  # what is nearer to them may be a pocket
_MOSTLY = 0.6  # of a piece: .89 and .90 of two skirts' were, of 20 pieces of tops' .26 at most
_SMALL = 2e-4  # of the picture: a smaller piece is not seen


def with_lost_tops(colours: Picture, parse: Labels) -> Labels:
    """The parse (H, W) of a picture with colours (H, W, 3), in Lab, whose top has what is of its colour, not of arms,
    wall or trousers."""
    scene = _Scene(colours, parse)
    for step in (_below_arms, _on_arms, _below_hem, _beyond_arms, _behind_arms, _below_chin):
        made = step(scene)
        scene = scene if made is scene.parse else _Scene(colours, made)
    return scene.parse


@dataclass(frozen=True, eq=False)
class _Scene:
    """The colours (H, W, 3) of a picture and its parse (H, W), with what several steps ask of them."""

    colours: Picture
    parse: Labels

    @property
    def height(self) -> int:
        return len(self.parse)

    @cached_property
    def top(self) -> BoolMask:
        return np.isin(self.parse, UPPER.worn)

    @cached_property
    def inner_top(self) -> BoolMask:
        return shrunk_mask(self.top, _SURE * self.height)

    @cached_property
    def from_top(self) -> NDArray[np.float32]:
        return distance_from(self.top)

    @cached_property
    def bottoms(self) -> BoolMask:
        return np.isin(self.parse, _BOTTOMS)

    @cached_property
    def from_bottoms(self) -> NDArray[np.float32]:
        return distance_from(self.bottoms)

    @cached_property
    def arms(self) -> BoolMask:
        return np.isin(self.parse, UPPER.limb_labels)

    def alike(self, near: BoolMask, other: BoolMask, top: BoolMask, least: Spread = BROAD) -> BoolMask:
        """Pieces of `near` that have the colours of `top` rather than those of `other`; all are masks (H, W).

        least: spreads of both, at least.
        """
        piece = np.zeros_like(near)
        if not near.any() or min(other.mean(), top.mean()) < _LEAST:
            return piece
        unlike = distance(self.colours, near, other, least)
        piece[near] = unlike > _OTHER
        if not piece.any():
            return piece
        nearer = np.minimum(_OTHER, _NEARER * unlike[unlike > _OTHER])
        piece[piece] = distance(self.colours, piece, top, least) < nearer
        return self.seen(piece)

    def like_hem(self, near: BoolMask) -> BoolMask:
        """Pieces (H, W) of `near` that have the colours of the top near trousers rather than those of trousers."""
        own = self.bottoms & (self.from_top > 1.5 * _HEM * self.height)
        return self.alike(near, own, self.inner_top & (self.from_bottoms < _REACH * self.height))

    def claimed(self, piece: BoolMask, body: BoolMask) -> Labels:
        """The parse whose top has those of some pieces (H, W) that touch a body (H, W)."""
        piece = self.touching(piece, body)
        return np.where(piece, Lip.UPPER, self.parse).astype(np.uint8) if piece.any() else self.parse

    def touching(self, piece: BoolMask, body: BoolMask) -> BoolMask:
        """What is to be seen of pieces (H, W) that touch a body (H, W), but for an outline's mixed colours; others lie
        behind the person."""
        if not piece.any():
            return piece
        return self.seen(piece) & ~small_parts(piece | grown_mask(body, _SURE * self.height), 8, share=1.0)

    def seen(self, piece: BoolMask) -> BoolMask:
        """Pieces (H, W) without the small ones."""
        return piece & ~small_parts(piece, 8, least=_SMALL * piece.size)


def _below_arms(scene: _Scene) -> Labels:
    """Pieces of a top that arms part from the rest, and that look like the trousers or skirt which they adjoin."""
    pieces, edge = small_parts(scene.top, 8, share=1.0), _SURE * scene.height
    pieces = scene.seen(parts_with(pieces, pieces & grown_mask(scene.bottoms, edge)))
    if not pieces.any():
        return scene.parse
    cloth, top = shrunk_mask(scene.bottoms, edge), scene.inner_top & ~pieces
    alike, others = mostly_like(scene.colours, pieces, cloth, top), np.zeros_like(pieces)
    for box, own in each_part(pieces, 0):
        others[box] |= own & (alike[box][own].mean() > _MOSTLY)
    made = scene.parse.copy()
    if others.any():
        made[others] = nearest_values(scene.parse, scene.bottoms, others)
    return made


def _on_arms(scene: _Scene) -> Labels:
    height, parse, arms = scene.height, scene.parse, scene.arms
    piece = scene.alike(arms, shrunk_mask(arms, _CORE * height), scene.inner_top)
    if piece.any():
        piece &= (distance_from(~arms) <= _RIM * height) & (scene.from_top < scene.from_bottoms)
    made = scene.claimed(piece, parse != Lip.BACKGROUND)
    if made is parse:
        return parse
    thick = grown_mask(shrunk_mask(made != parse, _SURE * height), 2 * _SURE * height)
    return np.where(thick | grown_mask(scene.top, 2 * _SURE * height), made, parse)  # else a thin outline before a wall


def _behind_arms(scene: _Scene) -> Labels:
    height, person = scene.height, scene.parse != Lip.BACKGROUND
    body = scene.top | scene.arms
    from_body = distance_from(body)
    wall = (from_body > _BEHIND * height) & (distance_from(person) > _WALL * height)
    if not _is_plain(scene.colours, wall):
        return scene.parse
    near = ~person & (from_body < _BEHIND * height) & (scene.from_top < scene.from_bottoms)
    piece = scene.alike(near, wall, scene.inner_top, _ON_A_WALL)
    trousers = shrunk_mask(scene.bottoms, _SURE * height)
    if piece.any() and trousers.any():  # a parse loses pieces of these too
        piece[piece] = distance(scene.colours, piece, trousers, _ON_A_WALL) > _OTHER
    return scene.claimed(piece, body)


def _is_plain(colours: Picture, wall: BoolMask) -> bool:
    """Whether a wall (H, W) is one: its colours, of (H, W, 3), spread little, and hardly anything stands before it."""
    if not wall.any() or (middle_and_spread(colours, wall)[1] > _PLAIN).any():
        return False
    return bool((distance(colours, wall, wall, _ON_A_WALL) > _OTHER).mean() < _BEFORE)


def _beyond_arms(scene: _Scene) -> Labels:
    """A hem that goes on behind an arm; what lies lower than it is the shade of a hand."""
    height, arms = scene.height, scene.arms
    if not (arms.any() and scene.top.any() and scene.bottoms.any()) or (scene.parse == Lip.COAT).any():
        return scene.parse
    lowest = np.flatnonzero(scene.top.any(axis=1))[-1]
    near = scene.bottoms & (scene.from_top < _BEHIND * height) & (distance_from(arms) < _HEM * height)
    near[round(lowest + _BELOW * height) :] = False
    piece = scene.touching(scene.like_hem(near), scene.top | grown_mask(arms, _GAP * height))
    if not piece.any():
        return scene.parse
    closed = shrunk_mask(grown_mask(piece | arms, _GAP * height), _GAP * height)
    rim = scene.bottoms & grown_mask(piece, _SURE * height)  # whose colours are mixed
    return np.where(piece | rim | (closed & ~arms), Lip.UPPER, scene.parse).astype(np.uint8)


def _below_chin(scene: _Scene) -> Labels:
    """The rim of a face that is mixed with a collar, which would be a dark line below the chin without it."""
    height, face = scene.height, scene.parse == Lip.FACE
    near = face & (scene.from_top < _CHIN * height)
    box = box_around(near, round(_AROUND_CHIN * height))
    skin = shrunk_mask((face | (scene.parse == Lip.NECK))[box], _CORE * height)
    cloth = shrunk_mask(scene.top[box], 2 * _SURE * height)
    if not near.any() or min(skin.sum(), cloth.sum()) < _LEAST * face.size:
        return scene.parse
    colours = np.asarray(scene.colours[box] * np.array(_SHADED), dtype=np.float32)
    own = fill(colours, skin)
    along, sure = along_way(colours, own, fill(colours, cloth) - own, _NOISE)
    made = scene.parse.copy()
    made[box][near[box] & (along * sure > _MIXED)] = Lip.UPPER
    return made


def _below_hem(scene: _Scene) -> Labels:
    height, parse, bottoms = scene.height, scene.parse, scene.bottoms
    if not bottoms.any():
        return parse
    near = bottoms & (scene.from_top < _HEM * height)
    made = scene.claimed(scene.like_hem(near), scene.top)
    if made is parse:
        return parse
    claimed = scene.top | (made != parse)
    above, below = (np.maximum.accumulate(one, axis=0) for one in (claimed, claimed[::-1]))
    return np.where(near & above & below[::-1], Lip.UPPER, made).astype(np.uint8)  # buttons, and the gap between tails
