"""Lines and shades that end at a hole going on in it, more and more blurred: fast marching (Telea, Journal of Graphics
Tools 2004), OpenCV's.
"""

import cv2
import numpy as np

from engine.arrays import BoolMask, FloatPicture
from engine.imaging.colour_bleed import distance_from
from engine.imaging.planes import in_three, small_size

_ROWS = 256  # of the picture in which it is done: a background is no sharper
_REACH = 6  # pixels of that around one, that tell its colour
_WHOLLY = 0.999  # of a pixel of a smaller picture
_GOES_ON, _ENDS = 6 / 1024, 24 / 1024  # of the height, from what is known: as far as it does wholly, and as it does
_INSIDE = 0.5  # further in, where neither knows better: two guesses that differ are nearer to the truth in the middle


def with_seam(picture: FloatPicture, hole: BoolMask, known: BoolMask) -> FloatPicture:
    """A picture (H, W, 3), 0 to 255, with a filled hole (H, W), that goes on from where it is known (H, W) without a
    seam; float32.

    What is neither tells nothing and stays. Further inside it is the mean of what goes on and what was filled.
    """
    if not (hole.any() and known.any()):
        return picture
    size = small_size(hole.shape, _ROWS)
    share = cv2.resize(known.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    levels = np.rint(cv2.resize(picture, size, interpolation=cv2.INTER_AREA)).clip(0, 255).astype(np.uint8)
    small = cv2.inpaint(levels, (share < _WHOLLY).astype(np.uint8), _REACH, cv2.INPAINT_TELEA)
    gone_on = cv2.resize(small.astype(np.float32), hole.shape[::-1], interpolation=cv2.INTER_CUBIC)
    near = (_ENDS - distance_from(known) / len(hole)) / (_ENDS - _GOES_ON)
    share = _INSIDE + (1 - _INSIDE) * near.clip(0, 1)
    return np.asarray(picture + (gone_on - picture) * in_three(share * hole), dtype=np.float32)
