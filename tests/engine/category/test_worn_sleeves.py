"""Which pixels of a worn garment are its sleeves."""

import numpy as np

from engine.category.worn_sleeves import BODY, LEFT, RIGHT, UNKNOWN, worn_sleeves
from engine.labels import Seg
from engine.pose import Joint, Pose

SIZE = (256, 192)


def pose(left: int = 140, right: int = 52, *missing: Joint) -> Pose:
    """Somebody with arms a little away from the body, whose shoulders are in these columns."""
    keypoints = np.zeros((25, 3), np.float32)
    for x, out, side in ((right, -1, "RIGHT"), (left, 1, "LEFT")):
        for row, part in ((60, "SHOULDER"), (110, "ELBOW"), (160, "WRIST")):
            keypoints[Joint[f"{side}_{part}"]] = (x + out * (row - 60) / 5, row, 1)
        keypoints[Joint[f"{side}_HIP"]] = ((x + 96) / 2, 180, 1)
    keypoints[Joint.NECK], keypoints[Joint.MID_HIP] = (96, 55, 1), (96, 180, 1)
    keypoints[list(missing)] = 0
    return Pose(keypoints, SIZE)


def worn() -> np.ndarray:
    labels = np.zeros(SIZE, np.uint8)
    labels[50:190, 22:170] = Seg.UPPER
    return labels


def test_sleeves_are_on_the_arms_and_the_body_between_them() -> None:
    found = worn_sleeves(worn(), pose(), (2.0, 2.0))
    assert found[110, 42] == found[140, 36] == LEFT
    assert found[110, 150] == found[140, 156] == RIGHT
    assert (found[60:180, 90:102] == BODY).all()
    assert found[75, 61] == UNKNOWN, "at the armhole"
    assert (found[labels_outside()] == UNKNOWN).all()


def labels_outside() -> np.ndarray:
    return worn() != Seg.UPPER


def test_there_is_no_sleeve_beyond_its_length() -> None:
    found = worn_sleeves(worn(), pose(), (0.5, float("nan")))
    assert found[75, 143] == RIGHT
    assert not (found[120:] == RIGHT).any()
    assert not (found == LEFT).any(), "of an unknown length"


def test_nothing_is_known_of_somebody_turned_away_or_with_a_hidden_arm() -> None:
    assert not worn_sleeves(worn(), pose(100, 92), (2.0, 2.0)).any()
    assert not worn_sleeves(worn(), pose(52, 140), (2.0, 2.0)).any()
    assert not worn_sleeves(worn(), pose(140, 52, Joint.LEFT_ELBOW), (2.0, 2.0)).any()
