"""The laid cloth goes on to the outline that the parse predicts for the garment, where it ends a little before it.

The flow leads on there, to what the warp stage has mirrored at the garment's edge (`engine.warping.beyond`). A
generator that is shown a gap paints it in the cloth's mean colour, which stripes and checks do not have.
"""

import numpy as np

from engine.arrays import BoolMask, Mask8
from engine.imaging.colour_bleed import near
from engine.values import Warp

WHOLLY = 250  # of 255: masks of users, and warped ones, are not always full
_REACH = 72 / 1024  # of the height: farther out a flow means nothing


def to_outline(warp: Warp, garment: BoolMask) -> Mask8:
    """The warp's mask (H, W), and 255 in gaps beside it in the garment's place (H, W)."""
    gap = garment & near(warp.mask >= WHOLLY, _REACH * len(garment))
    return np.asarray(np.where(gap, np.uint8(255), warp.mask), dtype=np.uint8)
