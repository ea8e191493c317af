"""Photos of garments without those who wear them: read, held back, and shown as they could as well have been.

ROOT/cloth/NAME.jpg, ROOT/cloth-mask/NAME.png   as in the VITON-HD layout
"""

from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8, Size
from engine.data.layout import PHOTO_SUFFIXES, Folder, list_folder
from engine.imaging.images import read_photo
from engine.imaging.masks import read_garment_mask

_HELD_OUT = 10  # every so many garments, by their names
_TURN, _SCALE = 15.0, (0.8, 1.1)  # degrees either way; of its size in the photo
_Planes = TypeVar("_Planes", bound=tuple[Array8, ...])


def photos_and_masks(root: Path) -> tuple[Folder, Folder]:
    """The two folders."""
    return list_folder(root / "cloth", PHOTO_SUFFIXES), list_folder(root / "cloth-mask", (".png", ".jpg"))


def read_garment(photos: Folder, masks: Folder, name: str, size: Size) -> tuple[Array8, Array8]:
    """Picture (H, W, 3) and mask (H, W) of 0 and 255 of a garment at `size` (height, width)."""
    return at_size(read_photo(photos.file(name), "garment"), size), at_size(read_garment_mask(masks.file(name)), size)


def at_size(plane: Array8, size: Size) -> Array8:
    """A picture (H, W, 3), or a mask (H, W) of 0 and 255, at `size` (height, width)."""
    made = np.asarray(cv2.resize(plane, size[::-1], interpolation=cv2.INTER_AREA), np.uint8)
    return made if made.ndim == 3 else np.where(made >= 128, 255, 0).astype(np.uint8)


def is_held_out(name: str) -> bool:
    """Whether a garment is one of the tenth that nothing is learned from."""
    return crc32(name.encode()) % _HELD_OUT == 0


def turned(planes: _Planes, rng: np.random.Generator) -> _Planes:
    """A picture (H, W, 3), which goes on white, and masks (H, W) of it, which go on as 0; all changed alike."""
    affine = _affine(planes[0].shape[:2], rng)
    return tuple(_moved(plane, affine) for plane in planes)  # type: ignore[return-value]


def _affine(size: Size, rng: np.random.Generator) -> NDArray[Any]:
    height, width = size
    affine: NDArray[Any] = cv2.getRotationMatrix2D(
        (width / 2, height / 2), rng.uniform(-_TURN, _TURN), rng.uniform(*_SCALE)
    )
    if rng.random() < 0.5:
        affine[:, 2] += affine[:, 0] * (width - 1)
        affine[:, 0] *= -1
    return affine


def _moved(plane: Array8, affine: NDArray[Any]) -> Array8:
    size = plane.shape[1::-1]
    if plane.ndim == 3:
        return np.asarray(cv2.warpAffine(plane, affine, size, borderValue=(255, 255, 255)), np.uint8)
    return np.asarray(cv2.warpAffine(plane, affine, size, flags=cv2.INTER_NEAREST), np.uint8)
