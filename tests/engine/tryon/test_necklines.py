"""Necklines run as the flow has laid them, where that is near the predicted one."""

from dataclasses import replace

import numpy as np
import pytest

from engine.arrays import BoolMask, Labels
from engine.category import UPPER
from engine.labels import Seg
from engine.tryon.necklines import with_neckline_as_laid

SIZE = (512, 384)
ROWS, COLUMNS = np.mgrid[: SIZE[0], : SIZE[1]]
CURVE = 200 - ((COLUMNS - 192) / 12) ** 2  # of the neckline, lowest in the middle


def parse(neckline: np.ndarray) -> Labels:
    """Somebody whose garment begins below a neckline."""
    made = np.zeros(SIZE, np.uint8)
    made[80:210, 150:235] = Seg.NECK
    made[30:100, 150:235] = Seg.FACE
    made[(neckline <= ROWS) & (ROWS < 450) & (COLUMNS > 90) & (COLUMNS < 294) & (ROWS > 150)] = Seg.UPPER
    made[100:240, 150:170] = Seg.HAIR
    return made


def laid(neckline: np.ndarray) -> BoolMask:
    return np.asarray((neckline <= ROWS) & (COLUMNS > 90) & (COLUMNS < 294) & (ROWS > 150) & (ROWS < 450))


@pytest.mark.parametrize("shift", [-2, 0, 4])
def test_waves_become_the_curve_that_was_laid(shift: int) -> None:
    wavy = parse(CURVE + 5 * np.sin(COLUMNS / 6) + shift)
    made = with_neckline_as_laid(wavy, laid(CURVE), UPPER)
    assert (made != wavy).any()
    assert (wavy != parse(CURVE))[:, 170:235].sum() > 100
    assert (made != parse(CURVE))[:, 170:235].sum() < 40, "all but the sharpest corners"
    assert np.array_equal(made == Seg.BACKGROUND, wavy == Seg.BACKGROUND), "shoulders are not the neck's"


def test_hair_arms_and_what_is_far_from_the_neck_stay() -> None:
    wavy = parse(CURVE + 5 * np.sin(COLUMNS / 6))
    wavy[210:400, 92:130] = Seg.RIGHT_ARM
    front = laid(CURVE)
    front[330:] = False
    made = with_neckline_as_laid(wavy, front, UPPER)
    for label in (Seg.HAIR, Seg.RIGHT_ARM, Seg.FACE):
        assert np.array_equal(made == label, wavy == label)
    assert np.array_equal(made[260:], wavy[260:])


@pytest.mark.parametrize("shift", [-40, 24])
def test_a_neckline_far_from_the_predicted_one_is_in_doubt(shift: int) -> None:
    wavy = parse(CURVE + 5 * np.sin(COLUMNS / 6))
    assert np.array_equal(with_neckline_as_laid(wavy, laid(CURVE + shift), UPPER), wavy)


def test_pieces_in_the_middle_of_the_other_stay_what_they_are() -> None:
    smooth, front = parse(CURVE), laid(CURVE)
    front[166:180, 190:204] = True  # on the neck
    front[212:218, 190:196] = False  # in the garment
    made = with_neckline_as_laid(smooth, front, UPPER)
    assert np.array_equal(made[:, 176:], with_neckline_as_laid(smooth, laid(CURVE), UPPER)[:, 176:])
    assert (made[166:180, 190:204] == Seg.NECK).all()
    assert (made[212:218, 190:196] == Seg.UPPER).all()


def test_no_sliver_of_a_neck_is_left_between_hair_and_garment() -> None:
    smooth = parse(CURVE)
    smooth[140:240, 170:200] = Seg.UPPER  # the garment comes up beside the hair but for a sliver
    front = laid(CURVE) | (smooth == Seg.UPPER)
    smooth, front = (one.repeat(2, axis=0).repeat(2, axis=1) for one in (smooth, front))
    sliver = (slice(280, 380), slice(340, 345))
    smooth[sliver], front[sliver] = Seg.NECK, False
    made = with_neckline_as_laid(smooth, front, UPPER)
    assert not (made[320:370, 340:345] == Seg.NECK).any()


def test_no_arch_of_a_neck_is_left_over_a_strap() -> None:
    smooth = parse(CURVE)
    smooth[:176, 245:294] = Seg.BACKGROUND
    smooth[170:200, 235:250] = Seg.NECK
    front = laid(CURVE)
    front[:181, 245:294] = front[170:200, 235:250] = False
    made = with_neckline_as_laid(smooth, front, UPPER)
    assert (made[176:180, 252:290] == Seg.UPPER).all()


def test_strings_before_the_neck_are_no_neckline() -> None:
    smooth, front = parse(CURVE), laid(CURVE)
    front[150:200, 205:209] = True
    made = with_neckline_as_laid(smooth, front, UPPER)
    assert np.array_equal(made[:180], with_neckline_as_laid(smooth, laid(CURVE), UPPER)[:180])


def test_without_a_neck_or_a_garment_or_for_one_without_a_neckline_nothing_changes() -> None:
    wavy, front = parse(CURVE + 5 * np.sin(COLUMNS / 6)), laid(CURVE)
    for labels in (np.where(wavy == one, np.uint8(0), wavy) for one in (Seg.NECK, Seg.UPPER)):
        assert np.array_equal(with_neckline_as_laid(labels, front, UPPER), labels)
    assert np.array_equal(with_neckline_as_laid(wavy, front, replace(UPPER, neckline=False)), wavy)
