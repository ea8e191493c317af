"""Sleeves are laid along the arms, each for itself."""

from dataclasses import replace

import numpy as np
import pytest

from engine.networks.flow import SIZE
from engine.pose import Joint, Pose
from engine.warping.along_arms import NOWHERE, with_sleeves
from engine.warping.hanging import hung
from engine.warping.parts import parts_of
from tests.engine.warping.garments import BODY, LENGTH, garment

STILL = np.zeros((2, 64, 48), np.float32)  # everything where it lies in the photo
ELBOWS = {"apart": (20, 172), "before": (60, 132), "close": (49, 143)}
WRISTS = {"apart": (10, 182), "before": (120, 72), "close": (49, 143)}


def pose(elbows: str = "apart", *missing: Joint) -> Pose:
    """Shoulders where the drawn garments have theirs; arms that are held apart from the body or close to it, or the
    forearms before it."""
    keypoints = np.zeros((25, 3), np.float32)
    (left, right), wrists = ELBOWS[elbows], WRISTS[elbows]
    rows = (64, 110, 150)
    for places, joints in (
        ((60, left, wrists[0]), (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST)),
        ((132, right, wrists[1]), (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST)),
    ):
        for x, y, joint in zip(places, rows, joints, strict=True):
            keypoints[joint] = (x, y, 1)
    for x, y, joint in (
        (96, 55, Joint.NECK),
        (96, 190, Joint.MID_HIP),
        (75, 190, Joint.RIGHT_HIP),
        (117, 190, Joint.LEFT_HIP),
    ):
        keypoints[joint] = (x, y, 1)
    keypoints[list(missing)] = 0
    return Pose(keypoints, SIZE)


def source(flow: np.ndarray, x: float, y: float) -> np.ndarray:
    """Where the pixel at x, y of 256 x 192 lies in the photo."""
    size = flow.shape[1:]
    row, column = round(y * size[0] / SIZE[0]), round(x * size[1] / SIZE[1])
    half = np.array(SIZE[::-1]) / 2
    return np.array([x, y]) + flow[:, row, column] * half


@pytest.mark.parametrize("size", [SIZE, (512, 384)])
def test_a_hanging_sleeve_follows_a_bent_arm(size: tuple[int, int]) -> None:
    parts = parts_of(garment(20, 20))
    laid = with_sleeves(STILL, parts, pose(), 1.9, size)
    assert laid.flow.shape == (2, *size)
    left = next(one for one in parts.sleeves if one.left)
    for place, share in (((20, 110), 0.45), ((13, 137), 0.8)):
        x, y = source(laid.flow, *place)
        assert left.along[round(y), round(x)] == pytest.approx(share, abs=0.12)


def test_the_sides_of_a_sleeve_stay_its_sides() -> None:
    parts = parts_of(garment(20, 20))
    laid = with_sleeves(STILL, parts, pose(), 1.9, SIZE).flow
    outer, inner = source(laid, 13, 130), source(laid, 19, 132)
    assert outer[0] < inner[0]


def test_nothing_of_the_sleeves_is_left_where_they_lay() -> None:
    parts = parts_of(garment(20, 20))
    laid = with_sleeves(STILL, parts, pose("before"), 1.9, SIZE).flow
    left = next(one for one in parts.sleeves if one.left)
    far = np.argwhere(left.along > 0.7)
    assert (laid[0][tuple(far.T)] < NOWHERE).mean() > 0.9


def test_a_forearm_before_the_body_covers_it() -> None:
    parts = parts_of(garment(20, 20))
    laid = with_sleeves(STILL, parts, pose("before"), 1.9, SIZE)
    x, y = source(laid.flow, 110, 143)  # of the right arm, whose wrist is on the left arm's side
    assert next(one for one in parts.sleeves if one.left).along[round(y), round(x)] > 0.6
    assert laid.shade is not None
    assert 0.6 < laid.shade.min() < 0.9
    assert laid.shade.max() == 1


def test_an_arm_behind_the_body_is_not_drawn() -> None:
    parts = parts_of(garment(20, 20))
    one = with_sleeves(STILL, parts, pose(), 1.9, SIZE, behind=frozenset({0})).flow
    assert np.array_equal(
        one[:, :, 150:], with_sleeves(STILL, parts, pose(), 1.9, SIZE, behind=frozenset({0})).flow[:, :, 150:]
    )
    assert np.abs(one[:, 70:150, 150:]).max() < 0.1, "the flow's, as it was"
    assert np.abs(one[:, 70:150, :40]).max() > 0.1


@pytest.mark.parametrize("missing", [(Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW), ()])
def test_without_arms_or_sleeves_the_flow_stays(missing: tuple[Joint, ...]) -> None:
    parts = parts_of(garment(20, 20) if missing else garment())
    laid = with_sleeves(STILL, parts, pose("apart", *missing), 1.9, SIZE)
    assert laid.flow is STILL
    assert laid.shade is None


def test_a_sleeve_that_the_flow_has_laid_elsewhere_is_left_to_it() -> None:
    aside = STILL.copy()
    aside[0] += 1
    assert with_sleeves(aside, parts_of(garment(20, 20)), pose(), 1.9, SIZE).flow is aside


def test_a_hung_garment_is_taken_from_its_own_photo() -> None:
    mask = garment(80, 80, length=55)
    parts = parts_of(mask)
    shop = hung(parts)
    assert shop is not None
    laid = with_sleeves(STILL, parts, pose("apart", Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW), 1.9, SIZE, shop=shop).flow
    x, y = source(laid, 96, 130)
    assert (x, y) == pytest.approx(tuple(shop[130, 96]), abs=0.5)
    assert mask[round(y), round(x)]


@pytest.mark.parametrize(("elbows", "x", "is_body"), [("close", 57, True), ("apart", 42, False)])
def test_a_narrow_gap_is_body_and_a_wide_one_is_none(elbows: str, x: int, is_body: bool) -> None:
    parts = parts_of(garment(20, 20))
    found = source(with_sleeves(STILL, parts, pose(elbows), 1.9, SIZE).flow, x, 130)
    assert (BODY[0] <= found[0] <= BODY[0] + 12) == is_body


def test_a_marked_sleeve_that_ends_too_early_is_left_to_the_flow() -> None:
    def is_laid(length: float, marked: bool) -> bool:
        parts = parts_of(garment(20, 20, length=length))
        sleeves = tuple(replace(one, marked=marked) for one in parts.sleeves)
        return with_sleeves(STILL, replace(parts, sleeves=sleeves), pose(), 1.9, SIZE).flow is not STILL

    assert is_laid(LENGTH, marked=True)
    assert is_laid(0.7 * LENGTH, marked=False)
    assert not is_laid(0.7 * LENGTH, marked=True)
