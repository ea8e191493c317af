"""New skin has the grain of the photo's skin, as far as calm places show it."""

import numpy as np
import pytest

from engine.arrays import BoolMask, FloatPicture
from engine.tryon.grain import grained

SIZE = (512, 384)
SEEN, NEW = (slice(40, 160), slice(40, 160)), (slice(200, 480), slice(200, 300))


def at(place: tuple[slice, slice]) -> BoolMask:
    mask = np.zeros(SIZE, np.bool_)
    mask[place] = True
    return mask


def flat() -> FloatPicture:
    return np.full((*SIZE, 3), (200, 150, 130), np.float32)


def noisy(strength: float) -> FloatPicture:
    noise = np.random.default_rng(3).standard_normal(SIZE, dtype=np.float32)[..., None]
    return np.asarray((flat() + strength * noise).clip(0, 255), np.float32)


@pytest.mark.parametrize("strength", [3.0, 8.0])
def test_new_skin_is_about_half_as_grainy_as_the_photos(strength: float) -> None:
    made = grained(flat(), noisy(strength).astype(np.uint8), at(SEEN), at(NEW))
    assert 0.3 * strength < made[NEW].mean(axis=2).std() < 0.6 * strength
    assert np.abs(made[NEW].mean(axis=(0, 1)) - flat()[0, 0]).max() < 0.5
    assert np.array_equal(made[~at(NEW)], flat()[~at(NEW)])
    assert np.array_equal(made, grained(flat(), noisy(strength).astype(np.uint8), at(SEEN), at(NEW)))


def test_features_are_no_grain() -> None:
    """Eyes, fingers, a wrinkle: most of what is seen has some."""
    photo = flat()
    photo[40:140:12, 40:160], photo[40:140, 40:160:12] = 90, 90
    made = grained(flat(), photo.astype(np.uint8), at(SEEN), at(NEW))
    assert made[NEW].mean(axis=2).std() < 1


def test_a_beard_is_no_grain_of_skin() -> None:
    rough = np.random.default_rng(1).standard_normal((128, 96), dtype=np.float32)
    photo = flat() + 12 * np.kron(rough, np.ones((4, 4), np.float32))[..., None]
    made = grained(flat(), photo.clip(0, 255).astype(np.uint8), at(SEEN), at(NEW))
    assert made[NEW].mean(axis=2).std() < 2.5


def test_a_smooth_photo_gives_no_grain() -> None:
    assert np.abs(grained(flat(), flat().astype(np.uint8), at(SEEN), at(NEW)) - flat()).max() < 0.1


def test_where_no_skin_is_seen_nothing_is_added() -> None:
    assert np.array_equal(grained(flat(), noisy(8.0).astype(np.uint8), at(SEEN) & False, at(NEW)), flat())
    assert np.array_equal(grained(flat(), noisy(8.0).astype(np.uint8), at(SEEN), at(NEW) & False), flat())
