"""Colour as people see it: CIELAB, the difference CIEDE2000, and which garments are of one colour."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8
from engine.metrics.similarity import Region

Lab = NDArray[np.float64]

_WHITE = np.array([0.95047, 1.0, 1.08883])  # D65, as sRGB has it
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_SHADING = 0.5  # lightness counts half where a garment is judged plain: folds are no print
_SPREAD, _FAR, _SHARE = 2.5, 9.0, 0.06  # median distance from the middle colour; how far how much of it may be
_SMALLEST = 50  # pixels; a median of fewer says nothing


def to_lab(picture: Array8) -> Lab:
    """sRGB uint8 (..., 3) -> CIELAB (..., 3) under D65."""
    value = picture.astype(np.float64) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    x = linear @ _TO_XYZ.T / _WHITE
    f = np.where(x > (6 / 29) ** 3, np.cbrt(x), x * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def ciede2000(a: Lab, b: Lab) -> float:
    """Colour difference of two CIELAB colours (3,) (Sharma, Wu, Dalal, 2005); a just visible one is about 1."""
    (l1, a1, b1), (l2, a2, b2) = (tuple(map(float, colour)) for colour in (a, b))
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = (1 - _saturation(chroma)) / 2
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    hue = h1 + h2 if c1 * c2 == 0 else _mean_hue(h1, h2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue) + 0.32 * _cos(3 * hue + 6) - 0.20 * _cos(4 * hue - 63)
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rotation = -2 * _saturation(chroma) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    x, y, z = (l2 - l1) / s_light, (c2 - c1) / s_chroma, d_hue / s_hue
    return float(np.sqrt(x**2 + y**2 + z**2 + rotation * y * z))


def _saturation(chroma: float) -> float:
    return float(np.sqrt(chroma**7 / (chroma**7 + 25.0**7)))


def _mean_hue(h1: float, h2: float) -> float:
    if abs(h1 - h2) <= 180:
        return (h1 + h2) / 2
    return (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2


def _cos(degrees: float) -> float:
    return float(np.cos(np.radians(degrees)))


def typical_colour(picture: Array8, region: Region) -> Lab | None:
    """The median CIELAB colour (3,) of a region, off its outline; None where there is too little of it."""
    inner = cv2.erode(region.astype(np.uint8), np.ones((3, 3), dtype=np.uint8), borderValue=0) > 0
    if int(inner.sum()) < _SMALLEST:
        return None
    return np.asarray(np.median(to_lab(picture[inner]), axis=0), dtype=np.float64)


def is_plain(picture: Array8, region: Region) -> bool:
    """Whether the garment in the region is of one colour, shading and a small label left aside."""
    inner = cv2.erode(region.astype(np.uint8), np.ones((5, 5), dtype=np.uint8), borderValue=0) > 0
    middle = typical_colour(picture, inner)
    if middle is None:
        return False
    distance = np.linalg.norm((to_lab(picture[inner]) - middle) * (_SHADING, 1, 1), axis=1)
    return bool(np.median(distance) <= _SPREAD and (distance > _FAR).mean() <= _SHARE)
