"""The backdrop seen through a garment: keyholes, cut-outs, between straps, between a sleeve and the body.

What shows there is the backdrop itself, and the garment ends around it as clearly as at its outline. So does a white
print on studio paper: the paler it is, the nearer the outline and the less a network is sure of cloth, the likelier is
a hole. Of a garment with much in the backdrop's colour nothing can be told. The limits are those that parted holes from
prints, stripes and labels in 2000 product photos.
"""

import cv2
import numpy as np

from engine.analysis.garment.backdrop import Backdrop
from engine.arrays import BoolMask, Mask8, Planes
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.components import parts_with

_ALIKE = 6.0  # Lab distance from the backdrop within which something may be backdrop
_MUCH = 30  # percent of a hole that is much nearer to it, the rest being the garment's ringing
_DOUBTED, _DOUBTED_NEAR = 0.6, 2.5  # probability below which a network doubts that it is cloth, and how near then
_UNSURE, _UNSURE_NEAR = 0.85, 0.5
_SHALLOW, _SHALLOW_NEAR = 0.06, 1.0  # of the longer side: how far from the outline, whatever a network thinks
_ENCLOSED = 0.008
_UNTOLD = 0.8  # without one
_NOISY = 1.5  # times the backdrop's noise is near as well
_LEAST, _LARGEST = 1.5e-4, 0.15  # of the picture, and of the garment
_PALE = 0.1  # of the garment: so much more in the backdrop's colour and nothing can be told
_CLEAR, _FAINTEST = 12.0, 7.0  # Lab distance of what lies around it: the mean, and of the faintest fifth
_RING, _REACH = 3, 6  # pixels
_SLIT = 4  # pixels: narrower are the ends of an opening
_HALF = 0.4  # of what lies around it: where its edge is


def without_openings(mask: Mask8, backdrop: Backdrop, probability: Planes | None) -> Mask8:
    """A mask (H, W) without the places that show nothing but backdrop; probability (h, w): what a network thinks."""
    inside, difference = mask > 0, backdrop.apart
    _, parts, stats, _ = cv2.connectedComponentsWithStats(_wide(inside & (difference < _ALIKE), 2), connectivity=4)
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    candidates = (areas >= _LEAST * mask.size) & (areas < _LARGEST * inside.sum())
    candidates &= areas.sum() - areas < _PALE * (inside.sum() - areas)
    if not candidates.any():
        return mask
    depth = cv2.distanceTransform(mask, cv2.DIST_L2, 3) / max(mask.shape)
    likely = (
        np.full(mask.shape, _UNTOLD, np.float32) if probability is None else cv2.resize(probability, mask.shape[::-1])
    )
    opened = mask.copy()
    for index in np.flatnonzero(candidates):
        left, top, width, height = stats[index, :4]
        box = slice(max(0, top - _REACH), top + height + _REACH), slice(max(0, left - _REACH), left + width + _REACH)
        part = parts[box] == index
        near = _near(float(likely[box][part].mean()), float(depth[box][part].min()), backdrop)
        if np.percentile(difference[box][part], _MUCH) < near and (edge := _edge(part, inside[box], difference[box])):
            opened[box][grown_mask(part, 2) & (difference[box] < edge)] = 0
            opened[_slit(parts == index, inside & (difference < edge) & (likely < _UNSURE))] = 0
    return opened


def _near(chance: float, depth: float, backdrop: Backdrop) -> float:
    """The distance from the backdrop at which something at a depth below the outline is none of a garment."""
    near = max(_DOUBTED_NEAR, _NOISY * backdrop.noise) if chance < _DOUBTED else 0.0
    if backdrop.is_studio and depth > _ENCLOSED:  # a white yoke or cuff is as blank, and not enclosed
        near = max(near, _UNSURE_NEAR if chance < _UNSURE else 0.0, _SHALLOW_NEAR if depth < _SHALLOW else 0.0)
    return near


def _edge(part: BoolMask, inside: BoolMask, difference: Planes) -> float:
    """The distance from the backdrop that is halfway from a part (H, W) to what lies around it; 0 if that is faint."""
    around = difference[grown_mask(part, _RING) & ~grown_mask(part, 1) & inside]
    if not around.size or around.mean() < _CLEAR or np.percentile(around, 20) < _FAINTEST:
        return 0.0
    return _HALF * float(around.mean())


def _slit(part: BoolMask, light: BoolMask) -> BoolMask:
    """The narrow ends (H, W) of a part, along what is as light."""
    narrow = light & (_wide(light, _SLIT) == 0)
    return parts_with(narrow | part, part)


def _wide(region: BoolMask, side: int) -> Mask8:
    """0 or 1 (H, W): where a region is at least as wide as a square of some pixels."""
    opened = cv2.morphologyEx(region.astype(np.uint8), cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    return np.asarray(opened, dtype=np.uint8)
