"""The inside of a collar, ended where the photo has the front's edge.

A network that sees 256 rows marks it some pixels off. From a point in the opening rays go out in all directions down;
on each the edge is sought near where the mark ends, so that neighbours agree (a shortest path, by dynamic programming,
as in intelligent scissors: Mortensen and Barrett, SIGGRAPH 1995).
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, FloatPicture, Picture
from engine.imaging.colour_bleed import grown_mask
from engine.imaging.components import small_parts
from engine.imaging.images import resize_labels, resize_picture
from engine.imaging.sampling import taken_from

_SIZE = (512, 384)  # at which the edge is sought; lengths are its pixels
_LEAST = 60  # pixels of a mark that has an edge
_RAYS = 128
_NEAR = 16  # of the mark's end, where the edge may be
_BLUR = 1.5  # spread
_CONTRAST = 12.0  # levels of Lab over four pixels, that are half an edge
_PULL = 6.0  # of an edge, against 1 for a step of a pixel from ray to ray
_DOUBT = 0.25  # what a pixel off the mark's end costs
_STEP = 3  # pixels from ray to ray, at most
_RIM = 7  # of the garment's own outline, which is no edge of the front


def ended_at_edge(marked: BoolMask, picture: Picture, garment: BoolMask) -> BoolMask:
    """The marked inside of a collar (H, W) as far as the front's edge in the garment's photo (H, W, 3).

    garment: (H, W), in which it lies. As it is where nothing, or little, is marked.
    """
    inside = resize_labels((marked & garment).view(np.uint8), _SIZE) > 0
    inside &= ~small_parts(inside, 8, share=1.0)
    if np.count_nonzero(inside) < _LEAST:
        return marked & garment
    y, x = np.nonzero(inside)
    centre = np.array([(x.min() + x.max()) / 2, y.min()], np.float32)
    angles = np.linspace(0, np.pi, _RAYS, dtype=np.float32)
    away = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    reach = np.arange(round(float(np.hypot(np.ptp(x), np.ptp(y)))) + 2 * _NEAR, dtype=np.float32)
    places = np.asarray(centre + away[:, None] * reach[:, None], np.float32)
    whole = resize_labels(garment.view(np.uint8), _SIZE)
    edges = _edges(taken_from(_lab(picture), places, beyond=None), taken_from(whole, places, smooth=False) > 0)
    ends = taken_from(inside.view(np.uint8), places, smooth=False)
    last = np.where(ends.any(axis=1), len(reach) - 1 - ends[:, ::-1].argmax(axis=1), 0)
    line = (centre + away * _path(edges, last)[:, None]) * (len(marked) / _SIZE[0])
    around = grown_mask(marked, _NEAR * len(marked) / _SIZE[0])
    return garment & around & _above(line, marked.shape)


def _lab(picture: Picture) -> FloatPicture:
    smooth = cv2.GaussianBlur(resize_picture(picture, _SIZE), (0, 0), _BLUR)
    return np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), dtype=np.float32)


def _edges(colours: FloatPicture, garment: BoolMask) -> FloatPicture:
    """How much of an edge (rays, reach), from 0 to 1, lies across a ray whose colours are (rays, reach, 3)."""
    edges = np.zeros(garment.shape, np.float32)
    edges[:, 2:-2] = np.linalg.norm(colours[:, 4:] - colours[:, :-4], axis=2)
    inner = cv2.erode(garment.view(np.uint8), np.ones((1, _RIM), np.uint8)) > 0
    return np.where(inner, edges / (edges + _CONTRAST), 0).astype(np.float32)


def _path(edges: FloatPicture, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where along each ray (rays,) the front begins: at edges (rays, reach), near where the mark ends (rays,)."""
    off = np.arange(-_NEAR, _NEAR + 1)
    at = (ends[:, None] + off).clip(0, edges.shape[1] - 1)
    costs = _DOUBT * np.abs(off) - _PULL * np.take_along_axis(edges, at, axis=1)
    steps = np.arange(-_STEP, _STEP + 1)
    come = np.zeros(costs.shape, np.int64)
    for ray in range(1, len(costs)):
        wide = np.pad(costs[ray - 1], _STEP, constant_values=np.inf)
        ways = np.stack([wide[_STEP + step : len(wide) - _STEP + step] + step * step for step in steps])
        come[ray] = ways.argmin(axis=0)
        costs[ray] += ways.min(axis=0)
    found = np.empty(len(costs), np.int64)
    found[-1] = costs[-1].argmin()
    for ray in range(len(costs) - 1, 0, -1):
        found[ray - 1] = found[ray] + steps[come[ray, found[ray]]]
    return np.take_along_axis(at, found[:, None], axis=1)[:, 0]


def _above(line: NDArray[Any], size: tuple[int, ...]) -> BoolMask:
    """What of a picture lies above a line (N, 2), from its right end to its left one."""
    above = np.zeros(size, np.uint8)
    corners = np.array([[line[-1, 0], -1], [line[0, 0], -1]])
    cv2.fillPoly(above, [np.rint(np.concatenate([line, corners])).astype(np.int32)], 1)
    return above > 0
