"""A photo of any shape in a frame of the networks' shape, and the way back, without distortion.

Points are pixel positions: (0, 0) is the centre of the first pixel, whose corner is at (-0.5, -0.5). Boxes are edges
(left, top, right, bottom), in photo pixels, where 0 is the left edge of the first pixel and the width the right edge of
the last.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from engine.arrays import Box, Picture, Size
from engine.errors import TryOnError

_THINNEST = 8
_SHAPE_TOLERANCE = 0.01


def is_three_to_four(size: Size) -> bool:
    """Whether a size (height, width) is 4:3 upright, up to rounding."""
    return abs(size[0] * 3 - size[1] * 4) <= _SHAPE_TOLERANCE * size[0] * 3


@dataclass(frozen=True, eq=False)
class Framed:
    """The part `box` of a photo of `photo_size`, resampled to `image` uint8 (H, W, 3).

    The box has the shape of the image and may leave the photo; there the image shows padding. Between the two lies one
    scale and one shift, so points go both ways exactly.
    """

    image: Picture
    box: Box
    photo_size: Size

    @property
    def size(self) -> Size:
        """(height, width) of the frame."""
        return self.image.shape[0], self.image.shape[1]

    @property
    def scale(self) -> float:
        """Frame pixels a photo pixel."""
        return self.size[1] / (self.box[2] - self.box[0])

    def to_frame(self, points: ArrayLike) -> NDArray[np.float64]:
        """Points (..., 2), as x, y in the photo, to x, y in the frame."""
        return (np.asarray(points, dtype=np.float64) + 0.5 - self.box[:2]) * self.scale - 0.5

    def to_photo(self, points: ArrayLike) -> NDArray[np.float64]:
        """Points (..., 2), as x, y in the frame, to x, y in the photo."""
        return (np.asarray(points, dtype=np.float64) + 0.5) / self.scale + self.box[:2] - 0.5

    def paste_back(self, photo: Picture, result: Picture, mask: NDArray[np.uint8]) -> Picture:
        """The photo uint8 at its own size, with `result` uint8 (H, W, 3) laid over it as strongly as `mask` says.

        `mask` is uint8 (H, W) of the frame: 255 takes the result, 0 the photo, values between feather. Every photo
        pixel whose centre lies where the mask is 0, or outside the frame, keeps its exact value.
        """
        _check_shapes(photo, (*self.photo_size, 3), "photo")
        _check_shapes(result, (*self.size, 3), "result")
        _check_shapes(mask, self.size, "mask")
        pasted = photo.copy()
        rows, columns = self._touched(mask)
        if rows.stop <= rows.start or columns.stop <= columns.start:
            return pasted
        region = self._in_frame(rows, columns)
        size = (columns.stop - columns.start, rows.stop - rows.start)
        alpha = _resample(mask, size, region, Image.Resampling.BILINEAR)
        # Interpolation reaches half a pixel past the mask, and there the photo must not change.
        alpha[self._nearest(mask, rows, columns) == 0] = 0
        enlarged = _resample(result, size, region, _filter(1 / self.scale))
        pasted[rows, columns] = _blend(photo[rows, columns], enlarged, alpha)
        return pasted

    def _touched(self, mask: NDArray[np.uint8]) -> tuple[slice, slice]:
        """The photo pixels, wholly inside the frame, that may lie under the mask."""
        spans = []
        for axis in (0, 1):
            hit = np.flatnonzero(mask.any(axis=1 - axis))
            first, last = (int(hit[0]), int(hit[-1]) + 1) if len(hit) else (0, 0)
            start, stop, limit = self.box[1 - axis], self.box[3 - axis], self.photo_size[axis]
            low = max(0, math.ceil(start), math.floor(start + first / self.scale))
            high = min(limit, math.floor(stop), math.ceil(start + last / self.scale))
            spans.append(slice(low, high))
        return spans[0], spans[1]

    def _in_frame(self, rows: slice, columns: slice) -> Box:
        """The edges of a block of photo pixels in frame pixels, kept inside the frame against rounding."""
        height, width = self.size
        left, right = ((x - self.box[0]) * self.scale for x in (columns.start, columns.stop))
        top, bottom = ((y - self.box[1]) * self.scale for y in (rows.start, rows.stop))
        return max(0.0, left), max(0.0, top), min(float(width), right), min(float(height), bottom)

    def _nearest(self, mask: NDArray[np.uint8], rows: slice, columns: slice) -> NDArray[np.uint8]:
        """The mask's values under the centres of a block of photo pixels."""
        y = (np.arange(rows.start, rows.stop) + 0.5 - self.box[1]) * self.scale
        x = (np.arange(columns.start, columns.stop) + 0.5 - self.box[0]) * self.scale
        height, width = self.size
        values: NDArray[np.uint8] = mask[np.ix_(y.astype(int).clip(0, height - 1), x.astype(int).clip(0, width - 1))]
        return values


