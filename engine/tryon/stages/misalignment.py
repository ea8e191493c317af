"""Where the warped cloth fails to cover the predicted clothes."""

from collections.abc import Sequence

import numpy as np

from engine.category import UPPER, Category
from engine.tryon.context import Context
from engine.values import Misalignment, Segmentation, Warp


def run(context: Context, segmentation: Sequence[Segmentation], warp: Sequence[Warp]) -> list[Misalignment]:
    """The gaps that the generator has to fill."""
    return [misalignment(*pair, context.category) for pair in zip(segmentation, warp, strict=True)]


def misalignment(segmentation: Segmentation, warp: Warp, category: Category = UPPER) -> Misalignment:
    """255 where predicted clothes are not covered by the warped cloth, soft at the cloth's edge."""
    uncovered = 255 - warp.mask
    return Misalignment(np.where(segmentation.labels == category.garment, uncovered, 0).astype(np.uint8))
