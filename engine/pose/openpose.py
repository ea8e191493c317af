"""Pose files: OpenPose's JSON, and what other programs (ControlNet, ComfyUI, COCO tools) write in its likeness.

People stand in "people" of a picture, or of the first of a list of pictures, or in a plain list. Joints are x, y and
confidence, one after another or as lists, in the order of BODY_25 (25), COCO-18 (18) or COCO's own 17. They are in
pixels of the photo, or of the canvas that "canvas_width" and "canvas_height" name, or shares of it from 0 to 1.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.arrays import Box, Keypoints, Size, same_shape
from engine.errors import TryOnError
from engine.notes import note
from engine.pose.pose import Pose
from engine.pose.skeleton import COCO_18, HAND_JOINTS, JOINTS, Joint

Person = Mapping[str, Any]

_FINITE = 1e9
_JOINT_LISTS = ("pose_keypoints_2d", "pose_keypoints", "keypoints")  # OpenPose, before its version 1.3, COCO tools
_FEW = 3  # joints, of which nobody can say whether they are shares or a tiny person
COCO_17: Final = (
    *(Joint.NOSE, Joint.LEFT_EYE, Joint.RIGHT_EYE, Joint.LEFT_EAR, Joint.RIGHT_EAR),
    *(Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW),
    *(Joint.LEFT_WRIST, Joint.RIGHT_WRIST, Joint.LEFT_HIP, Joint.RIGHT_HIP),
    *(Joint.LEFT_KNEE, Joint.RIGHT_KNEE, Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE),
)
"""The order of COCO's key points, which have neither neck nor mid hip."""
_ORDERS: Final = {len(order): order for order in (tuple(Joint), COCO_18, COCO_17)}
# what lies in the middle of two others
_BETWEEN: Final = {
    Joint.NECK: (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER),
    Joint.MID_HIP: (Joint.RIGHT_HIP, Joint.LEFT_HIP),
}


def read_pose(path: str | Path, size: Size, box: Box | None = None) -> Pose:
    """The pose in a JSON file about a picture of `size` (height, width).

    Of several people the one whose joints reach furthest is taken, or with `box` (left, top, right, bottom) the one who
    has most joints inside. A pose of a canvas of another size is scaled, which is noted. `TryOnError` names the file
    and what is wrong with it.
    """
    try:
        data = json.loads(Path(path).read_bytes())
    except OSError as error:
        raise TryOnError("pose.unreadable", path=path, reason=error.strerror or "unknown reason") from error
    except (ValueError, RecursionError) as error:
        raise TryOnError("pose.no_json", path=path) from error
    return pose_from_openpose(data, size, str(path), box)


def pose_from_openpose(data: Any, size: Size, name: str = "given", box: Box | None = None) -> Pose:
    """The pose in the parsed contents of such a file; as `read_pose`, with `name` used in error sentences."""
    people, canvas = _people(data, name)
    poses = [_read_person(person, size, name) for person in people]
    poses = [pose for pose in poses if _extent(pose) > 0]
    if not poses:
        raise TryOnError("pose.nobody", path=name)
    poses = [_in_pixels(pose, canvas, name) for pose in poses]
    pose = max(poses, key=_extent if box is None else lambda pose: (_inside(pose, box), _extent(pose)))
    _check_box(pose, box, name)
    _check_size(pose, name)
    return pose


def _people(data: Any, name: str) -> tuple[list[Person], Size | None]:
    """The people of the first picture that has any, and the canvas they are drawn on."""
    pictures = data if isinstance(data, list) else [data]
    if isinstance(data, list) and data and all(_is_person(one) for one in data):
        return data, None
    found: list[tuple[list[Person], Size | None]] = []
    for picture in pictures:
        people = picture.get("people") if isinstance(picture, dict) else None
        if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
            raise TryOnError("pose.no_people", path=name)
        found.append((people, _canvas(picture)))
    if not found:
        raise TryOnError("pose.no_people", path=name)
    return next((one for one in found if one[0]), found[0])


def _is_person(one: Any) -> bool:
    return isinstance(one, dict) and any(name in one for name in _JOINT_LISTS)


def _canvas(picture: Person) -> Size | None:
    height, width = picture.get("canvas_height"), picture.get("canvas_width")
    if isinstance(height, int | float) and isinstance(width, int | float) and height >= 1 and width >= 1:
        return round(height), round(width)
    return None


def _read_person(person: Person, size: Size, name: str) -> Pose:
    numbers = next((person[name] or [] for name in _JOINT_LISTS if name in person), None)
    if not isinstance(numbers, list):
        raise TryOnError("pose.no_list", path=name)
    rows = _rows(_with_scores(numbers, person.get("keypoint_scores")), name)
    if not len(rows):
        return Pose(np.zeros((JOINTS, 3), dtype=np.float32), size)
    if len(rows) not in _ORDERS:
        raise TryOnError("pose.count", path=name, count=rows.size)
    left, right = (_read_hand(person.get(f"hand_{side}_keypoints_2d"), side, name) for side in ("left", "right"))
    return Pose(_body_25(rows), size, hands=(left, right))


