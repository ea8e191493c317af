"""Backdrop and skin take the photo's tones; a busy backdrop and what is no backdrop are left alone."""

from dataclasses import replace

import numpy as np
import pytest

from engine.agnostic import agnostic_image
from engine.compositing import changed_region
from engine.labels import Lip, Seg, lip_to_segmentation
from engine.stages import Agnostic, Array8, Person, Segmentation
from engine.surroundings import in_the_photos_tones
from tests.rendered import rendered_pair


@pytest.fixture
def person() -> Person:
    pair = rendered_pair(3, (512, 384))
    image = pair.image.copy()
    image[pair.parse == Lip.BACKGROUND] = (210, 212, 215)
    return Person(image, pair.pose, pair.parse)


def parse_of(person: Person) -> Segmentation:
    return Segmentation(lip_to_segmentation(person.parse))


def worn(person: Person) -> Array8:
    """Where the top is, and a rim of backdrop around it: 255."""
    import cv2

    region = (parse_of(person).labels == Seg.UPPER).astype(np.uint8) * 255
    return np.asarray(cv2.dilate(region, np.ones((15, 15), np.uint8)), dtype=np.uint8)


def test_a_plain_backdrop_is_continued(person: Person) -> None:
    raw = person.image.copy()
    backdrop = person.parse == Lip.BACKGROUND
    raw[backdrop] = 240
    made = in_the_photos_tones(raw, person, parse_of(person), worn(person))
    inside = backdrop & (worn(person) > 0)
    assert np.abs(made[inside].astype(int) - person.image[inside]).mean() < 12
    assert (made[backdrop & (worn(person) == 0)] == 240).all()


def test_a_busy_backdrop_and_other_things_are_left_alone(person: Person) -> None:
    busy = person.image.copy()
    noise = np.random.default_rng(0).integers(0, 256, busy.shape, dtype=np.uint8)
    busy[person.parse == Lip.BACKGROUND] = noise[person.parse == Lip.BACKGROUND]
    arms = np.isin(person.parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM))
    made = in_the_photos_tones(person.image, replace(person, image=busy), parse_of(person), worn(person))
    assert (made[~arms] == person.image[~arms]).all()


def test_arms_get_the_skin_of_the_photo(person: Person) -> None:
    arms = np.isin(person.parse, (Lip.LEFT_ARM, Lip.RIGHT_ARM))
    assert arms.sum() > 500
    raw = person.image.copy()
    raw[arms] = (raw[arms] * 0.8).astype(np.uint8)
    made = in_the_photos_tones(raw, person, parse_of(person), worn(person))
    before, after = (np.abs(np.median(one[arms] - np.median(person.image[arms], axis=0))) for one in (raw, made))
    assert after < before / 2 + 1
    garment = parse_of(person).labels == Seg.UPPER
    assert (made[garment] == raw[garment]).all()


def test_only_clothes_change_where_that_is_asked(person: Person) -> None:
    pose = person.pose.completed()
    agnostic = Agnostic(agnostic_image(person.image, person.parse, pose), person.parse, person.pose.draw())
    labels = parse_of(person).labels.copy()
    top, left = np.argwhere(labels == Seg.UPPER).min(axis=0)
    labels[top + 40 : top + 60, max(left - 30, 0) : left] = Seg.LEFT_ARM
    loose = changed_region(person, agnostic, Segmentation(labels))
    strict = changed_region(person, agnostic, Segmentation(labels), clothes_only=True)
    assert (strict <= loose).all()
    assert (strict < loose).any()
    assert (strict[labels == Seg.UPPER] == 255).all()
