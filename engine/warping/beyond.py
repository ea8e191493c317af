"""The product photo with cloth beyond the garment's outline, for a flow that leads a little out of it.

Where a garment is laid too small, its flow goes on beyond its edge; there the photo has a wall. Rows are mirrored at
the outline: stripes go on as stripes, and checks as checks.
"""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Mask8, Picture
from engine.imaging.colour_bleed import grown_mask, near, shrunk_mask
from engine.imaging.components import each_part, small_parts
from engine.imaging.mixtures import along_way
from engine.imaging.planes import darkest

# Lengths are shares of the height.
_RIM = 6 / 1024  # of the outline, that is mixed with the wall
_ARMPIT = 24 / 1024  # from the outline, that a mask may have closed over the wall
_MIXED = 8 / 1024  # around white, where an enlarged photo mixes it with the cloth
_WHITE = 244  # of 255: what is lighter in all colours may be the wall
_GAP = 16 / 1024  # half the width of a gap between sleeve and body
_PALE, _DARKER = 0.25, 140.0  # of the way from the cloth's colour to white, which has to be so far
_SURE = 0.5  # what `along_way` says of a way as long as that
_SELDOM = 0.01  # share of either in a garment, at most, for it to be none of its own colours


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
    wall = (white | _pale_in_armpits(picture, garment, deep)) & garment & ~deep
    return inside & ~grown_mask(wall, _MIXED * height)


def _pale_in_armpits(picture: Picture, garment: BoolMask, deep: BoolMask) -> BoolMask:
    """Where (H, W) the end of a narrow gap in a garment shows its cloth mixed with white.

    deep: (H, W), cloth for sure.
    """
    found, gap = np.zeros_like(garment), _GAP * len(garment)
    closed = shrunk_mask(grown_mask(garment, gap), gap) & ~garment
    closed &= ~small_parts(closed, 8, least=gap**2)
    for box, own in each_part(closed, round(_ARMPIT * len(garment))):
        if not deep[box].any():
            continue
        cloth = np.median(picture[box][deep[box]], axis=0)
        along, told = along_way(picture[box], cloth, 255 - cloth, _DARKER)
        pale = along > _PALE
        if told > _SURE and pale[deep[box]].mean() <= _SELDOM:
            found[box] |= pale & near(own, _ARMPIT * len(garment))
    return found


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
