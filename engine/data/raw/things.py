"""Things that people carry in street photos: bags and their straps, phones, what hands hold.

Clothing Co-Parsing labels them 255, together with belts, ties and jewellery, which are worn with clothes.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine.arrays import BoolMask, Labels
from engine.data.raw.photos import Photo
from engine.imaging.components import each_part
from engine.imaging.planes import among
from engine.labels import IGNORE, Lip

THING = Lip.GLOVE  # LIP has no class of its own; what covers a hand is the nearest
_LEAST = 0.0015  # of the photo: smaller ones are jewellery
_BELT, _BESIDE = 1.8, 6  # width of a belt in its heights, at least; pixels above and below, where clothes are
_TOPS, _CLOTHES = (Lip.UPPER, Lip.DRESS, Lip.COAT), (Lip.UPPER, Lip.DRESS, Lip.COAT, Lip.PANTS, Lip.SKIRT)


def with_things(photo: Photo) -> Photo:
    """The photo with things a class of their own, `THING`, and belts trousers; what else was 255 stays."""
    parse = photo.parse.copy()
    for where, thing, belt in _things(photo.parse):
        parse[where][thing] = Lip.PANTS if belt else THING
    return replace(photo, parse=parse)


def _things(parse: Labels) -> Iterator[tuple[tuple[slice, slice], BoolMask, bool]]:
    """Of each thing that is not small a box, where in it the thing is, and whether it is a belt."""
    for where, own in each_part(parse == IGNORE, _BESIDE):
        if own.sum() < _LEAST * parse.size:
            continue
        rows, columns = (np.flatnonzero(own.any(axis=axis)) for axis in (1, 0))
        around = parse[where][:, columns[0] : columns[-1] + 1]
        above, below = around[: rows[0]], around[rows[-1] + 1 :]
        wide = columns[-1] - columns[0] + 1 > _BELT * (rows[-1] - rows[0] + 1)
        clothes = above.size and below.size and among(above, _TOPS).mean() > 0.3 and among(below, _CLOTHES).mean() > 0.5
        yield where, own, bool(wide and clothes)
