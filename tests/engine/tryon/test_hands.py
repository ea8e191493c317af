"""Hands lie over every garment, arms do not."""

import numpy as np
import pytest

from engine.labels import Lip, Seg
from engine.pose import Joint, Pose
from engine.tryon.hands import hands_of, with_hands
from engine.values import Person

SIZE = (512, 384)


def person(parse: np.ndarray, wrist: tuple[int, int] | None, other: tuple[int, int] | None = None) -> Person:
    keypoints = np.zeros((25, 3), np.float32)
    keypoints[[Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW]] = [(110, 130, 1), (90, 260, 1)]
    keypoints[[Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW]] = [(270, 130, 1), (290, 260, 1)]
    for joint, place in ((Joint.RIGHT_WRIST, wrist), (Joint.LEFT_WRIST, other)):
        if place is not None:
            keypoints[joint] = (*place, 1)
    return Person(np.zeros((*SIZE, 3), np.uint8), Pose(keypoints, SIZE), parse)


def bare_arm() -> np.ndarray:
    """A short-sleeved top and a bare arm across it: upper arm to column 90, forearm and hand to column 220."""
    parse = np.zeros(SIZE, np.uint8)
    parse[120:420, 110:270] = Lip.UPPER
    parse[180:275, 76:104] = Lip.RIGHT_ARM
    parse[248:272, 90:220] = Lip.RIGHT_ARM
    return parse


def all_garment() -> np.ndarray:
    return np.full(SIZE, Seg.UPPER, np.uint8)


def covered(predicted: np.ndarray, who: Person) -> np.ndarray:
    return with_hands(predicted, who, hands_of(who))


def test_a_long_sleeve_covers_the_forearm_and_no_hand() -> None:
    made = covered(all_garment(), person(bare_arm(), (180, 260)))
    assert (made[250:270, 185:218] == Seg.RIGHT_ARM).all()
    assert (made[180:275, 76:160] == Seg.UPPER).all()
    assert set(np.unique(made)) == {Seg.UPPER, Seg.RIGHT_ARM}


def test_skin_that_goes_on_too_far_for_a_hand_says_where_the_wrist_is() -> None:
    """Before clasped hands the joints network lays a wrist on the middle of the forearm."""
    made = covered(all_garment(), person(bare_arm(), (140, 260)))
    assert (made[250:270, 185:218] == Seg.RIGHT_ARM).all()
    assert (made[180:275, 76:150] == Seg.UPPER).all()


def test_skin_beyond_a_gap_is_not_of_this_arm() -> None:
    parse = bare_arm()
    parse[248:272, 240:330] = Lip.LEFT_ARM
    made = covered(all_garment(), person(parse, (180, 260)))
    assert (made[250:270, 185:218] == Seg.RIGHT_ARM).all()


def test_what_is_no_garment_stays_as_it_was_predicted() -> None:
    predicted = np.full(SIZE, Seg.BACKGROUND, np.uint8)
    assert np.array_equal(covered(predicted, person(bare_arm(), (180, 260))), predicted)


@pytest.mark.parametrize("wrist", [None, (92, 268), (190, 400)])  # not found, at the elbow, elsewhere
def test_all_skin_that_an_old_sleeve_leaves_is_a_hand(wrist: tuple[int, int] | None) -> None:
    """Where the forearm points at the camera its joints tell little."""
    parse = np.zeros(SIZE, np.uint8)
    parse[120:420, 80:300] = Lip.COAT
    parse[250:300, 110:150] = Lip.RIGHT_ARM
    assert (hands_of(person(parse, wrist)) == (parse == Lip.RIGHT_ARM)).mean() > 0.999


def test_a_hand_that_the_parse_gives_to_the_other_arm_is_whole() -> None:
    """On the belly, out of a long sleeve, its wrist laid on its middle: not what is beyond the wrist alone."""
    parse = np.zeros(SIZE, np.uint8)
    parse[120:420, 110:270] = Lip.UPPER
    parse[245:275, 150:220] = Lip.LEFT_ARM
    parse[245:255, 190:200] = Lip.RIGHT_ARM
    made = covered(all_garment(), person(parse, (185, 260), other=(300, 400)))
    assert np.isin(made[245:275, 150:220], (Seg.LEFT_ARM, Seg.RIGHT_ARM)).all()


def test_hands_that_touch_are_two_pieces() -> None:
    """Folded on the belly, out of long sleeves, the wrists laid below: together they are longer than a hand."""
    parse = np.zeros(SIZE, np.uint8)
    parse[120:420, 110:270] = Lip.UPPER
    parse[245:275, 125:190] = Lip.RIGHT_ARM
    parse[245:275, 190:255] = Lip.LEFT_ARM
    made = covered(all_garment(), person(parse, (130, 300), other=(250, 300)))
    assert np.isin(made[245:275, 125:255], (Seg.LEFT_ARM, Seg.RIGHT_ARM)).all()


def test_a_bare_shoulder_is_no_hand() -> None:
    parse = np.zeros(SIZE, np.uint8)
    parse[120:420, 80:300] = Lip.UPPER
    parse[140:180, 90:120] = Lip.RIGHT_ARM
    assert not hands_of(person(parse, None)).any()
    assert not hands_of(person(parse, (85, 380))).any()


def test_a_bare_upper_arm_is_no_hand() -> None:
    """Of an arm behind the back little more is seen, and a long sleeve had a hole there."""
    parse = np.zeros(SIZE, np.uint8)
    parse[120:420, 80:300] = Lip.UPPER
    found = person(parse, None)
    (x0, y0), (x1, y1) = (found.pose.point(joint) for joint in (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW))
    x, y = round(x0 + 0.7 * (x1 - x0)), round(y0 + 0.7 * (y1 - y0))
    parse[y - 25 : y + 25, x - 12 : x + 12] = Lip.RIGHT_ARM
    for wrist, other in ((None, None), ((170, 300), None), (None, (150, 330))):
        assert not hands_of(person(parse, wrist, other)).any()
    beside = np.roll(parse, 60, axis=1)  # raised before the chest
    assert hands_of(person(beside, (x + 60, y + 30))).any()
    assert hands_of(person(parse, (x, y + 30))).any(), "before a folded arm"
    others = np.where(parse == Lip.RIGHT_ARM, np.uint8(Lip.LEFT_ARM), parse)  # arms crossed
    assert hands_of(person(others, None, (x + 20, y))).any()
