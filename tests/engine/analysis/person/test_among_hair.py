"""Clothes that the parse took for hair are told by their colours."""

import numpy as np
import pytest

from engine.analysis.person.among_hair import with_clothes_among_hair
from engine.analysis.person.colours import smooth_lab
from engine.arrays import Labels, Picture
from engine.labels import Lip
from tests.engine.analysis.person.test_lost_tops import HAIRS, TOPS, noisy, scene


def told(picture: Picture, parse: Labels) -> Labels:
    return with_clothes_among_hair(smooth_lab(picture), parse)


@pytest.mark.parametrize("hair", HAIRS)
@pytest.mark.parametrize("top", TOPS)
def test_hair_stays_and_a_strap_among_it_is_the_tops(hair: tuple[int, int, int], top: tuple[int, int, int]) -> None:
    picture, parse = scene(hair, top)
    assert np.array_equal(told(picture, parse), parse)
    called_hair = parse.copy()
    called_hair[200:236, 86:104] = Lip.HAIR  # of the top, beside the real hair
    made = told(picture, called_hair)
    assert (made[206:230, 89:96] == Lip.UPPER).mean() > 0.95
    assert np.array_equal(made[:190], parse[:190])
    assert (made[parse == Lip.HAIR] == Lip.HAIR).mean() > 0.98


def test_a_piece_of_what_is_worn_under_a_jacket_is_none_of_the_hair() -> None:
    """Jacket and dress have other colours, and the jacket is most of what lies beside the hair."""
    picture, parse = scene((210, 180, 130), (30, 30, 36))
    parse[180:420, 80:290] = Lip.COAT
    parse[180:250, 150:185] = Lip.UPPER
    parse[30:260, 100:140] = Lip.HAIR
    picture[180:250, 140:185] = noisy(np.full((70, 45, 3), (200, 230, 40), np.uint8))
    called_hair = parse.copy()
    called_hair[200:236, 138:152] = Lip.HAIR
    made = told(picture, called_hair)
    assert (made[204:232, 143:150] == Lip.UPPER).mean() > 0.95
    assert (made[parse == Lip.HAIR] == Lip.HAIR).mean() > 0.98


def test_a_large_scarf_of_two_colours_is_found_step_by_step() -> None:
    """The nearer half touches the top and has its colours; the other half's colours are seen further down."""
    picture, parse = scene((40, 30, 25), (170, 30, 40))
    picture[180:420, 190:290] = noisy(np.full((240, 100, 3), (230, 200, 60), np.uint8))
    called_hair = parse.copy()
    called_hair[200:300, 180:250] = Lip.HAIR
    made = told(picture, called_hair)
    assert (made[205:295, 185:245] == Lip.UPPER).mean() > 0.95


def test_what_lies_behind_the_hair_is_not_the_tops() -> None:
    """A wall of the top's colour between strands does not touch the top."""
    picture, parse = scene((40, 30, 25), (60, 90, 190))
    picture[140:150, 104:130] = (60, 90, 190)
    assert np.array_equal(told(picture, parse), parse)


def test_hair_of_the_tops_colour_stays() -> None:
    picture, parse = scene((40, 30, 25), (45, 34, 30))
    assert np.array_equal(told(picture, parse), parse)


@pytest.mark.parametrize("gone", [Lip.HAIR, Lip.UPPER, Lip.FACE])
def test_without_hair_clothes_or_face_nothing_is_asked_of_colours(gone: Lip) -> None:
    picture, parse = scene((40, 30, 25), (170, 30, 40))
    without = np.where(parse == gone, np.uint8(Lip.BACKGROUND), parse)
    assert np.array_equal(told(picture, without), without)
