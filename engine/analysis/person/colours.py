"""How far colours are from those that something is known to have."""

import numpy as np
from numpy.typing import NDArray

Colours = NDArray[np.float32]  # (N, 3), in Lab
_SPREAD = 5.0  # least standard deviation of a chroma: light varies over a body
_DARKER = 60.0  # and of a lightness, which tells less
_ENOUGH = 20_000  # colours tell the middle and the spread of more


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
