"""Pieces of a top among the hair, on an arm or behind it, are told by their colour."""

import numpy as np
import pytest

from engine.analysis.person.colours import smooth_lab
from engine.analysis.person.lost_tops import with_lost_tops
from engine.arrays import Labels, Picture
from engine.labels import Lip

HAIRS = [(40, 30, 25), (150, 100, 60), (210, 180, 130)]
TOPS = [(60, 90, 190), (200, 230, 40), (170, 30, 40)]


def noisy(picture: Picture) -> Picture:
    """As a camera sees it, always the same."""
    noise = np.random.default_rng(0).integers(-8, 9, picture.shape)
    return (picture + noise).clip(0, 255).astype(np.uint8)


def scene(hair: tuple[int, int, int], top: tuple[int, int, int]) -> tuple[Picture, Labels]:
    """Long hair down over one shoulder of a top."""
    parse = np.zeros((512, 384), dtype=np.uint8)
    parse[180:420, 80:290] = Lip.UPPER
    parse[60:180, 140:230] = Lip.FACE
    parse[30:60, 110:260] = Lip.HAIR
    parse[30:260, 100:140] = Lip.HAIR
    parse[30:150, 230:260] = Lip.HAIR
    picture = np.full((512, 384, 3), 235, dtype=np.uint8)
    for label, colour in ((Lip.UPPER, top), (Lip.FACE, (220, 170, 140)), (Lip.HAIR, hair)):
        picture[parse == label] = colour
    return noisy(picture), parse


def beside_an_arm(wall: tuple[int, int, int], top: tuple[int, int, int]) -> tuple[Picture, Labels, Labels]:
    """A top whose hem shows behind an arm too; its parse, and one that takes that piece for background."""
    parse = np.zeros((512, 384), dtype=np.uint8)
    parse[60:180, 140:230] = Lip.FACE
    parse[180:420, 80:290] = Lip.UPPER
    parse[360:420, 290:320] = Lip.UPPER
    parse[200:440, 270:292] = Lip.LEFT_ARM
    picture = np.full((512, 384, 3), wall, dtype=np.uint8)
    for label, colour in ((Lip.UPPER, top), (Lip.FACE, (220, 170, 140)), (Lip.LEFT_ARM, (215, 165, 135))):
        picture[parse == label] = colour
    lost = parse.copy()
    lost[:, 292:] = Lip.BACKGROUND
    return noisy(picture), parse, lost


@pytest.mark.parametrize("top", TOPS)
def test_a_fold_behind_an_arm_is_the_tops_before_a_plain_wall(top: tuple[int, int, int]) -> None:
    picture, parse, lost = beside_an_arm((235, 235, 235), top)
    made = with_lost_tops(smooth_lab(picture), lost)
    assert (made[364:416, 294:317] == Lip.UPPER).mean() > 0.95
    assert (made[parse == Lip.BACKGROUND] == Lip.BACKGROUND).mean() > 0.999
    assert np.array_equal(with_lost_tops(smooth_lab(picture), parse), parse)


def test_a_grey_top_before_a_grey_wall_differs_in_lightness_alone() -> None:
    picture, _, lost = beside_an_arm((235, 235, 235), (150, 150, 150))
    assert (with_lost_tops(smooth_lab(picture), lost)[364:416, 294:317] == Lip.UPPER).mean() > 0.95


def test_what_may_be_a_piece_of_trousers_of_that_colour_is_no_tops() -> None:
    picture, parse, lost = beside_an_arm((235, 235, 235), (30, 30, 34))
    rows = slice(420, 500)
    for labels in (parse, lost):
        labels[rows, 80:290] = Lip.PANTS
    picture[rows, 80:290] = (34, 32, 30)
    assert np.array_equal(with_lost_tops(smooth_lab(picture), lost), lost)


def hem_beyond_an_arm() -> tuple[Picture, Labels]:
    """A hem that goes on behind an arm, and a parse that takes that for trousers; a hand's shade further down."""
    parse = np.zeros((1024, 768), dtype=np.uint8)
    parse[160:640, 200:500], parse[640:1024, 200:560] = Lip.UPPER, Lip.PANTS
    parse[560:640, 500:560] = Lip.PANTS
    picture = np.full((1024, 768, 3), 235, dtype=np.uint8)
    picture[160:640, 200:500], picture[640:1024, 200:560] = (60, 90, 190), (120, 110, 60)
    picture[560:640, 500:560] = (60, 90, 190)
    picture[700:760, 530:545] = (70, 90, 150)
    parse[300:780, 470:520] = Lip.LEFT_ARM
    picture[300:780, 470:520] = (215, 165, 135)
    return noisy(picture), parse


def test_a_hem_goes_on_behind_an_arm_and_the_shade_of_a_hand_is_none() -> None:
    picture, parse = hem_beyond_an_arm()
    made = with_lost_tops(smooth_lab(picture), parse)
    assert (made[566:634, 524:556] == Lip.UPPER).mean() > 0.97
    assert (made[690:770, 522:556] == Lip.PANTS).all()
    assert (made[parse == Lip.LEFT_ARM] == Lip.LEFT_ARM).all()
    assert (made[parse == Lip.BACKGROUND] == Lip.BACKGROUND).mean() > 0.999


