"""Whether a garment is seen whole and from the front: laid out so, it and its body are nearly their own mirror images.

Of 205 garments, of shops and photographed at home, thirteen are seen from the side (worn by a mannequin that was taken
out); their bodies overlap with their mirror images by .63 to .86 and with their sleeves by .64 to .82. Below both
limits lie those thirteen and four that are folded or of which a part was not found, and no other. A sleeve that lies
otherwise than the second lowers one number, a narrow body whose sleeves lie close to it the other.
"""

import cv2
import numpy as np

from engine.analysis.garment.pieces import box_of
from engine.arrays import FloatPicture, Mask8
from engine.imaging.colour_bleed import disc

_SIDE, _MARGIN = 64, 8  # cells of a square, and around what is in it
_TURNS = (-12, -8, -4, 0, 4, 8, 12)  # degrees: nobody lays a garment out exactly upright
_SHIFTS = range(-8, 9)  # cells between the square's middle and the mirror's, twice
_SLEEVE = 7  # cells: half of what is too narrow for a body
_WHOLE, _BODY = 0.85, 0.9  # overlaps below both of which it is told
_LEAST = 20.0  # cells of a body


def is_lopsided(mask: Mask8) -> bool:
    """Whether what is in a mask (H, W), of 0 and 255 or soft, is far from symmetrical, upright or nearly so."""
    if not mask.any():
        return False
    whole = _centred(mask)
    if symmetry(whole) >= _WHOLE:
        return False
    body = np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, disc(_SLEEVE)), dtype=np.float32)
    return float(body.sum()) > _LEAST and symmetry(body) < _BODY


def symmetry(plane: FloatPicture) -> float:
    """The overlap (intersection over union, 0 to 1) of a square plane (H, H), 0 to 1, with its mirror image, at the
    best of a few axes that are nearly upright."""
    side = len(plane)
    best = 0.0
    for turn in _TURNS:
        turned = cv2.warpAffine(plane, cv2.getRotationMatrix2D((side / 2, side / 2), turn, 1), (side, side))
        for shift in _SHIFTS:
            mirrored = np.roll(turned[:, ::-1], shift, axis=1)
            either = float(np.maximum(turned, mirrored).sum())
            best = max(best, float(np.minimum(turned, mirrored).sum()) / max(either, 1.0))
    return best


def _centred(mask: Mask8) -> FloatPicture:
    """What is in a mask, 0 to 1, in the middle of a square."""
    left, top, right, bottom = map(int, box_of(mask))
    part = mask[top:bottom, left:right].astype(np.float32) / 255
    room = (_SIDE - 2 * _MARGIN) / max(part.shape)
    size = max(1, round(part.shape[1] * room)), max(1, round(part.shape[0] * room))
    made = np.zeros((_SIDE, _SIDE), np.float32)
    y, x = (_SIDE - size[1]) // 2, (_SIDE - size[0]) // 2
    made[y : y + size[1], x : x + size[0]] = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return made
