"""The rows of a contact sheet of try-ons (`engine.imaging.sheets`), one a pair."""

from collections.abc import Sequence

import cv2
import numpy as np

from engine.arrays import Array8
from engine.values import TryOnResult

CELL = (256, 192)


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
