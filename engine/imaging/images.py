"""Pictures at the border of the engine: read, resized, turned into tensors and back, written.

Inside, a picture is uint8 (H, W, 3) in sRGB, a label map uint8 (H, W), a mask uint8 (H, W) of 0 and 255, and sizes are
(height, width). Resizing follows the published method: Pillow's bilinear for pictures, nearest for labels and masks.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.arrays import Turn
from engine.errors import TryOnError
from engine.imaging import decoding
from engine.imaging.colour import to_srgb
from engine.imaging.framing import Framed, frame
from engine.imaging.hdr import to_sdr
from engine.imaging.masks import is_cut_out, own_mask, read_mask
from engine.imaging.parses import read_labels
from engine.imaging.saving import read_metadata, save_labels, save_mask, save_picture
from engine.notes import note

if TYPE_CHECKING:
    from torch import Tensor

__all__ = [
    "Framed",
    "as_turn",
    "frame",
    "is_cut_out",
    "read_labels",
    "read_mask",
    "read_metadata",
    "read_photo",
    "resize_labels",
    "resize_picture",
    "save_labels",
    "save_mask",
    "save_picture",
    "to_tensor",
    "turned",
]

SMALLEST_SIDE = 64
GROUND: Mapping[Literal["garment", "person"], str] = MappingProxyType({"garment": "#ffffff", "person": "#b4b4b4"})
"""What is laid under a cut-out: a garment's frame is white, and on white a person's white clothes have no edge."""

_Picture = NDArray[np.uint8]


def read_photo(path: str | Path, of: Literal["garment", "person"] = "garment") -> _Picture:
    """A photo as uint8 (H, W, 3) in sRGB, upright as its EXIF orientation says.

    JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC and AVIF; grey, palette, CMYK, 1 and 16 bits; transparency over white, of a
    person over grey, which is noted; of several frames or pages the first. Embedded colour profiles and high dynamic
    range are converted. `TryOnError` names the file and what is wrong: missing, empty, not a picture, damaged, a side
    shorter than 64 pixels, over 100 megapixels.
    """
    image = decoding.eight_bits(decoding.upright(decoding.load(path, SMALLEST_SIDE)), path)
    image = to_sdr(image, path)
    if of == "person" and own_mask(image) is not None:
        note("cut_out_person")
    return np.array(to_srgb(image, GROUND[of]))


def as_turn(degrees: int) -> Turn:
    """TryOnError for other degrees than those of whole quarters."""
    for turn in get_args(Turn):
        if degrees == turn:
            return cast(Turn, turn)
    raise TryOnError("photo.turn", degrees=degrees)


def turned(array: NDArray[np.uint8], turn: Turn) -> NDArray[np.uint8]:
    """A picture (H, W, 3) or a mask (H, W), turned clockwise."""
    return np.ascontiguousarray(np.rot90(array, -turn // 90))


def resize_picture(picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """A picture uint8 (H, W, 3), or one channel (H, W), resized to (height, width), bilinearly as published."""
    return _resized(picture, size, Image.Resampling.BILINEAR)


def shrunk(picture: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    """A picture (H, W, 3) with its longer side at most `longest` pixels."""
    height, width = picture.shape[:2]
    factor = longest / max(height, width)
    if factor >= 1:
        return picture
    return resize_picture(picture, (max(1, round(height * factor)), max(1, round(width * factor))))


def resize_labels(labels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Labels or a mask uint8 (H, W) resized to (height, width) by nearest neighbour: no new values appear."""
    return _resized(labels, size, Image.Resampling.NEAREST)


def _resized(array: NDArray[np.uint8], size: tuple[int, int], resampling: Image.Resampling) -> NDArray[np.uint8]:
    return np.array(Image.fromarray(array).resize((size[1], size[0]), resampling))


def to_tensor(picture: NDArray[np.uint8]) -> "Tensor":
    """uint8 (H, W, 3) to float32 (3, H, W) in [-1, 1]."""
    import torch  # the window reads photos before torch is loaded

    return torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1))).float() / 127.5 - 1
