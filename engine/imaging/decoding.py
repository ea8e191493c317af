"""Picture files from anywhere, opened with care: a refusal is one sentence, and sizes are checked before decoding."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image, UnidentifiedImageError

from engine.errors import TryOnError

MAX_PIXELS = 100_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "HEIF", "AVIF", "GIF")
"""Only these decoders are tried; Pillow knows others, among them some that start other programs."""

_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_pillow_limit = threading.Lock()

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def load(path: str | Path, smallest: int = 1) -> Image.Image:
    """The first frame of the picture file, decoded, in the mode and orientation it is stored in.

    `TryOnError` for a file that is missing, a folder, empty, not a picture, damaged, over 100 megapixels, or with a
    side shorter than `smallest` pixels. The size is read from the header, so a huge picture costs nothing.
    """
    path = Path(path)
    try:
        _check_file(path)
    except OSError as error:
        raise _unreachable(path, error) from error
    with _opened(path) as image:
        width, height = image.size
        if min(width, height) < smallest:
            raise TryOnError("picture.small", path=path, width=width, height=height, least=smallest)
        if width * height > MAX_PIXELS:
            raise TryOnError("picture.large", path=path, width=width, height=height, most=MAX_PIXELS // 1_000_000)
        _decode(image, path)
        return image


def upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF orientation says; an unreadable or unknown orientation leaves it as it is."""
    try:
        turn = _TURNS.get(image.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # EXIF is written by anyone, and its parser fails in as many ways
        turn = None
    return image if turn is None else image.transpose(turn)


def eight_bits(image: Image.Image, path: str | Path) -> Image.Image:
    """One-channel pictures with 1 or 16 bits a pixel as mode L; any other as it is. `TryOnError` for more bits."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode != "F" and not image.mode.startswith("I"):
        return image
    values = np.asarray(image)
    if image.mode == "F" or values.min() < 0 or values.max() > 0xFFFF:
        raise TryOnError("picture.deep", path=path)
    return Image.fromarray(((values.astype(np.uint32) * 255 + 0x7FFF) // 0xFFFF).astype(np.uint8))


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise TryOnError("picture.folder", path=path)
    if not path.exists():
        raise TryOnError("picture.missing", path=path)
    if not path.is_file():
        raise TryOnError("picture.special", path=path)
    if path.stat().st_size == 0:
        raise TryOnError("picture.empty", path=path)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    try:
        image = _read_header(path)
    except UnidentifiedImageError as error:
        raise TryOnError("picture.unknown", path=path) from error
    except MemoryError as error:
        raise TryOnError("picture.memory", path=path) from error
    except Exception as error:  # decoders raise whatever their parsers stumble over
        if isinstance(error, OSError) and error.strerror:  # the system's own, about the file as a whole
            raise _unreachable(path, error) from error
        raise _damaged(path) from error
    with image:
        yield image


def _read_header(path: Path) -> Image.Image:
    """Pillow's own limit is lower than ours and only warns, so it is lifted while the header, no more, is read."""
    with _pillow_limit:
        limit = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = None
        try:
            return Image.open(path, formats=FORMATS)
        finally:
            Image.MAX_IMAGE_PIXELS = limit


def _decode(image: Image.Image, path: Path) -> None:
    try:
        image.load()
    except MemoryError as error:
        raise TryOnError("picture.memory", path=path) from error
    except Exception as error:  # as above
        if isinstance(error, OSError) and error.strerror:  # the drive went away meanwhile
            raise _unreachable(path, error) from error
        raise _damaged(path) from error


def _unreachable(path: Path, error: OSError) -> TryOnError:
    return TryOnError("picture.unopened", path=path, reason=error.strerror)


def _damaged(path: Path) -> TryOnError:
    return TryOnError("picture.damaged", path=path)