def test_a_coat_has_colours_of_its_own() -> None:
    picture, parse = hem_beyond_an_arm()
    parse[160:300, 200:240] = Lip.COAT
    assert np.array_equal(with_lost_tops(smooth_lab(picture), parse), parse)


def test_a_street_has_every_colour_and_tells_nothing() -> None:
    picture, _, lost = beside_an_arm((235, 235, 235), (60, 90, 190))
    picture[:, 320:], picture[:, :70] = (60, 90, 190), (90, 130, 70)
    assert np.array_equal(with_lost_tops(smooth_lab(picture), lost), lost)


def test_a_wall_before_which_something_stands_is_a_street() -> None:
    """Most of it is of one colour, sky or pavement; the rest has the top's colours as well as others."""
    picture, _, lost = beside_an_arm((235, 235, 235), (60, 90, 190))
    assert not np.array_equal(with_lost_tops(smooth_lab(picture), lost), lost)
    picture[300:, 370:] = (90, 130, 70)
    assert np.array_equal(with_lost_tops(smooth_lab(picture), lost), lost)


def test_a_hem_found_beyond_an_arm_tells_that_its_fold_before_the_wall_is_the_tops() -> None:
    """The fold is nearer to the trousers than to what of the top was known before."""
    picture, parse = hem_beyond_an_arm()
    wall = picture[20, 20].copy()
    picture[520:600, 560:580], parse[520:600, 560:580] = (60, 90, 190), Lip.BACKGROUND
    picture[640:, 600:] = wall
    made = with_lost_tops(smooth_lab(noisy(picture)), parse)
    assert (made[525:595, 563:577] == Lip.UPPER).mean() > 0.95


def below_arms(lower: tuple[int, int, int]) -> tuple[Picture, Labels]:
    """A top, arms across it, and what the parse calls the top down to the skirt: of this colour."""
    parse = np.zeros((512, 384), dtype=np.uint8)
    parse[100:450, 80:290], parse[450:, 80:290] = Lip.UPPER, Lip.SKIRT
    parse[300:330, 80:290] = Lip.LEFT_ARM
    picture = np.full((512, 384, 3), 235, dtype=np.uint8)
    picture[100:300, 80:290], picture[300:330, 80:290] = (220, 60, 60), (215, 165, 135)
    picture[330:450, 80:290], picture[450:, 80:290] = lower, (40, 50, 120)
    return noisy(picture), parse


def test_a_skirt_that_begins_below_folded_arms_is_no_top() -> None:
    picture, parse = below_arms((40, 50, 120))
    made = with_lost_tops(smooth_lab(picture), parse)
    assert (made[334:450, 84:286] == Lip.SKIRT).all()
    assert (made[:300] == parse[:300]).all()


def test_a_top_that_goes_on_below_folded_arms_stays_one() -> None:
    picture, parse = below_arms((220, 60, 60))
    assert (with_lost_tops(smooth_lab(picture), parse)[334:446, 84:286] == Lip.UPPER).all()
    picture, parse = below_arms((80, 170, 90))
    assert (with_lost_tops(smooth_lab(picture), parse)[334:446, 84:286] == Lip.UPPER).all(), "of a third colour"


def test_a_piece_of_a_top_that_no_skirt_adjoins_stays_one_whatever_its_colour() -> None:
    picture, parse = below_arms((40, 50, 120))
    parse[440:450, 80:290] = Lip.LEFT_ARM
    assert (with_lost_tops(smooth_lab(picture), parse)[334:436, 84:286] == Lip.UPPER).all()


def over_trousers(top: tuple[int, int, int], trousers: tuple[int, int, int]) -> tuple[Picture, Labels, Labels]:
    """A top over trousers, down to two tails; its parse, and one that takes the tails for trousers."""
    lost = np.zeros((512, 384), dtype=np.uint8)
    lost[60:180, 140:230] = Lip.FACE
    lost[180:380, 100:280] = Lip.UPPER
    lost[380:512, 100:280] = Lip.PANTS
    parse = lost.copy()
    parse[380:405, 105:170], parse[380:405, 210:275] = Lip.UPPER, Lip.UPPER
    picture = np.full((512, 384, 3), 235, dtype=np.uint8)
    for label, colour in ((Lip.UPPER, top), (Lip.FACE, (220, 170, 140)), (Lip.PANTS, trousers)):
        picture[parse == label] = colour
    return noisy(picture), parse, lost


@pytest.mark.parametrize("top", TOPS)
def test_the_tails_of_a_top_are_no_trousers(top: tuple[int, int, int]) -> None:
    picture, parse, lost = over_trousers(top, (35, 35, 60))
    made = with_lost_tops(smooth_lab(picture), lost)
    assert (made[382:401, 109:166] == Lip.UPPER).mean() > 0.95
    assert (made[parse == Lip.PANTS] == Lip.PANTS).mean() > 0.99
    assert np.array_equal(with_lost_tops(smooth_lab(picture), parse), parse)