def _with_scores(numbers: list[Any], scores: Any) -> list[Any]:
    """Joints as lists with their confidences, which some tools keep apart, and others leave out."""
    if not all(isinstance(one, list) for one in numbers) or not isinstance(scores, list | None):
        return numbers
    sure = scores if scores is not None and len(scores) == len(numbers) else [1] * len(numbers)
    return [[*one, one_sure] if len(one) == 2 else one for one, one_sure in zip(numbers, sure, strict=True)]


def _read_hand(numbers: Any, side: str, name: str) -> Keypoints | None:
    """OpenPose writes an empty list, or nothing but zeros, for a hand it did not look for or did not find."""
    if numbers is None or numbers == []:
        return None
    hand = _rows(numbers, name) if isinstance(numbers, list) else np.zeros((0, 3), dtype=np.float32)
    if len(hand) != HAND_JOINTS:
        raise TryOnError("pose.hand", path=name, count=3 * HAND_JOINTS, side=side)
    hand = _found(hand)
    return hand if hand.any() else None


def _found(rows: Keypoints) -> Keypoints:
    """The rows with zeros where nothing was detected."""
    return np.where(((rows[:, 2] > 0) & rows[:, :2].any(axis=1))[:, None], rows, np.float32(0))


def _rows(numbers: list[Any], name: str) -> Keypoints:
    """Rows (N, 3) of x, y and confidence up to 1. TryOnError where a number is none, or one is left over."""
    flat = [_number(one) for one in _flat(numbers)]
    if not all(abs(one) < _FINITE for one in flat):
        raise TryOnError("pose.not_finite", path=name)
    if len(flat) % 3:
        raise TryOnError("pose.count", path=name, count=len(flat))
    rows = np.array(flat, dtype=np.float32).reshape(-1, 3)
    rows[:, 2] = rows[:, 2].clip(max=1)  # COCO's 2 says that a joint is seen, its 1 that it is hidden
    return rows


def _flat(numbers: list[Any]) -> Iterator[Any]:
    """The numbers one after another; among joints written as lists, nothing is a joint that was not found."""
    if not any(isinstance(one, list) for one in numbers):
        return iter(numbers)
    return chain.from_iterable(one if isinstance(one, list) else [0, 0, 0] if one is None else [one] for one in numbers)


def _number(one: Any) -> float:
    """A number, also one in quotes; not a number where it is something else."""
    try:
        return float("nan") if isinstance(one, bool) else float(one)
    except (TypeError, ValueError, OverflowError):
        return float("nan")


def _body_25(rows: Keypoints) -> Keypoints:
    """Rows of any order in that of BODY_25; a joint that is lacking is the mean of two, as sure as the less sure."""
    keypoints = np.zeros((JOINTS, 3), dtype=np.float32)
    order = _ORDERS[len(rows)]
    keypoints[list(order)] = _found(rows)
    for joint, both in _BETWEEN.items():
        pair = keypoints[list(both)]
        if joint not in order and pair[:, 2].all():
            keypoints[joint] = (*pair[:, :2].mean(axis=0), pair[:, 2].min())
    return keypoints


def _in_pixels(pose: Pose, canvas: Size | None, name: str) -> Pose:
    """The pose in pixels of its picture, whether it was written in shares or for a canvas of another size."""
    found = pose.keypoints[pose.keypoints[:, 2] > 0, :2]
    if len(found) > _FEW and found.min() >= 0 and found.max() <= 1:
        note("pose_scaled")
        return Pose(pose.keypoints, (1, 1), hands=pose.hands).scaled(pose.size)
    if canvas is None or canvas == pose.size:
        return pose
    (height, width), (rows, columns) = pose.size, canvas
    if not same_shape(canvas, pose.size):
        raise TryOnError("pose.other_shape", path=name, columns=columns, rows=rows, width=width, height=height)
    note("pose_scaled")
    return Pose(pose.keypoints, canvas, hands=pose.hands).scaled(pose.size)


def _inside(pose: Pose, box: Box) -> int:
    """How many of the found joints lie in the box."""
    x, y, sure = pose.keypoints.T
    return int(((sure > 0) & (x >= box[0]) & (y >= box[1]) & (x <= box[2]) & (y <= box[3])).sum())


def _check_box(pose: Pose, box: Box | None, name: str) -> None:
    if box is not None and not _inside(pose, box):
        raise TryOnError("pose.not_in_box", path=name)


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
