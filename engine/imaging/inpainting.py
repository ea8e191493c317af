"""Continuing a picture into a hole: lines and shades that end there go on, more and more blurred (Telea, Journal of
Graphics Tools 2004, as OpenCV has it).
"""

import cv2
import numpy as np

from engine.arrays import BoolMask, FloatPicture
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.filling import fill
from engine.imaging.planes import resized_mask, small_size

_ROWS = 256  # of the picture in which it is done: the background of somebody is no sharper
_REACH = 6  # pixels of that around one, that tell its colour
_WHOLLY = 0.999  # of a pixel of a smaller picture
_PLAIN = 3.2  # usual difference of colours from broad ones, 0 to 255: nothing else is to be continued
_AROUND = 24 / 1024  # of the height: how far around


def continued(picture: FloatPicture, hole: BoolMask, known: BoolMask) -> FloatPicture:
    """The picture (H, W, 3), 0 to 255, with the hole (H, W) filled from where it is known (H, W); float32.

    What is neither tells nothing, and comes back smooth (`fill`); so does the hole where nothing is known or all around
    it is plain.
    """
    smooth = fill(picture, known)
    if not (hole.any() and known.any()):
        return smooth
    size = small_size(hole.shape, _ROWS)
    small = np.asarray(cv2.resize(smooth, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    share = cv2.resize(known.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    pure: BoolMask = np.asarray(share > _WHOLLY)
    if not pure.any() or is_plain(small, resized_mask(hole, size), pure):
        return smooth
    levels = np.rint(small).clip(0, 255).astype(np.uint8)
    made = cv2.inpaint(levels, (~pure).astype(np.uint8), _REACH, cv2.INPAINT_TELEA).astype(np.float32)
    smooth[hole] = cv2.resize(made, hole.shape[::-1], interpolation=cv2.INTER_CUBIC)[hole]
    return smooth


def is_plain(picture: FloatPicture, hole: BoolMask, known: BoolMask, share: float = 0.5) -> bool:
    """Whether what is known of a small picture (h, w, 3) around a hole (h, w) differs from its blur no more than noise.

    known: (h, w). share: of the pixels around the hole, those for which this has to hold. Where nothing is known there
    is nothing to be seen, which is plain.
    """
    ring = grown_mask(hole, _AROUND * len(hole)) & known
    if not ring.any():
        return True
    fine = picture[ring] - cv2.GaussianBlur(picture, (0, 0), _AROUND * len(hole))[ring]
    return float(np.quantile(np.abs(fine), share)) < _PLAIN
