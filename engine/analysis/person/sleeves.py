"""Long sleeves that the parse took for bare arms, told by the person's own skin.

A tight sleeve has the shape of an arm, and a small parser now and then says so. The face shows what this person's skin
looks like in this light: what has another colour than that, and the top's, is sleeve. An arm in the sun under a face
in the shade of a hat has neither.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.analysis.person.colours import distance
from engine.arrays import Labels, Picture
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
    face, top = parse == Lip.FACE, np.isin(parse, UPPER.worn)
    if min(face.mean(), top.mean()) < _LEAST:
        return parse
    colours = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).astype(np.float32)
    made = parse.copy()
    for arm in _ARMS:
        place = parse == arm
        if place.any():
            from_skin, from_top = (distance(colours[place], colours[known]) for known in (face, top))
            of_top = (from_top < _TOPS) & (from_top < _NEARER * from_skin)
            sleeve = _smoothed(place, (from_skin > _OTHER) & of_top)
            if sleeve.sum() > _SLEEVE * place.sum():
                made[sleeve] = Lip.UPPER
    return made


def _smoothed(place: NDArray[np.bool_], answer: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Each pixel of `place` (H, W) answers as most around it do; `answer` (N,) is theirs in order."""
    side = 2 * max(1, round(_SMOOTH * len(place))) + 1
    yes = np.zeros(place.shape, dtype=np.float32)
    yes[place] = answer
    voices = cv2.blur(place.astype(np.float32), (side, side))
    return np.asarray(place & (cv2.blur(yes, (side, side)) > 0.5 * voices), dtype=np.bool_)
