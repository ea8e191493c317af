"""The table of bad photos with the shipped weights: each gets a sentence or a warning, none a crash."""

from importlib.resources import as_file, files

import cv2
import numpy as np
import pytest

from engine.analysis.common.estimators import PersonEstimator
from engine.analysis.common.pack_estimators import load_person_estimator
from engine.analysis.person.analyse import analyse
from engine.errors import TryOnError
from engine.imaging.images import read_photo, resize_picture
from engine.messages import SENTENCES

SIZE = (512, 384)


@pytest.fixture(scope="module")
def estimator() -> PersonEstimator:
    return load_person_estimator("default", "cpu")


def sample() -> np.ndarray:
    with as_file(files("resources") / "samples" / "people") as folder:
        return read_photo(min(path for path in folder.iterdir() if path.suffix in (".jpg", ".png", ".webp")))


def warned(photo: np.ndarray, estimator: PersonEstimator) -> set[str]:
    return {one.code for one in analyse(photo, estimator, size=SIZE).warnings}


def meadow() -> np.ndarray:
    rng = np.random.default_rng(1)
    photo = np.empty((600, 450, 3), np.float32)
    photo[:250], photo[250:] = (140, 180, 230), (80, 140, 60)
    return (photo + rng.normal(0, 12, photo.shape)).clip(0, 255).astype(np.uint8)


def childs_drawing() -> np.ndarray:
    photo = np.full((600, 450, 3), 250, np.uint8)
    cv2.circle(photo, (225, 130), 60, (200, 60, 40), 5)
    for start, end in (((225, 190), (225, 400)), ((225, 240), (120, 330)), ((225, 240), (330, 330))):
        cv2.line(photo, start, end, (40, 60, 200), 6)
    for foot in (150, 300):
        cv2.line(photo, (225, 400), (foot, 560), (40, 60, 200), 6)
    return photo


REFUSED = {
    "nobody": (meadow, SENTENCES["photo.nobody"]),
    "a child's drawing": (childs_drawing, SENTENCES["photo.nobody"]),
    "upside down": (lambda: sample()[::-1, ::-1].copy(), "turn the photo upright"),
    "black": (lambda: np.zeros((800, 600, 3), np.uint8), "it is of one colour"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_gets_a_sentence(name: str, estimator: PersonEstimator) -> None:
    make, sentence = REFUSED[name]
    with pytest.raises(TryOnError, match=sentence):
        analyse(make(), estimator, size=SIZE)


def test_64_pixels(estimator: PersonEstimator) -> None:
    assert "small_person" in warned(resize_picture(sample(), (64, 48)), estimator)


def test_10000_pixels(estimator: PersonEstimator) -> None:
    """As wide as a panorama, with the person in it 1,000 pixels high."""
    person = resize_picture(sample(), (1000, 750))
    photo = np.pad(person, ((0, 0), (6000, 3250), (0, 0)), mode="edge")
    found = analyse(photo, estimator, size=SIZE)
    assert 5900 < found.framed.box[0] < found.framed.box[2] < 6850


def test_two_people(estimator: PersonEstimator) -> None:
    person = resize_picture(sample(), (1000, 750))
    pair = np.hstack([person, person[:, ::-1]])
    assert "two_people" in warned(pair, estimator)


def test_one_good_photo_has_no_warning_about_the_person(estimator: PersonEstimator) -> None:
    assert not warned(sample(), estimator) - {"small_person", "long_hair", "low_confidence"}
