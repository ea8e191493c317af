"""Ends of hair come to lie over the new garment by how much of each pixel is hair; elsewhere nothing changes."""

import cv2
import numpy as np
import pytest

from engine.arrays import Array8, FloatPicture
from engine.imaging.planes import Plane
from engine.labels import Seg
from engine.tryon.hair import Ends, ends_of_hair, lay_hair

SIZE = (512, 384)
RED, BROWN, BLACK, WHITE, BLOND = (200, 40, 40), (120, 80, 50), (22, 22, 24), (232, 232, 230), (215, 180, 130)
WALL = 238
STRAND = (slice(225, 250), slice(119, 122))
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


def laid(photo: Array8, before: Array8, share: Array8) -> tuple[FloatPicture, Plane, Ends]:
    """The photo with a red garment laid as the ends of hair want it; the trust in the photo then, and those ends."""
    ends = ends_of_hair(share, photo, before, before.copy())
    made = np.where((ends.behind == Seg.UPPER)[..., None], np.float32(RED), photo).astype(np.float32)
    trust = (before != Seg.UPPER).astype(np.float32)
    lay_hair(made, trust, photo, before, ends)
    return np.asarray(made * (1 - trust[..., None]) + photo * trust[..., None], np.float32), trust, ends


PAIRS = [(BROWN, BLACK), (BROWN, WHITE), (BLOND, BLACK), (BLACK, WHITE)]


@pytest.mark.parametrize(("hair", "top"), PAIRS)
def test_the_new_garment_is_seen_through_hair_and_nothing_of_the_old_one(
    hair: tuple[int, int, int], top: tuple[int, int, int]
) -> None:
    photo, before, share = scene(hair, top)
    made, _, _ = laid(photo, before, share)
    place = (slice(185, 260), slice(66, 180))
    part = share[place][..., None] / np.float32(255)
    assert np.abs(made[place] - (np.float32(hair) * part + np.float32(RED) * (1 - part))).mean() < 4
    assert np.abs(made[LOBE][6:] - RED).mean() < 24, "what a parse took for hair"
    strand = np.float32(hair) * 0.6 + np.float32(RED) * 0.4
    assert np.abs(made[STRAND] - strand).mean() < 12


def test_hair_before_a_wall_and_whole_hair_stay_the_photos() -> None:
    photo, before, share = scene(BROWN, BLACK)
    made, trust, ends = laid(photo, before, share)
    for place in ((slice(40, 150), slice(90, 150)), (slice(150, 200), slice(110, 130))):
        assert np.array_equal(made[place], photo[place])
        assert (trust[place] == 1).all()
        assert np.array_equal(ends.behind[place], before[place])


def test_a_piece_of_the_old_top_between_hair_and_wall_goes() -> None:
    """Nearest to it is the wall, and the parse calls it hair; so it does a piece of that wall, which stays."""
    photo, before, share = scene(BROWN, BLACK)
    piece, wall = (slice(150, 168), slice(66, 84)), (slice(60, 80), slice(160, 176))
    photo[piece] = BLACK
    before[150:170, 60:110] = before[wall] = Seg.HAIR
    share[piece] = share[wall] = 0
    made, trust, _ = laid(photo, before, share)
    inner = (slice(152, 166), slice(68, 80))
    assert not trust[inner].any()
    assert np.array_equal(made[wall], photo[wall])
    assert (trust[wall] == 1).all()


def test_behind_ends_of_hair_lies_what_is_nearest() -> None:
    photo, before, share = scene(BROWN, BLACK)
    after = np.where(before == Seg.UPPER, np.uint8(Seg.LEFT_ARM), before)
    ends = ends_of_hair(share, photo, before, after)
    assert (ends.behind[220, 110:130] == Seg.LEFT_ARM).all()
    assert (ends.behind[60:150] == after[60:150]).all()


def test_no_hair_lies_behind_hair_that_the_prediction_has_too_much_of() -> None:
    photo, before, share = scene(BROWN, BLACK)
    after = np.where(cv2.dilate((before == Seg.HAIR).view(np.uint8), np.ones((9, 9), np.uint8)) > 0, Seg.HAIR, before)
    ends = ends_of_hair(share, photo, before, after.astype(np.uint8))
    assert (ends.behind[ends.place & (before == Seg.HAIR)] == Seg.UPPER).all()


def test_a_top_with_a_pattern_leaves_no_strange_hues_in_hair() -> None:
    photo, before, share = scene(BROWN, (150, 40, 150))
    striped = photo.copy()
    gap = (share > 40) & (share < 140)
    striped[::2][gap[::2]] = (60, 160, 60)
    made, _, ends = laid(striped, before, share)
    lit = made[gap & ends.place]
    part = share[gap & ends.place, None] / np.float32(255)
    own = (lit - np.float32(RED) * (1 - part)) / part
    hue = own - own.mean(axis=1, keepdims=True)
    assert np.abs(hue - (np.float32(BROWN) - np.mean(BROWN))).max() < 45


def test_without_hair_or_with_nothing_else_nothing_is_laid() -> None:
    photo, before, share = scene(BROWN, BLACK)
    bare = np.where(before == Seg.HAIR, np.uint8(Seg.FACE), before)
    for labels, part in ((bare, share * 0), (np.full_like(before, Seg.HAIR), share)):
        ends = ends_of_hair(part, photo, labels, labels.copy())
        assert not ends.place.any()
        made, trust = photo.astype(np.float32), np.ones(SIZE, np.float32)
        lay_hair(made, trust, photo, labels, ends)
        assert np.array_equal(made, photo)
        assert (trust == 1).all()
