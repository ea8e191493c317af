"""How far colours are from those that something is known to have."""

import numpy as np
from numpy.typing import NDArray

_SPREAD = 5.0  # least standard deviation of a chroma: light varies over a body
_DARKER = 60.0  # and of a lightness, which tells less


def distance(colours: NDArray[np.float32], known: NDArray[np.float32]) -> NDArray[np.float32]:
    """Squared distance (N,) of Lab colours (N, 3) from the middle of the known ones (M, 3), in their spreads."""
    middle = np.median(known, axis=0)
    spread = 1.48 * np.median(np.abs(known - middle), axis=0)
    spread = np.maximum(spread, (_DARKER, _SPREAD, _SPREAD))
    return np.asarray(np.square((colours - middle) / spread).sum(axis=1), dtype=np.float32)
