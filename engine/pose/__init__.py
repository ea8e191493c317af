"""Poses: joints, the skeleton they make, joints that are missing, the drawn picture. Imports system at most."""

from engine.pose.openpose import pose_from_openpose, read_pose
from engine.pose.pose import Point, Pose
from engine.pose.skeleton import COLOURS, JOINT_NAMES, LIMBS, MIRRORED, Joint

__all__ = [
    "COLOURS",
    "JOINT_NAMES",
    "LIMBS",
    "MIRRORED",
    "Joint",
    "Point",
    "Pose",
    "pose_from_openpose",
    "read_pose",
]
