"""The clothes of a predicted parse have a smooth outline; what lies over them and thin straps stay."""

import numpy as np
import pytest

from engine.labels import Seg
from engine.tryon.parse_cleanup import (
    cleaned_parse,
    with_hair_as_seen,
    with_smooth_clothes,
    with_smooth_limbs,
    without_holes,
    without_stray_others,
)

SIZE = (1024, 768)


def worn() -> np.ndarray:
    labels = np.zeros(SIZE, np.uint8)
    labels[300:900, 200:560] = Seg.UPPER
    return labels


def over_trousers() -> np.ndarray:
    """A small one."""
    labels = np.zeros((256, 192), np.uint8)
    labels[60:180, 50:140], labels[180:250, 50:140] = Seg.UPPER, Seg.BOTTOM
    return labels


def test_teeth_of_a_hem_go_and_the_trousers_under_it_take_their_place() -> None:
    labels = worn()
    labels[900:, 200:560] = Seg.BOTTOM
    for column in range(200, 560, 16):
        labels[900:930, column : column + 7] = Seg.UPPER
        labels[870:900, column + 8 : column + 13] = Seg.BOTTOM
    made = with_smooth_clothes(labels)
    hem = np.flatnonzero(made[:, 380] == Seg.UPPER).max()
    ends = [np.flatnonzero(column == Seg.UPPER).max() for column in made[:, 230:530].T]
    assert np.ptp(ends) <= 8  # from 60
    assert abs(hem - 900) < 12
    assert set(np.unique(made[hem + 10 :, 230:530])) == {Seg.BOTTOM}


def test_hair_over_the_clothes_stays_as_it_is() -> None:
    labels = worn()
    for column in range(240, 400, 12):
        labels[300:600, column : column + 5] = Seg.HAIR
    assert np.array_equal(with_smooth_clothes(labels) == Seg.HAIR, labels == Seg.HAIR)


def test_a_strap_stays() -> None:
    labels = worn()
    labels[150:310, 300:316] = Seg.UPPER
    assert (with_smooth_clothes(labels)[170:300, 304:312] == Seg.UPPER).all()


def test_clothes_everywhere_or_nowhere_stay() -> None:
    for label in (Seg.UPPER, Seg.BACKGROUND):
        whole = np.full(SIZE, label, np.uint8)
        assert np.array_equal(with_smooth_clothes(whole), whole)


def test_a_piece_of_the_garment_that_nobody_wears_goes() -> None:
    labels = worn()
    labels[250:300, 340:420] = Seg.NECK
    labels[300:600, 650:750] = Seg.UPPER
    made = cleaned_parse(labels)
    assert (made[:, 600:] == Seg.BACKGROUND).all()
    assert (made[320:880, 220:540] == Seg.UPPER).all()


def test_a_sleeve_beyond_the_hair_is_worn() -> None:
    labels = worn()
    labels[250:300, 340:420] = Seg.NECK
    labels[300:600, 560:600], labels[300:600, 600:700] = Seg.HAIR, Seg.UPPER
    assert (cleaned_parse(labels)[320:580, 610:690] == Seg.UPPER).all()


def test_other_clothes_do_not_show_through_the_garment_but_between_it_and_an_arm() -> None:
    labels = over_trousers()
    through = labels.copy()
    through[120:132, 80:92] = Seg.BOTTOM
    assert (cleaned_parse(through)[120:132, 80:92] == Seg.UPPER).all()
    beside = labels.copy()
    beside[110:150, 120:150] = Seg.LEFT_ARM
    beside[120:140, 110:130] = Seg.BOTTOM
    assert (cleaned_parse(beside)[122:138, 112:128] == Seg.BOTTOM).all()


