"""Before what goes hair is as the generator paints it, in the photo's tone; elsewhere it is the photo's."""

import cv2
import numpy as np
import pytest

from engine.arrays import Array8, FloatPicture
from engine.labels import Seg
from engine.tryon.hair import lay_hair

SIZE = (512, 384)
RED, SKIN = (200, 40, 40), (220, 170, 140)
BROWN, BLACK, WHITE = (120, 80, 50), (22, 22, 24), (232, 232, 230)
LOBE = slice(222, 232), slice(106, 134)  # the top, which the parse takes for hair


def scene(hair: tuple[int, int, int], top: tuple[int, int, int]) -> tuple[Array8, Array8, Array8]:
    """Photo, its parse and that of the new garment: hair down to row 222 over a top, and a lobe of it in its label."""
    before = np.zeros(SIZE, np.uint8)
    before[170:480, 60:320] = Seg.UPPER
    before[60:170, 140:240] = Seg.FACE
    before[40:222, 100:140] = Seg.HAIR
    photo = np.full((*SIZE, 3), 235, np.uint8)
    for label, colour in ((Seg.UPPER, top), (Seg.FACE, SKIN), (Seg.HAIR, hair)):
        photo[before == label] = colour
    before[LOBE] = Seg.HAIR
    noise = np.random.default_rng(0).integers(-5, 6, photo.shape)
    return (photo + noise).clip(0, 255).astype(np.uint8), before, before.copy()


def laid(photo: Array8, before: Array8, after: Array8, light: int = 0) -> tuple[FloatPicture, FloatPicture]:
    """The photo with a red garment cut out along the parse, then with hair that was painted so much lighter than it is;
    and the trust in the photo then."""
    painted = np.where((after == Seg.UPPER)[..., None], np.uint8(RED), photo).astype(np.int16)
    painted[before == Seg.HAIR] = np.median(photo[40:160, 104:136].reshape(-1, 3), axis=0) + light
    made = np.where((after == Seg.UPPER)[..., None], np.float32(RED), photo).astype(np.float32)
    left = (after != Seg.UPPER).astype(np.float32)
    lay_hair(made, left, photo, painted.astype(np.uint8), before, after)
    return np.asarray(made * (1 - left[..., None]) + photo * left[..., None], np.float32), left


def red(place: FloatPicture) -> float:
    """Share of pixels (..., 3) that are nearly the new garment's."""
    return float((np.abs(place - RED).max(axis=-1) < 30).mean())


@pytest.mark.parametrize(("hair", "top"), [(BROWN, BLACK), (BROWN, WHITE), ((215, 180, 130), BLACK), (BLACK, WHITE)])
@pytest.mark.parametrize("light", [0, 20])
def test_nothing_of_the_old_top_is_left_among_hair_and_the_light_is_the_photos(
    hair: tuple[int, int, int], top: tuple[int, int, int], light: int
) -> None:
    photo, before, after = scene(hair, top)
    made, trust = laid(photo, before, after, light)
    assert np.abs(made[225:229, 110:130] - hair).mean() < 12
    high = slice(60, 155), slice(104, 136)
    assert np.array_equal(made[high], photo[high])
    assert (trust[high] == 1).all()
    assert red(made[260:470, 64:316]) == 1.0
    assert np.abs(np.diff(made[160:222, 110:130].mean(axis=(1, 2)))).max() < 5, "no line lies across it"


def test_hair_ends_as_softly_as_it_is_painted() -> None:
    photo, before, after = scene(BROWN, WHITE)
    painted = np.where((after == Seg.UPPER)[..., None], np.uint8(RED), photo)
    painted = cv2.GaussianBlur(painted, (0, 0), 2.0)
    made, trust = photo.astype(np.float32), np.zeros(SIZE, np.float32)
    made[after == Seg.UPPER] = RED
    lay_hair(made, trust, photo, painted, before, after)
    across = made[180:200, 130:160, 1].mean(axis=0)
    assert ((across > 44) & (across < 76)).sum() >= 2


def test_before_a_wall_and_beside_the_face_it_stays_the_photos() -> None:
    photo, before, after = scene(BROWN, BLACK)
    made, trust = laid(photo, before, after)
    assert np.array_equal(made[40:150], photo[40:150])
    assert (trust[40:150] == 1).all()


def test_nothing_happens_without_hair_or_top() -> None:
    photo, before, after = scene(BROWN, BLACK)
    for label in (Seg.HAIR, Seg.UPPER):
        without = np.where(before == label, Seg.BACKGROUND, before).astype(np.uint8)
        picture, trust = photo.astype(np.float32), np.ones(SIZE, np.float32)
        lay_hair(picture, trust, photo, np.zeros_like(photo), without, after)
        assert np.array_equal(picture, photo)
        assert (trust == 1).all()


def test_where_all_hair_lies_before_the_top_it_is_as_it_is_painted() -> None:
    photo, before, after = scene(BROWN, BLACK)
    before[:222][before[:222] == Seg.HAIR] = Seg.UPPER
    after = before.copy()
    painted = np.full_like(photo, 90)
    picture, trust = photo.astype(np.float32), np.ones(SIZE, np.float32)
    lay_hair(picture, trust, photo, painted, before, after)
    assert np.abs((picture * (1 - trust[..., None]) + photo * trust[..., None])[226:229, 112:128] - 90).max() < 3
