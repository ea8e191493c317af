"""Planes given the edges of a picture, as the guided filter's paper has it."""

import cv2
import numpy as np
import pytest

from engine.arrays import Picture
from engine.imaging import guided


def noise(height: int, width: int) -> Picture:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("size", [(128, 96), (127, 95)])
def test_a_plane_is_looked_for_only_where_it_may_be(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out is what comes out of a look everywhere."""
    sharpen, plane = guided.GuidedFilter(noise(*size)), np.zeros((32, 24), dtype=np.float32)
    plane[20:, 2:8] = np.random.default_rng(1).random((12, 6), dtype=np.float32)
    sharp = sharpen(plane)
    assert sharp.max() > 0.5
    monkeypatch.setattr(guided, "_ABSENT", -1.0)
    everywhere = sharpen(plane)
    seen = everywhere > 0.02
    assert np.abs(sharp - everywhere)[seen].max() < 1e-6
    assert np.abs(sharp - everywhere).max() < 0.02


@pytest.mark.parametrize("radius", [2, 5])
def test_a_guided_filter_solves_the_regression_of_its_paper(radius: int) -> None:
    rng = np.random.default_rng(2)
    # the guide is even inside blocks of 2 x 2, so that half the size loses nothing of it
    small = cv2.GaussianBlur(rng.integers(0, 256, (32, 24, 3), dtype=np.uint8), (0, 0), 2)
    plane = rng.random((32, 24), dtype=np.float32)
    made = guided.GuidedFilter(np.repeat(np.repeat(small, 2, axis=0), 2, axis=1), radius, 1e-3)(plane)
    row, column = 16, 12  # off the border
    guide, slopes, offsets = small / 255, [], []
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            top, left = row + dy - radius, column + dx - radius
            side = 2 * radius + 1
            colours = guide[top : top + side, left : left + side].reshape(-1, 3)
            values = plane[top : top + side, left : left + side].ravel()
            spread = np.cov(colours.T, bias=True) + 1e-3 * np.eye(3)
            slope = np.linalg.solve(spread, (colours * values[:, None]).mean(0) - colours.mean(0) * values.mean())
            slopes.append(slope)
            offsets.append(values.mean() - slope @ colours.mean(0))
    exact = np.clip(np.mean(slopes, axis=0) @ guide[row, column] + np.mean(offsets), 0, 1)
    around = made[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
    assert abs(around.mean() - exact) < 0.03 * max(exact, 0.1)
