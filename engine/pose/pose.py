"""Poses: the joints of one person in pixels of one picture.

Inside the program a pose is always in BODY_25 order; `engine.pose.openpose` converts others when it reads them. A joint
at (0, 0) or with confidence 0 was not detected, which is how OpenPose writes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Keypoints
from engine.pose.completion import complete_torso
from engine.pose.drawing import draw_pose
from engine.pose.skeleton import COLOURS, HAND_JOINTS, JOINT_NAMES, JOINTS, LIMBS, MIRRORED, Joint

__all__ = [
    "COLOURS",
    "JOINT_NAMES",
    "LIMBS",
    "MIRRORED",
    "Joint",
    "Keypoints",
    "Point",
    "Pose",
]

Point = tuple[float, float]
Hands = tuple[Keypoints | None, Keypoints | None]

# Far enough below any threshold a reader may use on OpenPose's own confidences, yet not "missing".
_ESTIMATED_CONFIDENCE = 0.01


@dataclass(frozen=True, eq=False)
class Pose:
    """One person's joints in a picture of `size` (height, width).

    `keypoints` is float32 (25, 3): x and y in pixels, confidence in (0, 1], all zero where nothing was detected.
    `hands` holds the left and the right hand, each float32 (21, 3) or None. `estimated` names the joints that were not
    detected but filled in by `completed`. The arrays are copied and read-only.
    """

    keypoints: Keypoints
    size: tuple[int, int]
    estimated: frozenset[int] = frozenset()
    hands: Hands = (None, None)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keypoints", _frozen(self.keypoints, JOINTS))
        left, right = (None if hand is None else _frozen(hand, HAND_JOINTS) for hand in self.hands)
        object.__setattr__(self, "hands", (left, right))

    def found(self, joint: int) -> bool:
        """Whether the joint was detected or estimated."""
        return bool(self.keypoints[joint, 2] > 0)

    def point(self, joint: int) -> Point:
        """Position (x, y) of a joint in pixels; (0, 0) when it was not found."""
        x, y, _ = self.keypoints[joint]
        return float(x), float(y)

    def points(self, joints: Iterable[int]) -> list[Point]:
        """Positions (x, y) in pixels of those of some joints that were found."""
        return [self.point(joint) for joint in joints if self.found(joint)]

    def scaled(self, size: tuple[int, int]) -> "Pose":
        """The same pose in the picture resized to `size` (height, width)."""
        if size == self.size:
            return self
        factors = np.array([size[1] / self.size[1], size[0] / self.size[0], 1], dtype=np.float32)
        left, right = (None if hand is None else hand * factors for hand in self.hands)
        return replace(self, keypoints=self.keypoints * factors, size=size, hands=(left, right))

    def mirrored(self) -> "Pose":
        """The pose in the picture flipped left-right, with the left and right joints and hands swapped."""
        right, left = (None if hand is None else _flip(hand, self.size[1]) for hand in self.hands)
        return replace(
            self,
            keypoints=_flip(self.keypoints, self.size[1])[list(MIRRORED)],
            estimated=frozenset(MIRRORED[joint] for joint in self.estimated),
            hands=(left, right),
        )

    def completed(self) -> "Pose":
        """The pose with neck, shoulders, mid hip and hips, those not detected estimated and named in `estimated`.

        Estimated joints may lie outside the picture. `TryOnError` when neither a shoulder nor the neck was found.
        """
        found = {joint: self.point(joint) for joint in range(JOINTS) if self.found(joint)}
        guesses = complete_torso(found, self.size[0])
        if not guesses:
            return self
        keypoints = self.keypoints.copy()
        for joint, (x, y) in guesses.items():
            keypoints[joint] = (x, y, _ESTIMATED_CONFIDENCE)
        return replace(self, keypoints=keypoints, estimated=self.estimated | frozenset(guesses))

    def draw(self, size: tuple[int, int] | None = None) -> NDArray[np.uint8]:
        """The pose picture uint8 (H, W, 3) the networks read, in the pose's own or another (height, width)."""
        pose = self if size is None else self.scaled(size)
        return draw_pose(pose.keypoints, pose.hands, pose.size)

    def to_openpose(self) -> dict[str, Any]:
        """The contents of an OpenPose JSON file with this one person, which `engine.pose.openpose` reads back."""
        left, right = self.hands
        person = {
            "pose_keypoints_2d": _numbers(self.keypoints),
            "hand_left_keypoints_2d": [] if left is None else _numbers(left),
            "hand_right_keypoints_2d": [] if right is None else _numbers(right),
        }
        return {"version": 1.3, "people": [person]}


def _frozen(keypoints: Keypoints, rows: int) -> Keypoints:
    """A read-only copy with undetected rows all zero."""
    copy = np.array(keypoints, dtype=np.float32)
    if copy.shape != (rows, 3):
        raise ValueError(f"keypoints must have the shape ({rows}, 3), not {copy.shape}")
    copy[(copy[:, 2] <= 0) | ~copy[:, :2].any(axis=1)] = 0
    copy.flags.writeable = False
    return copy


def _flip(keypoints: Keypoints, width: int) -> Keypoints:
    flipped = keypoints.copy()
    detected = flipped[:, 2] > 0
    flipped[detected, 0] = width - 1 - flipped[detected, 0]
    return flipped


def _numbers(keypoints: Keypoints) -> list[float]:
    return list(chain.from_iterable(keypoints.tolist()))
