"""Skin is told by the face, and shown where it lies in the light."""

import numpy as np

from engine.complexion import clear, distance, to_lab
from engine.labels import Lip

SIZE = (60, 80)
SKIN, SHADE, JACKET = (205, 150, 125), (160, 112, 92), (30, 40, 110)


def scene() -> tuple[np.ndarray, np.ndarray]:
    """A face and two arms of one skin, each half in the shade; a part of the left arm is a jacket."""
    parse = np.zeros(SIZE, np.uint8)
    parse[:20, 20:40], parse[20:, :20], parse[20:, 60:] = Lip.FACE, Lip.LEFT_ARM, Lip.RIGHT_ARM
    photo = np.full((*SIZE, 3), SKIN, np.uint8)
    photo[:, 10:20] = photo[:, 30:40] = photo[:, 70:] = SHADE
    photo[50:, :20] = JACKET
    return photo, parse


def test_only_skin_in_the_light_is_taken_on_every_part() -> None:
    photo, parse = scene()
    found = clear(photo, parse, parse > 0)
    assert (photo[found] == SKIN).all()
    for part in (Lip.FACE, Lip.LEFT_ARM, Lip.RIGHT_ARM):
        assert (found & (parse == part)).sum() >= 0.3 * (parse == part).sum()
    assert not found[50:, :20].any()


def test_without_a_face_the_arms_speak_for_themselves() -> None:
    photo, parse = scene()
    parse[parse == Lip.FACE] = Lip.BACKGROUND
    found = clear(photo, parse, parse > 0)
    assert found.any()
    assert not found[parse == Lip.BACKGROUND].any()
    assert not clear(photo, parse, np.zeros(SIZE, bool)).any()


def test_distance_counts_in_spreads() -> None:
    photo, _ = scene()
    lab = to_lab(photo)
    known = lab[:20, 20:30].reshape(-1, 3)
    near, shade, jacket = (distance(lab[place][None], known)[0] for place in ((5, 25), (5, 35), (55, 5)))
    assert near == 0
    assert near < shade < 9 < jacket
