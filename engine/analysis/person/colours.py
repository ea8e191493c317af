"""How far colours are from those that something is known to have."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Picture

Spread = tuple[float, float, float]
BROAD: Spread = (60.0, 5.0, 5.0)  # least deviations of lightness and chromas over a body, whose light varies
_NARROW = (6.0, 2.5, 2.5)  # least deviations of lightness and chromas of one cloth in one light
_ALIKE = 9.0  # squared distance from a cloth's colours, in its narrow spreads, within which most of it lies
_SELDOM = 0.3  # share of others' colours that may lie there as well, of the cloth's own share
_SMOOTH = 1.5 / 1024  # of the height
_WINDOW = 8 / 1024  # of the height, to either side: the pixels that are asked
_ENOUGH = 20_000  # colours tell the middle and the spread of more


def lab(picture: Picture) -> Picture:
    """The colours of a picture (H, W, 3) in Lab, 8 bits each."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), dtype=np.uint8)


def smooth_lab(picture: Picture) -> Picture:
    """As `lab`, without noise and single hairs."""
    return lab(np.asarray(cv2.GaussianBlur(picture, (0, 0), _SMOOTH * len(picture)), dtype=np.uint8))


def middle_and_spread(colours: Picture, place: BoolMask) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The medians (3,) of the colours (H, W, 3) of a place (H, W), and the standard deviations (3,) of most of them."""
    pixels = np.flatnonzero(place)
    some = _taken(colours, pixels[:: max(1, len(pixels) // _ENOUGH)]).astype(np.float32)
    middle = np.median(some, axis=0)
    return middle, np.asarray(1.48 * np.median(np.abs(some - middle), axis=0), dtype=np.float32)


def distance(colours: Picture, place: BoolMask, known: BoolMask, least: Spread = BROAD) -> NDArray[np.float32]:
    """Squared distance (N,) of the colours (H, W, 3) of a place (H, W) from the middle of those of a known one.

    It is measured in the known one's spreads, `least` at least.
    """
    middle, spread = middle_and_spread(colours, known)
    levels = np.arange(256, dtype=np.float32)[:, None]
    squares = np.square((levels - middle) / np.maximum(spread, least))  # 256 a channel: there are no others
    seen = _taken(colours, np.flatnonzero(place))
    return np.asarray(sum(squares[seen[:, one], one] for one in range(3)), dtype=np.float32)


def mostly_like(colours: Picture, place: BoolMask, cloth: BoolMask, others: BoolMask) -> BoolMask:
    """(H, W): the parts of a place in which most pixels look like those of a cloth, where the others' seldom do.

    colours: (H, W, 3) in Lab. Nothing where cloth and others are too much alike to be told apart.
    """
    if not (cloth.any() and others.any()):
        return np.zeros_like(place)
    alike: BoolMask = np.zeros_like(place)
    told = place | cloth | others
    alike[told] = distance(colours, told, cloth, _NARROW) < _ALIKE
    usual, chance = float(alike[cloth].mean()), float(alike[others].mean())
    if chance > _SELDOM * usual:
        return np.zeros_like(place)
    side = 2 * max(1, round(_WINDOW * len(place))) + 1
    asked, yes = (count_around(one, side) for one in (place, place & alike))
    return np.asarray(place & (yes > (usual + chance) / 2 * asked), dtype=np.bool_)


def count_around(mask: BoolMask, side: int) -> NDArray[np.float32]:
    """How many pixels of a mask (H, W) lie in the square of a side around each pixel, what is outside mirrored."""
    # of bytes: ten times as fast as the mean of floats
    counts = cv2.boxFilter(mask.view(np.uint8), cv2.CV_32F, (side, side), normalize=False)
    return np.asarray(counts, dtype=np.float32)


def _taken(colours: Picture, pixels: NDArray[np.int64]) -> Picture:
    """The colours (N, 3) of the pixels of a picture (H, W, 3) that are numbered row by row."""
    return colours.reshape(-1, 3)[pixels]
