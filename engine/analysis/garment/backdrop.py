"""Garments on plain backgrounds: what the background looks like, and how far everything differs from it.

The backdrop is a smooth surface of colours (a quadratic in x and y for each channel of Lab) fitted to the border of the
photo, so that light that falls off to one side does not count as a difference. What differs little and can be reached
from the border is background. A white garment on white differs by its shading alone; there the threshold is as low as
the noise of the backdrop allows.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Mask8, Picture
from engine.imaging.colour_bleed import disc, distance_from
from engine.imaging.components import parts_with

_Floats = NDArray[np.float32]

_BORDER = 0.025  # of the longer side: the strip that is looked at
_NEAR = 6.0  # Lab distance within which a border pixel belongs to the backdrop
_PLAIN = 0.75  # of the border, for a plain backdrop
_STUDIO = 0.8  # noise in Lab
_ROUNDS = (1, 1, 6, 6)  # terms of the surface that each round fits
_LEAST_BORDER = 50  # pixels of the border that tell of a surface
_DARKER = 0.6  # weight of darkness, which may be a shadow, against colour and brightness
_LOWEST, _HIGHEST = 0.6, 9.0  # threshold of the difference, in Lab
_SIGMAS = 4.5
_BLOCK, _RINGING, _BLEEDING = 8, 0.1, 0.3  # how far and how strongly JPEG spreads lightness and colour of an edge
_REACH = 18  # pixels: colour has blocks twice as large
_EDGE, _HALF = 2, 0.4  # pixels in which an edge rises, and the part of its height where it lies
_COLOUR = 1.5  # threshold of colour differences over that of lightness
_RAGGED = 11.0
_STRIPE = 0.03  # of the longer side: half the width of a white stripe in a garment
_LEAST_HOLE, _LARGEST_HOLE = 0.003, 0.15  # of the picture, and of the garment
_HOLE_EDGE, _HOLE_CLEAR = 0.6, 5.0  # of the outline's contrast, and Lab: what looks blank may be white cloth
_CELLS = 64  # along a side of the cube of colours: Lab is within 128 of grey
_GAP = 0.006  # of the longer side: gaps in an outline that are closed


@dataclass(frozen=True, eq=False)
class Backdrop:
    """difference: float32 (H, W), Lab distance from the backdrop; noise: its usual size there; plain: share of the
    border, 0..1, that looks like one backdrop."""

    difference: _Floats
    colour: _Floats
    noise: float
    plain: float

    @cached_property
    def apart(self) -> _Floats:
        """How far (H, W) everything is from it, in lightness and colour together."""
        return np.asarray(np.hypot(self.difference, self.colour), dtype=np.float32)

    @property
    def is_plain(self) -> bool:
        return self.plain >= _PLAIN

    @property
    def is_studio(self) -> bool:
        """Whether it is as even as a studio's paper, so that the slightest difference means something."""
        return self.is_plain and self.noise <= _STUDIO


def lab(picture: Picture) -> _Floats:
    """CIE Lab float32 (H, W, 3) of an sRGB picture uint8 (H, W, 3): L 0..100, a and b about -100..100."""
    return np.asarray(cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), dtype=np.float32)


def backdrop_of(picture: Picture) -> Backdrop:
    """Fit the backdrop of a picture uint8 (H, W, 3)."""
    colours = lab(picture)
    height, width = colours.shape[:2]
    strip = max(2, round(_BORDER * max(height, width)))
    border = np.ones((height, width), dtype=np.bool_)
    border[strip:-strip, strip:-strip] = False
    terms = _terms(height, width)
    rows, values = terms[border], colours[border]
    kept = _commonest(values)
    degree, surface = 1, np.median(values[kept], axis=0)[None]
    for terms_used in _ROUNDS:
        if kept.sum() < _LEAST_BORDER:  # a tiny photo, or noise: no more is known of its backdrop
            break
        degree = terms_used
        surface, *_ = np.linalg.lstsq(rows[kept][:, :degree], values[kept], rcond=None)
        kept = np.linalg.norm(values - rows[:, :degree] @ surface, axis=1) < _NEAR
    fitted = (terms.reshape(-1, terms.shape[2])[:, :degree] @ surface).reshape(colours.shape).astype(np.float32)
    # the quadratic is only known at the border; inside, it must not run away
    if kept.any():
        lowest, highest = values[kept].min(axis=0), values[kept].max(axis=0)
        fitted = cv2.merge([np.clip(*one) for one in zip(cv2.split(fitted), lowest, highest, strict=True)])
    lightness, *hue = cv2.split(colours - fitted)
    difference = np.abs(np.where(lightness < 0, lightness * _DARKER, lightness))
    colour = np.sqrt(hue[0] * hue[0] + hue[1] * hue[1])
    inliers = np.hypot(difference, colour)[border][kept]
    noise = float(np.percentile(inliers, 68)) if len(inliers) else _NEAR
    return Backdrop(difference, colour, noise, float(kept.mean()))


def silhouette(backdrop: Backdrop) -> Mask8:
    """0 or 255 (H, W): what cannot be reached from the border over pixels that look like the backdrop.

    Gaps that are shut in by the garment, between a sleeve and the body, count as background where they show nothing but
    backdrop and have an edge as clear as the outline.
    """
    weak, differs = _differing(backdrop)
    gap = max(1, round(_GAP * max(differs.shape)))
    outside = _reachable(_closed(differs, gap) == 0)
    # the closing has bridged gaps but also rounded inner corners: there the backdrop shows by itself
    inside = ~(outside | (~differs & _beside(outside, gap)))
    if backdrop.is_studio:
        inside &= ~_holes(inside, weak, backdrop)
    return np.where(inside, 255, 0).astype(np.uint8)


