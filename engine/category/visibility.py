"""Where a worn garment's outline can be seen, and where something lies over it.

The product photo shows the whole garment, the inside of a collar included; on the person hair, face and neck lie over
that, trousers over a hem that is tucked in, and arms over the sides. A warp that is measured there against the clothes
that can be seen is punished for being right: it would squeeze the collar's inside down into the neckline.
"""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.category.table import UPPER, Category
from engine.labels import Seg

PARTLY_COUNTS = 0.3


def visibility(labels: Labels, category: Category = UPPER) -> Labels:
    """How much each place of labels (H, W) of `Seg` tells of the garment's outline: 0 nothing, 255 all.

    Where a label is not known (`IGNORE`) it tells nothing.
    """
    counts = np.zeros(256, dtype=np.uint8)
    counts[: len(Seg)] = 255
    counts[list(category.over)], counts[list(category.partly)] = 0, round(255 * PARTLY_COUNTS)
    seen = counts[labels]
    return np.where(_neck(labels, category), 0, seen).astype(np.uint8) if category.neckline else seen


def _neck(labels: Labels, category: Category) -> NDArray[np.bool_]:
    """The predicted classes have no neck of its own: what lies below the head and above the clothes is taken for it."""
    below_head = np.maximum.accumulate(np.isin(labels, category.over), axis=0)
    above_clothes = np.maximum.accumulate((labels == category.garment)[::-1], axis=0)[::-1]
    return np.asarray((labels == Seg.BACKGROUND) & below_head & above_clothes)
