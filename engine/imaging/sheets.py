"""Contact sheets: many pictures on one, to look at what the numbers cannot say."""

from collections.abc import Sequence

import cv2
import numpy as np

from engine.arrays import Array8, Size

_GAP = 4
_HEAD = 20


def cell(picture: Array8, size: Size) -> Array8:
    """A picture uint8 (H, W, 3) of any shape within a white cell of `size` (height, width), not distorted."""
    height, width = size
    scale = min(height / picture.shape[0], width / picture.shape[1])
    inner = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    made = np.full((*size, 3), 255, dtype=np.uint8)
    made[: inner[1], : inner[0]] = cv2.resize(picture, inner, interpolation=cv2.INTER_AREA)
    return made


def sheet(rows: Sequence[Sequence[Array8]], heads: Sequence[str]) -> Array8:
    """Rows of pictures of one size -> one picture (H, W, 3) with a line of titles over it."""
    height, width = rows[0][0].shape[:2]
    canvas = np.full(
        (_HEAD + len(rows) * (height + _GAP), len(rows[0]) * (width + _GAP) - _GAP, 3), 255, dtype=np.uint8
    )
    for column, title in enumerate(heads):
        write(canvas, title[: width // 8], (column * (width + _GAP) + 2, _HEAD - 6))
    for line, row in enumerate(rows):
        for column, picture in enumerate(row):
            top, left = _HEAD + line * (height + _GAP), column * (width + _GAP)
            canvas[top : top + height, left : left + width] = picture
    return canvas


def write(canvas: Array8, text: str, place: tuple[int, int]) -> None:
    """Write a small dark text at x, y of its lower left corner; letters that OpenCV does not draw become "?"."""
    cv2.putText(canvas, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.4, (40, 40, 40), 1, cv2.LINE_AA)
