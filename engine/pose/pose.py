"""Poses: the joints of one person in pixels of one picture, from OpenPose's JSON files.

Inside the program a pose is always in BODY_25 order; COCO-18 files are converted when read. A joint at (0, 0) or with
confidence 0 was not detected, which is how OpenPose writes it.
"""

import json
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Keypoints
from engine.errors import TryOnError
from engine.pose.completion import complete_torso
from engine.pose.drawing import draw_pose
from engine.pose.skeleton import COCO_18, COLOURS, HAND_JOINTS, JOINT_NAMES, JOINTS, LIMBS, MIRRORED, Joint

__all__ = [
    "COLOURS",
    "JOINT_NAMES",
    "LIMBS",
    "MIRRORED",
    "Joint",
    "Keypoints",
    "Point",
    "Pose",
    "pose_from_openpose",
    "read_pose",
]

Point = tuple[float, float]
Hands = tuple[Keypoints | None, Keypoints | None]

# Far enough below any threshold a reader may use on OpenPose's own confidences, yet not "missing".
_ESTIMATED_CONFIDENCE = 0.01
_FINITE = 1e9


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
        """The contents of an OpenPose JSON file with this one person, which `pose_from_openpose` reads back."""
        left, right = self.hands
        person = {
            "pose_keypoints_2d": _numbers(self.keypoints),
            "hand_left_keypoints_2d": [] if left is None else _numbers(left),
            "hand_right_keypoints_2d": [] if right is None else _numbers(right),
        }
        return {"version": 1.3, "people": [person]}


def read_pose(path: str | Path, size: tuple[int, int]) -> Pose:
    """The pose in an OpenPose JSON file, whose pixels are those of a picture of `size` (height, width).

    BODY_25 (75 numbers) and COCO-18 (54 numbers) are read, with hands where present. Of several people the one whose
    joints reach furthest is taken. `TryOnError` names the file and what is wrong with it.
    """
    try:
        data = json.loads(Path(path).read_bytes())
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise TryOnError("pose.unreadable", path=path, reason=reason) from error
    except (ValueError, RecursionError) as error:
        raise TryOnError("pose.no_json", path=path) from error
    return pose_from_openpose(data, size, str(path))


def pose_from_openpose(data: Any, size: tuple[int, int], name: str = "given") -> Pose:
    """The pose in the parsed contents of an OpenPose JSON file; as `read_pose`, with `name` used in error sentences."""
    people = data.get("people") if isinstance(data, dict) else None
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        raise TryOnError("pose.no_people", path=name)
    poses = [_read_person(person, size, name) for person in people]
    poses = [pose for pose in poses if _extent(pose) > 0]
    if not poses:
        raise TryOnError("pose.nobody", path=name)
    pose = max(poses, key=_extent)
    _check_size(pose, name)
    return pose


def _read_person(person: dict[str, Any], size: tuple[int, int], name: str) -> Pose:
    numbers = person.get("pose_keypoints_2d", person.get("pose_keypoints"))  # OpenPose before 1.3 had no "_2d"
    if not isinstance(numbers, list):
        raise TryOnError("pose.no_list", path=name)
    if len(numbers) not in (3 * JOINTS, 3 * len(COCO_18)):
        raise TryOnError("pose.count", path=name, count=len(numbers))
    keypoints = _rows(numbers, name)
    if len(keypoints) == len(COCO_18):
        keypoints = _body_25_from_coco(keypoints)
    left, right = (_read_hand(person.get(f"hand_{side}_keypoints_2d"), side, name) for side in ("left", "right"))
    return Pose(keypoints, size, hands=(left, right))


def _read_hand(numbers: Any, side: str, name: str) -> Keypoints | None:
    """OpenPose writes an empty list, or nothing but zeros, for a hand it did not look for or did not find."""
    if numbers is None or numbers == []:
        return None
    if not isinstance(numbers, list) or len(numbers) != 3 * HAND_JOINTS:
        raise TryOnError("pose.hand", path=name, count=3 * HAND_JOINTS, side=side)
    hand = _frozen(_rows(numbers, name), HAND_JOINTS)
    return hand if hand.any() else None


def _rows(numbers: list[Any], name: str) -> Keypoints:
    if not all(isinstance(n, int | float) and abs(n) < _FINITE for n in numbers):
        raise TryOnError("pose.not_finite", path=name)
    return np.array(numbers, dtype=np.float32).reshape(-1, 3)


def _body_25_from_coco(coco: Keypoints) -> Keypoints:
    """COCO-18 rows in BODY_25 order; the mid hip is the mean of the hips, as sure as the less sure of them."""
    keypoints = np.zeros((JOINTS, 3), dtype=np.float32)
    keypoints[list(COCO_18)] = _frozen(coco, len(COCO_18))
    hips = keypoints[[Joint.RIGHT_HIP, Joint.LEFT_HIP]]
    if hips[:, 2].all():
        keypoints[Joint.MID_HIP] = (*hips[:, :2].mean(axis=0), hips[:, 2].min())
    return keypoints


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


def _extent(pose: Pose) -> float:
    """Diagonal in pixels of the box around the detected joints."""
    points = pose.keypoints[pose.keypoints[:, 2] > 0, :2]
    return float(np.hypot(*np.ptp(points, axis=0))) if len(points) else 0.0


def _check_size(pose: Pose, name: str) -> None:
    """Joints far outside the picture, or all inside its first pixel, were written for another size."""
    height, width = pose.size
    points = pose.keypoints[pose.keypoints[:, 2] > 0, :2]
    inside = (points > (-width, -height)) & (points < (2 * width, 2 * height))
    if not inside.all() or points.max() <= 1:
        raise TryOnError("pose.misfit", path=name, width=width, height=height)


def _numbers(keypoints: Keypoints) -> list[float]:
    return list(chain.from_iterable(keypoints.tolist()))
