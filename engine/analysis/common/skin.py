"""Where a picture may show bare skin, by colour alone."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Picture


def is_skin(picture: Picture) -> NDArray[np.bool_]:
    """(H, W): pixels of a picture uint8 (H, W, 3) whose colour occurs on skin, light or dark.

    The box in YCrCb is that of Chai and Ngan (1999), as photographs of all skins share hue and differ in lightness.
    """
    values = cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb)
    return np.asarray(cv2.inRange(values, np.array((40, 136, 80)), np.array((255, 173, 125))) > 0)
