"""Newly bared skin made to belong to the person: as round as a limb is, and in the tone of the skin that stays.

The generator has learned on studio photos, and paints arms flat and in a studio's light where the photo has another.
"""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8, BoolMask, FloatPicture
from engine.imaging.colour_bleed import shrunk_mask
from engine.imaging.filling import fill

_BROAD = 8 / 1024  # of the height: what is finer than this is no tone
_RIM = 3 / 1024  # of what stays, whose colours are mixed
_FURTHEST = 50.0  # that a colour is moved, 0 to 255
_SHADE = 0.3  # by which a limb is darker at its outline than in its middle
_AROUND = 30 / 1024  # of the height: how far along a limb its width is looked for
_NARROWEST = 8 / 1024


def toned(picture: FloatPicture, photo: Array8, skin: BoolMask, stays: BoolMask) -> FloatPicture:
    """The picture (H, W, 3), 0 to 255, with its skin in the tone of the photo's where that `stays`; masks are (H, W).

    The difference of the two where the photo stays is continued smoothly over the rest, the membrane of Poisson image
    editing (Perez et al., SIGGRAPH 2003), so that they meet unseen.
    """
    height = len(skin)
    known = shrunk_mask(stays, _RIM * height)
    if not known.any():
        return picture
    share = _blurred(known.astype(np.float32), _BROAD * height)[..., None]
    difference = _blurred((photo - picture) * known[..., None], _BROAD * height) / np.maximum(share, 1e-3)
    tone = fill(difference.clip(-_FURTHEST, _FURTHEST), known)
    return np.asarray(picture + tone * _blurred(skin.astype(np.float32), _RIM * height / 2)[..., None], np.float32)


def rounded(picture: FloatPicture, limbs: Sequence[BoolMask]) -> FloatPicture:
    """The picture (H, W, 3) with the limbs, masks (H, W), shaded as a cylinder is in broad light (Lambert)."""
    made = picture
    for limb in limbs:
        if limb.any():
            made = made * _shading(limb)[..., None]
    return np.asarray(made, dtype=np.float32)


def _shading(limb: BoolMask) -> FloatPicture:
    """Factors (H, W): 1 beside the limb, least at its outline, a little above 1 along its middle."""
    height = len(limb)
    inside = limb.astype(np.uint8)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    side = 2 * max(1, round(_AROUND * height)) + 1
    half = _blurred(cv2.dilate(depth, np.ones((side, side), np.uint8)), _AROUND * height / 1.5)
    from_middle = 1 - np.clip(depth / np.maximum(half, _NARROWEST * height), 0, 1)
    facing = np.sqrt(1 - from_middle**2)
    soft = _RIM * height
    smooth = _blurred(facing * inside, soft) / np.maximum(_blurred(inside.astype(np.float32), soft), 1e-3)
    # a cylinder faces us by pi / 4 on average: so much of the light is to stay
    return np.where(limb, 1 + _SHADE * (smooth - np.pi / 4), 1).astype(np.float32)


def _blurred(values: NDArray[Any], sigma: float) -> FloatPicture:
    return np.asarray(cv2.GaussianBlur(values.astype(np.float32, copy=False), (0, 0), sigma), dtype=np.float32)
