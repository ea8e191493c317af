"""Whether a photo, a pose and a parse from files show the same person in the same place.

Thresholds are from 270 people of the VITON and CCP sets: one true parse is below `_FOLLOWED`, of exchanged ones nine in
ten of VITON's; no true pose is below `_COVERED`, and of poses of half the size nine in ten.
"""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Labels
from engine.labels import IGNORE
from engine.pose import Pose
from engine.pose.skeleton import Joint

_WORKING = 256  # pixels of the longer side
_COVERED = 0.8  # of the joints that lie on the parse or close by
_CLOSE = 0.03  # of the longer side
_FOLLOWED = 0.7  # of the outline along which the photo changes
_CHANGE = 80  # per cent of the photo's pixels change less than an edge
_JOINTS = (
    *(Joint.NOSE, Joint.NECK, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER, Joint.RIGHT_ELBOW, Joint.LEFT_ELBOW),
    *(Joint.RIGHT_WRIST, Joint.LEFT_WRIST, Joint.RIGHT_HIP, Joint.LEFT_HIP),
)


def disagreements(image: NDArray[np.uint8], pose: Pose, parse: Labels) -> Iterator[str]:
    """Codes of what does not fit together: image (H, W, 3), a pose of that size, a parse (H, W)."""
    height, width = parse.shape
    scale = min(1.0, _WORKING / max(height, width))
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    small = np.asarray(cv2.resize(parse, size[::-1], interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
    body = ((small > 0) & (small != IGNORE)).astype(np.uint8)
    if covered(pose.scaled(size), body) < _COVERED:
        yield "pose_parse"
    photo = np.asarray(cv2.resize(image, size[::-1], interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if followed(photo, body) < _FOLLOWED:
        yield "parse_apart"


def covered(pose: Pose, body: NDArray[np.uint8]) -> float:
    """The share of the upper body's joints that lie on a body (H, W) of 0 and 1; 1 where none was found."""
    reach = 2 * max(1, round(_CLOSE * max(body.shape))) + 1
    near = cv2.dilate(body, np.ones((reach, reach), dtype=np.uint8))
    found = pose.points(_JOINTS)
    height, width = body.shape
    inside = [near[int(y), int(x)] > 0 if 0 <= x < width and 0 <= y < height else False for x, y in found]
    return float(np.mean(inside)) if inside else 1.0


def followed(photo: NDArray[np.uint8], body: NDArray[np.uint8]) -> float:
    """The share of the outline of a body (H, W), of 0 and 1, along which a photo (H, W, 3) has an edge; 1 without."""
    calm = cv2.GaussianBlur(photo, (0, 0), 1.0).astype(np.float32)
    across, down = cv2.Sobel(calm, cv2.CV_32F, 1, 0), cv2.Sobel(calm, cv2.CV_32F, 0, 1)
    change = np.sqrt(across**2 + down**2).max(axis=2)
    outline = cv2.morphologyEx(body, cv2.MORPH_GRADIENT, np.ones((3, 3), dtype=np.uint8))[3:-3, 3:-3] > 0
    near = cv2.dilate(change, np.ones((5, 5), dtype=np.uint8))[3:-3, 3:-3]
    return float((near[outline] > np.percentile(change, _CHANGE)).mean()) if outline.any() else 1.0
