"""Things that people carry in street photos: bags and their straps, phones, what hands hold.

Clothing Co-Parsing labels them 255, together with belts, ties and jewellery, which go with the clothes.
"""

from dataclasses import replace

import numpy as np

from engine.arrays import BoolMask, Labels
from engine.category import UPPER
from engine.data.raw.photos import Photo
from engine.imaging.components import each_part
from engine.imaging.planes import among
from engine.labels import IGNORE, Lip

THING = Lip.GLOVE  # LIP has no class of its own; what covers a hand is the nearest
_LEAST = 0.0006  # of the photo: smaller ones are jewellery
_BELT, _SURELY = 1.8, 3.5  # width of a belt in its heights, at least, above trousers and above other clothes
_BESIDE = 6  # pixels above and below, where clothes are
_HANGS = 0.25  # of the pixels above a necklace or a tie, that are throat
_LOWER = (Lip.PANTS, Lip.SKIRT)


def with_things(photo: Photo) -> Photo:
    """The photo with things a class of their own, `THING`; belts count as trousers, what else was 255 stays so."""
    parse = photo.parse.copy()
    for where, own in each_part(photo.parse == IGNORE, _BESIDE):
        around = photo.parse[where]
        if own.sum() < _LEAST * parse.size or _hangs_from_the_neck(around, own):
            continue
        parse[where][own] = Lip.PANTS if _is_belt(around, own) else THING
    return replace(photo, parse=parse)


def _hangs_from_the_neck(around: Labels, own: BoolMask) -> bool:
    """Whether a part (h, w) of a parse (h, w) is a necklace or a tie: throat lies right above it."""
    above = np.roll(own, -2, axis=0) & ~own
    return bool(above.any() and among(around[above], (Lip.NECK, Lip.FACE)).mean() > _HANGS)


def _is_belt(around: Labels, own: BoolMask) -> bool:
    """Whether a part (h, w) of a parse (h, w) is much wider than high, with clothes above and below."""
    rows, columns = (np.flatnonzero(own.any(axis=axis)) for axis in (1, 0))
    long = (columns[-1] - columns[0] + 1) / (rows[-1] - rows[0] + 1)
    near = around[:, columns[0] : columns[-1] + 1]
    above, below = near[: rows[0]], near[rows[-1] + 1 :]
    if long <= _BELT or not len(below) or among(above, UPPER.worn).mean() < 0.3:
        return False
    return bool(among(below, _LOWER).mean() > 0.5 or (long > _SURELY and among(below, UPPER.worn).mean() > 0.5))
