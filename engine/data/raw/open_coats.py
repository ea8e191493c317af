"""Tops made into coats that are worn open: something else is shown below them, from the neck down.

Few data sets tell a coat from what is worn below it. But whoever knows where a top is can cut it open: sleeves and
sides stay as they are and are a coat's, the middle becomes another cloth, in the light of the old one.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolMask, Keypoints, Picture
from engine.category import UPPER
from engine.data.raw.photos import Photo
from engine.labels import Lip
from engine.pose.skeleton import Joint

Rng = np.random.Generator
_NEEDED = (Joint.NECK, Joint.MID_HIP, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER)
_LEAST, _COAT = 0.02, 0.1  # of the picture: a smaller top is not cut open; of the top: so much coat is one
_SEEN = 0.03  # of the top, that the opening shows at least
# Half widths of the opening in widths of the shoulders; places along the torso, 0 at the neck and 1 at the hips.
_ABOVE, _BELOW, _ASIDE = (0.03, 0.25), (0.04, 0.5), 0.12
_BUTTONED, _LOWEST = 0.25, (0.45, 1.0)  # probability that the fronts meet again; and where
_WAVES, _WAVE = 3, 0.03
_LIGHT = (0.6, 1.5)  # of the old top, on the new cloth
_SHADOW, _EDGE = 0.6, 0.02  # of the fronts, at most; its width in heights of the picture


def opened(photo: Photo, cloth: Picture, rng: Rng) -> Photo | None:
    """The photo with its top made into an open coat over `cloth`, a picture of its size.

    None where no top lies over a torso that is known, or it is a coat's already.
    """
    parse, points = photo.parse, photo.keypoints
    worn = np.isin(parse, UPPER.worn)
    if (points[list(_NEEDED), 2] <= 0).any() or worn.mean() < _LEAST or (parse == Lip.COAT).sum() > _COAT * worn.sum():
        return None
    inner = worn & _between_fronts(parse.shape, points, rng)
    if inner.sum() < _SEEN * worn.sum():
        return None
    made = np.where(worn, np.uint8(Lip.COAT), parse)
    made[inner] = Lip.UPPER
    return replace(photo, image=_clothed(photo.image, inner, worn, cloth, rng), parse=made)


def _between_fronts(shape: tuple[int, ...], points: Keypoints, rng: Rng) -> BoolMask:
    """(H, W): what lies between two drawn lines from the neck down."""
    neck, hips, right, left = (points[joint, :2].astype(np.float64) for joint in _NEEDED)
    down, width = hips - neck, max(float(np.hypot(*(left - right))), 4.0)
    length = max(float(np.hypot(*down)), 4.0)
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float64)
    along = ((x - neck[0]) * down[0] + (y - neck[1]) * down[1]) / length**2
    across = ((x - neck[0]) * down[1] - (y - neck[1]) * down[0]) / (length * width)
    top, bottom, aside = rng.uniform(*_ABOVE, 2), rng.uniform(*_BELOW, 2), rng.uniform(-_ASIDE, _ASIDE)
    bend, ends = rng.uniform(0.6, 2.0, 2), np.inf
    if rng.random() < _BUTTONED:
        ends, bottom = rng.uniform(*_LOWEST), np.zeros(2)
    share = (along / min(ends, 1.0)).clip(0, 1.3)
    sides = [top[side] + (bottom[side] - top[side]) * share ** bend[side] + _waves(along, rng) for side in (0, 1)]
    return np.asarray((across > aside - sides[0]) & (across < aside + sides[1]) & (along < ends))


def _waves(along: NDArray[np.float64], rng: Rng) -> NDArray[np.float64]:
    """What a front's edge sways by."""
    turns = np.arange(1, _WAVES + 1)
    heights, phases = rng.normal(0, _WAVE / turns), rng.uniform(0, 2 * np.pi, _WAVES)
    return np.asarray((heights * np.sin(turns * np.pi * along[..., None] + phases)).sum(axis=-1))


def _clothed(picture: Picture, inner: BoolMask, worn: BoolMask, cloth: Picture, rng: Rng) -> Picture:
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    light = (grey / max(float(np.median(grey[worn])), 1.0)).clip(*_LIGHT) ** rng.uniform(0, 1)
    reach = max(1.0, rng.uniform(0.2, 1) * _EDGE * len(picture))
    inside = cv2.distanceTransform(inner.astype(np.uint8), cv2.DIST_L2, 3)
    light *= 1 - rng.uniform(0, _SHADOW) * np.exp(-inside / reach)
    alpha = cv2.GaussianBlur(inner.astype(np.float32), (3, 3), 0.6)[..., None]
    return np.clip(picture + (cloth * light[..., None] - picture) * alpha, 0, 255).astype(np.uint8)
