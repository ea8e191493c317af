"""Pieces of the old top that the parse took for something else, told by their colour.

Between strands and along their outline a small parser calls hair what is a collar, a strap or a shoulder; a seam or a
sleeve beside an arm it calls arm, behind an arm it calls background what is a hem or a fold, and the lower hem of a top
it calls trousers. These stay in the picture, and so would the pieces. Hair shows its own colours around the head, arms
along their middle, a studio's wall beside the person, trousers further down, and the top its own around all of them.
"""

import numpy as np

from engine.analysis.person.colours import distance, middle_and_spread, smooth_lab
from engine.arrays import BoolMask, FloatPicture, Labels, Picture
from engine.category import UPPER
from engine.imaging.colour_bleed import distance_from, grown_mask, shrunk_mask
from engine.imaging.components import small_parts
from engine.labels import Lip

_LEAST = 4e-4  # of the picture: less of hair, wall or top than this tells no colour
_OTHER = 9.0  # squared distance from known colours, in their spreads, beyond which it is none of them
_NEARER = 0.25  # the top's colours, in distances from the other's
_PLAIN = (12.0, 4.0, 4.0)  # spread of a wall's lightness and chromas, at most; a street has the top's colour somewhere
# Lengths are shares of the picture's height.
_REACH = 60 / 1024  # how far from the top a piece of it may lie in the hair
_BEHIND = 110 / 1024  # and behind an arm
_HEM = 70 / 1024  # and below the hem
_WALL = 30 / 1024  # from the person, where the wall is seen
_RIM = 30 / 1024  # from an arm's outline
_CORE = 12 / 1024  # from an arm's outline inwards, where there is nothing but skin
_SURE = 4 / 1024  # of an outline, whose colours are mixed
_BOTTOMS = (Lip.PANTS, Lip.SKIRT)  # what is nearer to them may be a pocket
_SMALL = 2e-4  # of the picture: a smaller piece is not seen


def with_lost_tops(picture: Picture, parse: Labels) -> Labels:
    """The parse (H, W) of a picture (H, W, 3) whose top has what is of its colour, not of hair, wall or trousers."""
    colours = smooth_lab(picture)
    return _below_hem(colours, _behind_arms(colours, _on_arms(colours, _among_hair(colours, parse))))


def _among_hair(colours: FloatPicture, parse: Labels) -> Labels:
    height = len(parse)
    hair, top = parse == Lip.HAIR, np.isin(parse, UPPER.worn)
    from_hair, from_top = (distance_from(one) for one in (hair, top))
    near = hair & (from_top < _REACH * height)
    own = shrunk_mask(hair & ~near, _SURE * height)
    beside = shrunk_mask(top, _SURE * height) & (from_hair < 2 * _REACH * height)
    return _claimed(parse, near, top, colours, own, beside)


def _on_arms(colours: FloatPicture, parse: Labels) -> Labels:
    height = len(parse)
    top, arms = np.isin(parse, UPPER.worn), np.isin(parse, UPPER.limb_labels)
    rim = arms & ~shrunk_mask(arms, _RIM * height)
    rim &= distance_from(top) < distance_from(np.isin(parse, _BOTTOMS))
    skin = shrunk_mask(arms, _CORE * height)
    made = _claimed(parse, rim, parse != Lip.BACKGROUND, colours, skin, shrunk_mask(top, _SURE * height))
    if made is parse:
        return parse
    thick = grown_mask(shrunk_mask(made != parse, _SURE * height), 2 * _SURE * height)
    return np.where(thick | grown_mask(top, 2 * _SURE * height), made, parse)  # else a thin outline before a wall


def _behind_arms(colours: FloatPicture, parse: Labels) -> Labels:
    height = len(parse)
    top, person = np.isin(parse, UPPER.worn), parse != Lip.BACKGROUND
    body = top | np.isin(parse, UPPER.limb_labels)
    from_body = distance_from(body)
    wall = (from_body > _BEHIND * height) & (distance_from(person) > _WALL * height)
    if not wall.any() or (middle_and_spread(colours[wall])[1] > _PLAIN).any():
        return parse
    near = ~person & (from_body < _BEHIND * height) & (distance_from(top) < distance_from(np.isin(parse, _BOTTOMS)))
    return _claimed(parse, near, body, colours, wall, shrunk_mask(top, _SURE * height))


def _below_hem(colours: FloatPicture, parse: Labels) -> Labels:
    height = len(parse)
    top, bottoms = np.isin(parse, UPPER.worn), np.isin(parse, _BOTTOMS)
    if not bottoms.any():
        return parse
    from_top = distance_from(top)
    near, own = bottoms & (from_top < _HEM * height), bottoms & (from_top > 1.5 * _HEM * height)
    beside = shrunk_mask(top, _SURE * height) & (distance_from(bottoms) < _REACH * height)
    made = _claimed(parse, near, top, colours, own, beside)
    if made is parse:
        return parse
    claimed = top | (made != parse)
    above, below = (np.maximum.accumulate(one, axis=0) for one in (claimed, claimed[::-1]))
    return np.where(near & above & below[::-1], Lip.UPPER, made).astype(np.uint8)  # buttons, and the gap between tails


def _claimed(
    parse: Labels, near: BoolMask, body: BoolMask, colours: FloatPicture, other: BoolMask, top: BoolMask
) -> Labels:
    """The parse with pieces of `near` that touch the body and have the colours of `top` rather than those of `other`.

    Masks and colours are (H, W) and (H, W, 3), in Lab.
    """
    if not near.any() or min(other.mean(), top.mean()) < _LEAST:
        return parse
    unlike = distance(colours[near], colours[other])
    piece = np.zeros_like(near)
    piece[near] = unlike > _OTHER
    if not piece.any():
        return parse
    nearer = np.minimum(_OTHER, _NEARER * unlike[unlike > _OTHER])
    piece[piece] = distance(colours[piece], colours[top]) < nearer
    if not piece.any():
        return parse
    # what touches nothing, but for an outline's mixed colours, lies behind the person
    touching = piece | grown_mask(body, _SURE * len(parse))
    piece &= ~small_parts(touching, 8, share=1.0) & ~small_parts(piece, 8, least=_SMALL * piece.size)
    return np.where(piece, Lip.UPPER, parse).astype(np.uint8)
