"""How far colours are from those that something is known to have."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, FloatPicture, Picture

Colours = NDArray[np.float32]  # (N, 3), in Lab
_SPREAD = 5.0  # least standard deviation of a chroma: light varies over a body
_DARKER = 60.0  # and of a lightness, which tells less
_NARROW = (6.0, 2.5, 2.5)  # least deviations of lightness and chromas of one cloth in one light
_ALIKE = 9.0  # squared distance from a cloth's colours, in its narrow spreads, within which most of it lies
_SELDOM = 0.3  # share of others' colours that may lie there as well, of the cloth's own share
_SMOOTH = 1.5 / 1024  # of the height
_WINDOW = 8 / 1024  # of the height, to either side: the pixels that are asked
_ENOUGH = 20_000  # colours tell the middle and the spread of more


def smooth_lab(picture: Picture) -> FloatPicture:
    """The colours of a picture (H, W, 3) in Lab, without noise and single hairs."""
    smooth = cv2.GaussianBlur(picture, (0, 0), _SMOOTH * len(picture))
    return np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), dtype=np.float32)


def middle_and_spread(known: Colours) -> tuple[Colours, Colours]:
    """The medians (3,) of colours, and the standard deviations (3,) of most of them."""
    some = known[:: max(1, len(known) // _ENOUGH)]
    middle = np.median(some, axis=0)
    return middle, np.asarray(1.48 * np.median(np.abs(some - middle), axis=0), dtype=np.float32)


def distance(colours: Colours, known: Colours) -> NDArray[np.float32]:
    """Squared distance (N,) of colours from the middle of the known ones, in their spreads."""
    middle, spread = middle_and_spread(known)
    spread = np.maximum(spread, (_DARKER, _SPREAD, _SPREAD))
    return np.asarray(np.square((colours - middle) / spread).sum(axis=1), dtype=np.float32)


def mostly_like(colours: FloatPicture, place: BoolMask, cloth: BoolMask, others: BoolMask) -> BoolMask:
    """(H, W): the parts of a place in which most pixels look like those of a cloth, where the others' seldom do.

    colours: (H, W, 3) in Lab. Nothing where cloth and others are too much alike to be told apart.
    """
    if not (cloth.any() and others.any()):
        return np.zeros_like(place)
    middle, spread = middle_and_spread(colours[cloth])
    alike = np.square((colours - middle) / np.maximum(spread, _NARROW)).sum(axis=2) < _ALIKE
    usual, chance = float(alike[cloth].mean()), float(alike[others].mean())
    if chance > _SELDOM * usual:
        return np.zeros_like(place)
    side = 2 * max(1, round(_WINDOW * len(place))) + 1
    asked, yes = (cv2.blur(one.astype(np.float32), (side, side)) for one in (place, place & alike))
    return np.asarray(place & (yes > (usual + chance) / 2 * asked), dtype=np.bool_)
