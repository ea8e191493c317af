"""Ends of hair come to lie over the new garment: painted near the top, with the outline that a matte tells."""

import cv2
import numpy as np
import pytest

from engine.arrays import Array8, FloatPicture, Labels
from engine.imaging.planes import Plane
from engine.labels import Seg
from engine.tryon.hair import Ends, ends_of_hair, lay_hair

SIZE = (512, 384)
RED, BROWN, BLACK, WHITE, BLOND = (200, 40, 40), (120, 80, 50), (22, 22, 24), (232, 232, 230), (215, 180, 130)
WALL = 238
STRAND = (slice(222, 250), slice(118, 123))
LOBE = (slice(212, 222), slice(106, 134))  # the top, which the parse takes for hair


def scene(hair: tuple[int, int, int], top: tuple[int, int, int]) -> tuple[Array8, Array8, Array8]:
    """Photo, its parse, and how much is hair: down to row 212 softly over a top, where a strand goes on, and above the
    top before a wall."""
    share = np.zeros(SIZE, np.float32)
    share[40:212, 100:140] = 1
    share = np.asarray(cv2.GaussianBlur(share, (0, 0), 2), np.float32)
    share[STRAND] = 0.6
    before = np.zeros(SIZE, np.uint8)
    before[170:480, 60:320] = Seg.UPPER
    behind = np.where((before == Seg.UPPER)[..., None], np.float32(top), np.float32(WALL))
    photo = behind + (np.float32(hair) - behind) * share[..., None]
    before[(share > 0.5) & (np.arange(SIZE[0])[:, None] < 215)] = Seg.HAIR
    before[LOBE] = Seg.HAIR
    noise = np.random.default_rng(0).integers(-4, 5, photo.shape)
    return (photo + noise).clip(0, 255).astype(np.uint8), before, np.rint(share * 255).astype(np.uint8)


def laid(
    photo: Array8, before: Labels, share: Array8, painted: tuple[int, int, int] = (0, 255, 255)
) -> tuple[FloatPicture, Plane, Ends]:
    """The photo with a red garment laid as the ends of hair want it, those of a generator having that colour; the trust
    in the photo then, and those ends."""
    ends = ends_of_hair(share, before, before.copy())
    assert ends is not None
    made = np.where((ends.behind == Seg.UPPER)[..., None], np.float32(RED), photo).astype(np.float32)
    trust = (before != Seg.UPPER).astype(np.float32)
    generated = np.full((*SIZE, 3), painted, np.uint8)
    lay_hair(made, trust, photo, generated, before == Seg.HAIR, ends)
    return np.asarray(made * (1 - trust[..., None]) + photo * trust[..., None], np.float32), trust, ends


@pytest.mark.parametrize(("hair", "top"), [(BROWN, BLACK), (BROWN, WHITE), (BLOND, BLACK), (BLACK, WHITE)])
def test_the_new_garment_is_seen_through_hair_and_nothing_of_the_old_one(
    hair: tuple[int, int, int], top: tuple[int, int, int]
) -> None:
    photo, before, share = scene(hair, top)
    made, _, _ = laid(photo, before, share)
    rim = (slice(176, 206), slice(92, 148))
    part = np.clip((share[rim][..., None] / np.float32(255) - 0.15) / 0.7, 0, 1)
    assert np.abs(made[rim] - (np.float32(hair) * part + np.float32(RED) * (1 - part))).mean() < 5
    assert np.abs(made[LOBE][7:] - RED).mean() < 30, "what a parse took for hair"
    strand = made[223:225, 119:122]
    assert np.abs(strand - RED).mean() > 0.3 * np.abs(np.subtract(hair, RED)).mean(), "a strand beyond it"


def test_a_matte_that_is_far_off_changes_little() -> None:
    """Nothing of it counts far from the outline: hair has no holes there, and cloth no hair."""
    photo, before, share = scene(BROWN, WHITE)
    share[300:330, 100:140] = 255
    share[176:186, 114:126] = 0
    made, _, _ = laid(photo, before, share)
    assert np.array_equal(made[300:330, 100:140], np.broadcast_to(np.float32(RED), (30, 40, 3)))
    assert np.abs(made[178:184, 116:124] - BROWN).mean() < 8


