"""Pictures, label maps and masks written to disk: the same array gives the same bytes, and never half of them."""

import json
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from engine.arrays import Labels
from engine.errors import TryOnError
from engine.imaging import decoding
from engine.imaging.colour import srgb_profile
from engine.labels import IGNORE, IGNORE_COLOUR, LabelSpace
from engine.system.files import atomic_path

_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
_EXIF_IFD = 0x8769
_USER_COMMENT = 0x9286
_ASCII = b"ASCII\0\0\0"
_PAGES_AT_ONCE = 16  # every time, the list of all pages is written again
_PNG_LEVEL = 4  # a photo at level 9 takes ten times as long and is 2 % smaller


def save_picture(
    path: str | Path,
    array: NDArray[np.uint8],
    metadata: Mapping[str, str] | None = None,
    quality: int = 95,
) -> None:
    """Write a picture uint8 (H, W, 3) as PNG, JPEG or WebP, by the name's ending, with an sRGB profile.

    `metadata` is embedded, as text chunks (PNG) or as JSON in the EXIF user comment; `read_metadata` reads it back.
    Its keys are ASCII words of up to 79 characters, as PNG demands, its values any text.
    `quality` (1 to 100) is that of JPEG and WebP; JPEG keeps full colour resolution. Missing folders are made.
    `TryOnError` for another ending and for whatever the disk or the format refuses.
    """
    path = Path(path)
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise TryOnError("picture.ending", path=path, ending=path.suffix)
    metadata = {key: _writable(value) for key, value in (metadata or {}).items()}
    _check_keys(metadata)
    options: dict[str, Any] = {"icc_profile": srgb_profile()}
    if kind == "PNG":
        options |= {"compress_level": _PNG_LEVEL, "pnginfo": _png_text(metadata)}
    else:
        options |= {"quality": quality, "exif": _exif(metadata)}
    if kind == "JPEG":
        options["subsampling"] = 0
    _write(path, Image.fromarray(_checked(array, 3)), kind, options)


def save_pages(path: str | Path, pages: Iterable[NDArray[np.uint8]], dpi: float, quality: int = 95) -> None:
    """Write pictures uint8 (H, W, 3) as the pages of a PDF, each as a JPEG of this quality (1 to 100).

    They are taken one after the other, so that thousands need no more memory than a few. dpi: pixels an inch of the
    page. `TryOnError` where the disk refuses; ValueError without pages.
    """
    path, left = Path(path), iter(pages)
    options: dict[str, Any] = {"save_all": True, "resolution": dpi, "quality": quality, "subsampling": 0}
    options |= {"title": path.stem, "creationDate": None, "modDate": None}  # the same pages give the same bytes
    try:
        with atomic_path(path) as temporary:
            while images := [Image.fromarray(_checked(page, 3)) for page in islice(left, _PAGES_AT_ONCE)]:
                images[0].save(
                    temporary, "PDF", append_images=images[1:], append=temporary.stat().st_size > 0, **options
                )
            if not temporary.stat().st_size:
                raise ValueError("a PDF without pages")
    except OSError as error:
        raise TryOnError("picture.unwritable", path=path, reason=error.strerror or str(error)) from error


def save_labels(path: str | Path, labels: Labels, space: LabelSpace) -> None:
    """Write a label map uint8 (H, W) as a palette PNG in the colours of `space`; `read_labels` reads it back."""
    palette = np.zeros((256, 3), dtype=np.uint8)
    palette[: len(space)] = space.colours
    palette[IGNORE] = IGNORE_COLOUR
    image = Image.fromarray(_checked(labels, 2))
    image.putpalette(palette.tobytes())
    _write_png(Path(path), image)


def save_mask(path: str | Path, mask: NDArray[np.uint8]) -> None:
    """Write a mask uint8 (H, W) of 0 and 255 as a grey PNG."""
    _write_png(Path(path), Image.fromarray(_checked(mask, 2)))


def read_metadata(path: str | Path) -> dict[str, str]:
    """What `save_picture` embedded in a picture; empty when there is nothing. `TryOnError` when it cannot be read."""
    image = decoding.load(path)
    if isinstance(image, PngImagePlugin.PngImageFile):
        return {key: str(value) for key, value in image.text.items()}
    try:
        comment = image.getexif().get_ifd(_EXIF_IFD).get(_USER_COMMENT, b"")
        found = json.loads(bytes(comment).removeprefix(_ASCII))
    except Exception:  # EXIF of other programs: any bytes, and a parser that fails in as many ways
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _write_png(path: Path, image: Image.Image) -> None:
    if path.suffix.lower() != ".png":
        raise TryOnError("labels.ending", path=path)
    _write(path, image, "PNG", {"compress_level": _PNG_LEVEL})


def _write(path: Path, image: Image.Image, kind: str, options: dict[str, Any]) -> None:
    try:
        with atomic_path(path) as temporary:
            image.save(temporary, kind, **options)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TryOnError("picture.unwritable", path=path, reason=reason) from error


def _checked(array: NDArray[np.uint8], dimensions: int) -> NDArray[np.uint8]:
    if (
        array.dtype != np.uint8
        or array.ndim != dimensions
        or (dimensions == 3 and array.shape[2] != 3)
        or not array.size
    ):
        raise ValueError(f"cannot save an array of {array.dtype} with the shape {array.shape}")
    return np.ascontiguousarray(array)


def _check_keys(metadata: Mapping[str, str]) -> None:
    for key in metadata:
        if not (key.isascii() and key.isprintable() and 0 < len(key) < 80 and key == key.strip()):
            raise ValueError(f"{key!r} cannot be the name of a text embedded in a picture")


def _writable(text: str) -> str:
    """Text that is UTF-8; of a file's name that is not, the bytes as escapes."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _png_text(metadata: Mapping[str, str]) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    for key, value in metadata.items():
        info.add_text(key, value)
    return info


def _exif(metadata: Mapping[str, str]) -> bytes:
    if not metadata:
        return b""
    exif = Image.Exif()
    exif.get_ifd(_EXIF_IFD)[_USER_COMMENT] = _ASCII + json.dumps(dict(metadata)).encode("ascii")
    return exif.tobytes()
