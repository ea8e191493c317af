"""Where the outline of a worn garment tells something, and the parse freed of islands."""

import cv2
import numpy as np

from engine.category.visibility import visibility
from engine.labels import IGNORE, Seg
from engine.tryon.parse_cleanup import cleaned_parse


def body() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    labels = np.zeros((200, 150), dtype=np.uint8)
    labels[10:40, 60:90] = Seg.FACE
    labels[60:150, 40:110] = Seg.UPPER
    labels[150:, 45:105] = Seg.BOTTOM
    labels[70:160, 20:40] = Seg.LEFT_ARM
    return labels


def test_the_neck_and_the_head_tell_nothing_arms_little_clothes_all() -> None:
    counts = visibility(body())
    assert counts[50, 75] == 0  # between face and clothes: the neck
    assert counts[20, 75] == 0
    assert counts[50, 20] == 255  # backdrop beside the neck
    assert counts[100, 75] == 255
    assert 0 < counts[100, 30] < 100
    assert 0 < counts[180, 75] < 100


def test_what_is_not_known_tells_nothing() -> None:
    labels = body()
    labels[100:110, 70:80] = IGNORE
    counts = visibility(labels)
    assert (counts[100:110, 70:80] == 0).all()
    assert np.array_equal(counts[:100], visibility(body())[:100])


def without_corners(labels: np.ndarray) -> np.ndarray:
    """Where the smooth outline of the clothes cannot reach: corners are rounded."""
    size = np.ones((9, 9), np.uint8)
    return np.asarray(cv2.dilate(labels, size) == cv2.erode(labels, size))


def test_islands_go_to_their_surroundings_and_large_parts_stay() -> None:
    labels = body()
    labels[100:104, 70:76] = Seg.LEFT_ARM  # a piece of an arm in the clothes
    labels[120:124, 26:32] = Seg.UPPER  # a piece of a sleeve on the arm
    made = cleaned_parse(labels)
    inside = without_corners(body())
    assert np.array_equal(made[inside], body()[inside])
    apart = body()
    apart[60:150, 70:74] = Seg.HAIR  # long hair cuts the clothes in two
    assert np.array_equal(cleaned_parse(apart)[inside], apart[inside])
