"""Photos that carry their own truth, and an estimator that reads it: every class and every joint has its own colour.

A painting can be cropped, scaled and pasted into larger pictures as a photo can, and what the estimator then says is
right up to resampling; so everything in the analysis but the networks can be tested.
"""

from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.analysis.common.estimators import Estimate
from engine.imaging.components import filled_from_nearest
from engine.labels import LIP, colourise
from engine.pose import Pose
from tests.rendered import rendered_pair

Picture = NDArray[np.uint8]
_TOLERANCE = 40
_LIP = np.array(LIP.colours, dtype=np.int32)
HEIGHT, WIDTH = 192, 144  # cells of the parse it makes


def _joint_colours() -> NDArray[np.int32]:
    """25 colours of a lattice, each as far from the palette and the others as can be had."""
    lattice = np.array(list(product((16, 80, 144, 208, 255), repeat=3)), dtype=np.int32)
    chosen = list(_LIP)
    for _ in range(25):
        distances = np.linalg.norm(lattice[:, None] - np.array(chosen)[None], axis=2).min(axis=1)
        chosen.append(lattice[distances.argmax()])
    return np.array(chosen[len(_LIP) :])


JOINT_COLOURS = _joint_colours()


def painting(parse: NDArray[np.uint8], pose: Pose, radius: float = 0.012) -> Picture:
    """The picture of a parse (H, W) with a disc on each joint."""
    picture = colourise(parse, LIP).copy()
    for joint in range(25):
        if pose.found(joint):
            x, y = (round(value) for value in pose.point(joint))
            colour = tuple(int(value) for value in JOINT_COLOURS[joint])
            cv2.circle(picture, (x, y), round(radius * parse.shape[0]), colour, -1)
    return picture


def painted_person(seed: int = 6, size: tuple[int, int] = (512, 384)) -> Picture:
    """The painting of a drawn person."""
    pair = rendered_pair(seed, size)
    return painting(pair.parse, pair.pose)


def pasted(*pieces: tuple[Picture, tuple[int, int]], size: tuple[int, int]) -> Picture:
    """Paintings laid into an empty one of `size`, each with its top left corner at (x, y)."""
    picture = np.zeros((*size, 3), dtype=np.uint8)
    for piece, (x, y) in pieces:
        seen = piece[: size[0] - y, : size[1] - x]
        part = picture[y : y + seen.shape[0], x : x + seen.shape[1]]
        part[seen.any(axis=2)] = seen[seen.any(axis=2)]
    return picture


class PaintedEstimator:
    """A `PersonEstimator` for paintings. `looks` counts how often it was asked."""

    def __init__(self, confidence: float = 0.9) -> None:
        self.looks = 0
        self.confidence = confidence

    def estimate(self, picture: Picture) -> Estimate:
        self.looks += 1
        scale = (HEIGHT * WIDTH / (picture.shape[0] * picture.shape[1])) ** 0.5
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
        colours = np.concatenate([_LIP, JOINT_COLOURS])
        distances = np.linalg.norm(small[:, :, None].astype(np.int32) - colours, axis=3)
        nearest = distances.argmin(axis=2)
        labels = filled_from_nearest(nearest.astype(np.uint8), (nearest >= len(_LIP)).astype(np.uint8))
        planes = np.full((len(_LIP), *labels.shape), 0.05 / 19, dtype=np.float32)
        np.put_along_axis(planes, labels[None].astype(np.int64), np.float32(0.95), axis=0)
        return Estimate(planes, self._joints(picture))

    def _joints(self, picture: Picture) -> NDArray[np.float32]:
        keypoints = np.zeros((25, 3), dtype=np.float32)
        scale = min(1.0, 480 / max(picture.shape[:2]))  # large ones take long
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
        for joint, colour in enumerate(JOINT_COLOURS):
            low, high = (colour - _TOLERANCE).clip(0, 255), (colour + _TOLERANCE).clip(0, 255)
            near = cv2.inRange(picture, low, high)
            _, _, stats, middles = cv2.connectedComponentsWithStats(near)
            areas = stats[1:, cv2.CC_STAT_AREA].copy()
            boxes = stats[1:, cv2.CC_STAT_WIDTH] * stats[1:, cv2.CC_STAT_HEIGHT]
            areas[areas < 0.5 * boxes] = 0  # a blend of two classes along their border
            if len(areas) and areas.max() >= 6:
                best = 1 + int(areas.argmax())
                x, y = (middles[best] + 0.5) / scale - 0.5
                keypoints[joint] = (x, y, self.confidence)
        return keypoints
