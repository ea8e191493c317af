"""Pictures made of another's pixels, wherever these lie."""

from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

_Any = TypeVar("_Any", np.uint8, np.float32)


def taken_from(
    picture: NDArray[_Any], places: NDArray[np.float32], *, smooth: bool = True, beyond: float | None = 0
) -> NDArray[_Any]:
    """The picture (h, w) or (h, w, C) at places (H, W, 2), x and y in its pixels.

    smooth: bilinear, else the nearest pixel's value. beyond: what is outside of the picture; None goes on as its edge.
    """
    how = cv2.INTER_LINEAR if smooth else cv2.INTER_NEAREST
    border = cv2.BORDER_REPLICATE if beyond is None else cv2.BORDER_CONSTANT
    x, y = cv2.split(places)
    made = cv2.remap(picture, x, y, how, borderMode=border, borderValue=(beyond or 0,) * 4)
    return np.asarray(made, picture.dtype)
