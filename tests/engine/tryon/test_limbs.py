"""A bare arm and a sleeve go on without a step where the old sleeve ended, and a sleeve has no holes."""

import numpy as np
import pytest

from engine.labels import Seg
from engine.pose import Joint, Pose
from engine.tryon.limbs import with_whole_limbs

HEIGHT, WIDTH = 512, 384
SHOULDER, HEM, WRIST = 120, 220, 380  # rows
LEFT, RIGHT = 260, 300  # columns of the seen arm


def pose(*missing: Joint) -> Pose:
    keypoints = np.zeros((25, 3), np.float32)
    for joint, row in ((Joint.LEFT_SHOULDER, SHOULDER), (Joint.LEFT_ELBOW, 250), (Joint.LEFT_WRIST, WRIST)):
        keypoints[joint] = 0 if joint in missing else ((LEFT + RIGHT) / 2, row, 1)
    return Pose(keypoints, (HEIGHT, WIDTH))


def photo() -> np.ndarray:
    """A person in an old top whose sleeve, wider than the arm, ends at HEM; the arm is bare below."""
    labels = np.zeros((HEIGHT, WIDTH), np.uint8)
    labels[SHOULDER:400, 120:240] = Seg.UPPER
    labels[SHOULDER:HEM, 240 : RIGHT + 14] = Seg.UPPER
    labels[HEM : WRIST + 20, LEFT:RIGHT] = Seg.LEFT_ARM
    return labels


def predicted(label: Seg, right: int) -> np.ndarray:
    """What a network draws: the arm's right outline at `right` above HEM; below it is the photo's."""
    labels = photo()
    labels[SHOULDER:HEM, 240:] = Seg.BACKGROUND
    labels[SHOULDER:HEM, LEFT:right] = label
    labels[HEM : WRIST + 20, LEFT:RIGHT] = label
    return labels


def outline(labels: np.ndarray) -> np.ndarray:
    """The last column of the person in each row of the arm."""
    body = labels[SHOULDER + 4 : WRIST] != Seg.BACKGROUND
    return WIDTH - body[:, ::-1].argmax(axis=1)


@pytest.mark.parametrize("label", [Seg.LEFT_ARM, Seg.UPPER])
@pytest.mark.parametrize("right", [RIGHT - 14, RIGHT - 5, RIGHT + 6, RIGHT + 13])
def test_a_guessed_outline_meets_the_seen_one(label: Seg, right: int) -> None:
    before, drawn = photo(), predicted(label, right)
    assert np.abs(np.diff(outline(drawn))).max() >= 5
    made = with_whole_limbs(drawn, before, pose())
    assert np.abs(np.diff(outline(made))).max() <= 1
    assert outline(made)[0] == right  # far from the old sleeve's end the guess holds
    assert (outline(made)[-100:] == RIGHT).all()
    changed = made != drawn
    assert set(made[changed].tolist()) <= {int(label), int(Seg.BACKGROUND)}


def test_a_wide_sleeve_that_ends_where_the_old_one_did_stays_wide() -> None:
    drawn = predicted(Seg.LEFT_ARM, RIGHT)
    drawn[SHOULDER:HEM, LEFT : RIGHT + 12] = Seg.UPPER
    assert np.array_equal(with_whole_limbs(drawn, photo(), pose()), drawn)


def test_trousers_beside_an_arm_do_not_grow_along_it() -> None:
    before = photo()
    before[HEM:, LEFT:RIGHT] = Seg.BOTTOM  # a hip before which the arm's bones lie
    drawn = before.copy()
    drawn[SHOULDER:HEM, 240:] = Seg.BACKGROUND
    drawn[SHOULDER:HEM, LEFT : RIGHT - 6] = Seg.BOTTOM
    assert np.array_equal(with_whole_limbs(drawn, before, pose()), drawn)


def test_what_is_one_already_stays_to_the_pixel() -> None:
    drawn = predicted(Seg.LEFT_ARM, RIGHT)
    assert np.array_equal(with_whole_limbs(drawn, photo(), pose()), drawn)


def test_a_long_sleeve_has_no_hole_where_the_old_one_ended() -> None:
    drawn = predicted(Seg.UPPER, RIGHT)
    drawn[HEM - 10 : HEM + 30, LEFT + 5 : RIGHT] = Seg.LEFT_ARM
    made = with_whole_limbs(drawn, photo(), pose())
    assert (made[HEM - 10 : HEM + 30, LEFT:RIGHT] == Seg.UPPER).all()


@pytest.mark.parametrize("beyond", [Seg.LEFT_ARM, Seg.UPPER])
@pytest.mark.parametrize("seen", [Seg.UPPER, Seg.BACKGROUND])
def test_no_limb_is_torn_in_two_where_the_old_sleeve_is_seen(beyond: Seg, seen: Seg) -> None:
    before = photo()
    before[HEM : WRIST + 20, LEFT:RIGHT] = Seg.UPPER  # down to the wrist
    drawn = before.copy()
    gap = slice(300, 320), slice(LEFT, RIGHT)
    drawn[320 : WRIST + 20, LEFT:RIGHT] = beyond
    drawn[gap], before[gap] = Seg.BACKGROUND, seen
    made = with_whole_limbs(drawn, before, pose())[300:320, LEFT + 1 : RIGHT - 1]
    assert (made == (beyond if seen == Seg.UPPER else Seg.BACKGROUND)).all()


