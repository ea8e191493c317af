"""Parses as other programs write them: label maps of a palette or in grey, and what is left of them after detours.

What is certain is put right and noted: grey saved as colours, LIP's palette saved as colours or in another order,
labels multiplied to be seen, blurred edges, ATR's classes for LIP's. The rest is refused with the reason.
"""

from pathlib import Path
from typing import Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.arrays import Labels, Picture
from engine.errors import TryOnError
from engine.imaging import decoding
from engine.imaging.filling import nearest_values
from engine.labels import ATR_CLASSES, IGNORE, IGNORE_COLOUR, LIP, atr_to_lip
from engine.notes import note

LabelSet = Literal["lip", "atr"]
Values = NDArray[np.int64]

_LOSSY = ("JPEG", "MPO")
_SHOWN_TIMES = (12, 13, 10)  # so that twenty labels reach from black to nearly white; most common first
_EXACT = 0.75  # of the pixels of a coloured label map, whose edges may be blurred
_FEW = 3  # labels, of which fewer may have colours of LIP's, or a common factor, by chance
_LINES, _SPECKLE = 3, 40  # labels seen as lines only; pixels
_LARGE = 600  # pixels of a side
_ATR_TOPS: Final = (4, 7)
_LEAST_TOP, _LEAST_FACE = 0.05, 0.003  # of the person


def read_labels(path: str | Path, classes: int = len(LIP)) -> Labels:
    """A label map uint8 (H, W): numbers below `classes`, or 255 for not known.

    `TryOnError` for lossy files, pictures in colours that are not LIP's palette, and other numbers.
    """
    image = decoding.load(path)
    if image.format in _LOSSY:
        raise TryOnError("parse.jpeg", path=path)
    values = _divided(_numbers(image, path, classes == len(LIP)), classes)
    wrong = (values >= classes) & (values != IGNORE)
    if wrong.any() or values.min() < 0:
        value = int(values[wrong].max() if wrong.any() else values.min())
        raise TryOnError("parse.labels", path=path, value=value, last=classes - 1, unknown=IGNORE)
    return values.astype(np.uint8)


def read_parse(path: str | Path, labels: LabelSet = "lip") -> Labels:
    """A parse uint8 (H, W) in LIP's labels from a file in LIP's or ATR's. `TryOnError` as in `read_labels`.

    One that is surely ATR's is read as such unasked, and edges that are blurred are laid to the nearest label; both is
    noted.
    """
    if labels == "atr":
        return atr_to_lip(without_blur(read_labels(path, ATR_CLASSES)))
    found = without_blur(read_labels(path))
    if not is_atr(found):
        return found
    note("parse_atr")
    return atr_to_lip(found)


def is_atr(labels: Labels) -> bool:
    """Whether a parse uint8 (H, W) read as LIP's is surely ATR's: where ATR has the face lies what LIP calls a scarf,
    above clothes that LIP would call sunglasses, and nothing lies where LIP has the face."""
    area = np.bincount(labels.ravel(), minlength=256)
    person = max(int(area[1:IGNORE].sum()), 1)
    if area[18] or area[19] or area[11] < _LEAST_FACE * person:
        return False
    face, top = _height(labels, 11), _height(labels, *_ATR_TOPS)
    is_face_high = face < top and (not area[13] or _height(labels, 13) > top)
    if area[4] >= _LEAST_TOP * person:
        return bool(is_face_high)
    return bool(is_face_high and area[7] >= _LEAST_TOP * person and area[13] and area[2])


def without_blur(labels: Labels) -> Labels:
    """A label map whose edges were smoothed, which writes labels between two neighbours' along them, with the nearest
    true label there. One whose labels all have room is returned as it is."""
    lines = [number for number in np.unique(labels) if _is_line(labels == number, _core(labels))]
    if len(lines) < _LINES:
        return labels
    note("parse_blurred")
    return _filled(labels, _solid(labels, np.setdiff1d(np.unique(labels), lines)))


def _solid(labels: Labels, numbers: Labels) -> NDArray[np.bool_]:
    """Where these labels are too wide for a blurred edge, which may show any label by chance."""
    core, solid = _core(labels), np.zeros(labels.shape, dtype=np.bool_)
    for number in numbers:
        own = (labels == number).astype(np.uint8)
        solid |= cv2.morphologyEx(own, cv2.MORPH_OPEN, core, borderType=cv2.BORDER_REPLICATE) > 0
    return solid


