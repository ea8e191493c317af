"""The inside of the collar, found in the product photo."""

from collections.abc import Sequence

import numpy as np

from engine.networks.collar import SIZE
from engine.tryon.context import Context
from engine.tryon.high_collars import standing_collar
from engine.tryon.photo_marks import marks_in
from engine.values import Collar, Garment


def run(context: Context, garment: Sequence[Garment]) -> list[Collar]:
    """Mark what is more likely than not the inside of the collar, within the garment; a standing one shows none."""
    found = (marks_in(context, garment, SIZE)[:, 0] > 0.5).cpu().numpy()
    return [
        Collar(np.where(one & (of.mask >= 128) & (standing_collar(of) is None), 255, 0).astype(np.uint8))
        for one, of in zip(found, garment, strict=True)
    ]
