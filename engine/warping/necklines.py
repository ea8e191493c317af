"""A laid garment moved a little up or down at the neck, so that its front ends where the predicted neckline is.

Flow and parse each say where that is, and are apart by a few pixels: a neckband that is laid higher is cut off, and one
that is laid lower leaves a gap. The parse is nearer to the truth, and what users correct; the band is the photo's.

Lengths are pixels of 256 x 192.
"""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels
from engine.category import Category
from engine.imaging.blurring import blurred
from engine.imaging.images import resize_labels
from engine.labels import Seg
from engine.networks.flow import SIZE

_FARTHEST = 8  # that the two may be apart, to be the same edge
_LEAST = 8  # columns in which both are seen
_SMOOTH = 3.0  # spread of the blur along the neckline
_FADE = 16.0  # spread of that with which the move ends beside it
_DEEP = 28.0  # below the neckline, over which it ends; above it does not


def to_neckline(front: BoolMask, labels: Labels, category: Category) -> NDArray[np.float32] | None:
    """How far from each place the cloth lies that belongs there, as `engine.warping.displaced` takes it (256, 192, 2);
    None where nothing is to be moved.

    front (256, 192): where the garment lies, without the inside of its collar. labels (H, W): the predicted parse.
    """
    small = resize_labels(labels, SIZE)
    wanted = _edges(small == category.garment, small == Seg.NECK)
    columns = np.flatnonzero(wanted > 0)
    if not category.neckline or len(columns) < _LEAST:
        return None
    off = np.array([_nearest(front[:, column], wanted[column]) for column in columns])
    known = ~np.isnan(off)
    if known.sum() < _LEAST:
        return None
    down = _smooth(np.interp(np.arange(SIZE[1]), columns[known], off[known]), columns[[0, -1]])
    return _field(down, np.interp(np.arange(SIZE[1]), columns, wanted[columns]))


def _edges(garment: BoolMask, neck: BoolMask) -> NDArray[np.int64]:
    """The row of each column in which the garment begins below a neck; 0 where it does not."""
    above = np.zeros_like(neck)
    above[1:] = neck[:-1]
    edge = garment & above
    return np.where(edge.any(axis=0), len(edge) - 1 - edge[::-1].argmax(axis=0), 0)


def _nearest(front: BoolMask, row: int) -> float:
    """By how much the front (H,) would have to go down to begin at that row; NaN where it begins nowhere near."""
    begins = np.flatnonzero(front[1:] & ~front[:-1]) + 1
    off = row - begins
    near = off[np.abs(off) <= _FARTHEST]
    return float(near[np.abs(near).argmin()]) if len(near) else float("nan")


def _smooth(down: NDArray[np.float64], ends: NDArray[np.int64]) -> NDArray[np.float32]:
    """The moves (W,) of the columns without steps, and ending beside the neckline's ends."""
    x = np.arange(len(down))
    beside = np.maximum(ends[0] - x, x - ends[1]).clip(0)
    even = blurred(down.astype(np.float32)[None], _SMOOTH)[0]
    return np.asarray(even * np.exp(-np.square(beside / _FADE)), dtype=np.float32)


def _field(down: NDArray[np.float32], edge: NDArray[np.float64]) -> NDArray[np.float32]:
    """Columns moved down by (W,) around their edge (W,)."""
    height, width = SIZE
    below = (np.arange(height)[:, None] - edge[None]).clip(0)
    field = np.zeros((height, width, 2), np.float32)
    field[..., 1] = -down[None] * np.exp(-np.square(below / _DEEP)) * 2 / height
    return field
