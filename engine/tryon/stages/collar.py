"""The inside of the collar, found in the product photo."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Mask8
from engine.networks.collar import CLOSE_SIZE, SIZE
from engine.tryon.collar_edge import ended_at_edge
from engine.tryon.context import Context
from engine.tryon.high_collars import standing_collar
from engine.tryon.photo_marks import marks_in
from engine.values import Collar, Garment

_SURE, _PERHAPS = 0.4, 0.2  # probabilities; with .5 the overlap on 60 held-out drawn ones is .713, with this .723


def run(context: Context, garment: Sequence[Garment]) -> list[Collar]:
    """Mark what is likely the inside of the collar, as far as the front's edge; a standing one shows none."""
    found = marks_in(context, garment, CLOSE_SIZE if context.config.close else SIZE)[:, 0].cpu().numpy()
    return [Collar(_inside(one, of)) for one, of in zip(found, garment, strict=True)]


def _inside(likely: NDArray[np.float32], garment: Garment) -> Mask8:
    if standing_collar(garment) is not None:
        return np.zeros_like(garment.mask)
    inside = ended_at_edge(_down_to_the_front(likely), garment.image, np.asarray(garment.mask >= 128))
    return np.where(inside, 255, 0).astype(np.uint8)


def _down_to_the_front(likely: NDArray[np.float32]) -> BoolMask:
    """What of probabilities (H, W) is likely enough, and what may be and lies above that: a network is surest at the
    front's edge, and above the front there is nothing else."""
    rows, upwards = np.arange(len(likely))[:, None], likely[::-1]
    sure, broken = (
        np.maximum.accumulate(np.where(one, rows, -1), axis=0) for one in (upwards > _SURE, upwards <= _PERHAPS)
    )
    return np.asarray((sure > broken)[::-1])
