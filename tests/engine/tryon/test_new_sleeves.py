"""The agnostic parse that networks see shows the arms that the new garment's sleeves leave bare."""

import numpy as np
import pytest

from engine.labels import Lip
from engine.pose import Joint
from engine.tryon.new_sleeves import in_new_sleeves
from engine.values import Person, Sleeves
from tests.engine.category.test_sleeves import SIZE, pose

ARMS = ((slice(85, 115), Lip.RIGHT_ARM), (slice(265, 295), Lip.LEFT_ARM))


def person(length: float, *missing: Joint) -> Person:
    """In sleeves of this length, with hands; the rest of the arms is bare."""
    parse = np.zeros(SIZE, np.uint8)
    parse[90:320, 115:265] = Lip.UPPER
    for columns, arm in ARMS:
        parse[90:340, columns] = arm
        parse[90 : 100 + round(100 * length), columns] = Lip.UPPER
    return Person(np.zeros((*SIZE, 3), np.uint8), pose(*missing), parse)


def agnostic(of: Person) -> np.ndarray:
    """Their parse without the garment."""
    return np.where(of.parse == Lip.UPPER, np.uint8(Lip.BACKGROUND), of.parse)


def seen(of: Person, length: float, doubt: float = 0.1) -> np.ndarray:
    return in_new_sleeves(agnostic(of), of, Sleeves(np.array([length, doubt], np.float32)))


@pytest.mark.parametrize("length", [0.8, 1.2])
def test_a_coat_hides_no_arm_that_short_sleeves_leave_bare(length: float) -> None:
    made = seen(person(2.0), length)
    for x, arm in ((100, Lip.RIGHT_ARM), (280, Lip.LEFT_ARM)):
        rows = np.flatnonzero(made[:300, x] == arm)
        assert rows[0] == pytest.approx(100 + 100 * length, abs=2)
        assert len(rows) == 300 - rows[0]
        widths = [(made[y] == arm).sum() for y in (rows[0] + 5, 290)]
        assert widths[0] > widths[1] > 10, "an arm is narrower at its wrist"
    assert np.isin(made, (Lip.BACKGROUND, Lip.RIGHT_ARM, Lip.LEFT_ARM)).all()


def test_nothing_is_drawn_beside_the_old_garment() -> None:
    made = seen(person(2.0), 0.5)
    assert (made[:, :85] == Lip.BACKGROUND).all(), "the wall stays, however broad an arm is"


def test_bare_shoulders_are_the_networks_to_find() -> None:
    made = seen(person(2.0), 0.0)
    assert (made[:148] == Lip.BACKGROUND).all()
    assert made[160, 100] == Lip.RIGHT_ARM


def test_arms_that_long_sleeves_will_cover_are_hidden_but_no_hand() -> None:
    made = seen(person(0.5), 1.9)
    for x, arm in ((100, Lip.RIGHT_ARM), (280, Lip.LEFT_ARM)):
        assert (made[:288, x] == Lip.BACKGROUND).all()
        assert (made[295:340, x] == arm).all()


@pytest.mark.parametrize(("length", "doubt"), [(0.7, 0.1), (1.9, 0.8), (1.9, float("nan"))])
def test_nothing_changes_for_a_small_difference_or_in_doubt(length: float, doubt: float) -> None:
    one = person(0.5)
    assert np.array_equal(seen(one, length, doubt), agnostic(one))


def test_an_arm_behind_the_body_is_under_no_sleeve_when_the_other_is_bare() -> None:
    one = person(0.5)
    one.parse[90:340, 265:295] = Lip.UPPER
    assert np.array_equal(seen(one, 0.5), agnostic(one))


def test_an_arm_whose_joints_are_not_found_is_left() -> None:
    one = person(2.0, Joint.LEFT_WRIST)
    made = seen(one, 0.8)
    assert np.array_equal(made[:, 200:], agnostic(one)[:, 200:])
    assert (made[:300] == Lip.RIGHT_ARM).any()


def test_it_is_drawn_at_the_size_that_networks_see() -> None:
    one = person(2.0)
    small = in_new_sleeves(agnostic(one)[::2, ::2], one, Sleeves(np.array([0.8, 0.1], np.float32)))
    assert small[100, 50] == Lip.RIGHT_ARM
    assert small[85, 50] == Lip.BACKGROUND
