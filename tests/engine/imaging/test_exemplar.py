"""A hole in a textured picture is filled with pieces of what lies around it; a plain one smoothly."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.blurring import blurred
from engine.imaging.exemplar import continued
from engine.imaging.filling import fill

SIZE = (512, 384)


def bricks() -> NDArray[np.float32]:
    picture = np.full((*SIZE, 3), (170, 80, 60), np.float32)
    for row in range(0, SIZE[0], 32):
        picture[row : row + 6] = 220
        for column in range(16 * (row // 32 % 2), SIZE[1], 64):
            picture[row : row + 32, column : column + 6] = 220
    return picture


def hole() -> NDArray[np.bool_]:
    where = np.zeros(SIZE, np.uint8)
    cv2.ellipse(where, (200, 250), (45, 120), 0, 0, 360, 1, -1)
    return where > 0


def test_a_wall_goes_on_behind_a_hole() -> None:
    truth, where = bricks(), hole()
    torn = np.where(where[..., None], np.float32(0), truth)
    made = continued(torn, where, ~where)
    error, smooth = (np.abs(one[where] - truth[where]).mean() for one in (made, fill(torn, ~where)))
    assert error < 0.6 * smooth
    assert made[where].std() > 0.6 * truth[where].std()  # bricks and joints, no smear
    assert np.array_equal(made[~where], torn[~where])


def test_what_is_neither_hole_nor_known_is_never_copied() -> None:
    truth, where = bricks(), hole()
    body = np.zeros(SIZE, bool)
    body[:, 245:300] = True
    torn = np.where(where[..., None], np.float32(0), truth)
    torn[body] = (0, 255, 0)
    made = continued(torn, where & ~body, ~(where | body))
    inside = cv2.erode((where & ~body).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert (made[inside][:, 1] - made[inside][:, 0] < 60).all()


def test_what_lies_there_broadly_tells_which_pieces_to_take() -> None:
    """A blue wall that begins and ends within the hole, and is seen elsewhere too."""
    truth, where = bricks(), hole()
    blue = np.zeros(SIZE, bool)
    blue[210:290, 170:230], blue[40:140, 20:140] = True, True
    truth[blue] = truth[blue][:, ::-1]
    torn = np.where(where[..., None], np.float32(0), truth)
    inner = where & blue & (np.arange(SIZE[0]) > 220)[:, None] & (np.arange(SIZE[0]) < 280)[:, None]
    guessed, told = (continued(torn, where, ~where, about)[inner] for about in (None, blurred(truth, 12.0)))
    assert (guessed[:, 2] > guessed[:, 0] + 30).mean() < 0.1
    assert (told[:, 2] > told[:, 0] + 30).mean() > 0.5
    assert told.std() > 0.6 * truth[inner].std(), "with their texture"


def test_the_same_hole_is_filled_the_same_way() -> None:
    truth, where = bricks(), hole()
    assert np.array_equal(continued(truth, where, ~where), continued(truth, where, ~where))


def test_plain_surroundings_and_pictures_with_nothing_known_come_back_smooth() -> None:
    where = hole()
    slope = np.linspace(100, 200, SIZE[0], dtype=np.float32)[:, None, None].repeat(SIZE[1], axis=1).repeat(3, axis=2)
    assert np.array_equal(continued(slope, where, ~where), fill(slope, ~where))
    assert np.array_equal(continued(bricks(), where, where & False), fill(bricks(), where & False))
    assert np.array_equal(continued(bricks(), where & False, ~where), fill(bricks(), ~where))


def test_pieces_from_elsewhere_take_the_tone_along_the_seam() -> None:
    where = hole()
    lit = np.linspace(0.5, 1.0, SIZE[1], dtype=np.float32)[None, :, None]  # one side of the wall lies in shade
    truth = bricks() * lit
    torn = np.where(where[..., None], np.float32(0), truth)
    made = continued(torn, where, ~where)
    assert np.array_equal(made[~where], torn[~where])
    rim = where & (cv2.dilate((~where).astype(np.uint8), np.ones((25, 25), np.uint8)) > 0)
    left, right = (rim & (np.arange(SIZE[1]) < 200) == side for side in (True, False))
    for part in (rim & left, rim & right):
        assert abs(made[part].mean() - truth[part].mean()) < 0.08 * truth[part].mean()


def test_a_line_that_ends_at_the_hole_does_not_glow_into_it() -> None:
    """What is far brighter than the pieces that are copied is no light."""
    rng = np.random.default_rng(0)
    wall = (rng.normal(0, 9, (256, 192, 1)) + np.array([180.0, 90.0, 80.0])).clip(0, 255).astype(np.float32)
    hole = np.zeros((256, 192), dtype=bool)
    hole[80:200, 80:120] = True
    lined = wall.copy()
    lined[144:160, 60:80] = 250
    plain, made = continued(wall, hole, ~hole), continued(lined, hole, ~hole)
    beside = (made - plain)[136:168, 80:100].mean(axis=(0, 1))
    assert np.abs(beside).max() < 12, beside


def test_what_goes_on_is_from_about_the_same_height() -> None:
    """Sky, trees and a wall behind somebody who becomes slimmer: little of one comes to lie in another."""
    body, slim = np.zeros(SIZE, np.uint8), np.zeros(SIZE, np.uint8)
    cv2.ellipse(body, (192, 330), (90, 210), 0, 0, 360, 1, -1)
    cv2.ellipse(slim, (192, 340), (60, 190), 0, 0, 360, 1, -1)
    where, wrong = (body > 0) & (slim == 0), []
    for seed in range(4):
        leaves = np.random.default_rng(seed).integers(-40, 40, (64, 48)).astype(np.float32)
        truth = np.full((*SIZE, 3), (120, 140, 180), np.float32)
        truth[170:240], truth[240:] = (110, 95, 90), (215, 205, 180)
        truth += cv2.resize(leaves, SIZE[::-1], interpolation=cv2.INTER_NEAREST)[..., None]
        made = continued(np.where(body[..., None] > 0, np.float32(0), truth), where, body == 0)
        error = np.abs(blurred(made, 6) - blurred(truth, 6)).max(axis=2)
        wrong.append((error[where] > 40).mean())
    assert np.mean(wrong) < 0.152
