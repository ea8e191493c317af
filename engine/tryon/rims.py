"""The background without the colours that old clothes and arms left along their outline.

A photo's edges are soft, those of a small photo that was enlarged more so: some pixels beyond a bare arm still have its
colour, and stay as a rim beside the sleeve that covers it. What an edge mixes are two known colours, so the share of
the one can be told, and be taken away, as in blue-screen matting (Smith and Blinn, SIGGRAPH 1996).
"""

import cv2
import numpy as np

from engine.arrays import Array8, BoolMask, FloatPicture
from engine.imaging.blurring import mean_around
from engine.imaging.colour_bleed import distance_from, shrunk_mask
from engine.imaging.filling import fill
from engine.imaging.mixtures import along_way
from engine.imaging.planes import box_around, small_size

_ROWS = 256  # of the pictures that tell broad colours
_ALL = 0.999  # of a pixel
_NOISE = 30.0  # of 255: what two colours have to differ by to tell
# Lengths are shares of the picture's height.
_REACH = 10 / 1024  # of an edge
_SURE = 5 / 1024  # of an outline, whose colours are mixed
_LOCAL = 24 / 1024  # over which colours change with the light


def rim_share(photo: Array8, goes: BoolMask, background: BoolMask, pure: float) -> tuple[FloatPicture, FloatPicture]:
    """How much of each pixel (H, W) of the background is of what goes, 0 to 1, and what that adds to it (H, W, 3).

    photo: (H, W, 3). goes: (H, W), old clothes and arms that will not be seen. background: (H, W). pure: how near to
    somebody it is not, as a share of the height.
    """
    height, width = goes.shape
    size = small_size(goes.shape, _ROWS)
    small = np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    inner = shrunk_mask(_whole(goes, size), _SURE * size[1])
    outer = shrunk_mask(_whole(background, size), pure * size[1])
    share, added = np.zeros(goes.shape, np.float32), np.zeros((*goes.shape, 3), np.float32)
    if not inner.any() or not outer.any():
        return share, added
    own, behind = (fill(mean_around(small, one, _LOCAL * size[1]), one) for one in (inner, outer))
    box = box_around(goes, round(_REACH * height))
    away, others = distance_from(goes[box]), distance_from(~(background | goes)[box])
    rim = background[box] & (away < _REACH * height) & (away <= others)
    way, there = (
        cv2.resize(one, (width, height), interpolation=cv2.INTER_LINEAR)[box][rim] for one in (own - behind, behind)
    )
    along, told = along_way(photo[box][rim], there, way, _NOISE)
    near = (2 - 2 * away[rim] / (_REACH * height)).clip(0, 1)
    share[box][rim] = part = along.clip(0, 1) * near * told
    added[box][rim] = part[:, None] * way
    return share, added


def _whole(mask: BoolMask, size: tuple[int, int]) -> BoolMask:
    """A mask (H, W) at another size (width, height), where all that a pixel stands for is in it."""
    return np.asarray(cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)) > _ALL
