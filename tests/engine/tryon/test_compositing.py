"""Original pixels wherever the garment changes nothing."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.category.agnostic import agnostic_image, agnostic_parse
from engine.labels import IGNORE, Lip, Seg, lip_to_segmentation
from engine.tryon.compositing import changed_region, composite
from engine.values import Agnostic, Person, Segmentation
from tests.rendered import rendered_pair

Array8 = NDArray[np.uint8]
SIZE = (512, 384)


def person_and_agnostic(seed: int) -> tuple[Person, Agnostic]:
    pair = rendered_pair(seed, SIZE)
    person = Person(pair.image, pair.pose, pair.parse)
    pose = person.pose.completed()
    image = agnostic_image(person.image, person.parse, pose)
    return person, Agnostic(image, agnostic_parse(person.parse, pose), pose.draw())


def far_from(region: NDArray[np.bool_], pixels: int) -> NDArray[np.bool_]:
    """Where no pixel of `region` is within a square of that many pixels."""
    near = np.zeros_like(region)
    for y, x in np.argwhere(region):
        near[max(y - pixels, 0) : y + pixels + 1, max(x - pixels, 0) : x + pixels + 1] = True
    return ~near


@pytest.mark.parametrize("seed", range(4))
def test_face_hair_and_hands_away_from_the_garment_are_exact(seed: int) -> None:
    person, agnostic = person_and_agnostic(seed)
    truth = lip_to_segmentation(person.parse)
    changed = changed_region(person, agnostic, Segmentation(truth))
    image = composite(person.image, np.full_like(person.image, 77), changed)
    away = far_from(truth == Seg.UPPER, round(20 / 1024 * SIZE[0]))
    for label in (Lip.FACE, Lip.HAIR, Lip.LEFT_ARM, Lip.RIGHT_ARM, Lip.PANTS):
        kept = away & (person.parse == label)
        assert np.array_equal(image[kept], person.image[kept])
        if label in (Lip.FACE, Lip.HAIR):
            assert kept.mean() > 0.5 * (person.parse == label).mean() > 0
    assert np.array_equal(image[away & (truth == Seg.BACKGROUND)], person.image[away & (truth == Seg.BACKGROUND)])


def test_old_and_new_clothes_are_the_generators() -> None:
    person, agnostic = person_and_agnostic(0)
    before = lip_to_segmentation(person.parse)
    after = np.roll(before, 40, axis=1)
    changed = changed_region(person, agnostic, Segmentation(after))
    assert (changed[(before == Seg.UPPER) | (after == Seg.UPPER)] == 255).all()


def test_mistaken_prediction_outside_the_grey_region_changes_nothing() -> None:
    """There the generator saw the photo itself."""
    person, agnostic = person_and_agnostic(0)
    before = lip_to_segmentation(person.parse)
    truth = changed_region(person, agnostic, Segmentation(before))
    mistaken = before.copy()
    mistaken[-40:, :40] = Seg.NOISE
    assert not (agnostic.image[-40:, :40] == 128).all(axis=2).any()
    assert np.array_equal(changed_region(person, agnostic, Segmentation(mistaken)), truth)


def test_arm_that_appears_under_the_grey_is_the_generators() -> None:
    person, agnostic = person_and_agnostic(0)
    before = lip_to_segmentation(person.parse)
    hidden = (agnostic.image == 128).all(axis=2) & (before == Seg.BACKGROUND)
    after = np.where(hidden, Seg.LEFT_ARM, before).astype(np.uint8)
    assert (changed_region(person, agnostic, Segmentation(after))[hidden] == 255).all()


def test_unknown_pixels_under_the_grey_are_the_generators() -> None:
    person, agnostic = person_and_agnostic(0)
    before = lip_to_segmentation(person.parse)
    hidden = (agnostic.image == 128).all(axis=2) & (before != Seg.UPPER)
    parse = person.parse.copy()
    parse[hidden] = IGNORE
    unknown = Person(person.image, person.pose, parse)
    assert (changed_region(unknown, agnostic, Segmentation(before))[hidden] == 255).all()


def test_region_grows_by_margin_and_feather_and_no_further() -> None:
    person, agnostic = person_and_agnostic(0)
    parse = np.zeros(SIZE, dtype=np.uint8)
    parse[250:270, 150:200] = Lip.UPPER
    alone = Person(person.image, person.pose, parse)
    plain = Agnostic(np.zeros_like(person.image), parse, agnostic.pose_picture)
    changed = changed_region(alone, plain, Segmentation(lip_to_segmentation(parse)))
    rows = np.flatnonzero(changed[:, 175])
    margin, feather = 4, 3  # 8 and 6 pixels at 1024
    assert (rows[0], rows[-1]) == (250 - margin - 2 * feather, 269 + margin + 2 * feather)
    assert (changed[250:270, 150:200] == 255).all()
    assert (np.diff(changed[:260, 175].astype(int)) >= 0).all()
    assert len(np.unique(changed)) > 3  # feathered, not cut


@pytest.mark.parametrize("height", [64, 128, 256])
def test_small_pictures_have_a_region_too(height: int) -> None:
    width = height * 3 // 4
    pair = rendered_pair(0, (height, width))
    person = Person(pair.image, pair.pose, pair.parse)
    pose = pair.pose.completed()
    agnostic = Agnostic(agnostic_image(pair.image, pair.parse, pose), pair.parse, pose.draw())
    truth = lip_to_segmentation(pair.parse)
    changed = changed_region(person, agnostic, Segmentation(truth))
    assert (changed[truth == Seg.UPPER] == 255).all()
    assert (changed == 0).any()


def test_composite_blends_exactly() -> None:
    rng = np.random.default_rng(0)
    photo, generated = rng.integers(0, 256, (2, 40, 30, 3), dtype=np.uint8)
    changed = rng.integers(0, 256, (40, 30), dtype=np.uint8)
    changed[:10], changed[-10:] = 0, 255
    made = composite(photo, generated, changed)
    alpha = changed[..., None] / 255
    wanted = np.floor(generated * alpha + photo * (1 - alpha) + 127 / 255 + 1e-9)
    assert np.array_equal(made, wanted.astype(np.uint8))
    assert np.array_equal(made[:10], photo[:10])
    assert np.array_equal(made[-10:], generated[-10:])
    assert np.array_equal(composite(photo, photo, changed), photo)
