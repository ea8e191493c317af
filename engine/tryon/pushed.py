"""The predicted parse where a user has pushed the laid garment about: its region goes where the cloth went."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8
from engine.category import Category
from engine.imaging.components import filled_from_nearest
from engine.imaging.planes import among
from engine.imaging.sampling import taken_from
from engine.values import Segmentation, Warp


def worn(segmentation: Segmentation, warp: Warp, category: Category) -> Segmentation:
    """The parse that goes with the garment as it is laid by now; the predicted one where nobody has pushed it.

    What lies over garments (hair, a face) stays there; where the garment is gone its neighbours are.
    """
    if warp.displacement is None:
        return segmentation
    labels = segmentation.labels
    before = labels == category.garment
    after = _carried(before, warp.displacement)
    without = filled_from_nearest(labels, before)
    return Segmentation(np.where(after & ~among(labels, category.over), np.uint8(category.garment), without))


def _carried(region: NDArray[np.bool_], displacement: NDArray[np.float32]) -> NDArray[np.bool_]:
    """A region (H, W) pushed about as `engine.warping.displaced` pushes the cloth."""
    height, width = region.shape
    small = np.asarray(displacement, np.float32)
    back = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    places = np.stack([x, y], axis=-1) + back * np.array([width / 2, height / 2], np.float32)
    soft: Array8 = np.where(region, 255, 0).astype(np.uint8)
    return taken_from(soft, places, beyond=None) > 127