def test_a_hem_over_the_hand_makes_no_sleeve() -> None:
    drawn = predicted(Seg.LEFT_ARM, RIGHT)
    drawn[360:400, 120:RIGHT] = Seg.UPPER  # a long hem that lies over the wrist of a bare arm
    drawn[SHOULDER : SHOULDER + 40, LEFT:RIGHT] = Seg.UPPER
    made = with_whole_limbs(drawn, photo(), pose())
    assert (made[SHOULDER + 60 : 350, LEFT + 5 : RIGHT - 5] == Seg.LEFT_ARM).all()


@pytest.mark.parametrize("joint", [Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST])
def test_without_a_joint_the_parse_stays(joint: Joint) -> None:
    drawn = predicted(Seg.LEFT_ARM, RIGHT - 14)
    assert np.array_equal(with_whole_limbs(drawn, photo(), pose(joint)), drawn)


def raised(row: int) -> tuple[Pose, np.ndarray]:
    """A forearm raised from the elbow at row 260 to a hand at `row`, beside an upper arm in an old sleeve."""
    keypoints = pose().keypoints.copy()
    keypoints[[Joint.LEFT_ELBOW, Joint.LEFT_WRIST]] = (330, 260, 1), (330, row, 1)
    labels = photo()
    labels[HEM : WRIST + 20, LEFT:RIGHT] = Seg.BACKGROUND
    labels[HEM:270, LEFT:RIGHT] = labels[250:270, LEFT:350] = labels[row:270, 318:342] = Seg.LEFT_ARM
    return Pose(keypoints, (HEIGHT, WIDTH)), labels


def test_a_short_sleeve_covers_nothing_of_a_raised_forearm() -> None:
    bent, before = raised(140)
    drawn = before.copy()
    drawn[SHOULDER:200, 240:360] = Seg.UPPER  # a wide short sleeve, also over the hand
    made = with_whole_limbs(drawn, before, bent)
    assert (made[before == Seg.LEFT_ARM] == Seg.LEFT_ARM).all()
    assert (made[SHOULDER:200, 240:300] == Seg.UPPER).all()


def test_the_end_of_a_bare_forearm_is_free_too_where_the_parse_calls_it_the_other_arms() -> None:
    bent, before = raised(140)
    drawn = before.copy()
    before[140:200, 318:342] = Seg.RIGHT_ARM
    drawn[SHOULDER:200, 240:360] = Seg.UPPER
    made = with_whole_limbs(drawn, before, bent)
    assert (made[140:270, 318:342] == Seg.LEFT_ARM).all()


def test_a_long_sleeve_covers_a_raised_forearm() -> None:
    bent, before = raised(140)
    drawn = before.copy()
    drawn[SHOULDER:270, 240:360] = Seg.UPPER
    made = with_whole_limbs(drawn, before, bent)
    assert (made[SHOULDER:270, 240:342] == Seg.UPPER).all()


def both_arms(left: int, right: int, sleeve: int = 100) -> tuple[np.ndarray, Pose]:
    """Two arms whose shoulders are bare for so many rows, in sleeves of so many below; the old top hid them."""
    labels = np.zeros((HEIGHT, WIDTH), np.uint8)
    labels[SHOULDER - 10 : 400, 120:240] = Seg.UPPER
    keypoints = np.array(pose().keypoints)
    for bare, columns, arm in ((left, slice(LEFT, RIGHT), Seg.LEFT_ARM), (right, slice(60, 100), Seg.RIGHT_ARM)):
        labels[SHOULDER - 10 : WRIST + 20, columns] = arm
        labels[SHOULDER + bare : SHOULDER + bare + sleeve, columns] = Seg.UPPER
    for joint, row in ((Joint.RIGHT_SHOULDER, SHOULDER), (Joint.RIGHT_ELBOW, 250), (Joint.RIGHT_WRIST, WRIST)):
        keypoints[joint] = (80, row, 1)
    return labels, Pose(keypoints, (HEIGHT, WIDTH))


def test_one_bare_shoulder_above_a_sleeve_is_covered() -> None:
    """A flow that lays a garment a little too low left a hole on one shoulder."""
    drawn, found = both_arms(left=-10, right=30)
    made = with_whole_limbs(drawn, photo(), found)
    assert (made[SHOULDER - 10 : SHOULDER + 130, 60:100] == Seg.UPPER).all()
    assert (made[SHOULDER + 140 : WRIST, 60:100] == Seg.RIGHT_ARM).all()


def test_shoulders_that_the_garment_leaves_bare_stay() -> None:
    hidden = np.where(np.isin(photo(), (Seg.LEFT_ARM,)), np.uint8(Seg.UPPER), photo())
    for drawn, found in (
        both_arms(left=30, right=30),  # worn below them
        both_arms(left=-10, right=70),  # a sleeve that begins at the elbow
        both_arms(left=-10, right=30, sleeve=20),  # no sleeve, but a strap
    ):
        assert (with_whole_limbs(drawn, hidden, found)[SHOULDER : SHOULDER + 25, 60:100] == Seg.RIGHT_ARM).all()
    alone, _ = both_arms(left=-10, right=30)
    only = np.array(pose(Joint.LEFT_ELBOW).keypoints)
    for joint, row in ((Joint.RIGHT_SHOULDER, SHOULDER), (Joint.RIGHT_ELBOW, 250), (Joint.RIGHT_WRIST, WRIST)):
        only[joint] = (80, row, 1)
    made = with_whole_limbs(alone, hidden, Pose(only, (HEIGHT, WIDTH)))
    assert (made[SHOULDER : SHOULDER + 25, 60:100] == Seg.RIGHT_ARM).all(), "of the other shoulder nothing is known"
