"""How many of the worst results carry a warning."""

from dataclasses import replace

import numpy as np
import pytest

from engine.evaluation.measured import Key
from engine.evaluation.warned import Warned
from engine.labels import Seg
from engine.stages import Segmentation
from tests.quick import QuickPipeline
from tests.rendered import rendered_pair


def collected(warned: set[int], count: int = 30) -> Warned:
    found = Warned(measure="lpips (pasted)")
    found.errors = [float(place) for place in range(count)]
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
    from engine.stages import Garment, Person

    pair = rendered_pair(6, (128, 96))
    person, garment = Person(pair.image, pair.pose, pair.parse), Garment(pair.cloth, pair.cloth_mask)
    result = QuickPipeline().run(person, garment)
    nowhere = Segmentation(np.full(result.segmentation.labels.shape, Seg.BACKGROUND, np.uint8))
    warned = Warned()
    warned.add(replace(result, segmentation=nowhere), {Key("lpips", "pasted"): 0.4, Key("l1_clothes", "pasted"): 0.1})
    warned.add(result, {Key("l1_clothes", "pasted"): 0.1})
    warned.add(result, {Key("ssim", "pasted"): 0.9})  # no error of a kind that ranks
    assert warned.errors == [0.4, 0.1]
    assert "outline_uncertain" in warned.codes[0]
    assert warned.measure == "lpips (pasted)"