def test_a_button_on_a_tail_goes_with_it() -> None:
    picture, parse, lost = over_trousers((200, 230, 40), (35, 35, 60))
    picture[388:394, 130:136] = (30, 30, 50)
    assert (with_lost_tops(smooth_lab(picture), lost)[384:398, 112:160] == Lip.UPPER).all()
    assert (parse[384:398, 112:160] == Lip.UPPER).all()


def test_trousers_of_the_tops_colour_and_a_belt_stay() -> None:
    picture, _, lost = over_trousers((60, 90, 190), (60, 90, 190))
    assert np.array_equal(with_lost_tops(smooth_lab(picture), lost), lost)
    picture, _, lost = over_trousers((35, 35, 60), (35, 35, 60))
    picture[384:396, 100:280] = (150, 100, 50)
    assert np.array_equal(with_lost_tops(smooth_lab(picture), lost), lost)


def test_trousers_between_a_top_and_its_cuff_stay_whatever_specks_are_on_them() -> None:
    picture, _, lost = over_trousers((200, 230, 40), (200, 230, 40))
    lost[440:470, 100:140] = Lip.UPPER
    picture[380:] = (35, 35, 60)
    picture[440:470, 100:140] = picture[400:404, 200:204] = (200, 230, 40)
    assert np.array_equal(with_lost_tops(smooth_lab(noisy(picture)), lost), lost)


def arm_in_front(top: tuple[int, int, int]) -> tuple[Picture, Labels, Labels]:
    """An arm hangs before a top, a sleeve shows beyond it; its parse, and one that takes seam and sleeve for arm."""
    parse = np.zeros((512, 384), dtype=np.uint8)
    parse[60:180, 140:230] = Lip.FACE
    parse[180:420, 80:260] = Lip.UPPER
    parse[200:300, 300:312] = Lip.UPPER
    parse[200:460, 260:300] = Lip.LEFT_ARM
    lost = parse.copy()
    lost[200:300, 300:312] = Lip.LEFT_ARM
    lost[200:420, 255:260] = Lip.LEFT_ARM
    picture = np.full((512, 384, 3), 235, dtype=np.uint8)
    for label, colour in ((Lip.UPPER, top), (Lip.FACE, (220, 170, 140)), (Lip.LEFT_ARM, (215, 165, 135))):
        picture[parse == label] = colour
    return noisy(picture), parse, lost


@pytest.mark.parametrize("top", TOPS)
def test_a_seam_and_a_sleeve_beyond_an_arm_are_no_arm(top: tuple[int, int, int]) -> None:
    picture, parse, lost = arm_in_front(top)
    made = with_lost_tops(smooth_lab(picture), lost)
    assert (made[204:296, 302:311] == Lip.UPPER).mean() > 0.95
    assert (made[204:416, 256:259] == Lip.UPPER).mean() > 0.95
    assert (made[parse == Lip.LEFT_ARM] == Lip.LEFT_ARM).mean() > 0.98
    assert np.array_equal(with_lost_tops(smooth_lab(picture), parse), parse)


def test_an_arm_whose_sleeve_has_its_colour_stays() -> None:
    picture, _, lost = arm_in_front((215, 165, 135))
    assert np.array_equal(with_lost_tops(smooth_lab(picture), lost), lost)


@pytest.mark.parametrize("top", [(20, 20, 25), *TOPS])
def test_the_rim_of_a_collar_is_no_face(top: tuple[int, int, int]) -> None:
    """It stayed as a line below the chin where the new top has no such collar."""
    picture, parse = scene((40, 30, 25), top)
    taken = parse.copy()
    taken[180:184, 150:220] = Lip.FACE  # rows of the collar
    made = with_lost_tops(smooth_lab(picture), taken)
    assert (made[181:184, 152:218] == Lip.UPPER).mean() > 0.9
    assert (made[60:176, 142:228] == Lip.FACE).all(), "the chin stays"


def test_a_shaded_chin_and_a_throat_above_a_top_stay() -> None:
    picture, parse = scene((40, 30, 25), (60, 90, 190))
    shaded = picture.copy()
    shaded[165:180, 140:230] = (165, 125, 100)
    assert np.array_equal(with_lost_tops(smooth_lab(shaded), parse), parse)
    bare, open_top = parse.copy(), picture.copy()
    bare[180:200, 140:230], open_top[180:200, 140:230] = Lip.NECK, (60, 50, 45)  # in the chin's shadow
    assert np.array_equal(with_lost_tops(smooth_lab(noisy(open_top)), bare), bare)


def test_the_rim_of_a_face_beside_hair_of_the_collars_colour_stays() -> None:
    picture, parse = scene((40, 30, 25), (40, 30, 25))
    picture[60:120, 140:144] = (40, 30, 25)
    assert (with_lost_tops(smooth_lab(picture), parse)[60:120, 140:144] == Lip.FACE).all()


def test_a_face_of_the_collars_colour_stays() -> None:
    picture, parse = scene((40, 30, 25), (215, 168, 142))
    taken = parse.copy()
    taken[180:184, 150:220] = Lip.FACE
    assert np.array_equal(with_lost_tops(smooth_lab(picture), taken), taken)
