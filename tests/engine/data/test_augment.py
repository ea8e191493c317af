"""Augmented samples are still true: keypoints follow pixels, left stays left, person and garment keep one colour."""

import time
from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.data.augment import (
    AugmentConfig,
    Moves,
    augment,
    draw_affine,
    draw_dye,
    dyed,
    flipped,
    moved_garment,
    moved_person,
    recolour,
    rotate_hue,
    saturate,
)
from engine.data.sample import Sample
from engine.labels import Lip
from engine.pose import Pose
from tests.rendered import rendered_pair

SIZE = (256, 192)
ALWAYS = AugmentConfig(flip=1, geometry=1, colour=1, dye=1)


def sample_of(seed: int, size: tuple[int, int] = SIZE) -> Sample:
    pair = rendered_pair(seed, size)
    return Sample(pair.name, pair.name, pair.image, pair.cloth, pair.cloth_mask, pair.parse, pair.pose)


def discs(points: dict[int, tuple[int, int]], hands: bool = False) -> Sample:
    """A black picture with a grey-coded disc, and the label of the same number, at each of the given joints."""
    image, parse = np.zeros((*SIZE, 3), np.uint8), np.zeros(SIZE, np.uint8)
    keypoints = np.zeros((25, 3), np.float32)
    for joint, (x, y) in points.items():
        keypoints[joint] = x, y, 1
        cv2.circle(image, (x, y), 4, (joint * 10 + 5,) * 3, -1)
        cv2.circle(parse, (x, y), 4, joint, -1)
    hand = np.tile(keypoints[7], (21, 1)) if hands else None
    blank = np.full((*SIZE, 3), 255, np.uint8)
    return Sample("a", "a", image, blank, np.zeros(SIZE, np.uint8), parse, Pose(keypoints, SIZE, hands=(hand, None)))


def fields(sample: Sample) -> list[np.ndarray]:
    return [sample.image, sample.cloth, sample.cloth_mask, sample.parse, sample.pose.keypoints]


def test_the_same_seed_makes_the_same_sample() -> None:
    sample = sample_of(1)
    one, same, other = augment(sample, 5), augment(sample, np.random.default_rng(5)), augment(sample, 6)
    for first, second in zip(fields(one), fields(same), strict=True):
        np.testing.assert_array_equal(first, second)
    assert not np.array_equal(one.image, other.image)


