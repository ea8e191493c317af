"""Sleeves of a predicted parse that end where the garment's photo says."""

import numpy as np
import pytest

from engine.labels import Seg
from engine.pose import Joint
from engine.tryon.sleeves import with_even_sleeves
from engine.values import Sleeves
from tests.engine.category.test_sleeves import SIZE, pose, worn


def sleeves(length: float, doubt: float = 0.1) -> Sleeves:
    return Sleeves(np.array([length, doubt], np.float32))


def ends(labels: np.ndarray) -> tuple[float, float]:
    """Where the sleeves of the left and the right arm end, in bones."""
    down = [np.flatnonzero(labels[90:320, column] == Seg.UPPER) for column in (280, 100)]
    return tuple((90 + one.max() - 100) / 100 if len(one) else 0.0 for one in down)  # type: ignore[return-value]


BARE = worn(0.3, 0.3)  # the photo: short sleeves


def test_a_bare_forearm_of_the_photo_stays_bare_below_short_sleeves() -> None:
    predicted = worn(0.5, 2.0)
    made = with_even_sleeves(predicted, BARE, pose(), sleeves(0.5))
    assert ends(made) == pytest.approx((0.5, 0.7), abs=0.03), "as far as the margin, which is not told"
    assert (made[200:300, 85:115] == Seg.RIGHT_ARM).all()
    assert np.array_equal(made[:, 200:], predicted[:, 200:]), "the arm that was right"


def test_a_piece_on_a_bare_forearm_below_its_sleeve_goes() -> None:
    predicted = worn(0.5, 0.5)
    cuff = slice(210, 280), slice(85, 115)
    predicted[cuff] = Seg.UPPER
    made = with_even_sleeves(predicted, BARE, pose(), sleeves(0.5))
    assert ends(made) == pytest.approx((0.5, 0.5), abs=0.03)
    assert np.array_equal(made[cuff], BARE[cuff])


def test_a_sleeve_that_ends_too_early_goes_on() -> None:
    made = with_even_sleeves(worn(1.9, 0.6), BARE, pose(), sleeves(1.9))
    assert ends(made) == pytest.approx((1.9, 1.7), abs=0.03)
    assert (made[100:268, 85:115] == Seg.UPPER).all()


def test_a_gap_in_a_sleeve_is_closed_but_a_shoulder_that_it_leaves_bare() -> None:
    predicted = worn(1.9, 1.9)
    gap, shoulder = (slice(190, 210), slice(100, 120)), (slice(100, 125), slice(85, 115))
    predicted[gap] = predicted[shoulder] = Seg.RIGHT_ARM
    made = with_even_sleeves(predicted, BARE, pose(), sleeves(1.9))
    assert (made[gap] == Seg.UPPER).all()
    assert (made[shoulder] == Seg.RIGHT_ARM).all()


def test_a_sleeve_that_ends_a_little_early_goes_on_without_a_gap() -> None:
    made = with_even_sleeves(worn(0.3, 0.7), BARE, pose(), sleeves(0.7))
    assert (made[100:148, 265:295] == Seg.UPPER).all()
    assert ends(made) == pytest.approx((0.5, 0.7), abs=0.03)


@pytest.mark.parametrize(
    "said", [sleeves(0.5, doubt=0.6), sleeves(0.5, doubt=float("nan")), sleeves(1.7), sleeves(2.0)]
)
def test_nothing_changes_in_doubt_or_for_a_small_difference(said: Sleeves) -> None:
    predicted = worn(1.9, 1.9)
    assert np.array_equal(with_even_sleeves(predicted, BARE, pose(), said), predicted)


def test_under_an_old_sleeve_the_photo_shows_no_arm_that_could_stay() -> None:
    predicted = worn(2.0, 2.0)
    assert np.array_equal(with_even_sleeves(predicted, worn(2.0, 2.0), pose(), sleeves(0.5)), predicted)


def test_an_arm_whose_joints_are_not_found_is_left() -> None:
    predicted = worn(0.5, 2.0)
    made = with_even_sleeves(predicted, BARE, pose(Joint.RIGHT_WRIST), sleeves(0.5))
    assert np.array_equal(made, predicted)
    assert made.shape == SIZE