def _differing(backdrop: Backdrop) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where pixels differ from the backdrop at all, and where they do so by themselves.

    JPEG smears the lightness and colour of an edge over blocks of 8 pixels. A weak difference counts where it does not
    end within that reach of a strong one, or where strong ones lie on both sides of it (a white stripe).
    """
    threshold = float(np.clip(_SIGMAS * backdrop.noise, _LOWEST, _HIGHEST))
    planes = (backdrop.difference, backdrop.colour)
    lightness, colour = (np.asarray(cv2.GaussianBlur(one, (0, 0), 0.6), dtype=np.float32) for one in planes)
    weak = (lightness > threshold) | (colour > _COLOUR * threshold)
    strong = _clear(lightness, threshold, _RINGING) | _clear(colour, _COLOUR * threshold, _BLEEDING)
    sharp = _clear(np.hypot(lightness, colour), threshold, 0.0)
    distance = distance_from(strong)
    grown = parts_with(weak, weak & (distance > _REACH), connectivity=4) & sharp
    found = strong | grown
    if raggedness(found) > _RAGGED:
        found |= weak & (_closed(strong, max(1, round(_STRIPE * max(weak.shape)))) > 0)
    return weak, found


def raggedness(region: NDArray[np.bool_]) -> float:
    """Length of the outer outline over the root of the area: 3.5 for a disc, 6 for a shirt, more with white stripes."""
    filled = ~_reachable(_closed(region, 1) == 0)
    outlines, _ = cv2.findContours(filled.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return float(sum(cv2.arcLength(one, True) for one in outlines) / np.sqrt(max(int(filled.sum()), 1)))


def _holes(inside: NDArray[np.bool_], weak: NDArray[np.bool_], backdrop: Backdrop) -> NDArray[np.bool_]:
    """Parts of the silhouette that are backdrop seen through the garment."""
    blank = cv2.morphologyEx((inside & ~weak).astype(np.uint8), cv2.MORPH_OPEN, disc(2))
    count, islands, stats, _ = cv2.connectedComponentsWithStats(blank, connectivity=4)
    difference = backdrop.apart
    outline = _mean_beside(~inside, inside, difference)
    holes = np.zeros(inside.shape, dtype=np.bool_)
    for index in range(1, count):
        if not _LEAST_HOLE * inside.size < stats[index, cv2.CC_STAT_AREA] < _LARGEST_HOLE * inside.sum():
            continue
        hole = islands == index
        if _mean_beside(hole, inside & ~hole, difference) > max(_HOLE_EDGE * outline, _HOLE_CLEAR):
            holes |= _beside(hole, 1) & inside
    return holes


def _mean_beside(region: NDArray[np.bool_], where: NDArray[np.bool_], values: _Floats) -> float:
    """The mean of values in a ring two to four pixels around a region."""
    ring = _beside(region, 3) & ~_beside(region, 1) & where
    return float(values[ring].mean()) if ring.any() else 0.0


def _clear(smooth: _Floats, threshold: float, share: float) -> NDArray[np.bool_]:
    """Where a difference exceeds the threshold, and what a strong difference close by makes of the backdrop itself."""
    far = cv2.dilate(smooth, np.ones((2 * _BLOCK + 1, 2 * _BLOCK + 1), dtype=np.uint8))
    near = cv2.dilate(smooth, np.ones((2 * _EDGE + 1, 2 * _EDGE + 1), dtype=np.uint8))
    return np.asarray(smooth > np.maximum(threshold, np.maximum(share * far, _HALF * near)))


def _terms(height: int, width: int) -> _Floats:
    y, x = np.mgrid[:height, :width].astype(np.float32)
    x, y = 2 * x / max(width - 1, 1) - 1, 2 * y / max(height - 1, 1) - 1
    return np.dstack([np.ones_like(x), x, y, x * x, x * y, y * y]).astype(np.float32)


def _commonest(values: _Floats) -> NDArray[np.bool_]:
    """Values (N, 3) near the commonest colour among them."""
    cells = np.floor(values / 8).astype(np.int64) + _CELLS // 2
    numbers = (cells[:, 0] * _CELLS + cells[:, 1]) * _CELLS + cells[:, 2]
    _, index, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    middle = np.median(values[index.reshape(-1) == counts.argmax()], axis=0)
    return np.asarray(np.linalg.norm(values - middle, axis=1) < 2 * _NEAR)


def _reachable(free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The part of `free` (H, W) that is connected with the border of the picture."""
    ringed = np.pad(free.astype(np.uint8), 1, constant_values=1)
    _, islands = cv2.connectedComponents(ringed, connectivity=4)
    return np.asarray(islands[1:-1, 1:-1] == islands[0, 0]) & free


def _beside(region: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    return np.asarray(cv2.dilate(region.astype(np.uint8), disc(reach + 1)) > 0)


def _closed(region: NDArray[np.bool_], radius: int) -> Mask8:
    """Closed with a disc; beyond the picture there is nothing."""
    padded = np.pad(region.astype(np.uint8), radius)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, disc(radius))
    return np.asarray(closed[radius:-radius, radius:-radius], dtype=np.uint8)
