"""Wrists and the parse's arms: each tells of the other.

A network that is unsure of a wrist supposes it where wrists usually are. The parse says where an arm is seen: a hand
behind the back is on no arm, and a raised one, of which few photos tell, is at the end of one.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels, Planes
from engine.category import UPPER
from engine.pose import Pose

_BESIDE, _STRAYING, _SURE = 0.02, 0.4, 0.5  # of the picture's height; of the forearm; confidence
_FOREARM = (0.5, 1.3)  # in upper arms: how far from the elbow a wrist may be
_HINT = 0.008  # of the map's height, where the arm is seen anyway: an eighth of what counts as found


def without_stray_wrists(pose: Pose, parse: Labels) -> Pose:
    """The pose without unsure wrists whose forearms would lie outside the person: a hand behind the back is not seen,
    but supposed where hands usually are."""
    reach = max(1, round(_BESIDE * parse.shape[0]))
    near = cv2.dilate((parse > 0).astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), dtype=np.uint8))
    keypoints = pose.keypoints.copy()
    for _, (*_, elbow, wrist) in UPPER.limbs:
        if not (pose.found(elbow) and 0 < keypoints[wrist, 2] < _SURE):
            continue
        along = np.linspace(keypoints[elbow, :2], keypoints[wrist, :2], 25).round().astype(int)
        x, y = along[:, 0].clip(0, parse.shape[1] - 1), along[:, 1].clip(0, parse.shape[0] - 1)
        if (near[y, x] == 0).mean() > _STRAYING:
            keypoints[wrist] = 0
    return replace(pose, keypoints=keypoints)


def with_wrists_on_arms(pose: Pose, parse: Labels, heat: Planes) -> Pose:
    """The pose with wrists that were not found where their own arm's skin (H, W) and the maps (J, h, w) agree.

    The maps span the picture. An arm that is seen a forearm's length from its elbow ends there somewhere.
    """
    keypoints = pose.keypoints.copy()
    size = np.array(parse.shape[::-1]) / heat.shape[:0:-1]  # of a cell, in pixels: across, down
    for arm, (*_, shoulder, elbow, wrist) in UPPER.limbs:
        if pose.found(wrist) or not (pose.found(shoulder) and pose.found(elbow)):
            continue
        upper_arm = float(np.linalg.norm(keypoints[shoulder, :2] - keypoints[elbow, :2]))
        away = np.linalg.norm(_middles(heat.shape, size) - keypoints[elbow, :2], axis=2)
        skin = cv2.resize((parse == arm).astype(np.float32), heat.shape[:0:-1], interpolation=cv2.INTER_AREA) > 0.5
        there = skin & (away > _FOREARM[0] * upper_arm) & (away < _FOREARM[1] * upper_arm)
        likely = np.where(there, heat[wrist], 0)
        y, x = np.unravel_index(int(likely.argmax()), likely.shape)
        if likely[y, x] > _HINT:
            keypoints[wrist] = (*_middles(heat.shape, size)[y, x], likely[y, x])
    return replace(pose, keypoints=keypoints)


def _middles(shape: tuple[int, ...], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """(h, w, 2): x and y in pixels of the middle of each cell of maps (J, h, w), of cells of a size (across, down)."""
    rows, columns = np.indices(shape[1:])
    return np.asarray((np.stack([columns, rows], axis=2) + 0.5) * size - 0.5, dtype=np.float64)
