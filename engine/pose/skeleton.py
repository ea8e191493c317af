"""The joints that OpenPose finds, how they hang together, and the colours it draws them in.

Numbers, limbs and body colours are those of OpenPose's BODY_25 model as seen in the published VITON-HD pose pictures;
hand limbs and colours are OpenPose's. Left and right are the person's own.
"""

from enum import IntEnum


class Joint(IntEnum):
    """The 25 joints of OpenPose's BODY_25 model."""

    NOSE = 0
    NECK = 1
    RIGHT_SHOULDER = 2
    RIGHT_ELBOW = 3
    RIGHT_WRIST = 4
    LEFT_SHOULDER = 5
    LEFT_ELBOW = 6
    LEFT_WRIST = 7
    MID_HIP = 8
    RIGHT_HIP = 9
    RIGHT_KNEE = 10
    RIGHT_ANKLE = 11
    LEFT_HIP = 12
    LEFT_KNEE = 13
    LEFT_ANKLE = 14
    RIGHT_EYE = 15
    LEFT_EYE = 16
    RIGHT_EAR = 17
    LEFT_EAR = 18
    LEFT_BIG_TOE = 19
    LEFT_SMALL_TOE = 20
    LEFT_HEEL = 21
    RIGHT_BIG_TOE = 22
    RIGHT_SMALL_TOE = 23
    RIGHT_HEEL = 24


JOINTS = len(Joint)
JOINT_NAMES = tuple(joint.name.lower().replace("_", " ") for joint in Joint)


def _opposite(joint: Joint) -> int:
    name = joint.name
    for side, other in (("LEFT_", "RIGHT_"), ("RIGHT_", "LEFT_")):
        if name.startswith(side):
            return Joint[other + name.removeprefix(side)]
    return joint


MIRRORED: tuple[int, ...] = tuple(_opposite(joint) for joint in Joint)
"""`MIRRORED[i]` is the joint that joint i becomes in a mirror."""

LIMBS: tuple[tuple[int, int], ...] = (
    *((1, 8), (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (8, 9), (9, 10), (10, 11), (8, 12), (12, 13), (13, 14)),
    *((1, 0), (0, 15), (15, 17), (0, 16), (16, 18)),
    *((14, 19), (19, 20), (14, 21), (11, 22), (22, 23), (11, 24)),
)
"""Pairs of joints in drawing order; a limb has the colour of its second joint."""

COLOURS: tuple[tuple[int, int, int], ...] = (
    (255, 0, 85),
    (255, 0, 0),
    (255, 85, 0),
    (255, 170, 0),
    (255, 255, 0),
    (170, 255, 0),
    (85, 255, 0),
    (0, 255, 0),
    (255, 0, 0),
    (0, 255, 85),
    (0, 255, 170),
    (0, 255, 255),
    (0, 170, 255),
    (0, 85, 255),
    (0, 0, 255),
    (255, 0, 170),
    (170, 0, 255),
    (255, 0, 255),
    (85, 0, 255),
    *((0, 0, 255),) * 3,
    *((0, 255, 255),) * 3,
)

COCO_18 = (
    Joint.NOSE,
    Joint.NECK,
    Joint.RIGHT_SHOULDER,
    Joint.RIGHT_ELBOW,
    Joint.RIGHT_WRIST,
    Joint.LEFT_SHOULDER,
    Joint.LEFT_ELBOW,
    Joint.LEFT_WRIST,
    Joint.RIGHT_HIP,
    Joint.RIGHT_KNEE,
    Joint.RIGHT_ANKLE,
    Joint.LEFT_HIP,
    Joint.LEFT_KNEE,
    Joint.LEFT_ANKLE,
    Joint.RIGHT_EYE,
    Joint.LEFT_EYE,
    Joint.RIGHT_EAR,
    Joint.LEFT_EAR,
)
"""The order of OpenPose's older COCO model, which has no mid hip and no feet."""

HAND_JOINTS = 21
HAND_LIMBS = tuple(
    (0 if step == 0 else 4 * finger + step, 4 * finger + step + 1) for finger in range(5) for step in range(4)
)
"""Wrist (0), then thumb to little finger with four joints each, from the palm outwards."""

_FINGERTIPS = ((255, 0, 0), (255, 255, 0), (0, 255, 125), (0, 125, 255), (255, 0, 255))
_FINGER_SHADES = (100, 150, 200, 255)
HAND_COLOURS: tuple[tuple[int, int, int], ...] = (
    (100, 100, 100),
    *(
        (tip[0] * shade // 255, tip[1] * shade // 255, tip[2] * shade // 255)
        for tip in _FINGERTIPS
        for shade in _FINGER_SHADES
    ),
)
"""A hand's colours, each finger brighter towards its tip."""
