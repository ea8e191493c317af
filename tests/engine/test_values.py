"""The values of the stages: they have the arrays that the table says, and go through plain arrays and sizes."""

from dataclasses import fields

import numpy as np
import pytest

from engine import graph
from engine.values import CLASSES, Segmentation, TryOnResult, Warp, arrays_of, fitted, value_of
from tests.quick import QuickPipeline, job

SMALL = (128, 96)


@pytest.fixture(scope="module")
def result() -> TryOnResult:
    return QuickPipeline((256, 192)).run_batch([job(0)])[0]


def test_every_stage_has_a_class_with_its_arrays() -> None:
    assert list(CLASSES) == [stage.name for stage in graph.STAGES]
    for stage in graph.STAGES:
        named = [field.name for field in fields(CLASSES[stage.name])]
        own = [name for name in named if (stage.name, name) != ("person", "pose_picture")]  # what a data set brings
        assert own == [array.name for array in stage.arrays], stage.name


def test_values_are_made_again_from_their_arrays(result: TryOnResult) -> None:
    optional = {stage.name for stage in graph.TRY_ON if stage.optional}
    assert list(result.values) == [name for name in CLASSES if name not in optional]
    for stage, value in result.values.items():
        if graph.BY_NAME[stage].inputs:
            again = value_of(stage, arrays_of(value), result.person.size)
            assert type(again) is type(value)
            assert all(arrays_of(again)[name] is array for name, array in arrays_of(value).items())


def test_values_at_another_size(result: TryOnResult) -> None:
    for stage, value in result.values.items():
        small = value.scaled(SMALL)
        assert small.size == SMALL, stage
        assert value.scaled(value.size) is value
    warp = result.warp.scaled(SMALL)
    assert isinstance(warp, Warp)
    assert warp.points is result.warp.points, "in units of the picture"
    labels = result.segmentation.scaled(SMALL)
    assert isinstance(labels, Segmentation)
    assert set(np.unique(labels.labels)) <= set(np.unique(result.segmentation.labels)), "no new classes"


def test_arrays_of_other_stages_are_left_out(result: TryOnResult) -> None:
    brought = {"mask": result.warp.mask, "unknown": 5}
    assert {name: array.shape for name, array in fitted("warp", brought, SMALL).items()} == {"mask": SMALL}


def test_other_values_take_the_place_of_the_old_ones(result: TryOnResult) -> None:
    labels = Segmentation(np.zeros_like(result.segmentation.labels))
    changed = result.with_values(labels)
    assert changed.segmentation is labels
    assert changed.warp is result.warp
    assert result.segmentation is not labels
