"""Coats and things that a network of their own has seen, in the parse."""

import numpy as np

from engine.analysis.person.outer import things_in, with_coat_seen, with_things
from engine.category import UPPER
from engine.category.agnostic import agnostic_parse
from engine.labels import IGNORE, Lip, Outer
from tests.engine.analysis.person.test_open_coat import somebody

SIZE = (256, 192)
BAG = slice(150, 200), slice(120, 150)


def outer(**places: tuple[slice, slice]) -> np.ndarray:
    seen = np.zeros(SIZE, np.uint8)
    for name, place in places.items():
        seen[place] = Outer[name.upper()]
    return seen


def test_a_coat_is_where_it_is_seen_among_the_upper_clothes_alone() -> None:
    parse = np.zeros(SIZE, np.uint8)
    parse[40:200, 40:80], parse[40:200, 80:120], parse[200:, 40:120] = Lip.UPPER, Lip.COAT, Lip.PANTS
    made = with_coat_seen(parse, outer(coat=(slice(0, 256), slice(0, 70))))
    assert (made[40:200, 40:70] == Lip.COAT).all()
    assert (made[40:200, 70:120] == Lip.UPPER).all(), "also what the parse called a coat"
    assert (made[200:, 40:120] == Lip.PANTS).all()
    assert (made[:40] == Lip.BACKGROUND).all()
    dress = with_coat_seen(np.where(parse == Lip.UPPER, np.uint8(Lip.DRESS), parse), outer())
    assert (dress[40:200, 40:80] == Lip.DRESS).all()


def test_a_thing_has_no_class_and_a_speck_is_none() -> None:
    person = somebody()
    seen = outer(thing=BAG)
    seen[20:23, 20:23] = Outer.THING
    made = with_things(person.parse, seen)
    assert (made[BAG] == IGNORE).all()
    made[BAG] = person.parse[BAG]
    assert np.array_equal(made, person.parse)


def test_lines_between_classes_that_somebody_left_open_are_no_things() -> None:
    parse = somebody().parse.copy()
    parse[100, :], parse[:, 90] = IGNORE, IGNORE
    assert not things_in(parse).any()
    assert not things_in(somebody().parse).any()
    parse[BAG] = IGNORE
    found = things_in(parse)
    assert found[BAG].mean() > 0.98
    assert found.sum() < 1.1 * found[BAG].sum()


def test_what_a_thing_hides_is_open_to_the_networks_as_background() -> None:
    person = somebody()
    parse = with_things(person.parse, outer(thing=BAG))
    agnostic = agnostic_parse(parse, person.pose, UPPER)
    assert (agnostic[BAG] == Lip.BACKGROUND).all()
