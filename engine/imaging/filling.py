"""Continuing a picture into a hole: smoothly (push-pull, Gortler et al., "The Lumigraph", 1996), or from the rim."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import FloatPicture
from engine.imaging.planes import box_around, in_three


def fill(picture: NDArray[np.uint8] | FloatPicture, known: NDArray[np.bool_]) -> FloatPicture:
    """The picture (H, W, 3) where `known` (H, W), continued smoothly elsewhere; float32, unchanged where known.

    Known pixels are averaged into ever smaller pictures until none is empty; the holes are then filled from small to
    large. A picture without a known pixel comes back as it is.
    """
    whole = np.asarray(picture, dtype=np.float32)
    if not known.any():
        return whole
    where, half = known.astype(np.uint8), ((whole.shape[1] + 1) // 2, (whole.shape[0] + 1) // 2)
    weight = _shrunk(where.astype(np.float32), half)
    seen = np.asarray(cv2.copyTo(whole, where), dtype=np.float32)
    smooth = _pulled(_shrunk(seen, half), weight)  # nothing finer is in it
    filled = cv2.resize(smooth, whole.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    cv2.copyTo(whole, where, filled)
    return np.asarray(filled, dtype=np.float32)


def _pulled(sums: FloatPicture, weight: FloatPicture) -> FloatPicture:
    """Averages where there is any weight, the coarser level's elsewhere; `sums` is the picture times the weight."""
    height, width = weight.shape
    own = np.asarray(sums / in_three(np.maximum(weight, 1e-6)), dtype=np.float32)
    if min(height, width) <= 2 or weight.min() > 0.5:
        return np.asarray(own if weight.min() > 0 else own + _mean(sums, weight) * (weight == 0)[..., None], np.float32)
    half = ((width + 1) // 2, (height + 1) // 2)
    coarse = _pulled(_shrunk(sums, half), _shrunk(weight, half))
    enlarged = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    share = in_three(np.clip(weight, 0, 1))
    own *= share
    own += enlarged * (1 - share)
    return own


def _shrunk(values: FloatPicture, size: tuple[int, int]) -> FloatPicture:
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _mean(sums: FloatPicture, weight: FloatPicture) -> FloatPicture:
    return np.asarray(sums.sum(axis=(0, 1)) / max(float(weight.sum()), 1e-6), dtype=np.float32)


def nearest_values(
    values: NDArray[np.uint8], known: NDArray[np.bool_], where: NDArray[np.bool_], exactness: int = cv2.DIST_MASK_5
) -> NDArray[np.uint8]:
    """For each pixel of `where` (H, W) the value of the nearest pixel that is `known`, of which there is at least one.

    values: labels (H, W), or a picture (H, W, C); the answer is (N,) or (N, C). Only the pixels asked for are looked
    up: a rim is a twentieth of a picture. exactness: as in `nearest_places`.
    """
    places = nearest_places(known, where, exactness)
    return np.asarray(values.reshape(known.size, *values.shape[2:])[places], dtype=np.uint8)


def nearest_places(known: NDArray[np.bool_], where: NDArray[np.bool_], exactness: int) -> NDArray[np.int64]:
    """For each pixel of `where` (H, W) the place (N,), row by row, of the nearest that is `known`; one at least is.

    exactness: OpenCV's mask of the distance transform, DIST_MASK_3 or DIST_MASK_5.
    """
    box = box_around(where | ~known, 1)  # and the nearest ones around
    unknown = (~known[box]).astype(np.uint8)
    _, labels = cv2.distanceTransformWithLabels(unknown, cv2.DIST_L2, exactness, labelType=cv2.DIST_LABEL_PIXEL)
    # every known pixel has a label of its own: 1, 2, 3 ... row by row
    rows, columns = np.divmod(np.flatnonzero(known[box])[labels[where[box]] - 1], unknown.shape[1])
    return np.asarray((rows + box[0].start) * known.shape[1] + columns + box[1].start, dtype=np.int64)
