"""Exact parse, pose and mask from the same scene as the picture, in the formats of VITON-HD data sets."""

import json
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import binary_closing, median_filter

from resources.samples.render.base_mesh import Array

HAIR, UPPER, PANTS, NECK, FACE, LEFT_ARM, RIGHT_ARM = 2, 5, 9, 10, 13, 14, 15
LIP_PALETTE = (
    *(0, 0, 0, 128, 0, 0, 255, 0, 0, 0, 85, 0, 170, 0, 51, 255, 85, 0, 0, 0, 85, 0, 119, 221, 85, 85, 0, 0, 85, 85),
    *(85, 51, 0, 52, 86, 128, 0, 128, 0, 0, 0, 255, 51, 170, 221, 0, 255, 255, 85, 255, 170, 170, 255, 85),
    *(255, 255, 0, 255, 170, 0),
)
# BODY_25 in terms of anny's COCO key points; neck and mid hip are means
BODY_25: tuple[tuple[str, ...], ...] = (
    *(("nose",), ("left_shoulder", "right_shoulder"), ("right_shoulder",), ("right_elbow",), ("right_wrist",)),
    *(("left_shoulder",), ("left_elbow",), ("left_wrist",), ("left_hip", "right_hip"), ("right_hip",)),
    *(("right_knee",), ("right_ankle",), ("left_hip",), ("left_knee",), ("left_ankle",), ("right_eye",)),
    *(("left_eye",), ("right_ear",), ("left_ear",), ("left_big_toe",), ("left_small_toe",), ("left_heel",)),
    *(("right_big_toe",), ("right_small_toe",), ("right_heel",)),
)


def region(bone: str) -> int:
    """The LIP class of skin that this bone moves."""
    if bone.startswith(("upperarm", "lowerarm", "wrist", "finger", "metacarpal", "shoulder01")):
        return LEFT_ARM if bone.endswith(".L") else RIGHT_ARM
    if bone.startswith(("neck", "spine", "clavicle", "breast", "root", "pelvis")):
        return NECK
    if bone.startswith(("upperleg", "lowerleg", "foot", "toe")):
        return PANTS
    return FACE


def parse_of(fine: Array, scale: int) -> Array:
    """The label map at picture size: the most frequent class of each block; gaps between strands belong to the hair."""
    solid = np.where(binary_closing(fine == HAIR, np.ones((9, 9))) & np.isin(fine, (0, HAIR)), HAIR, fine)
    height, width = fine.shape[0] // scale, fine.shape[1] // scale
    blocks = solid.reshape(height, scale, width, scale)
    counts = np.stack([(blocks == label).sum(axis=(1, 3)) for label in range(20)])
    return median_filter(counts.argmax(axis=0).astype(np.uint8), 3)


def save_parse(path: Path, parse: Array) -> None:
    """A palette PNG of LIP ids, coloured as the data set's."""
    picture = Image.fromarray(parse, "P")
    picture.putpalette(LIP_PALETTE)
    picture.save(path, optimize=True)


def save_pose(path: Path, joints: dict[str, Array], size: tuple[int, int]) -> None:
    """OpenPose's JSON with BODY_25 joints in pixels (x, y); joints outside the picture count as not found."""
    rows = [np.mean([joints[name] for name in names], axis=0) for names in BODY_25]
    numbers: list[float] = []
    for x, y in rows:
        inside = 0 <= x <= size[1] - 1 and 0 <= y <= size[0] - 1
        numbers += [round(float(x), 2), round(float(y), 2), 1.0] if inside else [0.0, 0.0, 0.0]
    person = {"person_id": [-1], "pose_keypoints_2d": numbers, "face_keypoints_2d": []}
    person |= {"hand_left_keypoints_2d": [], "hand_right_keypoints_2d": []}
    path.write_text(json.dumps({"version": 1.3, "people": [person]}) + "\n", encoding="utf-8")