def frame(photo: Picture, size: Size, box: Box | None = None, fill: int | Literal["edge"] = 255) -> Framed:
    """The part `box` of a photo uint8 (H, W, 3), or of a mask (H, W), in a picture of `size` (height, width).

    The box, all of it by default, is widened on one axis to the shape of `size`: inside the photo where there is room,
    otherwise about its middle. What then lies outside the photo gets the grey value `fill`, or with "edge" the photo's
    border pixels.
    Reduced with Lanczos, enlarged with bicubic resampling; at scale 1 and whole pixels it is a plain crop.
    `TryOnError` for a box that is empty or misses the photo, and for a photo so long that it would be a thread.
    """
    photo_size = (photo.shape[0], photo.shape[1])
    _check_shapes(photo, (*photo_size, 3)[: photo.ndim], "photo")
    box = _fitted(box or (0, 0, photo_size[1], photo_size[0]), size, photo_size)
    scale = size[1] / (box[2] - box[0])
    across = _place(box[0], box[2], photo_size[1], scale, size[1])
    down = _place(box[1], box[3], photo_size[0], scale, size[0])
    padded = _padded(photo, (down.margins, across.margins), fill)
    part = (across.source[0], down.source[0], across.source[1], down.source[1])
    shown = _resample(padded, (across.length, down.length), part, _filter(scale))
    return Framed(_padded(shown, (down.around, across.around), fill), box, photo_size)


@dataclass(frozen=True)
class _Place:
    """Along one axis, how a photo gets into its frame without padding the photo by more than a filter's reach.

    The photo is padded by `margins`, its span `source` is resampled to `length` pixels, and those get `around` pixels
    of plain padding before and after.
    """

    margins: tuple[int, int]
    source: tuple[float, float]
    length: int
    around: tuple[int, int]


def _place(low: float, high: float, limit: int, scale: float, length: int) -> _Place:
    """The photo covers [0, limit], the frame shows [low, high] of it in `length` pixels."""
    first = max(0, math.floor(-low * scale))
    last = min(length, math.ceil((limit - low) * scale))
    if (min(high, limit) - max(low, 0)) * scale < _THINNEST:
        raise TryOnError("photo.thread", least=_THINNEST)
    reach = math.ceil(4 * max(1.0, 1 / scale))
    margins = (min(reach, max(0, math.ceil(-low))), min(reach, max(0, math.ceil(high - limit))))
    start = low + first / scale + margins[0]
    stop = low + last / scale + margins[0]
    total = float(limit + sum(margins))
    return _Place(margins, (max(0.0, start), min(total, stop)), last - first, (first, length - last))


def _fitted(box: Box, size: Size, photo_size: Size) -> Box:
    left, top, right, bottom = map(float, box)
    height, width = photo_size
    if not (left < right and top < bottom and left < width and top < height and right > 0 and bottom > 0):
        raise TryOnError("box.outside", box=tuple(box), width=width, height=height)
    wanted = size[1] / size[0]
    if (right - left) < wanted * (bottom - top):
        left, right = _widened(left, right, wanted * (bottom - top), width)
    else:
        top, bottom = _widened(top, bottom, (right - left) / wanted, height)
    return left, top, right, bottom


def _widened(low: float, high: float, length: float, limit: int) -> tuple[float, float]:
    """The span made `length` long about its middle, moved to stay in [0, limit] if it was there and still fits."""
    start = (low + high - length) / 2
    if low >= 0 and high <= limit and length <= limit:
        start = min(max(start, 0.0), limit - length)
    return start, start + length


def _padded(photo: Picture, margins: tuple[tuple[int, int], tuple[int, int]], fill: int | Literal["edge"]) -> Picture:
    """More pixels (above, below) and (left, right)."""
    if not any(map(any, margins)):
        return photo
    around = (*margins, (0, 0))[: photo.ndim]
    if fill == "edge":
        return np.pad(photo, around, mode="edge")
    return np.pad(photo, around, constant_values=fill)


def _filter(scale: float) -> Image.Resampling:
    return Image.Resampling.LANCZOS if scale < 1 else Image.Resampling.BICUBIC


def _resample(array: Picture, size: tuple[int, int], box: Box, resampling: Image.Resampling) -> Picture:
    edges = np.asarray(box, np.float32)  # as Pillow takes them
    if resampling is Image.Resampling.LANCZOS:  # of a large photo only what is seen need be copied
        reach = math.ceil(4 * (box[3] - box[1]) / size[1])
        left, top = np.maximum(edges[:2].astype(int) - reach, 0).tolist()
        right, bottom = (edges[2:].astype(int) + reach).tolist()
        array, edges = array[top:bottom, left:right], edges - (left, top, left, top)
    return np.array(Image.fromarray(array).resize(size, resampling, box=tuple(edges.tolist())))


def _blend(below: Picture, above: Picture, alpha: NDArray[np.uint8]) -> Picture:
    weight = alpha[..., None].astype(np.uint16)
    return ((below * (255 - weight) + above * weight + 127) // 255).astype(np.uint8)


def _check_shapes(array: NDArray[np.uint8], shape: tuple[int, ...], what: str) -> None:
    if array.shape != shape or array.dtype != np.uint8:
        raise ValueError(f"the {what} must be uint8 {shape}, not {array.dtype} {array.shape}")
