"""Arms that the picture's lower edge cuts off go on to it."""

import numpy as np
import pytest

from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.tryon.cut_arms import with_cut_arms
from engine.values import Sleeves

SIZE = (512, 384)
COAT = np.full(SIZE, Seg.UPPER, np.uint8)


def pose(elbow: int = 400, wrist: int | None = None) -> Pose:
    keypoints = np.zeros((25, 3), np.float32)
    for x, side in ((100, "RIGHT"), (280, "LEFT")):
        keypoints[Joint[f"{side}_SHOULDER"]] = (x, 240, 1)
        keypoints[Joint[f"{side}_ELBOW"]] = (x, elbow, 1)
        if wrist is not None:
            keypoints[Joint[f"{side}_WRIST"]] = (x, wrist, 1)
    return Pose(keypoints, SIZE)


def stump() -> np.ndarray:
    labels = np.zeros(SIZE, np.uint8)
    labels[240:420, 80:120], labels[240:420, 260:300] = Seg.RIGHT_ARM, Seg.LEFT_ARM
    return labels


def sleeves(length: float) -> Sleeves:
    return Sleeves(np.array([length, 0.1], np.float32))


@pytest.mark.parametrize("said", [None, sleeves(0.4)])
def test_a_bare_forearm_goes_on_to_the_edge(said: Sleeves | None) -> None:
    made = with_cut_arms(stump(), COAT, pose(), said)
    assert (made[420:, 95:105] == Seg.RIGHT_ARM).all()
    assert (made[420:, 275:285] == Seg.LEFT_ARM).all()
    assert (made[430:, 140:240] == Seg.BACKGROUND).all()


def test_a_long_sleeve_covers_it() -> None:
    assert (with_cut_arms(stump(), COAT, pose(), sleeves(2.0))[420:, 95:105] == Seg.UPPER).all()


def test_where_the_photo_shows_no_arm_there_is_none() -> None:
    assert np.array_equal(with_cut_arms(stump(), np.zeros(SIZE, np.uint8), pose(), None), stump())


@pytest.mark.parametrize("whole", [pose(wrist=500), pose(elbow=320)])
def test_a_wrist_that_is_found_or_would_lie_in_the_picture_is_no_cut(whole: Pose) -> None:
    assert np.array_equal(with_cut_arms(stump(), COAT, whole, None), stump())
