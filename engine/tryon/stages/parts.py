"""The garment's sleeves, found in the product photo."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Mask8
from engine.networks.flow import SIZE as LAID
from engine.networks.marks import SIZE
from engine.tryon.context import Context
from engine.tryon.photo_marks import marks_in
from engine.values import Garment, MarkedParts

_APART = 3  # pixels of 256 x 192 between sleeves that lie on each other


def run(context: Context, garment: Sequence[Garment]) -> list[MarkedParts]:
    """Mark what is more likely than not a sleeve, within the garment."""
    found = marks_in(context, garment, SIZE).cpu().numpy()
    return [MarkedParts(_sleeves(one, of.mask)) for one, of in zip(found, garment, strict=True)]


def _sleeves(likely: NDArray[np.float32], mask: Mask8) -> Mask8:
    """Both sides' (2, H, W) as one mask (H, W), each a region of its own."""
    sides = [((one > 0.5) & (one == likely.max(axis=0))).astype(np.uint8) for one in likely]
    reach = np.ones((round(_APART * mask.shape[0] / LAID[0]) // 2 * 2 + 1,) * 2, np.uint8)
    left, right = (np.asarray(cv2.dilate(one, reach), np.bool_) for one in sides)
    return np.where(np.any(sides, axis=0) & ~(left & right) & (mask >= 128), 255, 0).astype(np.uint8)
