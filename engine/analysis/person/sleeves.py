"""Long sleeves that the parse took for bare arms, told by the person's own skin.

A tight sleeve has the shape of an arm, and a small parser now and then says so. The face shows what this person's skin
looks like in this light: what has another colour than that, and the top's, is sleeve. An arm in the sun under a face
in the shade of a hat has neither.
"""

import numpy as np

from engine.analysis.person.colours import count_around, distance, lab
from engine.arrays import BoolMask, Labels, Picture
from engine.category import UPPER
from engine.labels import Lip

_ARMS = (Lip.LEFT_ARM, Lip.RIGHT_ARM)
_LEAST = 2e-3  # of the picture: less of face or top than this tells no colour
_OTHER = 9.0  # squared distance from the skin's colours, in their spreads, beyond which it is not that skin
_TOPS, _NEARER = 16.0, 0.5  # a sleeve's distance from the top's colours: in their spreads; in distances from the skin
_SMOOTH = 0.012  # of the height: smaller spots on either side are noise
_SLEEVE = 0.2  # of the arm: less than this may be a bracelet or a shadow


def with_sleeves(picture: Picture, parse: Labels) -> Labels:
    """The parse (H, W) of a picture (H, W, 3) with what is no bare skin on arms given to the top."""
    face, top, arms = parse == Lip.FACE, np.isin(parse, UPPER.worn), np.isin(parse, _ARMS)
    if min(face.mean(), top.mean()) < _LEAST or not arms.any():
        return parse
    colours, cloth = lab(picture), np.zeros_like(arms)
    from_skin, from_top = (distance(colours, arms, known) for known in (face, top))
    cloth[arms] = (from_skin > _OTHER) & (from_top < _TOPS) & (from_top < _NEARER * from_skin)
    made = parse.copy()
    for arm in _ARMS:
        place = parse == arm
        sleeve = _mostly(place, place & cloth)
        if sleeve.sum() > _SLEEVE * place.sum():
            made[sleeve] = Lip.UPPER
    return made


def _mostly(place: BoolMask, some: BoolMask) -> BoolMask:
    """The pixels of a place (H, W) around which `some` are most of it."""
    if not some.any():
        return some
    side = 2 * max(1, round(_SMOOTH * len(place))) + 1
    voices, yes = (count_around(one, side) for one in (place, some))
    return np.asarray(place & (yes > 0.5 * voices), dtype=np.bool_)
