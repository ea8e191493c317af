"""Wrists where the parse shows arms, and none where it shows nobody."""

import cv2
import numpy as np
import pytest

from engine.analysis.person.wrists import (
    with_wrists_at_raised_hands,
    with_wrists_before_tips,
    with_wrists_on_arms,
    without_stray_wrists,
)
from engine.arrays import Labels, Planes
from engine.labels import Lip
from engine.pose import Joint, Pose

SIZE = (512, 384)
HAND = (60, 150)  # x, y of a hand raised to the shoulder


def test_a_wrist_that_is_only_supposed_is_left_out() -> None:
    """A forearm over the background is none, unless the wrist is sure."""
    parse = np.zeros(SIZE, np.uint8)
    parse[100:500, 120:220] = Lip.UPPER
    keypoints = np.zeros((25, 3), np.float32)
    keypoints[[Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST]] = [(140, 250, 0.5), (150, 350, 0.3)]
    keypoints[[Joint.LEFT_ELBOW, Joint.LEFT_WRIST]] = [(230, 250, 0.5), (330, 300, 0.3)]
    kept = without_stray_wrists(Pose(keypoints, SIZE), parse)
    assert kept.found(Joint.RIGHT_WRIST)
    assert not kept.found(Joint.LEFT_WRIST)
    keypoints[Joint.LEFT_WRIST, 2] = 0.8
    assert without_stray_wrists(Pose(keypoints, SIZE), parse).found(Joint.LEFT_WRIST)


