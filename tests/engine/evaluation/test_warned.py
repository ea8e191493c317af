"""How many of the worst results carry a warning."""

import numpy as np
import pytest

from engine.evaluation.warned import Warned
from engine.labels import Seg
from engine.metrics.measured import Key
from engine.values import Segmentation
from tests.quick import QuickPipeline
from tests.rendered import rendered_pair


def collected(warned: set[int], count: int = 30) -> Warned:
    found = Warned()
    found.errors = [(float(place), np.nan) for place in range(count)]
    found.codes = [("misaligned",) if place in warned else () for place in range(count)]
    return found


def test_shares_of_the_worst_and_of_the_others() -> None:
    bad, good, worst = collected({29, 28, 27, 3}).shares()
    assert worst == 6  # a fifth of 30
    assert bad == pytest.approx(3 / 6)
    assert good == pytest.approx(1 / 24)
    assert collected(set(), 300).shares()[2] == 20
    rows = collected({29}).rows("pack")
    assert [row.better for row in rows] == ["higher", "lower"]
    assert all("lpips (pasted) of 30 paired results" in row.protocol for row in rows)
    assert not Warned().rows("pack")


def test_a_result_is_taken_in_with_its_warnings() -> None:
    from engine.values import Garment, Person

    pair = rendered_pair(6, (128, 96))
    person, garment = Person(pair.image, pair.pose, pair.parse), Garment(pair.cloth, pair.cloth_mask)
    result = QuickPipeline().run(person, garment)
    nowhere = Segmentation(np.full(result.segmentation.labels.shape, Seg.BACKGROUND, np.uint8))
    warned = Warned()
    warned.add(result.with_values(nowhere), {Key("lpips", "pasted"): 0.4, Key("l1_clothes", "pasted"): 0.1})
    warned.add(result, {Key("l1_clothes", "pasted"): 0.1})
    warned.add(result, {Key("ssim", "pasted"): 0.9})  # no error of a kind that ranks
    np.testing.assert_array_equal(warned.errors, [(0.4, 0.1), (np.nan, 0.1)])
    assert "outline_uncertain" in warned.codes[0]


def test_results_are_ranked_by_one_measure() -> None:
    warned = Warned()
    # two of a dozen have LPIPS, whose numbers are larger: by themselves they would be the worst two
    warned.errors = [(0.9, 0.01), (0.8, 0.02), *((np.nan, 0.1 + place / 100) for place in range(10))]
    warned.codes = [(), (), *(("misaligned",) if place > 7 else () for place in range(10))]
    assert warned.measure == "l1_clothes (pasted)"
    assert warned.shares() == (1.0, 0.0, 2)
    warned.errors = [(0.5 - place / 100, np.nan if place == 3 else place / 100) for place in range(12)]
    warned.codes[:2], warned.codes[10:] = [("coat",), ("coat",)], [(), ()]
    assert warned.measure == "lpips (pasted)"
    assert warned.shares() == (1.0, 0.0, 2)
    warned.errors[10] = (np.nan, 9.0)
    assert all("of 11 paired results" in row.protocol for row in warned.rows("pack"))
