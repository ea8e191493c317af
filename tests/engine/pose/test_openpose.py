"""Pose files of other programs: the same joints whichever way they are written, or one sentence."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import TryOnError
from engine.notes import noted
from engine.pose.openpose import COCO_17, pose_from_openpose, read_pose
from engine.pose.skeleton import COCO_18, Joint
from tests.conftest import ROOT
from tests.rendered import rendered_pair

CASES = ROOT / "tests" / "data" / "cases"
PEOPLE = ROOT / "resources" / "samples" / "people"
SIZE = (512, 384)
POSE = rendered_pair(11, SIZE).pose
WITHOUT = [Joint.MID_HIP, *range(Joint.LEFT_BIG_TOE, 25)]


def rows(order: tuple[int, ...] = tuple(range(25)), factor: Any = (1, 1, 1)) -> np.ndarray:
    return np.asarray(POSE.keypoints, dtype=np.float64)[list(order)] * factor


def person(numbers: Any) -> dict[str, Any]:
    return {"pose_keypoints_2d": numbers}


def flat(array: np.ndarray) -> list[float]:
    return [float(number) for number in array.ravel()]


WRITTEN: dict[str, Any] = {
    "openpose": {"people": [person(flat(rows()))]},
    "list of pictures": [{"people": [person(flat(rows()))], "canvas_width": 384, "canvas_height": 512}],
    "list of people": [person(flat(rows()))],
    "canvas of half the size": {
        "people": [person(flat(rows(factor=(0.5, 0.5, 1))))],
        "canvas_width": 192,
        "canvas_height": 256,
    },
    "shares": {"people": [person(flat(rows(factor=(1 / 384, 1 / 512, 1))))]},
    "shares of a canvas": [
        {"people": [person(flat(rows(factor=(1 / 384, 1 / 512, 1))))], "canvas_width": 1536, "canvas_height": 2048}
    ],
    "strings": {"people": [person([str(number) for number in flat(rows())])]},
    "lists of three": {"people": [person(rows().tolist())]},
    "first person empty": {"people": [person([]), person(flat(rows()))]},
    "first person zero": {"people": [person([0] * 75), person(flat(rows()))]},
    "first person null": {"people": [person(None), person(flat(rows()))]},
    "second picture": [{"people": []}, {"people": [person(flat(rows()))]}],
    "old name": {"people": [{"pose_keypoints": flat(rows())}]},
    "nothing for hands": {"people": [{**person(flat(rows())), "hand_left_keypoints_2d": None, "face_keypoints_2d": 0}]},
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_every_way_to_write_one_pose(kind: str) -> None:
    with noted() as codes:
        found = pose_from_openpose(json.loads(json.dumps(WRITTEN[kind])), SIZE)
    assert np.abs(found.keypoints - POSE.keypoints).max() < 0.01
    assert codes == (["pose_scaled"] if "half" in kind or "shares" in kind else [])


@pytest.mark.parametrize(
    "written",
    [
        {"people": [person(flat(rows(COCO_18)))]},
        [{"keypoints": flat(rows(COCO_17)), "category_id": 1}],
        [{"keypoints": rows(COCO_17)[:, :2].tolist(), "keypoint_scores": rows(COCO_17)[:, 2].tolist()}],
    ],
)
def test_models_are_told_apart_by_the_number_of_joints(written: Any) -> None:
    found = pose_from_openpose(written, SIZE)
    seventeen = isinstance(written, list)
    for joint in range(25):
        if joint in WITHOUT or (joint == Joint.NECK and seventeen):
            continue
        assert np.abs(found.keypoints[joint] - POSE.keypoints[joint]).max() < 0.01, Joint(joint)
    middle = (POSE.keypoints[Joint.RIGHT_HIP, :2] + POSE.keypoints[Joint.LEFT_HIP, :2]) / 2
    assert np.abs(found.keypoints[Joint.MID_HIP, :2] - middle).max() < 0.01
    if seventeen:
        shoulders = POSE.keypoints[[Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER], :2].mean(axis=0)
        assert np.abs(found.keypoints[Joint.NECK, :2] - shoulders).max() < 0.01
    assert not found.keypoints[19:].any()


def test_cocos_flags_are_no_confidences() -> None:
    flags = rows(COCO_17)
    flags[:, 2] = 2
    flags[3] = (0, 0, 0)
    found = pose_from_openpose([{"keypoints": flat(flags)}], SIZE)
    assert found.keypoints[:, 2].max() == 1
    assert not found.found(Joint.LEFT_EAR)


@pytest.mark.parametrize("file", ["comfy.json", "controlnet_half.json", "empty_person.json"])
def test_poses_that_were_misread(file: str) -> None:
    truth = read_pose(PEOPLE / "woman_keypoints.json", (1024, 768))
    found = read_pose(CASES / "pose_json" / file, (1024, 768))
    both = (truth.keypoints[:, 2] > 0) & (found.keypoints[:, 2] > 0)
    both[Joint.MID_HIP] = False
    assert both.sum() >= 12
    assert np.abs(truth.keypoints[both, :2] - found.keypoints[both, :2]).max() < 1


def test_a_box_says_who_of_several() -> None:
    path = CASES / "group_pose_box" / "group.json"
    people = json.loads(path.read_bytes())["people"]
    for one in people:
        joints = np.reshape(one["pose_keypoints_2d"], (-1, 3))
        seen = joints[joints[:, 2] > 0, :2]
        box = (*(seen.min(axis=0) - 20), *(seen.max(axis=0) + 20))
        found = read_pose(path, (1024, 1536), box)
        assert np.allclose(found.keypoints[found.keypoints[:, 2] > 0, :2], seen, atol=0.01)
    with pytest.raises(TryOnError, match=r"group\.json has nobody in the box"):
        read_pose(path, (1024, 1536), (0, 0, 5, 5))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"people": [person(flat(rows())[:-1])]}, "has 74 numbers"),
        ({"people": [person([1.0] * 48)]}, "has 48 numbers"),
        ({"people": [person(["a"] * 75)]}, "not a finite number"),
        ({"people": [person([True] * 75)]}, "not a finite number"),
        ({"people": [person([10**400] * 75)]}, "not a finite number"),
        ({"people": [{"id": 3}]}, "has no list in pose_keypoints_2d"),
        ({"people": [person({"nose": [1, 2]})]}, "has no list in pose_keypoints_2d"),
        ([], "has no list of people"),
        ([1, 2, 3], "has no list of people"),
        ("people", "has no list of people"),
        ([{"people": []}, {"people": [person([0] * 75)]}], "shows no person"),
        (
            {"people": [person(flat(rows()))], "canvas_width": 512, "canvas_height": 512},
            "written for a picture of 512 x 512 pixels, but the photo has 384 x 512",
        ),
        ({"people": [person(flat(rows(factor=(9, 9, 1))))]}, "does not fit a picture of 384 x 512"),
    ],
)
def test_what_is_no_pose_gets_a_sentence(tmp_path: Path, written: Any, said: str) -> None:
    path = tmp_path / "pose.json"
    path.write_text(json.dumps(written))
    with pytest.raises(TryOnError, match=r"pose\.json") as caught:
        read_pose(path, SIZE)
    assert said in str(caught.value)
