"""People side by side: each is found, though the estimator knows pictures of one person and overlooks some."""

from importlib.resources import as_file, files

import cv2
import numpy as np
import pytest

from engine.analysis.common.estimators import Estimate, PersonEstimator
from engine.analysis.common.pack_estimators import load_person_estimator
from engine.analysis.person.analyse import analyse
from engine.analysis.person.people import find_people
from engine.arrays import Box, Picture
from engine.errors import Aborted
from engine.imaging.images import read_labels, read_photo
from engine.labels import Lip
from engine.system.progress import ProgressTracker
from tests.engine.analysis.painted import PaintedEstimator, painted_person, pasted

PEOPLE = ("woman", "man", "woman")
SIZE = (900, 1600)


class Overlooks:
    """Sees the outer people of a wide picture and nobody between them."""

    def __init__(self) -> None:
        self._eyes = PaintedEstimator()

    def estimate(self, picture: Picture) -> Estimate:
        seen = self._eyes.estimate(picture)
        height, width = picture.shape[:2]
        if width > 1.2 * height:
            columns = seen.parse_probabilities.shape[2]
            hidden = slice(columns // 3, 2 * columns // 3)
            seen.parse_probabilities[:, :, hidden] = 0
            seen.parse_probabilities[Lip.BACKGROUND, :, hidden] = 1
        return seen


def overlap(one: Box, other: Box) -> float:
    across = max(0.0, min(one[2], other[2]) - max(one[0], other[0]))
    down = max(0.0, min(one[3], other[3]) - max(one[1], other[1]))
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return across * down / (sum(areas) - across * down)


def test_whoever_is_overlooked_from_afar_is_seen_from_nearby() -> None:
    places = ((60, 90), (480, 70), (920, 100))
    photo = pasted(
        *((painted_person(seed), place) for seed, place in zip((6, 7, 8), places, strict=True)), size=(620, 1400)
    )
    found = find_people(photo, Overlooks())
    assert len(found) == 3
    for (left, top), box in zip(places, sorted(one.box for one in found), strict=True):
        assert left - 5 < box[0] < box[2] < left + 389
        assert top - 5 < box[1] < box[3] < top + 517


def group() -> tuple[Picture, list[Box]]:
    """The people that ship, before one backdrop, and the box of each."""
    height, width = SIZE
    photo = np.repeat(np.linspace(205, 165, height)[:, None, None], width, axis=1) * (1.0, 0.98, 0.95)
    boxes = []
    for name, left, tall in zip(PEOPLE, (180, 590, 1050), (740, 770, 790), strict=True):
        with as_file(files("resources") / "samples" / "people") as folder:
            picture, worn = read_photo(folder / f"{name}.jpg"), read_labels(folder / f"{name}_parse.png") > 0
        rows, columns = np.flatnonzero(worn.any(axis=1)), np.flatnonzero(worn.any(axis=0))
        part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        size = (round(tall * (columns[-1] + 1 - columns[0]) / (rows[-1] + 1 - rows[0])), tall)
        cut, alpha = (cv2.resize(one[part].astype(np.float32), size) for one in (picture, worn))
        place = photo[height - tall :, left : left + size[0]]
        place += (cut - place) * alpha[..., None]
        boxes.append((float(left), float(height - tall), float(left + size[0]), float(height)))
    return photo.round().astype(np.uint8), boxes


@pytest.fixture(scope="module")
def parser() -> PersonEstimator:
    return load_person_estimator("default", "cpu")


def test_three_people_side_by_side_with_the_shipped_pack(parser: PersonEstimator) -> None:
    photo, boxes = group()
    found = find_people(photo, parser)
    assert len(found) == 3
    for box in boxes:
        assert max(overlap(one.box, box) for one in found) > 0.8


def test_each_of_three_can_be_chosen_by_a_box(parser: PersonEstimator) -> None:
    photo, boxes = group()
    for box in boxes:
        person = analyse(photo, parser, box=box, size=(512, 384))
        assert overlap(person.boxes[person.chosen], box) > 0.8
        rows, columns = np.nonzero(person.parse)
        edges = np.array([[columns.min(), rows.min()], [columns.max() + 1, rows.max() + 1]])
        (left, top), (right, bottom) = person.framed.to_photo(edges)
        assert abs(left - box[0]) < 45  # the next person's arm begins 56 pixels further
        assert abs(right - box[2]) < 45
        assert abs(top - box[1]) < 20
        assert bottom < SIZE[0] + 5


class Counts(PaintedEstimator):
    """A person estimator that counts how often it looks."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    def estimate(self, picture: Picture) -> Estimate:
        self.looks += 1
        return super().estimate(picture)


def test_one_person_stays_one_and_panoramas_are_not_cut_into_strips_without_end() -> None:
    alone = pasted((painted_person(6), (300, 60)), size=(620, 1000))
    assert len(find_people(alone, Counts())) == 1
    looks = Counts()
    find_people(np.zeros((40, 4000, 3), np.uint8), looks)
    assert looks.looks < 250  # strips alone would be four hundred


def test_a_search_can_be_given_up_between_two_strips() -> None:
    photo, looks = pasted((painted_person(6), (300, 60)), size=(620, 1800)), Counts()
    with pytest.raises(Aborted):
        find_people(photo, looks, ProgressTracker(None, lambda: looks.looks >= 2))
    assert looks.looks <= 3
