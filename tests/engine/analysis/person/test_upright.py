"""Photos that lie on their side or stand on their head, with nothing in the file that says so."""

from pathlib import Path

import numpy as np
import pytest

from engine.analysis.common.estimators import PersonEstimator
from engine.analysis.common.pack_estimators import load_person_estimator
from engine.analysis.person.analyse import AnalysedPerson
from engine.analysis.person.upright import upright_turn
from engine.analysis.photo_files import find_person
from engine.arrays import Turn
from engine.imaging.images import read_photo, save_picture, turned
from engine.tryon.place_back import place_back
from engine.values import Garment
from tests.engine.analysis.painted import PaintedEstimator, painted_person
from tests.engine.analysis.person.test_bad_photos import meadow, sample
from tests.quick import QuickPipeline
from tests.rendered import rendered_pair

TURNS: tuple[Turn, ...] = (90, 180, 270)


@pytest.fixture(scope="module")
def estimator() -> PersonEstimator:
    return load_person_estimator("default", "cpu")


def found(photo: np.ndarray, estimator: PersonEstimator, folder: Path, turn: Turn | None = None) -> AnalysedPerson:
    save_picture(folder / "a.png", photo)
    return find_person(folder / "a.png", estimator, size=(512, 384), turn=turn)


def codes(person: AnalysedPerson) -> set[str]:
    return {one.code for one in person.warnings}


@pytest.mark.parametrize("turn", TURNS)
def test_the_networks_see_which_way_up_somebody_stands(turn: Turn, estimator: PersonEstimator, tmp_path: Path) -> None:
    back: Turn = 270 if turn == 90 else 90 if turn == 270 else 180
    person = found(turned(sample(), turn), estimator, tmp_path)
    assert person.turn == back
    assert "photo_turned" in codes(person)
    assert np.array_equal(person.image, found(sample(), estimator, tmp_path).image)


def test_an_upright_photo_and_one_without_anybody_are_left(estimator: PersonEstimator, tmp_path: Path) -> None:
    person = found(sample(), estimator, tmp_path)
    assert (person.turn, "photo_turned" in codes(person)) == (0, False)
    assert upright_turn(meadow(), estimator) == 0


@pytest.mark.parametrize("turn", [90, 270])
def test_somebody_who_is_found_lying_is_turned_upright(turn: Turn, tmp_path: Path) -> None:
    lying = turned(painted_person(6, (640, 480)), turn)
    assert found(lying, PaintedEstimator(), tmp_path).turn == 360 - turn
    assert "lying" in codes(found(lying, PaintedEstimator(), tmp_path, turn=0)), "unless it is said how it lies"


def test_the_result_is_laid_into_the_turned_photo(tmp_path: Path) -> None:
    pair = rendered_pair(4, (512, 384))
    person = found(turned(painted_person(6, (640, 480)), 90), PaintedEstimator(), tmp_path)
    result = QuickPipeline((512, 384)).run(person, Garment(pair.cloth, pair.cloth_mask))
    photo = read_photo(tmp_path / "a.png")
    placed = place_back(photo, person, result)
    assert placed.shape == (640, 480, 3)
    assert np.array_equal(placed[:20], turned(photo, 270)[:20]), "above the head nothing is changed"
