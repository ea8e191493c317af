"""What old clothes and arms leave along their outline is told from the background, and taken out of it."""

import cv2
import numpy as np
import pytest

from engine.tryon.rims import rim_share

SIZE = (512, 384)
SKIN, WALL = np.array((220, 160, 120), np.float32), np.array((90, 120, 150), np.float32)
PURE = 18 / 1024


def arm(softness: float, noise: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A photo with soft edges, its arm, and the photo without anybody."""
    inside = np.zeros(SIZE, np.bool_)
    inside[100:400, 150:220] = True
    alpha = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), softness)[..., None]
    wall = WALL + noise * np.random.default_rng(0).standard_normal((*SIZE, 1)).astype(np.float32)
    photo = alpha * SKIN + (1 - alpha) * wall
    return np.rint(photo).clip(0, 255).astype(np.uint8), inside, wall


@pytest.mark.parametrize("softness", [1.0, 2.0])
def test_without_the_arms_colour_the_rim_is_the_wall(softness: float) -> None:
    photo, inside, wall = arm(softness)
    share, added = rim_share(photo, inside, ~inside, PURE)
    beside = np.abs(photo - wall).max(axis=2) * ~inside
    left = np.abs(photo - added - wall).max(axis=2) * ~inside
    assert beside.max() > 30
    assert left.max() < 8
    assert not added[inside].any()
    assert not share[inside].any()


def test_far_from_the_outline_and_on_a_wall_of_the_same_colour_nothing_is_taken() -> None:
    photo, inside, _ = arm(1.0, noise=6)
    share, _ = rim_share(photo, inside, ~inside, PURE)
    far = cv2.distanceTransform((~inside).astype(np.uint8), cv2.DIST_L2, 3) > 6
    assert not share[far].any()
    same = np.full((*SIZE, 3), 128, np.uint8)
    assert not rim_share(same, inside, ~inside, PURE)[1].any()


def test_a_rim_beside_what_stays_is_left_to_it() -> None:
    photo, inside, _ = arm(2.0)
    upper = inside.copy()
    upper[250:] = False
    share, _ = rim_share(photo, upper, ~inside, PURE)
    assert share[200, 145:150].any()
    assert not share[300:, :].any()


def test_nobody_and_nothing_else_leave_no_rim() -> None:
    photo, inside, _ = arm(1.0)
    for goes, background in ((np.zeros_like(inside), ~inside), (inside, np.zeros_like(inside))):
        share, added = rim_share(photo, goes, background, PURE)
        assert not share.any()
        assert not added.any()
