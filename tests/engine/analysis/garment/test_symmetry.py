"""A garment that is seen whole and from the front is nearly its own mirror image."""

import cv2
import numpy as np
import pytest

from engine.analysis.garment.cut_out import cut_out
from engine.analysis.garment.symmetry import is_lopsided, symmetry
from tests.rendered import rendered_pair

SIZE = (512, 384)


def mask(seed: int) -> np.ndarray:
    return rendered_pair(seed, SIZE).cloth_mask


def from_the_side(picture: np.ndarray, value: int) -> np.ndarray:
    """A garment whose belly stands out on one side, as on somebody who has turned, and whose far sleeve is hidden."""
    height, width = picture.shape[:2]
    rows, columns = np.indices((height, width), np.float32)
    to = columns + 0.2 * width * np.sin(np.pi * (rows - 0.25 * height) / (0.75 * height)) * (rows > 0.25 * height)
    made = cv2.remap(picture, to.astype(np.float32), rows, cv2.INTER_LINEAR, borderValue=(value,) * 3)
    made[:, : round(0.3 * width)][rows[:, : round(0.3 * width)] < 0.5 * height] = value
    return made


@pytest.mark.parametrize("seed", range(6))
def test_one_that_is_laid_out_is_symmetrical_and_may_hang_a_little_aslant(seed: int) -> None:
    laid_out = mask(seed)
    assert not is_lopsided(laid_out)
    turn = cv2.getRotationMatrix2D((SIZE[1] / 2, SIZE[0] / 2), 10, 0.8)
    assert not is_lopsided(cv2.warpAffine(laid_out, turn, SIZE[::-1]))
    assert not is_lopsided(np.roll(laid_out, 20, axis=1))


@pytest.mark.parametrize("seed", range(6))
def test_one_that_is_seen_from_the_side_is_not(seed: int) -> None:
    assert is_lopsided(from_the_side(mask(seed), 0))


def test_a_sleeve_that_lies_otherwise_is_no_side() -> None:
    laid_out = np.zeros(SIZE, np.uint8)
    cv2.rectangle(laid_out, (130, 120), (250, 420), 255, -1)
    cv2.line(laid_out, (140, 135), (40, 330), 255, 36)
    cv2.line(laid_out, (240, 135), (360, 180), 255, 36)
    assert not is_lopsided(laid_out)


def test_nothing_is_not_lopsided_and_a_symmetrical_plane_is_its_mirror_image() -> None:
    assert not is_lopsided(np.zeros(SIZE, np.uint8))
    plane = np.zeros((64, 64), np.float32)
    plane[10:50, 20:44] = 1
    assert symmetry(plane) == pytest.approx(1)
    plane[:, 40:] = 0
    assert symmetry(plane) == pytest.approx(1), "about its own axis"


def test_it_is_told_of_a_photo_and_leaves_doubt_enough_for_a_warning() -> None:
    photo = rendered_pair(7, SIZE).cloth
    assert "garment_lopsided" not in {one.code for one in cut_out(photo, size=SIZE).warnings}
    assert "garment_lopsided" in {one.code for one in cut_out(from_the_side(photo, 255), size=SIZE).warnings}
