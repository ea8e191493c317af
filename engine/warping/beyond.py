"""The product photo with cloth beyond the garment's outline, for a flow that leads a little out of it.

Where a garment is laid too small, its flow goes on beyond its edge; there the photo has a wall. Rows are mirrored at
the outline: stripes go on as stripes, and checks as checks.
"""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Mask8, Picture
from engine.imaging.colour_bleed import grown_mask, shrunk_mask
from engine.imaging.planes import darkest

# Lengths are shares of the height.
_RIM = 6 / 1024  # of the outline, that is mixed with the wall
_ARMPIT = 24 / 1024  # from the outline, that a mask may have closed over the wall
_MIXED = 8 / 1024  # around white, where an enlarged photo mixes it with the cloth
_WHITE = 244  # of 255: what is lighter in all colours may be the wall
_SELDOM = 0.01  # share of that in a garment, at most, for it to be none of its own colours


def gone_on(picture: Picture, mask: Mask8) -> Picture:
    """A garment's photo (H, W, 3) whose cloth goes on to all of its borders; as it is without a garment.

    mask: (H, W), 255 on the garment.
    """
    inside = _inside(picture, np.asarray(mask >= 128, np.bool_))
    if not inside.any():
        return picture
    rows = _mirrored(np.asarray(inside.any(axis=1))[None])[0]
    columns = _mirrored(inside[rows])
    places = rows[:, None] * np.int32(inside.shape[1]) + columns
    return np.asarray(np.take(picture.reshape(-1, 3), places, axis=0), dtype=np.uint8)


def _inside(picture: Picture, garment: BoolMask) -> BoolMask:
    """Where (H, W) nothing but cloth is seen: not at the outline, nor where a gap between sleeve and body closes."""
    height = len(garment)
    inside, white = shrunk_mask(garment, _RIM * height), darkest(picture) > _WHITE
    deep = shrunk_mask(garment, _ARMPIT * height)
    if not deep.any() or white[deep].mean() > _SELDOM:
        return inside
    return inside & ~grown_mask(white & garment & ~deep, _MIXED * height)


def _mirrored(inside: BoolMask) -> NDArray[np.int32]:
    """For each place of every row (R, N) the one that it shows: itself inside, else as far on the other side of the
    nearest that is, or that one. Every row has one."""
    length = inside.shape[1]
    at = np.arange(length, dtype=np.int32)
    before = np.maximum.accumulate(np.where(inside, at, -length), axis=1)
    after = np.minimum.accumulate(np.where(inside, at, 2 * length)[:, ::-1], axis=1)[:, ::-1]
    edge = np.where(at - before <= after - at, before, after)
    over = (2 * edge - at).clip(0, length - 1)
    return np.asarray(np.where(np.take_along_axis(inside, over, axis=1), over, edge), dtype=np.int32)
