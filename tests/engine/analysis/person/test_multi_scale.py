"""Several looks laid into one, and the frame of somebody seen down to the feet."""

import numpy as np
import pytest

from engine.analysis.common.estimators import Estimate
from engine.analysis.person.multi_scale import survey
from engine.analysis.person.portrait import portrait_box
from engine.imaging.components import without_islands
from engine.imaging.framing import Framed, frame
from engine.labels import Lip
from engine.pose import Pose
from engine.pose.skeleton import Joint

CELLS = (64, 48)


class Dots:
    """Sees the brightest pixel of a picture as every joint, and whatever is bright as a top."""

    def __init__(self, maps: bool = True) -> None:
        self.looks, self.maps = 0, maps

    def estimate(self, picture: np.ndarray) -> Estimate:
        self.looks += 1
        rows, columns = (
            np.arange(side) * length // side for side, length in zip(CELLS, picture.shape[:2], strict=True)
        )
        heights = (picture.shape[0] // CELLS[0], picture.shape[1] // CELLS[1])
        tiles = picture[: CELLS[0] * heights[0], : CELLS[1] * heights[1], 0].reshape(CELLS[0], heights[0], CELLS[1], -1)
        seen = (tiles.mean(axis=(1, 3)) / 255).astype(np.float32)
        y, x = np.unravel_index(seen.argmax(), seen.shape)
        keypoints = np.tile(np.array([columns[x], rows[y], 0.5], np.float32), (25, 1))
        planes = np.zeros((20, *CELLS), np.float32)
        planes[0], planes[Lip.UPPER] = 1 - seen, seen
        outer = np.stack([1 - seen, seen, np.zeros_like(seen)])
        return Estimate(planes, keypoints, np.tile(seen, (25, 1, 1)) if self.maps else None, outer)


def photo_with_dot(x: int, y: int) -> np.ndarray:
    photo = np.zeros((1200, 1000, 3), np.uint8)
    photo[y - 12 : y + 13, x - 12 : x + 13] = 255
    return photo


def looked(photo: np.ndarray, framed: Framed, dots: Dots) -> Estimate:
    whole = frame(photo, (512, 384), (0, 0, 900, 1200))
    return survey(photo, framed, dots, lambda one: one.image, (whole, Dots(dots.maps).estimate(whole.image)))


@pytest.mark.parametrize("place", [(500, 600), (430, 420), (610, 700)])
def test_what_all_looks_see_stays_in_its_place(place: tuple[int, int]) -> None:
    photo, dots = photo_with_dot(*place), Dots()
    framed = frame(photo, (512, 384), (320, 340, 680, 820))
    estimate = looked(photo, framed, dots)
    assert dots.looks == 5
    assert np.abs(estimate.keypoints[0, :2] - framed.to_frame(place)).max() < 4
    planes = estimate.parse_probabilities
    assert np.abs(planes.sum(axis=0) - 1).max() < 1e-4
    y, x = np.unravel_index(planes[Lip.UPPER].argmax(), planes.shape[1:])
    scale = 512 / planes.shape[1]
    assert np.abs(np.array([x + 0.5, y + 0.5]) * scale - framed.to_frame(place)).max() < 16


@pytest.mark.parametrize("maps", [True, False])
def test_what_is_worn_over_a_top_is_seen_in_the_frame_itself(maps: bool) -> None:
    photo, dots = photo_with_dot(500, 600), Dots(maps)
    framed = frame(photo, (512, 384), (320, 340, 680, 820))
    outer = looked(photo, framed, dots).outer
    assert outer is not None
    assert np.array_equal(outer, dots.estimate(framed.image).outer)


def test_the_whole_person_says_where_what_others_do_not_see_is() -> None:
    """Whatever of a person the near looks miss; the parse stays theirs."""
    photo, near = photo_with_dot(500, 600), Dots()
    framed = frame(photo, (512, 384), (320, 340, 680, 820))
    whole = frame(photo, (512, 384), (0, 0, 900, 1200))
    blind = np.zeros_like(photo)
    seen = survey(
        blind, frame(blind, (512, 384), framed.box), near, lambda one: one.image, (whole, near.estimate(whole.image))
    )
    assert np.abs(seen.keypoints[Joint.LEFT_ELBOW, :2] - framed.to_frame((500, 600))).max() < 8
    assert seen.keypoints[Joint.LEFT_ELBOW, 2] > 0
    assert not seen.parse_probabilities[Lip.UPPER].any()


def test_a_frame_that_fills_its_photo_is_looked_at_once() -> None:
    photo, dots = photo_with_dot(400, 500), Dots()
    looked(photo, Framed(photo[:, :900], (0, 0, 900, 1200), (1200, 1000)), dots)
    assert dots.looks == 1


def test_an_estimator_without_maps_keeps_its_joints() -> None:
    photo, dots = photo_with_dot(500, 600), Dots(maps=False)
    framed = frame(photo, (512, 384), (320, 340, 680, 820))
    expected = Dots().estimate(framed.image).keypoints
    np.testing.assert_array_equal(looked(photo, framed, dots).keypoints, expected)


def pose(hip: float) -> Pose:
    keypoints = np.zeros((25, 3), np.float32)
    keypoints[Joint.NECK] = (200, 150, 1)
    keypoints[[Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER]] = [(150, 150, 1), (250, 150, 1)]
    keypoints[Joint.MID_HIP] = (200, hip, 1)
    return Pose(keypoints, (800, 400))


def test_feet_say_where_the_hips_are() -> None:
    """Hips seen too high or too low give the same frame as right ones, once the feet are known."""
    body = (140.0, 20.0, 260.0, 650.0)
    boxes = [portrait_box(pose(hip), body, (800, 400), to_the_feet=True) for hip in (290, 400)]
    heights = [bottom - top for _, top, _, bottom in boxes]
    assert heights[1] / heights[0] < 1.1
    without = [portrait_box(pose(hip), body, (800, 400)) for hip in (290, 400)]
    assert (without[1][3] - without[1][1]) / (without[0][3] - without[0][1]) > 1.2


def test_islands_go_to_what_surrounds_them() -> None:
    labels = np.zeros((60, 40), np.uint8)
    labels[5:30, 5:35], labels[30:55, 5:35] = Lip.UPPER, Lip.SKIRT
    spotted = labels.copy()
    spotted[40:43, 15:19] = Lip.DRESS
    spotted[10:30, 20:35] = Lip.COAT  # another top beside the first is no island
    cleaned = without_islands(spotted, {(Lip.UPPER, Lip.DRESS, Lip.COAT): 0.04, (Lip.SKIRT,): 0.05})
    assert (cleaned[30:55, 5:35] == Lip.SKIRT).all()
    assert (cleaned[10:30, 20:35] == Lip.COAT).all()
