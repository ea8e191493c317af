"""Masks of garments as other programs write them: white on black, ones on zeros, the wrong way round, transparency."""

from pathlib import Path

import numpy as np
from PIL import Image

from engine.arrays import Mask8
from engine.errors import TryOnError
from engine.imaging import decoding
from engine.notes import note

_WHITE = 128  # of 255: from here on a pixel is garment
_LEAST_CUT = 0.01  # of the picture that is transparent: rounded corners of a screenshot cut nothing out
_BORDER, _MIDDLE = 0.9, 0.5  # white shares of a mask that is the wrong way round


def read_mask(path: str | Path) -> Mask8:
    """A mask uint8 (H, W) of 0 and 255 from any picture: 255 where it is at least 128, the garment.

    A picture with transparency (a cut-out) is its own mask. Where nothing reaches 128 but there are just two values,
    0 and another, the other is the garment. `TryOnError` when the mask is empty.
    """
    return _white(_brightness(_picture(path)), path)


def read_garment_mask(path: str | Path) -> Mask8:
    """As `read_mask`, but a black garment on white is turned, which is noted."""
    image = _picture(path)
    mask = _white(_brightness(image), path)
    if own_mask(image) is None and _is_turned(mask):
        note("mask_turned")
        return 255 - mask
    return mask


def own_mask(image: Image.Image) -> Mask8 | None:
    """The transparency of a picture, uint8 (H, W), where something in it is cut out; else None.

    Alpha channels and transparent colours of palettes and of grey and colour pictures count alike.
    """
    if not image.has_transparency_data:
        return None
    alpha = np.array(image.convert("RGBA").getchannel("A"))
    opaque = alpha >= _WHITE
    return alpha if opaque.any() and (alpha < _WHITE).mean() > _LEAST_CUT else None


def is_cut_out(path: str | Path) -> bool:
    """Whether a picture is transparent around something, and so its own mask; one that is faint all over is not."""
    return own_mask(_picture(path)) is not None


def _picture(path: str | Path) -> Image.Image:
    return decoding.eight_bits(decoding.upright(decoding.load(path)), path)


def _brightness(image: Image.Image) -> Mask8:
    alpha = own_mask(image)
    return np.array(image.convert("L")) if alpha is None else alpha


def _white(values: Mask8, path: str | Path) -> Mask8:
    least = _WHITE
    if values.max() < _WHITE and len(np.unique(values)) == 2 and not values.min():
        least = 1  # zeros and ones, or the labels of one class
    mask = np.where(values >= least, 255, 0).astype(np.uint8)
    if not mask.any():
        raise TryOnError("mask.empty", path=path)
    return mask


def _is_turned(mask: Mask8) -> bool:
    """White all around and black in the middle."""
    white = mask > 0
    border = np.r_[white[0], white[-1], white[:, 0], white[:, -1]].mean()
    height, width = white.shape
    middle = white[height // 3 : height * 2 // 3 or 1, width // 3 : width * 2 // 3 or 1]
    return bool(border > _BORDER and middle.mean() < _MIDDLE)
