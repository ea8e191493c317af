"""Ends of hair come to lie over the new garment by how much of each pixel is hair; elsewhere nothing changes."""

import cv2
import numpy as np
import pytest

from engine.arrays import Array8, BoolMask, FloatPicture, Labels
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


def place_of(ends: Ends) -> BoolMask:
    whole = np.zeros(SIZE, np.bool_)
    whole[ends.box] = ends.place
    return whole


def laid(
    photo: Array8, before: Labels, share: Array8, painted: tuple[int, int, int] = (0, 255, 255)
) -> tuple[FloatPicture, Plane, Ends]:
    """The photo with a red garment laid as the ends of hair want it, those of a generator having that colour; the trust
    in the photo then, and those ends."""
    ends = ends_of_hair(share, photo, before, before.copy())
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
    place = (slice(185, 260), slice(66, 180))
    part = share[place][..., None] / np.float32(255)
    assert np.abs(made[place] - (np.float32(hair) * part + np.float32(RED) * (1 - part))).mean() < 4
    assert np.abs(made[LOBE][6:] - RED).mean() < 24, "what a parse took for hair"
    strand = np.float32(hair) * 0.6 + np.float32(RED) * 0.4
    assert np.abs(made[STRAND] - strand).mean() < 12


def test_hair_before_a_wall_and_whole_hair_stay_the_photos() -> None:
    photo, before, share = scene(BROWN, BLACK)
    made, trust, ends = laid(photo, before, share)
    for place in ((slice(40, 140), slice(90, 150)), (slice(150, 200), slice(112, 128))):
        assert np.array_equal(made[place], photo[place])
        assert np.array_equal(ends.behind[place], before[place])
    assert (trust[40:140] == 1).all()


def test_of_a_lock_in_the_tops_colour_the_generator_paints_the_end_in_the_photos_tone() -> None:
    photo, before, share = scene((40, 34, 32), BLACK)
    made, _, ends = laid(photo, before, share, painted=(90, 20, 20))
    assert ends.alike[ends.share > 0.5].all()
    assert np.array_equal(ends.behind, before), "the parse's outline"
    assert np.abs(made[200:221, 110:130] - (40, 34, 32)).mean() < 6, "nothing is seen through it"
    assert np.array_equal(made[100:140, 104:136], photo[100:140, 104:136])
    striped = photo.copy()
    striped[214:221, 104:136] = (90, 60, 60)
    assert np.abs(laid(striped, before, share)[0][215:220, 108:132] - (40, 34, 32)).mean() < 6, "hidden"


def test_what_has_not_the_hairs_colours_is_the_generators_near_the_top() -> None:
    photo, before, share = scene(BROWN, WHITE)
    collar, ribbon = (slice(212, 221), slice(108, 132)), (slice(90, 100), slice(112, 128))
    share[LOBE] = 255
    photo[LOBE] = BROWN
    photo[collar] = photo[ribbon] = (10, 10, 160)
    made, _, _ = laid(photo, before, share)
    assert np.abs(made[collar] - BROWN).mean() < 40 < np.abs(photo[collar].astype(float) - BROWN).mean() / 2
    assert np.array_equal(made[ribbon], photo[ribbon]), "far from the top it is somebody's ribbon"


def test_a_piece_of_the_old_top_between_hair_and_wall_goes() -> None:
    """Nearest to it is the wall, and the parse calls it hair; so it does a piece of that wall, which stays."""
    photo, before, share = scene(BROWN, BLACK)
    piece, wall = (slice(150, 168), slice(66, 84)), (slice(60, 80), slice(160, 176))
    photo[piece] = BLACK
    before[150:170, 60:110] = before[wall] = Seg.HAIR
    share[piece] = share[wall] = 0
    made, trust, _ = laid(photo, before, share)
    assert not trust[152:166, 68:80].any()
    assert np.array_equal(made[wall], photo[wall])
    assert (trust[wall] == 1).all()


def test_behind_ends_of_hair_lies_what_is_nearest() -> None:
    photo, before, share = scene(BROWN, BLACK)
    after = np.where(before == Seg.UPPER, np.uint8(Seg.LEFT_ARM), before)
    ends = ends_of_hair(share, photo, before, after)
    assert ends is not None
    assert (ends.behind[220, 110:130] == Seg.LEFT_ARM).all()
    assert (ends.behind[60:150] == after[60:150]).all()


def test_no_hair_lies_behind_hair_that_the_prediction_has_too_much_of() -> None:
    photo, before, share = scene(BROWN, BLACK)
    after = np.where(cv2.dilate((before == Seg.HAIR).view(np.uint8), np.ones((9, 9), np.uint8)) > 0, Seg.HAIR, before)
    ends = ends_of_hair(share, photo, before, after.astype(np.uint8))
    assert ends is not None
    assert (ends.behind[place_of(ends) & (before == Seg.HAIR)] == Seg.UPPER).all()


@pytest.mark.parametrize("hair", [BROWN, BLACK])
def test_a_top_with_a_pattern_leaves_no_strange_hues_in_hair(hair: tuple[int, int, int]) -> None:
    photo, before, share = scene(hair, (150, 40, 150))
    striped = photo.copy()
    gap = (share > 40) & (share < 140)
    striped[::2][gap[::2]] = (60, 160, 60)
    made, _, ends = laid(striped, before, share)
    here = gap & place_of(ends)
    part = ((share[here, None] / np.float32(255)) - 0.15) / 0.7
    own = (made[here] - np.float32(RED) * (1 - part)) / part
    hue = own - own.mean(axis=1, keepdims=True)
    assert np.abs(hue - (np.float32(hair) - np.mean(hair))).mean() < 12


def test_without_hair_or_with_nothing_else_nothing_is_laid() -> None:
    photo, before, share = scene(BROWN, BLACK)
    bare = np.where(before == Seg.HAIR, np.uint8(Seg.FACE), before)
    assert ends_of_hair(share * 0, photo, bare, bare.copy()) is None
    whole = np.full_like(before, Seg.HAIR)
    assert ends_of_hair(share, photo, whole, whole.copy()) is None
