"""Where the body between shoulders and hips is."""

import cv2
import numpy as np

from engine.arrays import BoolMask
from engine.pose.pose import Pose
from engine.pose.skeleton import Joint


def torso_of(pose: Pose) -> BoolMask:
    """The quadrilateral (H, W) between the shoulders and the hips of a completed pose."""
    joints = (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
    corners = np.array([pose.point(joint) for joint in joints]).round().astype(np.int32)
    mask = np.zeros(pose.size, dtype=np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(corners), 1)
    return np.asarray(mask > 0)
