"""The inside of the collar, found in the product photo."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Mask8
from engine.imaging.components import small_parts
from engine.tryon.collar_edge import ended_at_edge
from engine.tryon.context import Context
from engine.tryon.high_collars import standing_collar
from engine.tryon.photo_marks import marks_in
from engine.values import Collar, Garment

_LIKELY = 0.4  # probability; with .5 the overlap on 99 held-out drawn ones is .770, with this .775


def run(context: Context, garment: Sequence[Garment]) -> list[Collar]:
    """Mark what is likely the inside of the collar, as far as the front's edge; a standing one shows none."""
    found = marks_in(context, garment, context.config.size)[:, 0].cpu().numpy()
    return [Collar(_inside(one, of)) for one, of in zip(found, garment, strict=True)]


def _inside(likely: NDArray[np.float32], garment: Garment) -> Mask8:
    if standing_collar(garment) is not None:
        return np.zeros_like(garment.mask)
    whole = np.asarray(garment.mask >= 128)
    inside = ended_at_edge(_convex((likely > _LIKELY) & whole), garment.image, whole)
    return np.where(inside, 255, 0).astype(np.uint8)


def _convex(marked: BoolMask) -> BoolMask:
    """The largest part of a mark (H, W) with its dents filled: a front's edge hangs, whatever its shape; a mark that is
    in doubt somewhere has notches."""
    part = marked & ~small_parts(marked, 8, share=1.0)
    hull = np.zeros(marked.shape, np.uint8)
    if part.any():
        cv2.fillConvexPoly(hull, cv2.convexHull(np.argwhere(part)[:, ::-1].astype(np.int32)), 1)
    return hull > 0
