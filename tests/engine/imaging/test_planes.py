"""What OpenCV does for NumPy is what NumPy would have done."""

import numpy as np
import pytest

from engine.imaging.planes import among, box_around, darkest, in_three, lightest, likeliest

RANDOM = np.random.default_rng(0)
LABELS = RANDOM.integers(0, 256, (40, 30)).astype(np.uint8)
COLOURS = RANDOM.integers(0, 256, (40, 30, 3)).astype(np.uint8)
FRACTIONS = RANDOM.random((40, 30, 3), dtype=np.float32)


@pytest.mark.parametrize("classes", [(), (3,), (0, 7, 255), np.arange(256)])
def test_sets_of_labels(classes: tuple[int, ...]) -> None:
    found = among(LABELS, classes)
    assert found.dtype == np.bool_
    assert np.array_equal(found, np.isin(LABELS, classes))


@pytest.mark.parametrize("picture", [COLOURS, FRACTIONS])
def test_least_and_greatest_colours(picture: np.ndarray) -> None:
    assert np.array_equal(darkest(picture), picture.min(axis=2))
    assert np.array_equal(lightest(picture), picture.max(axis=2))
    assert darkest(picture).dtype == lightest(picture).dtype == picture.dtype


@pytest.mark.parametrize("plane", [FRACTIONS[..., 0], LABELS, LABELS.astype(np.uint16)])
def test_a_plane_for_three_colours(plane: np.ndarray) -> None:
    assert np.array_equal(in_three(plane), np.repeat(plane[..., None], 3, axis=2))
    assert in_three(plane).dtype == plane.dtype


def test_the_first_of_the_largest() -> None:
    planes = RANDOM.integers(0, 4, (6, 40, 30)).astype(np.float32)  # many are equal
    labels, best = likeliest(enumerate(planes, start=3))
    assert np.array_equal(labels, planes.argmax(axis=0) + 3)
    assert np.array_equal(best, planes.max(axis=0))


def test_boxes() -> None:
    region = np.zeros((40, 30), np.bool_)
    assert not region[box_around(region)].size
    region[10:20, 5] = region[12, 8] = True
    assert box_around(region) == (slice(10, 20), slice(5, 9))
    assert box_around(region, 7) == (slice(3, 27), slice(0, 16))
    assert box_around(region, 7, 8) == (slice(0, 32), slice(0, 16))
