"""A phone, badge or hand before the top is told; what belongs to the top or lies beside it is not."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np

from engine.analysis.common.in_front import is_thing_in_front
from engine.analysis.person.doubts import doubts_of
from engine.category import UPPER
from engine.pose.torso import torso_of
from engine.values import Person
from tests.rendered import RenderedPair, rendered_pair

SEEDS = range(16)


@cache
def plain(seed: int, size: tuple[int, int] = (256, 192)) -> RenderedPair:
    """A drawn person whose top is of one colour."""
    pair = rendered_pair(seed, size)
    noise = np.random.default_rng(seed).integers(-8, 9, pair.image.shape)
    top = np.isin(pair.parse, UPPER.worn)
    image = np.where(top[..., None], np.array((70, 125, 135)) + noise, pair.image)
    return replace(pair, image=image.astype(np.uint8))


def with_phone(pair: RenderedPair, angle: float = 8.0) -> np.ndarray:
    """The picture with a dark rectangle a third of the torso wide."""
    image, inside = pair.image.copy(), np.isin(pair.parse, UPPER.worn) & torso_of(pair.pose.completed())
    rows, columns = np.nonzero(inside)
    width = 0.33 * (columns.max() - columns.min())
    corners = cv2.boxPoints(((float(columns.mean()), float(rows.mean())), (width, 2 * width), angle))
    cv2.fillPoly(image, [corners.astype(np.int32)], (18, 18, 22))
    return image


def told(image: np.ndarray, pair: RenderedPair) -> bool:
    return is_thing_in_front(image, np.isin(pair.parse, UPPER.worn))


def test_a_phone_before_a_plain_top_is_told() -> None:
    pairs = [*map(plain, SEEDS), plain(0, (1024, 768))]
    assert np.mean([told(with_phone(one), one) for one in pairs]) > 0.7


def test_tops_with_whatever_print_have_nothing_in_front() -> None:
    pairs = [*map(plain, SEEDS), *(rendered_pair(seed, (256, 192)) for seed in SEEDS)]
    assert np.mean([told(one.image, one) for one in pairs]) < 0.06


def test_it_is_a_doubt_about_the_person() -> None:
    pair = next(one for one in map(plain, SEEDS) if told(with_phone(one), one))
    codes = {one.code for one in doubts_of(Person(with_phone(pair), pair.pose, pair.parse))}
    assert codes - {one.code for one in doubts_of(Person(pair.image, pair.pose, pair.parse))} == {"in_front"}
