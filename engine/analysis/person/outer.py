"""What is worn or carried over a top, as a network of its own sees it, laid into the parse.

Of a coat it tells only where among the upper clothes it is. Things in front (a bag, its strap, a phone) are what the
parse has no class for: nobody knows what they hide.
"""

import numpy as np

from engine.arrays import BoolMask, Labels
from engine.category import UPPER
from engine.imaging.colour_bleed import grown_mask, shrunk_mask
from engine.imaging.components import small_parts
from engine.imaging.planes import among
from engine.labels import IGNORE, Lip, Outer

_LEAST = 8e-4  # of the picture: smaller things are jewellery, or none
_LINE = 3 / 1024  # of the height, half the width of a line between two classes that somebody left open


def with_coat_seen(parse: Labels, outer: Labels) -> Labels:
    """A parse (H, W) whose upper clothes are a coat where `outer` (H, W), in the classes of `Outer`, shows one."""
    made, worn = parse.copy(), among(parse, UPPER.worn)
    made[worn & (parse == Lip.COAT)] = Lip.UPPER
    made[worn & (outer == Outer.COAT)] = Lip.COAT
    return made


def with_things(parse: Labels, outer: Labels) -> Labels:
    """A parse (H, W) with what `outer` (H, W), in the classes of `Outer`, calls a thing not known, 255."""
    made = parse.copy()
    made[_large(outer == Outer.THING)] = IGNORE
    return made


def things_in(parse: Labels) -> BoolMask:
    """Where (H, W) a parse (H, W) knows that something is in front, but not of what class; lines are no things."""
    unknown = np.asarray(parse == IGNORE)
    if not unknown.any():
        return unknown
    inner = shrunk_mask(unknown, _LINE * len(parse))
    return _large(np.asarray(unknown & grown_mask(inner, 2 * _LINE * len(parse))))


def _large(things: BoolMask) -> BoolMask:
    return np.asarray(things & ~small_parts(things, 8, least=_LEAST * things.size))
