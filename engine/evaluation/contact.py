"""A contact sheet: one row a pair, to look at what the numbers cannot say."""

from collections.abc import Sequence

import cv2
import numpy as np

from engine.arrays import Array8
from engine.values import TryOnResult

CELL = (256, 192)
_GAP = 4
_HEAD = 20


def row_of(results: Sequence[TryOnResult], cell: tuple[int, int] = CELL) -> list[Array8]:
    """Person, garment, then of each pack the warped cloth within its mask and the finished picture."""
    first = results[0]
    pictures = [first.person.image, first.garment.image]
    for result in results:
        worn = np.where(result.warp.mask[..., None] >= 128, result.warp.cloth, result.agnostic.image)
        pictures += [worn.astype(np.uint8), result.image]
    return [np.asarray(cv2.resize(one, cell[::-1], interpolation=cv2.INTER_AREA), dtype=np.uint8) for one in pictures]


def titles(packs: Sequence[str]) -> list[str]:
    """What stands over the columns of `row_of`."""
    return ["person", "garment", *(title for pack in packs for title in ("warped cloth", pack))]


def sheet(rows: Sequence[Sequence[Array8]], heads: Sequence[str]) -> Array8:
    """Rows of pictures of one size -> one picture (H, W, 3) with a line of titles over it."""
    height, width = rows[0][0].shape[:2]
    canvas = np.full(
        (_HEAD + len(rows) * (height + _GAP), len(rows[0]) * (width + _GAP) - _GAP, 3), 255, dtype=np.uint8
    )
    for column, title in enumerate(heads):
        place = (column * (width + _GAP) + 2, _HEAD - 6)
        cv2.putText(canvas, title[: width // 8], place, cv2.FONT_HERSHEY_SIMPLEX, 0.4, (40, 40, 40), 1, cv2.LINE_AA)
    for line, row in enumerate(rows):
        for column, picture in enumerate(row):
            top, left = _HEAD + line * (height + _GAP), column * (width + _GAP)
            canvas[top : top + height, left : left + width] = picture
    return canvas
