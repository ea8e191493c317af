"""A garment that hangs on both sides of an arch hangs over it; what is worn open, tucked in or told by an arm stays."""

from dataclasses import replace

import numpy as np
import pytest

from engine.category import UPPER
from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.tryon.hems import with_even_hem

SIZE = (256, 192)


def pose_of(hips: tuple[float, float] = (76, 116)) -> Pose:
    keypoints = np.zeros((25, 3), np.float32)
    keypoints[Joint.RIGHT_HIP] = (hips[0], 150, 1)
    keypoints[Joint.LEFT_HIP] = (hips[1], 150, 1)
    return Pose(keypoints, SIZE)


def arched(depth: int) -> np.ndarray:
    """A top down to row 180, with an arch of trousers `depth` rows high in its middle."""
    labels = np.zeros(SIZE, np.uint8)
    labels[60:180, 50:142] = Seg.UPPER
    labels[180:, 50:142] = Seg.BOTTOM
    labels[180 - depth : 180, 86:106] = Seg.BOTTOM
    return labels


def test_an_arch_is_covered_and_nothing_else_changes() -> None:
    labels = arched(16)
    made = with_even_hem(labels, pose_of())
    assert (made[164:180, 86:106] == Seg.UPPER).all()
    changed = made != labels
    assert changed.sum() == 16 * 20
    assert not np.shares_memory(made, labels)


def test_a_straight_hem_and_one_that_falls_to_a_side_stay() -> None:
    straight, slanted = arched(0), arched(0)
    for column in range(50, 142):
        slanted[150 + (column - 50) // 3 : 180, column] = Seg.BOTTOM
    for labels in (straight, slanted):
        assert np.array_equal(with_even_hem(labels, pose_of()), labels)


@pytest.mark.parametrize("case", ["worn open", "from the side", "hips unknown"])
def test_what_is_no_hem_stays(case: str) -> None:
    labels = arched(60 if case == "worn open" else 16)
    pose = Pose(np.zeros((25, 3), np.float32), SIZE) if case == "hips unknown" else pose_of()
    pose = pose_of((90, 100)) if case == "from the side" else pose
    assert np.array_equal(with_even_hem(labels, pose), labels)


def test_a_hand_before_the_hem_does_not_tell_how_far_it_goes() -> None:
    labels = arched(0)
    labels[120:, 86:106] = Seg.LEFT_ARM
    assert np.array_equal(with_even_hem(labels, pose_of()), labels)


def test_a_hand_is_never_covered() -> None:
    labels = arched(16)
    labels[166:176, 90:100] = Seg.LEFT_ARM
    assert (with_even_hem(labels, pose_of())[166:176, 90:100] == Seg.LEFT_ARM).all()


def test_only_garments_of_the_torso_have_such_a_hem() -> None:
    legs = replace(UPPER, torso=False)
    assert np.array_equal(with_even_hem(arched(16), pose_of(), legs), arched(16))


def tongued(columns: slice, depth: int = 12) -> np.ndarray:
    """A top down to row 180, a part of whose hem hangs `depth` rows lower."""
    labels = arched(0)
    labels[180 : 180 + depth, columns] = Seg.UPPER
    return labels


def test_a_tongue_is_cut_off() -> None:
    assert np.array_equal(with_even_hem(tongued(slice(86, 104)), pose_of()), arched(0))


def test_a_corner_that_droops_beside_an_arm_is_cut_off_to_the_arm() -> None:
    labels = tongued(slice(58, 82))
    labels[150:, 40:58] = labels[192:, 58:72] = Seg.RIGHT_ARM
    made = with_even_hem(labels, pose_of())
    assert (made[180:192, 58:82] == Seg.BOTTOM).all()
    assert ((made == Seg.RIGHT_ARM) == (labels == Seg.RIGHT_ARM)).all()


def test_no_wall_is_seen_below_a_tongue() -> None:
    labels = tongued(slice(86, 104))
    labels[192:, 86:104] = Seg.BACKGROUND
    assert (with_even_hem(labels, pose_of())[180:, 86:104] == Seg.BOTTOM).all()


@pytest.mark.parametrize(("columns", "depth"), [(slice(86, 104), 4), (slice(70, 122), 12), (slice(86, 104), 40)])
def test_a_hem_that_droops_a_shirt_tail_and_a_sleeve_stay(columns: slice, depth: int) -> None:
    labels = tongued(columns, depth)
    assert np.array_equal(with_even_hem(labels, pose_of()), labels)


def test_what_hangs_along_a_forearm_is_a_sleeve() -> None:
    keypoints = pose_of().keypoints.copy()
    keypoints[Joint.RIGHT_ELBOW], keypoints[Joint.RIGHT_WRIST] = (94, 140, 1), (95, 188, 1)
    labels = tongued(slice(86, 104))
    assert np.array_equal(with_even_hem(labels, Pose(keypoints, SIZE)), labels)
