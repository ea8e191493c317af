"""Other sleeves change what the agnostic parse betrays of the arms, and nothing else."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.category.agnostic import agnostic_parse
from engine.data.augment import AugmentConfig, augment, flipped, moved_person
from engine.data.batches import raw_batch, to_batch
from engine.data.other_sleeves import with_other_sleeves
from engine.data.sample import Sample, resized
from engine.labels import Lip, Seg
from engine.pose import Joint, Pose

SIZE = (512, 384)
JOINTS = {
    Joint.NECK: (192, 100), Joint.RIGHT_SHOULDER: (130, 110), Joint.LEFT_SHOULDER: (254, 110),
    Joint.MID_HIP: (192, 330), Joint.RIGHT_HIP: (160, 330), Joint.LEFT_HIP: (224, 330),
    Joint.RIGHT_ELBOW: (70, 210), Joint.RIGHT_WRIST: (70, 330),
    Joint.LEFT_ELBOW: (314, 210), Joint.LEFT_WRIST: (314, 330),
}  # fmt: skip
ARMS = ((Lip.LEFT_ARM, "LEFT"), (Lip.RIGHT_ARM, "RIGHT"))


def person(sleeved: bool) -> Sample:
    """Somebody with thick arms and a hand below each wrist, bare from the shoulder or in sleeves to the wrist."""
    keypoints = np.zeros((25, 3), np.float32)
    for joint, point in JOINTS.items():
        keypoints[joint] = (*point, 1)
    parse = np.zeros(SIZE, np.uint8)
    cv2.rectangle(parse, (130, 100), (254, 330), int(Lip.UPPER), -1)
    for label, side in ARMS:
        shoulder, elbow, wrist = (JOINTS[Joint[f"{side}_{part}"]] for part in ("SHOULDER", "ELBOW", "WRIST"))
        colour = int(Lip.UPPER) if sleeved else int(label)
        cv2.line(parse, shoulder, elbow, colour, 76)
        cv2.line(parse, elbow, wrist, colour, 76)
        cv2.rectangle(parse, (wrist[0] - 20, wrist[1] + 1), (wrist[0] + 20, wrist[1] + 60), int(label), -1)
    white = np.full((*SIZE, 3), 255, np.uint8)
    return Sample("p", "p", white, white, np.full(SIZE, 255, np.uint8), parse, Pose(keypoints, SIZE))


def skin_left(sample: Sample) -> int:
    """Pixels of arms above the wrists in the agnostic parse."""
    before = sample.parse if sample.before is None else sample.before
    left = agnostic_parse(before, sample.pose, sample.category)[: JOINTS[Joint.LEFT_WRIST][1] - 40]
    return int(np.isin(left, (Lip.LEFT_ARM, Lip.RIGHT_ARM)).sum())


@pytest.mark.parametrize("seed", range(3))
def test_bare_arms_leave_no_skin_but_the_hands(seed: int) -> None:
    bare = person(sleeved=False)
    changed = with_other_sleeves(bare, np.random.default_rng(seed))
    assert skin_left(bare) > 400
    assert skin_left(changed) < 0.1 * skin_left(bare)
    assert changed.before is not None
    for label, side in ARMS:
        x, y = JOINTS[Joint[f"{side}_WRIST"]]
        assert (changed.before[y + 20 : y + 50, x - 10 : x + 10] == label).all()
    assert np.array_equal(changed.parse, bare.parse)


def test_sleeves_leave_skin_beside_the_arm() -> None:
    sleeved = person(sleeved=True)
    changed = [with_other_sleeves(sleeved, np.random.default_rng(seed)) for seed in range(6)]
    assert skin_left(sleeved) == 0
    assert max(skin_left(one) for one in changed) > 300  # by how much depends on the thickness drawn


def test_arms_that_are_not_found_stay_as_they_are() -> None:
    for sleeved in (False, True):
        sample = person(sleeved)
        keypoints = sample.pose.keypoints.copy()
        keypoints[[Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW]] = 0
        changed = with_other_sleeves(replace(sample, pose=Pose(keypoints, SIZE)), np.random.default_rng(0))
        assert changed.before is not None
        assert np.array_equal(changed.before, sample.parse)


def test_what_was_worn_before_goes_where_the_person_goes() -> None:
    sample = with_other_sleeves(person(sleeved=False), np.random.default_rng(0))
    assert sample.before is not None
    shift = np.array([[1.0, 0, 30], [0, 1, 0]])
    moved, small, mirrored = moved_person(sample, shift), resized(sample, (256, 192)), flipped(sample)
    assert moved.before is not None
    assert np.array_equal(moved.before[:, 30:], sample.before[:, :-30])
    assert small.before is not None
    assert small.before.shape == (256, 192)
    assert mirrored.before is not None
    assert (mirrored.before == Lip.LEFT_ARM).sum() == (sample.before == Lip.RIGHT_ARM).sum()


def test_only_the_agnostic_parse_of_a_batch_changes() -> None:
    plain = AugmentConfig(flip=0, geometry=0, colour=0, dye=0, spread=0, loose=0)
    usual, other = (
        to_batch(raw_batch([augment(person(sleeved=False), 3, replace(plain, other_sleeves=share))]))
        for share in (0, 1)
    )
    for name in ("image", "cloth", "parse", "labels", "segmentation", "agnostic_image", "pose"):
        assert np.array_equal(getattr(usual, name), getattr(other, name)), name
    arms = [int(Seg.LEFT_ARM), int(Seg.RIGHT_ARM)]
    assert other.agnostic_parse[:, arms].sum() < 0.8 * usual.agnostic_parse[:, arms].sum()