def raised(peaks: dict[tuple[int, int], float]) -> tuple[Pose, Labels, Planes]:
    """An arm that hangs to the elbow and is raised from there; maps of the right wrist with peaks at places (x, y)."""
    parse = np.zeros(SIZE, np.uint8)
    parse[120:420, 110:250] = Lip.UPPER
    parse[140:290, 50:80] = Lip.RIGHT_ARM
    keypoints = np.zeros((25, 3), np.float32)
    keypoints[[Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW]] = [(115, 135, 0.6), (65, 280, 0.3)]
    heat = np.zeros((25, 64, 48), np.float32)
    for (x, y), height in peaks.items():
        heat[Joint.RIGHT_WRIST, y // 8, x // 8] = height
    return Pose(keypoints, SIZE), parse, heat


@pytest.mark.parametrize("elsewhere", [(65, 280), (200, 300), (330, 60)])  # at the elbow, on the top, beside the person
def test_a_weak_sign_on_the_arm_counts_and_a_stronger_one_elsewhere_does_not(elsewhere: tuple[int, int]) -> None:
    pose = with_wrists_on_arms(*raised({HAND: 0.02, elsewhere: 0.055}))
    assert pose.found(Joint.RIGHT_WRIST)
    assert np.abs(np.subtract(pose.point(Joint.RIGHT_WRIST), HAND)).max() < 8
    assert not pose.found(Joint.LEFT_WRIST)


def test_no_sign_is_no_wrist() -> None:
    pose, parse, heat = raised({HAND: 0.004})
    assert not with_wrists_on_arms(pose, parse, heat).found(Joint.RIGHT_WRIST)
    assert not with_wrists_on_arms(pose, np.where(parse == Lip.RIGHT_ARM, 0, parse).astype(np.uint8), 10 * heat).found(
        Joint.RIGHT_WRIST
    )


def test_a_wrist_that_was_found_stays() -> None:
    pose, parse, heat = raised({HAND: 0.05})
    keypoints = pose.keypoints.copy()
    keypoints[Joint.RIGHT_WRIST] = (70, 400, 0.2)
    kept = with_wrists_on_arms(Pose(keypoints, SIZE), parse, heat)
    assert np.array_equal(kept.keypoints, keypoints)


TIP = (65, 140)  # of the raised arm's fingers


def with_wrist(wrist: tuple[float, float, float] | None) -> tuple[Pose, Labels]:
    """The raised arm whose wrist was found there."""
    pose, parse, _ = raised({})
    keypoints = pose.keypoints.copy()
    keypoints[Joint.RIGHT_WRIST] = wrist or (0, 0, 0)
    return Pose(keypoints, SIZE), parse


@pytest.mark.parametrize(
    "wrist",
    [
        None,
        (200, 300, 0.3),  # on the top
        (66, 277, 0.3),  # where the forearm has hardly begun
    ],
)
def test_skin_that_goes_on_from_the_elbow_has_a_wrist(wrist: tuple[float, float, float] | None) -> None:
    """The hand at a shoulder was painted over, for no joint said that an arm is there."""
    pose, parse = with_wrist(wrist)
    told = with_wrists_before_tips(pose, parse)
    elbow, tip = np.array(pose.point(Joint.RIGHT_ELBOW)), np.array(TIP)
    place = np.dot(np.subtract(told.point(Joint.RIGHT_WRIST), elbow), tip - elbow) / np.dot(tip - elbow, tip - elbow)
    assert 0.5 < place < 0.75
    assert abs(told.point(Joint.RIGHT_WRIST)[0] - elbow[0]) < 15
    assert not told.found(Joint.LEFT_WRIST)


@pytest.mark.parametrize("wrist", [(200, 300, 0.4), (70, 195, 0.3)])  # sure, and on the forearm
def test_a_sure_wrist_and_one_on_the_skin_stay(wrist: tuple[float, float, float]) -> None:
    pose, parse = with_wrist(wrist)
    assert np.array_equal(with_wrists_before_tips(pose, parse).keypoints, pose.keypoints)


def test_skin_of_an_upper_arm_or_away_from_the_elbow_tells_no_wrist() -> None:
    pose, parse, _ = raised({})
    upper = np.where(parse == Lip.RIGHT_ARM, 0, parse).astype(np.uint8)
    cv2.line(upper, (115, 135), (65, 280), int(Lip.RIGHT_ARM), 24)  # along the bone from shoulder to elbow
    assert not with_wrists_before_tips(pose, upper).found(Joint.RIGHT_WRIST)
    away = np.zeros(SIZE, np.uint8)
    away[140:200, 200:240] = Lip.RIGHT_ARM  # across the body, with nothing between it and the elbow
    assert not with_wrists_before_tips(pose, away).found(Joint.RIGHT_WRIST)
    unknown = pose.keypoints.copy()
    unknown[Joint.RIGHT_SHOULDER] = 0
    assert not with_wrists_before_tips(Pose(unknown, SIZE), parse).found(Joint.RIGHT_WRIST)


STRAP = (slice(150, 185), slice(125, 150))  # where a hand holds it


def holding(
    place: tuple[slice, slice] = STRAP, wrist: tuple[float, float, float] = (70, 400, 0.2)
) -> tuple[Pose, Labels]:
    """Somebody in long sleeves with a hand at a place, whose wrist is supposed to hang."""
    parse = np.zeros(SIZE, np.uint8)
    parse[40:110, 150:210] = Lip.FACE
    parse[110:440, 60:300] = Lip.UPPER
    parse[place] = Lip.RIGHT_ARM
    keypoints = np.zeros((25, 3), np.float32)
    keypoints[[Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST]] = [(100, 140, 0.6), (85, 280, 0.4), wrist]
    return Pose(keypoints, SIZE), parse


@pytest.mark.parametrize("wrist", [(70, 400, 0.2), (0, 0, 0)])
def test_a_hand_at_the_strap_of_a_bag_is_a_hand(wrist: tuple[float, float, float]) -> None:
    """It was painted over, for the pose had the arm hang."""
    told = with_wrists_at_raised_hands(*holding(wrist=wrist))
    assert told.found(Joint.RIGHT_WRIST)
    assert np.abs(np.subtract(told.point(Joint.RIGHT_WRIST), (128, 180))).max() < 12, "its end towards the elbow"
    assert not told.found(Joint.LEFT_WRIST)


@pytest.mark.parametrize(
    ("place", "wrist"),
    [
        (STRAP, (70, 400, 0.4)),  # a sure wrist
        (STRAP, (120, 230, 0.2)),  # a wrist near that hand
        ((slice(130, 165), slice(85, 115)), (70, 400, 0.2)),  # a bare shoulder
        ((slice(150, 168), slice(125, 145)), (70, 400, 0.2)),  # no whole hand
        ((slice(140, 240), slice(125, 150)), (70, 400, 0.2)),  # too large
        ((slice(300, 335), slice(95, 120)), (70, 400, 0.2)),  # a hand that is not raised
        ((slice(70, 105), slice(120, 149)), (70, 400, 0.2)),  # above the shoulder
        ((slice(240, 275), slice(95, 120)), (70, 400, 0.2)),  # at the elbow
        ((slice(150, 185), slice(5, 35)), (70, 400, 0.2)),  # beside the person, no sleeve leads there
    ],
)
def test_other_skin_is_no_hand_at_a_strap(place: tuple[slice, slice], wrist: tuple[float, float, float]) -> None:
    pose, parse = holding(place, wrist)
    assert np.array_equal(with_wrists_at_raised_hands(pose, parse).keypoints, pose.keypoints)