def test_the_input_is_not_changed() -> None:
    sample = sample_of(2)
    before = [array.copy() for array in fields(sample)]
    augment(sample, 0, ALWAYS)
    for first, second in zip(before, fields(sample), strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("seed", range(8))
def test_keypoints_follow_pixels_and_labels(seed: int) -> None:
    sample = discs({0: (96, 40), 1: (90, 80), 2: (60, 85), 5: (130, 82), 4: (40, 170), 7: (150, 190)}, hands=True)
    affine = draw_affine(Moves(shift=0.04, scale=(0.9, 1.15), rotate=8), SIZE, np.random.default_rng(seed))
    moved = moved_person(sample, affine)
    for joint in (0, 1, 2, 4, 5, 7):
        x, y = moved.pose.point(joint)
        column, row = round(x), round(y)
        assert moved.image[row, column, 0] == joint * 10 + 5
        assert moved.parse[row, column] == joint
        rows, columns = np.nonzero(moved.image[..., 0] > joint * 10)
        near = np.hypot(columns - x, rows - y).min()
        assert near < 1
    assert moved.pose.hands[0] is not None
    np.testing.assert_allclose(moved.pose.hands[0][0], moved.pose.keypoints[7])


def test_joints_that_leave_the_picture_are_lost() -> None:
    sample = discs({1: (96, 80), 4: (5, 170)}, hands=False)
    moved = moved_person(sample, np.array([[1.0, 0, -20], [0, 1, 0]]))
    assert not moved.pose.found(4)
    assert moved.pose.point(1) == (76, 80)
    assert not moved.pose.found(3), "what was not detected before is not detected after"


def test_flip_swaps_left_and_right() -> None:
    sample = sample_of(0)
    mirrored = flipped(sample)
    np.testing.assert_array_equal(mirrored.image, sample.image[:, ::-1])
    np.testing.assert_array_equal(mirrored.cloth, sample.cloth[:, ::-1])
    np.testing.assert_array_equal(mirrored.cloth_mask, sample.cloth_mask[:, ::-1])
    np.testing.assert_array_equal(mirrored.parse == Lip.LEFT_ARM, (sample.parse == Lip.RIGHT_ARM)[:, ::-1])
    np.testing.assert_array_equal(mirrored.parse == Lip.UPPER, (sample.parse == Lip.UPPER)[:, ::-1])
    x, y = sample.pose.point(2)
    assert mirrored.pose.point(5) == (SIZE[1] - 1 - x, y)
    for first, second in zip(fields(flipped(mirrored)), fields(sample), strict=True):
        np.testing.assert_allclose(first, second, atol=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_arms_stay_with_their_joints_through_everything(seed: int) -> None:
    after = augment(sample_of(seed), seed, ALWAYS)
    for label, elbow in ((Lip.LEFT_ARM, 6), (Lip.RIGHT_ARM, 3)):
        x, y = after.pose.point(elbow)
        if after.pose.found(elbow):
            assert after.parse[int(y), int(x)] in (label, Lip.UPPER)


def test_ready_drawn_pose_pictures_are_drawn_anew() -> None:
    sample = sample_of(3)
    sample = replace(sample, pose_picture=sample.pose.draw())
    after = augment(sample, 1, ALWAYS)
    np.testing.assert_array_equal(after.pose_picture, after.pose.draw())


@pytest.mark.parametrize("seed", range(8))
def test_person_and_garment_keep_one_colour(seed: int) -> None:
    sample = sample_of(seed)
    before = sample.image[sample.parse == 5].mean(0) - sample.cloth[sample.cloth_mask > 0].mean(0)
    after = augment(sample, seed, replace(ALWAYS, geometry=0, flip=0))
    worn, flat = after.image[after.parse == 5].mean(0), after.cloth[after.cloth_mask > 0].mean(0)
    assert np.abs(worn - flat).max() < np.abs(before).max() * 1.6 + 4
    assert not np.array_equal(after.cloth, sample.cloth)


def test_dye_touches_nothing_but_the_garment() -> None:
    sample = sample_of(4)
    after = dyed(sample, draw_dye(AugmentConfig(), np.random.default_rng(0)))
    np.testing.assert_array_equal(after.image[sample.parse != 5], sample.image[sample.parse != 5])
    np.testing.assert_array_equal(after.cloth[sample.cloth_mask == 0], sample.cloth[sample.cloth_mask == 0])
    assert np.abs(after.image[sample.parse == 5].astype(int) - sample.image[sample.parse == 5]).mean() > 5


def test_garment_moves_with_its_mask_and_keeps_its_backdrop() -> None:
    sample = sample_of(5)
    moved = moved_garment(sample, draw_affine(AugmentConfig().garment, SIZE, np.random.default_rng(3)))
    inside = cv2.erode(moved.cloth_mask, np.ones((5, 5), np.uint8)) > 0
    outside = cv2.dilate(moved.cloth_mask, np.ones((5, 5), np.uint8)) == 0
    backdrop = int(sample.cloth[0, 0, 0])
    assert (np.abs(moved.cloth[outside].astype(int) - backdrop) < 6).mean() > 0.999
    assert (np.abs(moved.cloth[inside].astype(int) - backdrop).max(1) > 6).mean() > 0.99
    assert set(np.unique(moved.cloth_mask)) == {0, 255}


def test_some_are_framed_as_loosely_as_people_do() -> None:
    """The same draws otherwise; a garment may then fill a quarter of the place that it filled."""
    sample, often = sample_of(5), replace(ALWAYS, flip=0, loose=1)
    shares = [augment(sample, seed, often).cloth_mask.sum() / sample.cloth_mask.sum() for seed in range(20)]
    usual = [
        augment(sample, seed, replace(often, loose=0)).cloth_mask.sum() / sample.cloth_mask.sum() for seed in range(20)
    ]
    assert min(shares) < 0.5 < 0.75 < min(usual)
    one, other = (augment(sample, 3, replace(often, loose=loose, geometry=0)) for loose in (0, 1))
    np.testing.assert_array_equal(one.cloth, other.cloth)
    np.testing.assert_array_equal(one.image, other.image)


def test_labels_and_mask_get_no_new_values() -> None:
    sample = sample_of(6)
    for seed in range(10):
        after = augment(sample, seed, replace(ALWAYS, flip=0))
        assert set(np.unique(after.parse)) <= set(np.unique(sample.parse))
        assert set(np.unique(after.cloth_mask)) <= {0, 255}


def test_nothing_is_changed_when_nothing_is_wanted() -> None:
    sample = sample_of(7)
    after = augment(sample, 0, AugmentConfig(flip=0, geometry=0, colour=0, dye=0, spread=0))
    assert after is sample


def test_colour_matrices() -> None:
    grey = np.full((2, 2, 3), 90, np.uint8)
    for matrix in (saturate(1.7), rotate_hue(77)):
        np.testing.assert_array_equal(recolour(grey, np.column_stack([matrix, np.zeros(3)])), grey)
    np.testing.assert_allclose(rotate_hue(120) @ [255, 0, 0], [0, 255, 0], atol=1e-9)
    np.testing.assert_allclose(rotate_hue(30) @ rotate_hue(-30), np.eye(3), atol=1e-12)


def test_augmenting_is_quick() -> None:
    sample = sample_of(8)
    augment(sample, 0, ALWAYS)
    start = time.process_time()
    for seed in range(20):
        augment(sample, seed, ALWAYS)
    assert (time.process_time() - start) / 20 < 0.02, "about 2 ms on a quiet core"
