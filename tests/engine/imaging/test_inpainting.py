"""Lines and shades go on behind a hole from where they are known; further inside what was filled tells half."""

import numpy as np
from numpy.typing import NDArray

from engine.imaging.colour_bleed import distance_from
from engine.imaging.inpainting import with_seam

SIZE = (512, 384)
GREY = np.float32(128)


def street() -> NDArray[np.float32]:
    """Sky, trees and a wall with lines, one above the other."""
    picture = np.full((*SIZE, 3), (215, 225, 240), np.float32)
    picture[170:260], picture[260:] = (60, 80, 50), (190, 170, 150)
    picture[340:352] = (40, 40, 60)
    return picture


def hole() -> NDArray[np.bool_]:
    where = np.zeros(SIZE, bool)
    where[60:460, 160:260] = True
    return where


def test_what_lies_beside_a_hole_goes_on_in_it_and_further_inside_it_is_mixed_with_what_was_filled() -> None:
    truth, where = street(), hole()
    filled = np.where(where[..., None], GREY, truth)
    made = with_seam(filled, where, ~where)
    inside = distance_from(~where)
    beside = where & (inside < 4) & (np.arange(SIZE[0]) > 80)[:, None] & (np.arange(SIZE[0]) < 440)[:, None]
    assert np.abs(made - truth)[beside].mean() < 0.15 * np.abs(filled - truth)[beside].mean()
    other = np.where(where[..., None], GREY + 40, truth)
    changed = (with_seam(other, where, ~where) - made)[where & (inside > 13)]
    assert np.allclose(changed, 20, atol=0.01), "half of it, which tells as much as what goes on"
    assert np.array_equal(made[~where], truth[~where])
    along = np.abs(np.diff(made[200, 158:180, 0]))
    assert along.max() < 30, "and there is no seam anywhere"


def test_of_somebody_beside_it_nothing_goes_on() -> None:
    truth, where = street(), hole()
    body = np.zeros(SIZE, bool)
    body[40:, 260:330] = True
    torn = np.where(body[..., None], np.float32((0, 255, 0)), np.where(where[..., None], GREY, truth))
    made = with_seam(torn, where, ~(where | body))
    assert np.array_equal(made[body], torn[body])
    assert (made[where][:, 1] - made[where][:, 0] < 40).all()


def test_without_a_hole_or_where_nothing_is_known_nothing_changes() -> None:
    truth, where = street(), hole()
    assert np.array_equal(with_seam(truth, where & False, ~where), truth)
    assert np.array_equal(with_seam(truth, where, where & False), truth)


def test_the_same_hole_goes_on_the_same_way() -> None:
    truth, where = street(), hole()
    assert np.array_equal(with_seam(truth, where, ~where), with_seam(truth, where, ~where))
