"""The inside of a garment's back below its front's hem is none of what is worn; anything else at its lower end is."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.analysis.garment.back_hem import without_back
from engine.analysis.garment.cut_out import cut_out

SIZE = (400, 300)
LEFT, RIGHT, TOP, HEM = 80, 220, 60, 330
FRONT = np.array((90, 120, 160), np.float32)


def crescent(deep: int = 26) -> NDArray[np.int64]:
    """Rows of a hem that hangs lower in the middle, for the columns of the body."""
    across = np.linspace(-1, 1, RIGHT - LEFT)
    return (HEM + deep * np.sqrt(1 - across**2)).round().astype(np.int64)


def laid_out(below: float = 0.7, deep: int = 26) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A photo on white and the mask of a garment whose back, so much darker than its front, is seen below that."""
    photo, mask = np.full((*SIZE, 3), 255, np.float32), np.zeros(SIZE, np.uint8)
    photo[TOP:HEM, LEFT:RIGHT], mask[TOP:HEM, LEFT:RIGHT] = FRONT, 255
    photo[TOP : TOP + 70, 40:260], mask[TOP : TOP + 70, 40:260] = FRONT, 255  # sleeves
    for column, row in zip(range(LEFT, RIGHT), crescent(deep), strict=True):
        photo[HEM:row, column], mask[HEM:row, column] = below * FRONT, 255
    noise = np.random.default_rng(0).normal(0, 1.5, photo.shape)
    return (photo + noise).clip(0, 255).astype(np.uint8), mask


@pytest.mark.parametrize("below", [0.7, 1.3])
def test_the_back_is_taken_away_be_it_darker_or_lighter(below: float) -> None:
    photo, mask = laid_out(below)
    made = without_back(photo, mask)
    assert np.array_equal(made[: HEM - 4], mask[: HEM - 4])
    assert not made[HEM + 4 :].any()
    assert mask[HEM + 4 :].any()


def test_of_one_cloth_nothing_is_taken_away() -> None:
    photo, mask = laid_out(1.0)
    assert np.array_equal(without_back(photo, mask), mask)
    photo, mask = laid_out(deep=0)
    assert np.array_equal(without_back(photo, mask), mask)


def test_stripes_and_prints_hide_a_hem() -> None:
    photo, mask = laid_out()
    striped = photo.copy()
    striped[(np.arange(SIZE[0]) % 24 < 12)[:, None] & (mask > 0)] //= 2
    assert np.array_equal(without_back(striped, mask), mask)
    faintly = photo.copy()
    faintly[(np.arange(SIZE[0]) % 24 < 12)[:, None] & (mask > 0)] -= 20
    faintly[HEM:] //= 3
    assert np.array_equal(without_back(faintly, mask), mask), "be it as clear as it may"
    blots = np.kron(np.random.default_rng(1).integers(40, 200, (20, 15, 3)), np.ones((20, 20, 1))).astype(np.uint8)
    assert np.array_equal(without_back(np.where(mask[..., None] > 0, blots, 255).astype(np.uint8), mask), mask)


def test_what_is_dark_along_half_of_a_hem_is_no_back() -> None:
    photo, mask = laid_out(1.0)
    photo[HEM - 4 :, LEFT : LEFT + 60] //= 2
    assert np.array_equal(without_back(photo, mask), mask)
    photo, mask = laid_out(1.0)
    for column in range(LEFT, RIGHT):  # a zigzag of the print
        photo[HEM - 10 - abs(column % 20 - 10) * 2 : HEM + 30, column] //= 2
    assert np.array_equal(without_back(photo, mask), mask)


@pytest.mark.parametrize("mask", [np.zeros(SIZE, np.uint8), np.full(SIZE, 255, np.uint8)])
def test_nothing_and_everything_stay_as_they_are(mask: NDArray[np.uint8]) -> None:
    photo, _ = laid_out()
    assert np.array_equal(without_back(photo[:0, :0], mask[:0, :0]), mask[:0, :0])
    assert without_back(photo, mask)[:200].tolist() == mask[:200].tolist()


def test_a_thin_or_small_thing_has_no_back() -> None:
    photo, _ = laid_out()
    for place in (np.s_[100:300, 150:152], np.s_[100:104, 150:154], np.s_[399:, :], np.s_[:1, :1]):
        mask = np.zeros(SIZE, np.uint8)
        mask[place] = 255
        assert without_back(photo, mask).shape == SIZE


def test_a_garment_that_is_cut_out_ends_at_its_fronts_hem() -> None:
    photo, mask = laid_out()
    garment = cut_out(photo, size=(512, 384))
    rows = np.flatnonzero((garment.mask > 127).any(axis=1))
    columns = np.flatnonzero((garment.mask > 127).any(axis=0))
    wide = 260 - 40
    assert len(rows) / len(columns) == pytest.approx((HEM - TOP) / wide, rel=0.03)
    assert (mask.any(axis=1).sum() / wide) > 1.1 * (HEM - TOP) / wide - 0.01