def test_a_hole_in_the_clothes_is_closed_where_the_photo_shows_no_wall_in_it() -> None:
    labels = worn()
    labels[900:, 200:560] = Seg.BOTTOM
    labels[250:420, 300:360] = Seg.HAIR
    holes = ((slice(700, 760), slice(300, 340)), (slice(880, 904), slice(400, 440)), (slice(380, 440), slice(340, 380)))
    wall = slice(500, 540), slice(300, 340)
    before = labels.copy()
    for hole in (*holes, wall):
        labels[hole] = Seg.BACKGROUND
    before[wall] = Seg.BACKGROUND
    made = without_holes(labels, before)
    assert all((made[hole] != Seg.BACKGROUND).all() for hole in holes)
    assert (made[wall] == Seg.BACKGROUND).all()


@pytest.mark.parametrize(("side", "closed"), [(30, True), (60, False)])
def test_a_small_hole_in_the_middle_of_an_arm_is_closed_whatever_the_photo_shows_there(side: int, closed: bool) -> None:
    labels = worn()
    labels[300:800, 560:680] = Seg.LEFT_ARM
    hole = slice(500, 500 + side), slice(600, 600 + side)
    labels[hole] = Seg.BACKGROUND
    assert (without_holes(labels, labels)[hole] == (Seg.LEFT_ARM if closed else Seg.BACKGROUND)).all()


def test_the_gap_between_arm_and_body_stays() -> None:
    labels = worn()
    labels[300:800, 560:600] = Seg.LEFT_ARM
    labels[400:700, 540:580] = Seg.BACKGROUND
    assert np.array_equal(without_holes(labels, worn()), labels)


def test_hair_grows_nowhere_and_no_sliver_of_skin_lies_beside_it() -> None:
    before = np.zeros((512, 384), np.uint8)
    before[100:400, 100:280] = Seg.UPPER
    before[60:200, 120:160] = Seg.HAIR
    predicted = before.copy()
    predicted[150:260, 160:180] = Seg.HAIR  # never seen
    predicted[200:202, 120:160] = predicted[202:204, 120:140] = Seg.NECK  # a sliver
    predicted[60:130, 180:240] = Seg.NECK
    made = with_hair_as_seen(predicted, before)
    wanted = before.copy()
    wanted[60:130, 180:240] = Seg.NECK
    assert np.array_equal(made, wanted)
    assert np.array_equal(with_hair_as_seen(before, before), before)


def test_trousers_that_hang_together_with_none_in_the_photo_are_none() -> None:
    """A piece of them beside a bare arm, where an old sleeve lay."""
    before = over_trousers()
    after = before.copy()
    after[60:200, 140:152] = Seg.LEFT_ARM
    predicted = after.copy()
    predicted[130:160, 134:144] = Seg.BOTTOM
    made = without_stray_others(predicted, before)
    assert not (made[:170] == Seg.BOTTOM).any()
    assert (made == after).mean() > 0.995
    long = after.copy()
    long[165:180, 50:140] = Seg.BOTTOM  # a shorter top shows more of them
    assert np.array_equal(without_stray_others(long, before), long)
    before[before == Seg.BOTTOM] = Seg.UPPER  # of a dress nobody knows
    assert np.array_equal(without_stray_others(predicted, before), predicted)


def test_an_arm_that_comes_to_light_has_none_of_the_old_sleeves_folds_in_its_outline() -> None:
    before, made = np.zeros(SIZE, np.uint8), np.zeros(SIZE, np.uint8)
    rows = np.arange(300, 800)
    ends = 400 + (6 * np.sin(rows / 5)).astype(int)  # a sleeve's folds
    for row, end in zip(rows, ends, strict=True):
        before[row, 300:end] = Seg.UPPER if row < 600 else Seg.RIGHT_ARM
        made[row, 300:end] = Seg.RIGHT_ARM
    smooth = with_smooth_limbs(made, before)
    found = [np.flatnonzero(row == Seg.RIGHT_ARM).max() for row in smooth[320:580]]
    assert np.ptp(found) <= 4  # from 12
    assert np.array_equal(smooth[620:], made[620:]), "what the photo shows stays"
    assert np.array_equal(with_smooth_limbs(made, made), made)
