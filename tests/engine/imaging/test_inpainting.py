"""Lines and shades go on behind a hole; what is plain is filled smoothly."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.filling import fill
from engine.imaging.inpainting import continued

SIZE = (512, 384)


def street() -> NDArray[np.float32]:
    """Sky, trees and a wall with lines, one above the other."""
    picture = np.full((*SIZE, 3), (215, 225, 240), np.float32)
    picture[170:260], picture[260:] = (60, 80, 50), (190, 170, 150)
    picture[340:352] = (40, 40, 60)
    return picture


def band() -> NDArray[np.bool_]:
    """What a wide sleeve leaves beside an arm."""
    where = np.zeros(SIZE, bool)
    where[60:460, 180:220] = True
    return where


def test_what_lies_on_both_sides_of_a_hole_goes_on_in_it() -> None:
    truth, where = street(), band()
    torn = np.where(where[..., None], np.float32(0), truth)
    made = continued(torn, where, ~where)
    error, smooth = (np.abs(one[where] - truth[where]).mean() for one in (made, fill(torn, ~where)))
    assert error < 0.6 * smooth
    assert np.array_equal(made[~where], torn[~where])


def test_beside_somebody_it_goes_on_from_the_other_side_alone() -> None:
    truth, where = street(), band()
    body = np.zeros(SIZE, bool)
    body[40:, 220:300] = True
    torn = np.where((where | body)[..., None], np.float32((0, 255, 0)), truth)
    made = continued(torn, where, ~(where | body))
    near = where & (np.arange(SIZE[1]) < 196)
    assert np.abs(made[near] - truth[near]).mean() < 8
    inner = cv2.erode(where.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert (made[inner][:, 1] - made[inner][:, 0] < 60).all(), "nothing of the body"


def test_the_same_hole_is_filled_the_same_way() -> None:
    truth, where = street(), band()
    assert np.array_equal(continued(truth, where, ~where), continued(truth, where, ~where))


def test_plain_surroundings_and_pictures_with_nothing_known_come_back_smooth() -> None:
    where = band()
    slope = np.linspace(100, 200, SIZE[0], dtype=np.float32)[:, None, None].repeat(SIZE[1], axis=1).repeat(3, axis=2)
    assert np.array_equal(continued(slope, where, ~where), fill(slope, ~where))
    assert np.array_equal(continued(street(), where, where & False), fill(street(), where & False))
    assert np.array_equal(continued(street(), where & False, ~where), fill(street(), ~where))