def test_hair_before_a_wall_and_far_from_the_top_stays_the_photos() -> None:
    photo, before, share = scene(BROWN, BLACK)
    made, trust, ends = laid(photo, before, share)
    assert np.array_equal(made[40:140], photo[40:140])
    assert np.array_equal(ends.behind[40:140], before[40:140])
    assert (trust[40:140] == 1).all()


@pytest.mark.parametrize("colour", [(10, 10, 160), BLACK, WHITE])
def test_pieces_of_the_top_in_hair_are_painted_over_in_the_photos_tone(colour: tuple[int, int, int]) -> None:
    photo, before, share = scene(BROWN, WHITE)
    share[LOBE] = 255
    photo[LOBE], ribbon = BROWN, (slice(90, 100), slice(112, 128))
    photo[216:221, 110:130] = photo[ribbon] = colour
    made, _, _ = laid(photo, before, share, painted=(90, 20, 20))
    assert np.abs(made[217:220, 112:128] - BROWN).mean() < 10
    assert np.array_equal(made[ribbon], photo[ribbon]), "far from the top it is somebody's ribbon"


def test_a_rim_that_a_generator_paints_is_not_left() -> None:
    photo, before, share = scene(BROWN, BLACK)
    ends = ends_of_hair(share, before, before.copy())
    assert ends is not None
    generated = np.full((*SIZE, 3), BROWN, np.uint8)
    hair = before == Seg.HAIR
    generated[hair & (cv2.erode(hair.view(np.uint8), np.ones((5, 5), np.uint8)) == 0)] = (240, 230, 210)
    made = np.where((ends.behind == Seg.UPPER)[..., None], np.float32(RED), photo).astype(np.float32)
    lay_hair(made, np.ones(SIZE, np.float32), photo, generated, hair, ends)
    rim = (slice(180, 200), slice(92, 148))
    part = np.clip((share[rim][..., None] / np.float32(255) - 0.15) / 0.7, 0, 1)
    error = np.abs(made[rim] - (np.float32(BROWN) * part + np.float32(RED) * (1 - part))).max(axis=2)
    assert np.percentile(error, 95) < 25


def test_without_a_matte_the_parse_has_a_soft_outline() -> None:
    _, before, _ = scene(BROWN, BLACK)
    ends = ends_of_hair(None, before, before.copy())
    assert ends is not None
    rows = ends.share[190 - ends.box[0].start, 80 - ends.box[1].start : 120 - ends.box[1].start]
    assert rows[0] == 0
    assert rows[-1] == 1
    assert 2 <= ((rows > 0.05) & (rows < 0.95)).sum() <= 8


def test_behind_ends_of_hair_lies_what_is_nearest() -> None:
    _, before, share = scene(BROWN, BLACK)
    for new, lies in ((Seg.UPPER, Seg.UPPER), (Seg.BACKGROUND, Seg.BACKGROUND), (Seg.LEFT_ARM, Seg.HAIR)):
        after = np.where(before == Seg.UPPER, np.uint8(new), before)
        ends = ends_of_hair(share, before, after)
        assert ends is not None
        assert (ends.behind[221, 110:130] == lies).all(), "before skin an outline stays as the parse has it"
        assert (ends.behind[60:150] == after[60:150]).all()


def test_no_hair_lies_behind_hair_that_the_prediction_has_too_much_of() -> None:
    _, before, share = scene(BROWN, BLACK)
    after = np.where(cv2.dilate((before == Seg.HAIR).view(np.uint8), np.ones((9, 9), np.uint8)) > 0, Seg.HAIR, before)
    ends = ends_of_hair(share, before, after.astype(np.uint8))
    assert ends is not None
    place = np.zeros(SIZE, np.bool_)
    place[ends.box] = ends.place
    assert (place & (before == Seg.HAIR)).sum() > 200
    assert (ends.behind[place & (before == Seg.HAIR)] == Seg.UPPER).all()


def test_without_hair_or_with_nothing_else_nothing_is_laid() -> None:
    _, before, share = scene(BROWN, BLACK)
    bare = np.where(before == Seg.HAIR, np.uint8(Seg.FACE), before)
    assert ends_of_hair(share * 0, bare, bare.copy()) is None
    whole = np.full_like(before, Seg.HAIR)
    assert ends_of_hair(share, whole, whole.copy()) is None
