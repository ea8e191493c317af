"""Along hair over a top, what is neither takes the new garment's colour, and ends beyond the parse's stay."""

import cv2
import numpy as np
import pytest

from engine.arrays import Array8, FloatPicture
from engine.imaging.colour_bleed import shrunk_mask
from engine.labels import Seg
from engine.tryon.hair import lay_hair

SIZE = (512, 384)
RED = (200, 40, 40)
BROWN, BLACK, WHITE = (120, 80, 50), (22, 22, 24), (232, 232, 230)
LOBE = slice(222, 236), slice(106, 134)  # the top, which the parse takes for hair
STRAND = slice(236, 243), slice(118, 122)  # and hair, which it takes for the top


def scene(hair: tuple[int, int, int], top: tuple[int, int, int]) -> tuple[Array8, Array8, Array8]:
    """Photo, its parse and that of the new garment: hair down to row 222 over a top, a strand of it down to row 243."""
    before = np.zeros(SIZE, np.uint8)
    before[170:480, 60:320] = Seg.UPPER
    before[60:170, 140:240] = Seg.FACE
    before[40:222, 100:140] = Seg.HAIR
    photo = np.full((*SIZE, 3), 235, np.uint8)
    for label, colour in ((Seg.UPPER, top), (Seg.FACE, (220, 170, 140)), (Seg.HAIR, hair)):
        photo[before == label] = colour
    photo[222:243, STRAND[1]] = hair
    before[LOBE] = Seg.HAIR
    noise = np.random.default_rng(0).integers(-5, 6, photo.shape)
    return (photo + noise).clip(0, 255).astype(np.uint8), before, before.copy()


def laid(photo: Array8, before: Array8, after: Array8) -> tuple[FloatPicture, FloatPicture]:
    """The photo with a red garment cut out along the parse, then with strands; and the trust in the photo then."""
    cloth = np.full(photo.shape, RED, np.float32)
    garment = after == Seg.UPPER
    made = np.where(garment[..., None], cloth, photo).astype(np.float32)
    left = (~garment).astype(np.float32)
    lay_hair(made, left, photo, photo, cloth, before, after)
    return np.asarray(made * (1 - left[..., None]) + photo * left[..., None], np.float32), left


def red(place: FloatPicture) -> float:
    """Share of pixels (..., 3) that are nearly the new garment's."""
    return float((np.abs(place - RED).max(axis=-1) < 30).mean())


@pytest.mark.parametrize(("hair", "top"), [(BROWN, WHITE), (BLACK, WHITE), (BLACK, (90, 120, 200))])
def test_pieces_of_the_top_go_and_strands_stay(hair: tuple[int, int, int], top: tuple[int, int, int]) -> None:
    photo, before, after = scene(hair, top)
    made, trust = laid(photo, before, after)
    assert red(made[224:234, 107:115]) > 0.95
    assert red(made[224:234, 125:133]) > 0.95
    assert np.abs(made[STRAND] - hair).mean() < 30
    high = slice(60, 205), slice(104, 136)
    assert np.array_equal(made[high], photo[high])
    assert (trust[high] == 1).all()
    assert red(made[260:470, 64:316]) == 1.0


@pytest.mark.parametrize(("hair", "top"), [(BLACK, (30, 28, 30)), (BROWN, (118, 84, 56))])
def test_hair_of_the_tops_colour_is_left(hair: tuple[int, int, int], top: tuple[int, int, int]) -> None:
    photo, before, after = scene(hair, top)
    made, _ = laid(photo, before, after)
    inner = shrunk_mask(before == Seg.HAIR, 10)
    assert np.abs(made - photo)[inner].max() < 12
    assert red(made[260:470, 64:316]) == 1.0


def test_before_a_darker_top_hair_ends_as_the_generator_paints_it_in_the_photos_tone() -> None:
    photo, before, after = scene(BROWN, BLACK)
    cloth, painted = np.full(photo.shape, RED, np.float32), photo.copy()
    painted[before == Seg.HAIR] = (150, 100, 60)  # in another light, whatever lies between the strands
    made = np.where((after == Seg.UPPER)[..., None], cloth, photo).astype(np.float32)
    trust = (after != Seg.UPPER).astype(np.float32)
    lay_hair(made, trust, photo, painted, cloth, before, after)
    shown = made * (1 - trust[..., None]) + photo * trust[..., None]
    assert np.abs(shown[224:234, 107:133] - BROWN).mean() < 25, "nothing of the top is left among it"
    assert np.abs(shown[60:155, 104:136] - photo[60:155, 104:136]).max() < 1
    assert red(shown[260:470, 64:316]) == 1.0
    assert np.abs(np.diff(shown[195:222, 110:130].mean(axis=(1, 2)))).max() < 6, "and no line lies across it"


