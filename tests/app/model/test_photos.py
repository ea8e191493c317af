"""A person's box as a file has it: four numbers of pixels, or none."""

from typing import Any

import pytest

from tryon_app.model.photos import box_from


def test_four_numbers_are_a_box() -> None:
    assert box_from([1, 2.5, 30, 40]) == (1.0, 2.5, 30.0, 40.0)


@pytest.mark.parametrize(
    "found",
    [None, [1, 2, 3], ["1", 2, 3, 4], [10**400, 0, 1, 1], [float("nan"), 0, 1, 1], [0, 0, float("inf"), 1]],
    ids=["nothing", "three", "words", "huge", "no number", "infinite"],
)
def test_anything_else_is_none(found: Any) -> None:
    assert box_from(found) is None
