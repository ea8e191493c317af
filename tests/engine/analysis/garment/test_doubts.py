"""What is said about photos that show no lone, upright, whole top."""

from pathlib import Path

import numpy as np
import pytest

from engine.analysis.common.pack_estimators import load_garment_estimator
from engine.analysis.garment.cut_out import AnalysedGarment, cut_out
from engine.analysis.photo_files import find_garment
from engine.arrays import Turn
from engine.imaging.images import read_photo, turned
from tests.conftest import ROOT
from tests.rendered import rendered_pair

CASES = Path(__file__).parents[3] / "data" / "cases"


def found(name: str, turn: Turn = 0) -> AnalysedGarment:
    return find_garment(CASES / name, None, turn=turn, size=(256, 192))


def codes(garment: AnalysedGarment) -> set[str]:
    return {one.code for one in garment.warnings}


def test_the_larger_of_two_tops_is_taken_and_the_other_on_demand() -> None:
    larger = found("garment_photo/g_two.jpg")
    assert "garment_two" in codes(larger)
    assert larger.chosen == 0
    assert larger.boxes[0][2] < larger.boxes[1][0]  # the plain one is on the left
    smaller = cut_out(read_photo(CASES / "garment_photo/g_two.jpg"), box=larger.boxes[1], size=(256, 192))
    assert smaller.chosen == 1
    assert smaller.framed.box[0] > 800 - 60
    assert "garment_two" in codes(smaller)


def test_a_garment_and_a_button_beside_it_are_one() -> None:
    photo = np.full((400, 300, 3), 250, np.uint8)
    photo[80:320, 60:240] = (60, 90, 160)
    photo[20:60, 20:60] = (160, 90, 60)
    assert len(cut_out(photo).boxes) == 1


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_cut_by_any_edge_is_told(turn: Turn) -> None:
    sleeveless = rendered_pair(5, (512, 384)).cloth
    assert "garment_cut" in codes(cut_out(turned(sleeveless[:, :230], turn), size=(256, 192)))
    assert "garment_cut" not in codes(cut_out(turned(sleeveless, turn), size=(256, 192)))


def test_a_sleeve_that_is_cut_is_told() -> None:
    network = load_garment_estimator("default", "cpu")
    assert "garment_cut" in codes(find_garment(CASES / "garment_photo/g_cropped.jpg", network, size=(256, 192)))


def test_a_garment_that_ends_at_the_edge_is_not_cut() -> None:
    photo = np.full((400, 300, 3), 250, np.uint8)
    for row in range(300):
        half = min(120, 20 + row)
        photo[row, 150 - half : 150 + half] = (60, 90, 160)
    assert "garment_cut" not in codes(cut_out(photo))


def test_a_badge_before_the_garment_is_told() -> None:
    photo = read_photo(ROOT / "resources" / "samples" / "garments" / "tee.jpg")
    plain = cut_out(photo, size=(256, 192))
    rows, columns = (round(place * side) for place, side in zip((0.45, 0.5), photo.shape[:2], strict=True))
    tall, wide = photo.shape[0] // 10, photo.shape[1] // 14
    photo[rows - tall : rows + tall, columns - wide : columns + wide] = (16, 16, 24)
    assert codes(cut_out(photo, size=(256, 192))) - codes(plain) == {"garment_front"}
