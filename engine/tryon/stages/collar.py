"""The inside of the collar, found in the product photo."""

from collections.abc import Sequence

import numpy as np

from engine.arrays import BoolMask, Mask8
from engine.networks.collar import SIZE
from engine.tryon.collar_edge import ended_at_edge
from engine.tryon.context import Context
from engine.tryon.high_collars import standing_collar
from engine.tryon.photo_marks import marks_in
from engine.values import Collar, Garment


def run(context: Context, garment: Sequence[Garment]) -> list[Collar]:
    """Mark what is more likely than not the inside of the collar, as far as the front's edge; a standing one shows
    none."""
    found = (marks_in(context, garment, SIZE)[:, 0] > 0.5).cpu().numpy()
    return [Collar(_inside(one, of)) for one, of in zip(found, garment, strict=True)]


def _inside(found: BoolMask, garment: Garment) -> Mask8:
    if standing_collar(garment) is not None:
        return np.zeros_like(garment.mask)
    inside = ended_at_edge(found, garment.image, np.asarray(garment.mask >= 128))
    return np.where(inside, 255, 0).astype(np.uint8)
