"""Necklines that run as they are sewn: in one curve, with a corner where the product photo has one.

A network that predicts the parse at 256 rows draws them in waves. The front of the garment as the flow lays it, without
the inside of the collar, has the curve that was cut.
"""

import cv2
import numpy as np

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.imaging.blurring import blurred
from engine.imaging.colour_bleed import distance_from, near
from engine.imaging.components import parts_with
from engine.imaging.planes import box_around
from engine.labels import Seg

# Shares of the picture's height.
_REACH = 56 / 1024  # from both neck and garment, where the laid outline counts
_RAGGED = 6 / 1024  # spread of the blur that takes off a cut-out's teeth, and strings that hang before the neck
_NARROW = 6 / 1024  # between hair and garment: no more is seen of a neck there
_TOP = 16 / 1024  # of a shoulder or strap, where a garment laid too low would leave an arch of neck in the air
_MORE, _LESS = 15 / 1024, 8 / 1024  # half of how far it may lie above the predicted one, and below; else it is in doubt


def with_neckline_as_laid(labels: Labels, front: BoolMask, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) whose garment begins at the neck where its `front` (H, W) does that the flow has laid;
    as it is where the two are far apart."""
    neck, garment, height = labels == Seg.NECK, labels == category.garment, len(labels)
    others = labels == Seg.BACKGROUND
    if not (category.neckline and neck.any() and garment.any()):
        return labels
    box = box_around(neck, round(_REACH * height))
    neck, garment, laid = neck[box], garment[box], blurred(front[box].astype(np.float32), _RAGGED * height) > 0.5
    place = near(neck, _REACH * height) & near(garment, _REACH * height)
    more = parts_with((place & neck & laid) | garment, garment) & neck
    inner = place & ~near(others[box], _TOP * height)
    less = parts_with((inner & garment & ~laid) | neck, neck) & garment
    more |= place & _narrow((neck & ~more) | less, _NARROW * height) & neck
    if _depth(more) > _MORE * height or _depth(less) > _LESS * height:
        return labels
    made = labels.copy()
    made[box][more], made[box][less] = category.garment, Seg.NECK
    return made


def _narrow(region: BoolMask, width: float) -> BoolMask:
    """What of a region (h, w) is narrower."""
    side = np.ones((round(width) + 1,) * 2, np.uint8)
    opened = cv2.morphologyEx(np.pad(region.view(np.uint8), len(side), "edge"), cv2.MORPH_OPEN, side)
    inner = slice(len(side), -len(side))
    return np.asarray(region & (opened[inner, inner] == 0))


def _depth(region: BoolMask) -> float:
    """How many pixels the innermost one of a region (h, w) is from its outline."""
    return float(distance_from(~region).max())
