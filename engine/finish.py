"""The last step: fine detail and colour of the warped cloth, carried over where the warp is to be trusted.

A small generator paints shading, seams and outlines well and fine print poorly, while the warped cloth has every thread
but no shading. Where the warped cloth covers the predicted clothes wholly, the generator's fine detail is replaced by
the cloth's, and its colour (not its shading) drawn towards the cloth's. The published method has no such step:
packs say in their manifest whether they want it (`engine.refinements`).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.labels import Seg
from engine.stages import Array8, Segmentation, Warp

Picture = NDArray[np.float32]
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_FULL = 255


@dataclass(frozen=True)
class FinishOptions:
    """How much is carried over; lengths are shares of the picture's height."""

    detail: float = 1.0  # share of the fine detail that is the cloth's: 0 keeps the generator's, 1 replaces it
    colour: float = 1.0  # share of the way that the colour is drawn towards the cloth's
    light: float = 0.5  # share of the way that the brightness of the whole garment is drawn towards the cloth's
    fine: float = 6 / 1024  # spread of the blur that tells detail from shading
    coarse: float = 20 / 1024  # spread of the blur over which colours are compared
    inset: float = 6 / 1024  # how far inside the trusted region the step begins
    feather: float = 6 / 1024  # over which length it fades in


def carry_over(raw: Array8, segmentation: Segmentation, warp: Warp, options: FinishOptions = FinishOptions()) -> Array8:
    """The generator's picture (H, W, 3) with detail and colour of the warped cloth in it; untouched elsewhere."""
    trusted = (segmentation.labels == Seg.UPPER) & (warp.mask == _FULL)
    weight = _weight(trusted, options)
    if not weight.any():
        return raw
    top, bottom, left, right = _bounds(trusted, round(4 * options.coarse * len(trusted)))
    window = np.s_[top:bottom, left:right]
    made = raw.copy()
    made[window] = _mixed(raw[window], warp.cloth[window], trusted[window], weight[window], len(trusted), options)
    return made


def _mixed(
    raw: Array8, cloth: Array8, trusted: NDArray[np.bool_], weight: Picture, height: int, options: FinishOptions
) -> Array8:
    own, inside = raw.astype(np.float32), trusted.astype(np.float32)
    difference = cloth.astype(np.float32) - own
    change = np.zeros_like(own)
    if options.detail:
        change += options.detail * (difference - _blurred(difference, inside, options.fine * height))
    if options.colour:
        broad = _blurred(difference, inside, options.coarse * height)
        change += options.colour * (broad - (broad @ _LUMA)[..., None])
    if options.light:
        change += options.light * np.median((difference @ _LUMA)[trusted])
    mixed = own + change * weight[..., None]
    return np.where(weight[..., None] > 0, np.rint(mixed).clip(0, 255), own).astype(np.uint8)


def _blurred(picture: Picture, inside: Picture, spread: float) -> Picture:
    """Gaussian blur of what lies inside only, so that nothing leaks in over the outline; undefined outside."""
    share = cv2.GaussianBlur(inside, (0, 0), spread)
    blurred = cv2.GaussianBlur(picture * inside[..., None], (0, 0), spread)
    return np.asarray(blurred / np.maximum(share, 1e-3)[..., None], dtype=np.float32)


def _weight(trusted: NDArray[np.bool_], options: FinishOptions) -> Picture:
    """1 well inside the trusted region, 0 outside it, rising between."""
    height = len(trusted)
    depth = cv2.distanceTransform(trusted.astype(np.uint8), cv2.DIST_L2, 3)
    rise = (depth - options.inset * height) / max(options.feather * height, 1.0)
    return np.asarray(np.clip(rise, 0, 1), dtype=np.float32)


def _bounds(region: NDArray[np.bool_], margin: int) -> tuple[int, int, int, int]:
    """Rows and columns that hold the region, with a margin; the rest of the picture needs no work."""
    rows, columns = np.flatnonzero(region.any(axis=1)), np.flatnonzero(region.any(axis=0))
    top, left = max(rows[0] - margin, 0), max(columns[0] - margin, 0)
    return int(top), int(rows[-1] + 1 + margin), int(left), int(columns[-1] + 1 + margin)