def test_hair_over_a_top_with_a_pattern_stays() -> None:
    photo, before, after = scene(BROWN, BLACK)
    stripes = (np.arange(SIZE[0]) // 6 % 2 == 0)[:, None] & (before == Seg.UPPER)
    photo[stripes] = WHITE
    made, _ = laid(photo, before, after)
    inner = shrunk_mask(before == Seg.HAIR, 12) & (np.arange(SIZE[0]) < 205)[:, None]
    assert np.abs(made - photo)[inner].max() < 12
    assert red(made[260:470, 64:316]) == 1.0


def test_dots_beside_the_hair_are_no_strands() -> None:
    photo, before, after = scene(BROWN, WHITE)
    dots = [(slice(row, row + 5), slice(144, 149)) for row in (180, 200)]
    for dot in dots:
        photo[dot] = BLACK
    made, _ = laid(photo, before, after)
    assert all(red(made[dot]) == 1.0 for dot in dots)
    assert np.abs(made[STRAND] - BROWN).mean() < 30


def test_strands_end_softly() -> None:
    photo, before, after = scene(BROWN, WHITE)
    made, _ = laid(cv2.GaussianBlur(photo, (0, 0), 3), before, after)
    steps = np.abs(np.diff(made[180:200, 130:160].mean(axis=0), axis=0)).max(axis=1)
    assert steps[steps > 1][-1] < 10 < steps.max()


def test_where_the_new_neckline_is_lower_there_is_skin_below_the_hair() -> None:
    photo, before, after = scene(BROWN, WHITE)
    photo[170:250, 140:240] = WHITE
    after[170:270, 60:320] = np.where(after[170:270, 60:320] == Seg.UPPER, Seg.NECK, after[170:270, 60:320])
    cloth = np.full(photo.shape, RED, np.float32)
    skin = np.full(photo.shape, (220, 170, 140), np.float32)
    picture = np.where((after == Seg.UPPER)[..., None], cloth, np.where((after == Seg.NECK)[..., None], skin, photo))
    made = picture.astype(np.float32)
    lay_hair(made, np.ones(SIZE, np.float32), photo, photo, cloth, before, after)
    assert np.abs(made[224:234, 107:115] - skin[0, 0]).mean() < 25


def test_hair_that_hangs_above_a_shoulder_has_the_wall_behind_it_and_not_the_garment() -> None:
    photo, before, after = scene(BROWN, WHITE)
    above = slice(130, 170), slice(62, 100)
    before[above] = after[above] = Seg.HAIR
    photo[above] = BROWN
    photo[156:168, 62:72] = 235  # the wall between two strands, which the parse takes for hair
    made, _ = laid(photo, before, after)
    assert made[156:168, 62:72, 1].mean() > 200  # 190 with the red garment's share alone


def test_skin_beside_the_hair_that_is_covered_leaves_no_rim() -> None:
    photo, before, after = scene(BROWN, WHITE)
    skin = (220, 170, 140)
    photo[170:220, 140:240], before[170:220, 140:240] = skin, Seg.NECK
    photo[170:220, 136:140] = skin  # where the parse still says hair
    after[before == Seg.NECK] = Seg.UPPER
    made, _ = laid(photo, before, after)
    assert red(made[178:212, 137:139]) > 0.7


def test_an_edge_of_the_top_on_a_shoulder_is_no_strand() -> None:
    photo, before, after = scene(BROWN, BLACK)
    photo[170:300, 60:106], before[170:300, 60:100] = (220, 170, 140), Seg.RIGHT_ARM  # a shoulder, covered now
    photo[222:300, 98:106] = BLACK  # where the parse still says skin, below the hair's end
    before[222:300, 60:103] = Seg.RIGHT_ARM
    made, _ = laid(photo, before, after)
    assert red(made[226:240, 90:104]) > 0.95


def test_nothing_happens_without_hair_or_top() -> None:
    photo, before, after = scene(BROWN, BLACK)
    for label in (Seg.HAIR, Seg.UPPER):
        without = np.where(before == label, Seg.BACKGROUND, before).astype(np.uint8)
        picture, trust = photo.astype(np.float32), np.ones(SIZE, np.float32)
        lay_hair(picture, trust, photo, photo, np.zeros_like(picture), without, after)
        assert np.array_equal(picture, photo)
        assert (trust == 1).all()


def test_hair_before_a_vivid_top_takes_no_colour_that_hair_has_nowhere() -> None:
    """Taken away from brown, much pink leaves green."""
    photo, before, after = scene(BROWN, (224, 20, 140))
    mixed = 0.5 * np.array(BROWN) + 0.5 * np.array((224, 20, 140)) + (-20, 45, -20)  # lighter and yellower ends
    photo[LOBE[0], 108:132:3] = mixed.astype(np.uint8)
    made, _ = laid(photo, before, after)
    near = made[215:250, 95:145]
    assert (near[..., 1] - near[..., 0]).max() < 5
