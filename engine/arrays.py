"""What arrays are called that go from room to room: one name, one meaning. Pictures are RGB, sizes (height, width)."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

_SHAPE_TOLERANCE = 0.02  # what rounding a 3:4 crop to whole pixels, or a careless one, may cost

Size = tuple[int, int]  # (height, width) in pixels
FULL_SIZE: Size = (1024, 768)  # of the published pictures, and of ours unless another one is wanted
Box = tuple[float, float, float, float]  # edges (left, top, right, bottom) in pixels of the photo
Turn = Literal[0, 90, 180, 270]  # degrees by which a photo is turned clockwise

Array8 = NDArray[np.uint8]  # any of the next three
Picture = NDArray[np.uint8]  # (H, W, 3), 0..255
Labels = NDArray[np.uint8]  # (H, W), a class a pixel (`engine.labels`)
Mask8 = NDArray[np.uint8]  # (H, W), 0 or 255, soft ones between
BoolMask = NDArray[np.bool_]  # (H, W)
FloatPicture = NDArray[np.float32]  # (H, W, 3), the same range, between steps that must not round
Planes = NDArray[np.float32]  # (C, H, W), a plane a class or joint
Keypoints = NDArray[np.float32]  # (25, 3): x, y, confidence a joint (`engine.pose`)


def same_shape(one: Size, other: Size) -> bool:
    """Whether two sizes (height, width) differ in scale alone, but for what rounding may cost."""
    return abs(one[0] * other[1] / (one[1] * other[0]) - 1) <= _SHAPE_TOLERANCE
