"""Raised sleeves: the body stays as it is, the sleeves leave its side, and nothing else is touched."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.data.sample import Sample
from engine.data.sleeve_pose import swung
from engine.pose import Pose

SIZE = (256, 192)
BODY, SLEEVE = (40, 90, 160), (200, 60, 30)


def garment(sleeve: int) -> Sample:
    """A top whose sleeves hang beside it, `sleeve` pixels long, sewn on over 50 pixels."""
    cloth, mask = np.full((*SIZE, 3), 255, np.uint8), np.zeros(SIZE, np.uint8)
    for left, right in ((34, 56), (136, 158)):
        cv2.rectangle(mask, (left, 30), (right, 30 + sleeve), 255, -1)
        cv2.rectangle(cloth, (left, 30), (right, 30 + sleeve), SLEEVE, -1)
    for picture, colour in ((mask, (0,)), (cloth, (255, 255, 255))):  # between body and sleeve, below the armpit
        cv2.rectangle(picture, (52, 80), (56, 256), colour, -1)
        cv2.rectangle(picture, (136, 80), (140, 256), colour, -1)
    cv2.rectangle(mask, (57, 30), (135, 200), 255, -1)
    cv2.rectangle(cloth, (57, 30), (135, 200), BODY, -1)
    return Sample("p", "g", cloth, cloth, mask, np.zeros(SIZE, np.uint8), Pose(np.zeros((25, 3), np.float32), SIZE))


def like(picture: NDArray[np.uint8], colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    return np.asarray(np.abs(picture.astype(int) - colour).max(axis=2) < 30)


def test_long_sleeves_are_spread_and_the_body_keeps_its_shape() -> None:
    before = garment(170)
    after = swung(before, 60, 60)
    rows, columns = np.nonzero(after.cloth_mask)
    assert columns.min() > 0  # all of it is in the picture
    assert columns.max() < SIZE[1] - 1
    was = np.ptp(np.nonzero(before.cloth_mask)[1]) / np.ptp(np.nonzero(before.cloth_mask)[0])
    assert np.ptp(columns) / np.ptp(rows) > 1.7 * was
    body = like(after.cloth, BODY)
    height, width = np.ptp(np.nonzero(body)[0]) + 1, np.ptp(np.nonzero(body)[1]) + 1
    assert height / width == pytest.approx(171 / 79, rel=0.05)
    assert like(after.cloth, SLEEVE).sum() > 0.5 * body.sum() * like(before.cloth, SLEEVE).sum() / (171 * 79)


def test_mask_and_picture_stay_together() -> None:
    after = swung(garment(170), 75, 10)
    white = (after.cloth == 255).all(axis=2)
    assert np.array_equal(white, after.cloth_mask == 0)


def test_short_sleeves_and_what_has_none_stay() -> None:
    for sample in (garment(60), garment(0)):
        assert swung(sample, 60, 60) is sample
    empty = garment(170)
    empty.cloth_mask[:] = 0
    assert swung(empty, 60, 60) is empty


@pytest.mark.parametrize("width", [1, 2, 4, 7, 192])
def test_masks_that_fill_the_picture_are_no_fault(width: int) -> None:
    cloth, mask = np.zeros((64, width, 3), np.uint8), np.full((64, width), 255, np.uint8)
    mask[40:, 0] = 0
    sample = Sample("p", "g", cloth, cloth, mask, mask, Pose(np.zeros((25, 3), np.float32), (64, width)))
    assert swung(sample, 70, 70).cloth_mask.any()