def _height(labels: Labels, *numbers: int) -> float:
    """Mean row of some labels; below everything where there are none."""
    rows = np.flatnonzero(np.isin(labels, numbers)) // labels.shape[1]
    return float(rows.mean()) if len(rows) else float(labels.shape[0])


def _core(labels: Labels) -> NDArray[np.uint8]:
    """A square that fits into no blurred edge."""
    side = 3 if max(labels.shape) < _LARGE else 5
    return np.ones((side, side), dtype=np.uint8)


def _is_line(mask: NDArray[np.bool_], core: NDArray[np.uint8]) -> bool:
    """Whether a label is seen along edges only, and often."""
    return bool(mask.sum() >= _SPECKLE) and not cv2.erode(mask.astype(np.uint8), core).any()


def _filled(labels: Labels, known: NDArray[np.bool_]) -> Labels:
    filled = labels.copy()
    if known.any():
        filled[~known] = nearest_values(labels, known, ~known)
    return filled


def _numbers(image: Image.Image, path: str | Path, by_colour: bool) -> Values:
    """The pixels' numbers, whichever way the picture holds them; by_colour: LIP's colours stand for its labels."""
    if image.mode == "P":
        return _of_palette(image) if by_colour else np.asarray(image).astype(np.int64)
    if image.mode == "L" or image.mode.startswith("I"):
        return np.asarray(image).astype(np.int64)
    if image.mode == "LA":
        return np.asarray(image.getchannel("L")).astype(np.int64)
    if image.mode not in ("RGB", "RGBA"):
        raise _in_colours(image, path)
    picture = np.asarray(image.convert("RGB"))
    if (picture == picture[..., :1]).all():
        return picture[..., 0].astype(np.int64)
    if not by_colour:
        raise _in_colours(image, path)
    return _of_colours(picture, image, path)


def _of_palette(image: Image.Image) -> Values:
    """The indices, or what their colours stand for where a program has sorted the palette anew."""
    indices = np.asarray(image)
    palette = np.asarray(image.getpalette("RGB") or [], dtype=np.uint8).reshape(-1, 3)
    used = np.unique(indices)
    if used[-1] >= len(palette):
        return indices.astype(np.int64)
    table = np.arange(256, dtype=np.int64)
    found = [number for index in used if (number := _class_of(palette[index])) is not None]
    if len(used) < _FEW or len(set(found)) < len(used) or list(used) == found:
        return indices.astype(np.int64)
    note("parse_coloured")
    table[used] = found
    return np.asarray(table[indices])


def _class_of(colour: Picture) -> int | None:
    return _CLASSES.get((int(colour[0]), int(colour[1]), int(colour[2])))


def _of_colours(picture: Picture, image: Image.Image, path: str | Path) -> Values:
    """Labels by LIP's palette; blurred pixels take the nearest one. TryOnError for a picture in other colours."""
    packed = picture.astype(np.int64) @ (65536, 256, 1)
    labels, known = np.zeros(packed.shape, dtype=np.uint8), np.zeros(packed.shape, dtype=np.bool_)
    for (red, green, blue), number in _CLASSES.items():
        own = packed == red * 65536 + green * 256 + blue
        labels[own], known = number, known | own
    if known.mean() < _EXACT or len(np.unique(labels[known])) < _FEW:
        raise _in_colours(image, path)
    note("parse_coloured")
    if known.all():
        return labels.astype(np.int64)
    note("parse_blurred")
    return _filled(labels, known & _solid(labels, np.unique(labels[known]))).astype(np.int64)


def _divided(values: Values, classes: int) -> Values:
    """Labels that somebody has multiplied so that they can be seen, as they were."""
    seen = np.unique(values[values != IGNORE])
    if len(seen) < _FEW or seen[-1] < classes or seen[0] < 0:
        return values
    for times in _SHOWN_TIMES:
        if not (seen % times).any() and seen[-1] // times < classes:
            note("parse_scaled")
            return np.where(values == IGNORE, IGNORE, values // times)
    return values


def _in_colours(image: Image.Image, path: str | Path) -> TryOnError:
    return TryOnError("parse.colours", path=path, mode=image.mode)


_CLASSES: Final = {colour: number for number, colour in enumerate(LIP.colours)} | {IGNORE_COLOUR: IGNORE}
