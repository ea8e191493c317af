"""How far a garment reaches along each arm."""

import numpy as np
import pytest

from engine.category.sleeves import bones_of, sleeve_lengths
from engine.labels import Seg
from engine.pose import Joint, Pose

SIZE = (512, 384)


def pose(*missing: Joint) -> Pose:
    """Arms that hang straight down, upper arms and forearms 100 pixels long."""
    keypoints = np.zeros((25, 3), np.float32)
    for x, joints in (
        (100, (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST)),
        (280, (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST)),
    ):
        for row, joint in zip((100, 200, 300), joints, strict=True):
            keypoints[joint] = (x, row, float(joint not in missing))
    return Pose(keypoints, SIZE)


def worn(left: float, right: float) -> np.ndarray:
    """Sleeves of these lengths, in bones, the rest of the arms bare."""
    labels = np.zeros(SIZE, np.uint8)
    for columns, length, arm in ((slice(260, 300), left, Seg.LEFT_ARM), (slice(80, 120), right, Seg.RIGHT_ARM)):
        labels[90:320, columns] = arm
        labels[90 : 100 + round(100 * length), columns] = Seg.UPPER
    return labels


@pytest.mark.parametrize(("left", "right"), [(0.5, 0.5), (1.0, 1.5), (1.9, 0.1)])
def test_the_length_is_where_the_sleeve_ends(left: float, right: float) -> None:
    assert sleeve_lengths(worn(left, right), pose()) == pytest.approx([left, right], abs=0.06)


def test_a_pose_of_another_size_is_scaled() -> None:
    assert sleeve_lengths(worn(0.5, 1.5)[::2, ::2], pose()) == pytest.approx([0.5, 1.5], abs=0.08)


def test_a_hole_is_no_end() -> None:
    labels = worn(1.5, 1.5)
    labels[120:140, 80:120] = Seg.RIGHT_ARM
    assert sleeve_lengths(labels, pose())[1] == pytest.approx(1.5, abs=0.06)


def test_an_arm_that_lies_over_the_other_is_bare_too() -> None:
    labels = worn(0.5, 0.5)
    labels[220:260, 80:120] = Seg.LEFT_ARM
    assert sleeve_lengths(labels, pose())[1] == pytest.approx(0.5, abs=0.06)


def test_limbs_that_are_not_found_or_hidden_have_no_length() -> None:
    lengths = sleeve_lengths(worn(0.5, 0.5), pose(Joint.LEFT_WRIST))
    assert np.isnan(lengths).tolist() == [True, False]
    assert [bones is None for bones in bones_of(pose(Joint.LEFT_WRIST))] == [True, False]
    hidden = np.where(np.arange(SIZE[0])[:, None] > 150, np.uint8(Seg.BOTTOM), worn(0.5, 0.5))
    assert np.isnan(sleeve_lengths(hidden, pose())).all()
