"""Each hard kind of photo of a person has its warning, and ordinary poses have none."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.analysis.person.doubts import doubts_of
from engine.labels import Lip
from engine.pose import Pose
from engine.pose.skeleton import Joint
from engine.pose.torso import torso_of
from engine.values import Person
from tests.engine.analysis.person.test_open_coat import somebody
from tests.rendered import rendered_pair

SIZE = (256, 192)
Change = Callable[[Person], Person]
CLEAN = next(
    person
    for seed in range(40)
    if not doubts_of(person := Person((pair := rendered_pair(seed, SIZE)).image, pair.pose, pair.parse))
)


def labelled(person: Person, where: np.ndarray, label: Lip) -> Person:
    return replace(person, parse=np.where(where, label, person.parse).astype(np.uint8))


def moved(person: Person, joints: dict[Joint, tuple[float, float] | None]) -> Person:
    """Joints elsewhere, or not found."""
    keypoints = person.pose.keypoints.copy()
    for joint, place in joints.items():
        keypoints[joint] = (0, 0, 0) if place is None else (*place, 0.9)
    return replace(person, pose=Pose(keypoints, SIZE))


def place(person: Person, joint: Joint) -> np.ndarray:
    return np.array(person.pose.point(joint))


def head_cut(person: Person) -> Person:
    head = np.isin(person.parse, (Lip.FACE, Lip.HAIR, Lip.HAT, Lip.SUNGLASSES))
    unseen = dict.fromkeys((Joint.NOSE, Joint.RIGHT_EYE, Joint.LEFT_EYE, Joint.RIGHT_EAR, Joint.LEFT_EAR))
    return moved(labelled(person, head, Lip.BACKGROUND), unseen)


def half_body(person: Person) -> Person:
    return moved(person, dict.fromkeys((Joint.MID_HIP, Joint.RIGHT_HIP, Joint.LEFT_HIP)))


def hair_over_the_top(person: Person) -> Person:
    torso = torso_of(person.pose)
    rows = np.nonzero(torso.any(axis=1))[0]
    below = np.arange(SIZE[0])[:, None] < rows[0] + 0.4 * len(rows)
    beside = np.abs(np.arange(SIZE[1]) - place(person, Joint.NECK)[0]) > 6
    return labelled(person, torso & below & beside, Lip.HAIR)


def arms_crossed(person: Person) -> Person:
    middle = (place(person, Joint.NECK) + place(person, Joint.MID_HIP)) / 2
    return moved(person, {Joint.RIGHT_WRIST: (middle[0] + 9, middle[1]), Joint.LEFT_WRIST: (middle[0] - 9, middle[1])})


def bag_before_the_body(person: Person) -> Person:
    torso = torso_of(person.pose)
    rows = np.nonzero(torso.any(axis=1))[0]
    return labelled(person, torso & (np.arange(SIZE[0])[:, None] > rows[0] + 0.6 * len(rows)), Lip.BACKGROUND)


def from_the_side(person: Person) -> Person:
    neck = place(person, Joint.NECK)
    return moved(person, {Joint.RIGHT_SHOULDER: (neck[0] - 4, neck[1]), Joint.LEFT_SHOULDER: (neck[0] + 4, neck[1])})


def from_behind(person: Person) -> Person:
    right, left = (tuple(place(person, joint)) for joint in (Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER))
    return moved(person, {Joint.RIGHT_SHOULDER: left, Joint.LEFT_SHOULDER: right})


def in_a_coat(person: Person) -> Person:
    return labelled(person, person.parse == Lip.UPPER, Lip.COAT)


HARD: dict[str, tuple[Change, str]] = {
    "head cut off": (head_cut, "head_cut"),
    "half body": (half_body, "hips_guessed"),
    "long hair": (hair_over_the_top, "long_hair"),
    "arms crossed": (arms_crossed, "arms_crossed"),
    "a bag": (bag_before_the_body, "covered"),
    "side": (from_the_side, "side_view"),
    "behind": (from_behind, "back_view"),
    "coat": (in_a_coat, "coat"),
}


@pytest.mark.parametrize("kind", HARD)
def test_a_hard_photo_has_its_warning(kind: str) -> None:
    change, code = HARD[kind]
    assert code in {one.code for one in doubts_of(change(CLEAN))}


def hand_on_hip(person: Person) -> Person:
    hip = place(person, Joint.LEFT_HIP)
    return moved(person, {Joint.LEFT_ELBOW: (hip[0] + 30, hip[1] - 28), Joint.LEFT_WRIST: (hip[0] + 8, hip[1] - 4)})


def strap(person: Person) -> Person:
    """A narrow strap from one shoulder to the other hip, which is painted over."""
    line = np.zeros(SIZE, np.uint8)
    ends = (place(person, joint).astype(int).tolist() for joint in (Joint.RIGHT_SHOULDER, Joint.LEFT_HIP))
    start, end = ends
    cv2.line(line, start, end, 1, 5)
    return labelled(person, (line > 0) & torso_of(person.pose), Lip.BACKGROUND)


@pytest.mark.parametrize("change", [hand_on_hip, strap])
def test_an_ordinary_photo_has_none(change: Change) -> None:
    assert not doubts_of(change(CLEAN))


def test_an_open_coat_is_no_doubt_for_it_can_stay_on_and_a_closed_one_is() -> None:
    codes = [[one.code for one in doubts_of(somebody(opening=opening))] for opening in (24, 0)]
    assert ["coat" in some for some in codes] == [False, True]
