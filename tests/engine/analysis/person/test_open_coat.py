"""Which coats are worn open over another top: only those can stay on."""

from dataclasses import replace

import numpy as np
import pytest

from engine.analysis.person.open_coat import open_coat
from engine.arrays import BoolMask
from engine.labels import Lip
from engine.pose import Pose
from engine.pose.skeleton import Joint
from engine.pose.torso import torso_of
from engine.values import Person

SIZE = (256, 192)
JOINTS = {
    Joint.NECK: (96, 70), Joint.MID_HIP: (96, 190),
    Joint.RIGHT_SHOULDER: (66, 75), Joint.RIGHT_ELBOW: (56, 130), Joint.RIGHT_WRIST: (52, 185),
    Joint.LEFT_SHOULDER: (126, 75), Joint.LEFT_ELBOW: (136, 130), Joint.LEFT_WRIST: (140, 185),
    Joint.RIGHT_HIP: (78, 190), Joint.LEFT_HIP: (114, 190),
}  # fmt: skip


def somebody(opening: int = 24, below: Lip = Lip.UPPER, hem: int = 240) -> Person:
    """In a coat from shoulders to hem, which shows a stripe so wide of what is worn below it."""
    keypoints = np.zeros((25, 3), np.float32)
    for joint, place in JOINTS.items():
        keypoints[joint] = (*place, 1)
    parse = np.zeros(SIZE, np.uint8)
    parse[20:60, 80:112], parse[60:70, 88:104] = Lip.FACE, Lip.NECK
    parse[66:hem, 44:148] = Lip.COAT
    parse[66:200, 96 - opening // 2 : 96 + (opening + 1) // 2] = below
    return Person(np.zeros((*SIZE, 3), np.uint8), Pose(keypoints, SIZE), parse)


def coat_of(person: Person) -> BoolMask:
    return person.parse == Lip.COAT


@pytest.mark.parametrize("below", [Lip.UPPER, Lip.DRESS])
def test_a_coat_over_another_top_is_open_down_to_its_hem(below: Lip) -> None:
    person = somebody(below=below)
    found, coat = open_coat(person), coat_of(person)
    assert (found != coat).mean() < 0.002, "corners are rounded"
    assert found[235:].any()


def test_what_the_parse_calls_a_skirt_below_a_coat_is_the_coat_and_below_what_it_shows_is_a_skirt() -> None:
    person = somebody()
    line = 190 + 30 / 1024 * 256
    parse = person.parse.copy()
    parse[int(line) + 1 :][np.isin(parse[int(line) + 1 :], (Lip.COAT, Lip.UPPER))] = Lip.SKIRT
    found = open_coat(replace(person, parse=parse))
    assert found[int(line) + 2 : 238, 50:80].all()
    assert not found[int(line) + 2 : 238, 88:104].any()
    parse[180 : int(line) + 1][parse[180 : int(line) + 1] == Lip.COAT] = Lip.SKIRT  # a jacket that ends higher
    assert not open_coat(replace(person, parse=parse))[200:].any()


def test_a_coat_whose_shoulders_the_parse_calls_a_top_covers_them_and_not_what_it_shows() -> None:
    person = somebody()
    parse = person.parse.copy()
    parse[66:100][parse[66:100] == Lip.COAT] = Lip.UPPER
    parse[90:100, 60:66] = Lip.COAT  # outlines have teeth
    found = open_coat(replace(person, parse=parse))
    assert found[68:98, 44:76].all()
    assert found[68:98, 116:148].all()
    assert not found[:200, 88:104].any()
    assert not found[parse == Lip.NECK].any()
    parse[66:100, 44:148][:, 30:76] = Lip.FACE  # nothing is taken that is not called a top
    assert not open_coat(replace(person, parse=parse))[66:100, 76:112].any()


def test_one_that_shows_a_little_or_nothing_is_closed() -> None:
    assert not open_coat(somebody(opening=3)).any()
    person = somebody(opening=0)
    assert coat_of(person).any()
    assert not open_coat(person).any()


def test_somebody_without_a_coat_wears_none() -> None:
    person = somebody()
    assert not open_coat(replace(person, parse=np.where(coat_of(person), np.uint8(Lip.UPPER), person.parse))).any()


def test_sleeves_of_another_colour_are_no_coat() -> None:
    person = somebody()
    core = torso_of(person.pose)
    assert not open_coat(
        replace(person, parse=np.where(coat_of(person) & core, np.uint8(Lip.UPPER), person.parse))
    ).any()


def test_a_bag_before_a_closed_coat_is_no_opening() -> None:
    """A parse without a class for bags calls it a top, which was then seen in its place."""
    person = somebody(opening=60)
    parse = person.parse.copy()
    parse[66:100, 50:142], parse[200:240, 66:126] = Lip.COAT, Lip.UPPER
    assert open_coat(replace(person, parse=parse)).any(), "open further down"
    parse[170:, 50:142] = Lip.COAT
    assert not open_coat(replace(person, parse=parse)).any()


def test_blocks_of_a_jumper_are_no_fronts_of_a_coat() -> None:
    """A parse calls some of them coat, and the rest a top: the new top was seen between them, and they were kept."""
    person = somebody(opening=40)
    parse = person.parse.copy()
    parse[90:110, 88:104] = Lip.COAT  # a pocket, a tie
    assert open_coat(replace(person, parse=parse)).any()
    parse[90:160, 85:107] = Lip.COAT
    assert not open_coat(replace(person, parse=parse)).any()


def test_a_piece_of_a_top_beside_a_front_parts_no_coat() -> None:
    """Of one that hangs over shoulders more is seen beside its fronts; the opening is the largest part."""
    person = somebody(opening=24)
    parse = person.parse.copy()
    parse[80:160, 72:78] = Lip.UPPER
    assert open_coat(replace(person, parse=parse)).any()


def test_a_coat_over_one_shoulder_comes_off() -> None:
    person = somebody()
    parse = person.parse.copy()
    parse[66:, 120:][parse[66:, 120:] == Lip.COAT] = Lip.LEFT_ARM
    assert not open_coat(replace(person, parse=parse)).any()


def test_pockets_are_coat_and_prints_are_none() -> None:
    person = somebody(opening=40)
    parse = person.parse.copy()
    parse[150:158, 52:60], parse[110:118, 92:100] = Lip.UPPER, Lip.COAT
    found = open_coat(replace(person, parse=parse))
    assert found[150:158, 52:60].all()
    assert not found[110:118, 92:100].any()


def test_without_shoulders_nothing_is_said() -> None:
    person = somebody()
    assert not open_coat(replace(person, pose=Pose(np.zeros((25, 3), np.float32), SIZE))).any()
