"""A coat and what is worn below it, told apart by their colours from what a parse roughly knows."""

from dataclasses import replace

import numpy as np
import pytest

from engine.analysis.person.coat_colours import with_coat_told
from engine.analysis.person.colours import smooth_lab
from engine.arrays import BoolMask
from engine.labels import Lip
from engine.pose import Pose
from engine.values import Person
from tests.engine.analysis.person.test_open_coat import coat_of, somebody

NAVY, PALE = (30, 34, 70), (210, 200, 180)
SIZE = (512, 384)


def seen(below: tuple[int, int, int] = PALE, opening: int = 40, coat: tuple[int, int, int] = NAVY) -> Person:
    """Somebody in an open coat, with a little noise."""
    person = somebody(opening=opening).scaled(SIZE)
    image = np.full((*SIZE, 3), 120, np.int64)
    image[coat_of(person)], image[person.parse == Lip.UPPER] = coat, below
    noise = np.random.default_rng(1).integers(-6, 7, image.shape)
    return replace(person, image=np.clip(image + noise, 0, 255).astype(np.uint8))


def told(person: Person, parse: np.ndarray) -> np.ndarray:
    return with_coat_told(smooth_lab(person.image), parse, person.pose)


def above_hem(mask: BoolMask) -> BoolMask:
    return mask[:380]


def test_of_an_opening_that_is_known_by_its_top_alone_all_is_found() -> None:
    person = seen()
    rough = person.parse.copy()
    rough[270:][rough[270:] == Lip.UPPER] = Lip.COAT
    made = told(person, rough)
    assert (above_hem(made == Lip.COAT) != above_hem(coat_of(person))).mean() < 0.01
    assert np.array_equal(np.isin(made, (Lip.UPPER, Lip.COAT)), np.isin(rough, (Lip.UPPER, Lip.COAT)))


@pytest.mark.parametrize("plain", [True, False])
def test_an_opening_of_which_the_parse_knows_next_to_nothing_is_one_where_colours_leave_no_doubt(plain: bool) -> None:
    person = seen()
    rough, image = person.parse.copy(), person.image.copy()
    rough[180:][rough[180:] == Lip.UPPER] = Lip.COAT
    if not plain:
        spots = np.kron(np.random.default_rng(2).random((64, 48)) < 0.12, np.ones((8, 8))) > 0
        image[spots & coat_of(person)] = PALE
    made = told(replace(person, image=image), rough)
    assert bool((made == Lip.UPPER).any()) == plain


def test_what_the_parse_took_of_the_coat_is_the_coats_again() -> None:
    person = seen()
    rough = person.parse.copy()
    rough[160:260, 110:170] = Lip.UPPER
    made = told(person, rough)
    assert (made[170:250, 120:150] == Lip.COAT).all()


@pytest.mark.parametrize(("label", "seed"), [(Lip.COAT, (150, 200)), (Lip.UPPER, (150, 380))])
def test_of_one_colour_all_is_one_and_what_most_of_it_is(label: Lip, seed: tuple[int, int]) -> None:
    person = seen(below=NAVY, opening=120 if label == Lip.UPPER else 40)
    rough = np.where(np.isin(person.parse, (Lip.UPPER, Lip.COAT)), np.uint8(Lip.COAT), person.parse)
    rough[slice(*seed)] = person.parse[slice(*seed)]
    if label == Lip.UPPER:
        rough[200:][rough[200:] == Lip.COAT] = Lip.UPPER
    made = told(person, rough)
    assert set(np.unique(made)) & {Lip.UPPER, Lip.COAT} == {label}


def test_a_print_with_teeth_is_no_opening() -> None:
    person = seen()
    parse, image = person.parse.copy(), person.image.copy()
    for row in range(140, 400, 16):
        aside = (row // 16 % 2) * 36
        parse[row : row + 16, 130:254][parse[row : row + 16, 130:254] == Lip.UPPER] = Lip.COAT
        parse[row : row + 16, 154 + aside : 194 + aside] = Lip.UPPER
    image[parse == Lip.COAT], image[parse == Lip.UPPER] = NAVY, PALE
    assert not (told(replace(person, image=image), parse) == Lip.UPPER).any()


def test_a_collar_below_a_closed_coat_opens_none() -> None:
    person = seen()
    rough = np.where(np.isin(person.parse, (Lip.UPPER, Lip.COAT)), np.uint8(Lip.COAT), person.parse)
    image = person.image.copy()
    image[rough == Lip.COAT] = NAVY
    rough[132:172, 160:224], image[132:172, 160:224] = Lip.UPPER, PALE
    made = told(replace(person, image=image), rough)
    assert not (made == Lip.UPPER).any()


def test_a_coat_in_the_colours_of_what_is_below_it_is_told_from_nothing() -> None:
    person = seen()
    spots = np.kron(np.random.default_rng(3).random((64, 48)) < 0.6, np.ones((8, 8))) > 0
    image = person.image.copy()
    image[spots & coat_of(person)] = PALE
    assert not (told(replace(person, image=image), person.parse) == Lip.UPPER).any()


def test_a_wide_neckline_is_no_opening() -> None:
    person = seen()
    parse, image = person.parse.copy(), person.image.copy()
    parse[parse == Lip.UPPER] = Lip.COAT
    parse[132:200, 140:244] = Lip.UPPER
    image[parse == Lip.COAT], image[parse == Lip.UPPER] = NAVY, PALE
    assert not (told(replace(person, image=image), parse) == Lip.UPPER).any()


def test_a_belt_in_the_coats_colour_is_below_it_all_the_same() -> None:
    person = seen()
    image, rough = person.image.copy(), person.parse.copy()
    image[246:282, 150:234], rough[246:282, 150:234] = NAVY, Lip.COAT
    made = told(replace(person, image=image), rough)
    assert (made[250:278, 178:206] == Lip.UPPER).all()


def test_without_shoulders_nothing_is_told_apart() -> None:
    person = seen()
    lost = replace(person, pose=Pose(np.zeros((25, 3), np.float32), SIZE))
    assert not (told(lost, person.parse) == Lip.UPPER).any()


def test_without_a_coat_or_without_anything_below_nothing_changes() -> None:
    person = seen()
    for label in (Lip.UPPER, Lip.COAT):
        parse = np.where(np.isin(person.parse, (Lip.UPPER, Lip.COAT)), np.uint8(label), person.parse)
        assert told(person, parse) is parse
