"""Where the warped cloth fails to cover the predicted clothes."""

from collections.abc import Sequence

import numpy as np

from engine.category import UPPER, Category
from engine.tryon.context import Context
from engine.tryon.pushed import worn
from engine.values import Misalignment, Segmentation, Warp


def run(context: Context, segmentation: Sequence[Segmentation], warp: Sequence[Warp]) -> list[Misalignment]:
    """The gaps that the generator has to fill."""
    category = context.category
    pairs = zip(segmentation, warp, strict=True)
    return [misalignment(worn(parse, laid, category), laid, category) for parse, laid in pairs]


def misalignment(segmentation: Segmentation, warp: Warp, category: Category = UPPER) -> Misalignment:
    """255 where predicted clothes are not covered by the warped cloth, soft at the cloth's edge."""
    uncovered = 255 - warp.mask
    return Misalignment(np.where(segmentation.labels == category.garment, uncovered, 0).astype(np.uint8))
