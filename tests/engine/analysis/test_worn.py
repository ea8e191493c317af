"""Garments in photos of people who wear them, drawn, and parsed as they were drawn."""

import cv2
import numpy as np
import pytest

from engine.analysis.worn import is_worn, top_worn
from engine.category import UPPER
from tests.engine.analysis.painted import PaintedEstimator, painted_person, pasted
from tests.rendered import rendered_pair

SIZE = (256, 192)


@pytest.mark.parametrize("seed", [3, 11])
def test_a_top_is_cut_out_of_its_wearer(seed: int) -> None:
    estimator = PaintedEstimator()
    photo = pasted((painted_person(seed, SIZE), (150, 30)), size=(300, 450))
    garment = top_worn(photo, estimator, size=SIZE)
    assert garment is not None
    assert garment.warnings[0].code == "garment_worn"
    assert garment.framed.photo_size == (300, 450)
    truth = np.isin(estimator.estimate(garment.framed.image).parse_probabilities.argmax(axis=0), UPPER.worn)
    size = garment.size[::-1]
    truth = cv2.resize(truth.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    mask = garment.mask > 127
    assert (mask & truth).sum() / (mask | truth).sum() > 0.9
    assert (garment.image[garment.mask == 0] == 255).all()


def test_the_wearer_can_be_chosen() -> None:
    photo = pasted((painted_person(3, SIZE), (10, 20)), (painted_person(11, SIZE), (230, 30)), size=(300, 450))
    first = top_worn(photo, PaintedEstimator(), size=SIZE)
    assert first is not None
    assert len(first.boxes) == 2
    assert "garment_two" in {one.code for one in first.warnings}
    other = top_worn(photo, PaintedEstimator(), size=SIZE, box=first.boxes[1 - first.chosen])
    assert other is not None
    assert other.chosen != first.chosen
    assert abs(other.framed.box[0] - first.framed.box[0]) > 100


def test_a_lone_garment_is_worn_by_nobody() -> None:
    cloth = rendered_pair(5, SIZE).cloth
    estimator = PaintedEstimator()
    assert not is_worn(cloth, estimator.estimate(cloth))
    assert top_worn(cloth, estimator) is None
