"""Sleeves are told from bare arms by the person's own skin."""

import numpy as np
import pytest

from engine.analysis.person.sleeves import with_sleeves
from engine.arrays import Labels
from engine.labels import Lip

SKINS = [(224, 180, 150), (120, 80, 60), (70, 45, 35)]
TOPS = [(60, 90, 160), (90, 110, 60), (170, 30, 40)]


def scene(skin: tuple[int, int, int], top: tuple[int, int, int]) -> tuple[Labels, Labels]:
    parse = np.zeros((256, 192), dtype=np.uint8)
    parse[20:60, 80:112] = Lip.FACE
    parse[80:200, 60:130] = Lip.UPPER
    parse[90:210, 35:60] = Lip.LEFT_ARM
    parse[90:210, 130:155] = Lip.RIGHT_ARM
    picture = np.full((256, 192, 3), 235, dtype=np.uint8)
    picture[parse == Lip.UPPER] = top
    picture[np.isin(parse, (Lip.FACE, Lip.LEFT_ARM, Lip.RIGHT_ARM))] = skin
    noise = np.random.default_rng(0).integers(-8, 9, picture.shape)
    return (picture + noise).clip(0, 255).astype(np.uint8), parse


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("top", TOPS)
def test_bare_arms_stay_and_long_sleeves_are_found(skin: tuple[int, int, int], top: tuple[int, int, int]) -> None:
    picture, parse = scene(skin, top)
    assert np.array_equal(with_sleeves(picture, parse), parse)
    sleeve = (parse == Lip.LEFT_ARM) & (np.arange(256)[:, None] < 180)
    picture[sleeve] = top
    made = with_sleeves(picture, parse)
    assert (made[sleeve] == Lip.UPPER).mean() > 0.95
    hand = (parse == Lip.LEFT_ARM) & (np.arange(256)[:, None] > 186)
    assert (made[hand] == Lip.LEFT_ARM).all()
    assert np.array_equal(made[parse != Lip.LEFT_ARM], parse[parse != Lip.LEFT_ARM])


def test_bare_arms_in_the_sun_under_a_face_in_the_shade_stay() -> None:
    picture, parse = scene((90, 50, 30), (246, 246, 242))
    picture[np.isin(parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM))] = (235, 205, 190)
    assert np.array_equal(with_sleeves(picture, parse), parse)


def test_without_a_face_nothing_is_known_of_the_skin() -> None:
    picture, parse = scene(SKINS[0], TOPS[0])
    parse[parse == Lip.FACE] = Lip.HAIR
    picture[parse == Lip.LEFT_ARM] = TOPS[0]
    assert np.array_equal(with_sleeves(picture, parse), parse)
