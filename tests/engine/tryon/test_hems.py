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
