"""What colours something shows, as a histogram (Swain and Ballard, IJCV 1991): clothes have many."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Picture

_BINS = 16, 64, 64  # of lightness and chromas; a colour counts for those beside it too
_RARE = 1e-5  # of pixels: colours that neither side shows tell nothing


def bins_of(colours: Picture) -> NDArray[np.int64]:
    """Which of all bins (h, w) each of the colours (h, w, 3), 8-bit Lab, falls into."""
    light, *chromas = (colours[..., one].astype(np.int64) * count // 256 for one, count in enumerate(_BINS))
    return np.asarray((light * _BINS[1] + chromas[0]) * _BINS[2] + chromas[1], np.int64)


def odds(bins: NDArray[np.int64], of: BoolMask, against: BoolMask) -> NDArray[np.float32]:
    """How much likelier (h, w) each colour is in one place (h, w) than in another, as a natural logarithm."""
    one, other = (_shares(bins, place) + _RARE for place in (of, against))
    return np.asarray(np.log(one / other)[bins], np.float32)


def _shares(bins: NDArray[np.int64], place: BoolMask) -> NDArray[np.float32]:
    """The share of each bin (N,) in a place (h, w), and a little of it in those beside."""
    counts = np.bincount(bins[place], minlength=int(np.prod(_BINS))).astype(np.float32) / np.count_nonzero(place)
    across = cv2.GaussianBlur(np.ascontiguousarray(counts.reshape(_BINS).transpose(1, 2, 0)), (0, 0), 1.0)
    planes = np.ascontiguousarray(across.transpose(2, 0, 1)).reshape(_BINS[0], -1)
    return np.asarray(cv2.GaussianBlur(planes, (1, 0), 0.1, sigmaY=0.8), np.float32).ravel()
