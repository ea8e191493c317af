"""Turtlenecks and funnels: collars that stand up around the neck, told by a garment's own shape.

A network that learns where the inside of a collar lies takes a standing collar for it, because nearly all collars that
it has seen are open. A standing one is a column above the shoulders, closed in front: the column goes on as the cloth
below it does, where a polo or a shirt has leaves, buttons and a label, and an open one a dark inside.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Labels
from engine.category import UPPER, Category
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.images import resize_labels, resize_picture
from engine.labels import Seg
from engine.values import Garment

# Of 5,200 photos of a shop's garments these find 60; by eye all of the 15 that are tall and have seams, and all but a
# few of the others, have a standing collar.
_SIZE = (256, 192)  # at which a garment is looked at
_LEAST = 64  # rows of a garment that show how its collar is
_FIRST = 0.015  # of the garment's height: where the column's width is taken
_FLARES = 1.3  # times that width, where the shoulders begin
_HIGH = (0.045, 0.17)  # of the garment's height, that a column is
_NARROW = (0.15, 0.45)  # of the garment's width
# mean slopes of the lightness, 0 to 255 a pixel: sideways of the column, sideways of the cloth below it, downwards
_LEAVES, _BUTTONS, _INSIDE = 3.0, 1.0, 6.5
_TALL = 0.064  # of the garment's height: only what stands is so high, whatever folds and seams it has
_SEAMS = 4.5, 1.5  # the first two slopes of such
_STRIPED = 1.6  # times the slope downwards of the cloth below it
_ACROSS = (0.275, 0.725)  # of the column's width: its middle
# Shares of the picture's height.
_BESIDE = 24 / 1024  # around the sides of the neck, where the shoulders begin
_CHIN = 8 / 1024  # that a collar leaves free below a face
_UNHIDDEN = 0.8  # of the widths of a neck: hair hides some of it
_THICK = 5 / 1024  # of a collar around the neck


def standing_collar(garment: Garment) -> BoolMask | None:
    """Where (H, W) a collar stands up around the neck; None for any other collar."""
    mask = resize_labels(garment.mask, _SIZE) >= 128
    rows = np.flatnonzero(mask.any(axis=1))
    if len(rows) < _LEAST:
        return None
    top, height = int(rows[0]), len(rows)
    widths = _widths(mask[top : top + height])
    narrow = widths[round(_FIRST * height) : round(_FIRST * height) + 2].mean()
    flared = np.flatnonzero(widths > _FLARES * narrow)
    share = (int(flared[0]) if len(flared) else height) / height
    is_column = _HIGH[0] < share < _HIGH[1] and _NARROW[0] < narrow / widths.max() < _NARROW[1]
    if not is_column or not _is_closed(resize_picture(garment.image, _SIZE), mask, top, share * height, share > _TALL):
        return None
    collar = garment.mask >= 128
    first = int(np.flatnonzero(collar.any(axis=1))[0])
    collar[first + round(share * height * len(collar) / _SIZE[0]) :] = False
    return collar


def with_standing_collar(labels: Labels, garment: Garment, category: Category = UPPER) -> Labels:
    """A predicted parse (H, W) whose neck is covered as high as the garment's collar stands; as it is for others.

    The collar is laid around the neck: it is as many times higher as the neck is wider than it.
    """
    collar, neck = standing_collar(garment), labels == Seg.NECK
    if collar is None or not category.neckline or not neck.any():
        return labels
    height = len(labels)
    across = np.flatnonzero(neck.any(axis=0))
    left, right, beside = int(across[0]), int(across[-1]) + 1, round(_BESIDE * height)
    sides = [labels[:, max(left - beside, 0) : left + beside], labels[:, max(right - beside, 0) : right + beside]]
    shoulders = [np.flatnonzero((side == category.garment).any(axis=1)) for side in sides]
    if not all(map(len, shoulders)):
        return labels
    wide = np.quantile(_widths(neck[neck.any(axis=1)]), _UNHIDDEN)
    stands = np.count_nonzero(collar.any(axis=1)) * wide
    base = min(int(rows[0]) for rows in shoulders)  # over the other there may lie hair
    chin = np.flatnonzero((labels == Seg.FACE).any(axis=1))
    least = int(chin[-1]) + round(_CHIN * height) if len(chin) else 0
    first = max(round(base - stands / np.median(_widths(collar[collar.any(axis=1)]))), least)
    around = grown_mask(neck, _THICK * height) & np.isin(labels, (Seg.NECK, Seg.BACKGROUND))
    around[:first] = False
    return np.where(around, category.garment, labels).astype(np.uint8)


def _widths(mask: BoolMask) -> NDArray[np.int64]:
    """From the first to the last pixel of each row (H, W)."""
    return np.asarray(mask.shape[1] - mask[:, ::-1].argmax(axis=1) - mask.argmax(axis=1), dtype=np.int64)


def _is_closed(picture: NDArray[np.uint8], mask: BoolMask, top: int, height: float, tall: bool) -> bool:
    """Whether the column that begins at row `top`, and what is below it, have no edges in their middle but stripes."""
    smooth = cv2.GaussianBlur(picture, (0, 0), 0.8)
    lightness = cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB)[..., 0].astype(np.float32)
    sideways, downwards = (np.abs(cv2.Sobel(lightness, cv2.CV_32F, *way)) / 8 for way in ((1, 0), (0, 1)))
    column = slice(round(top + 0.2 * height), round(top + 0.95 * height))
    below = slice(round(top + 1.6 * height), round(top + 2.6 * height) + 2)
    across = np.flatnonzero(mask[column].any(axis=0))
    middle = slice(*np.quantile(across, _ACROSS).astype(int))
    slopes = sideways[column, middle].mean(), sideways[below, middle].mean()
    if any(one > limit for one, limit in zip(slopes, _SEAMS if tall else (_LEAVES, _BUTTONS), strict=True)):
        return False
    return tall or bool(downwards[column, middle].mean() < max(_INSIDE, _STRIPED * downwards[below, middle].mean()))
