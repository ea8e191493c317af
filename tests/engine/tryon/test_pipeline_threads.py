"""One pipeline for several threads: the pictures are those made alone, and waiting can be given up."""

import copy
import threading

import numpy as np
import pytest
import torch

from engine.errors import Aborted
from engine.system.progress import ProgressTracker
from engine.tryon.pipeline import Job, TryOnPipeline
from engine.values import TryOnResult
from tests.engine.tryon.test_pipeline import SIZE, assert_equal, garment_of, person_of
from tests.packs import narrow_pipeline
from tests.rendered import rendered_pair

SEEDS = (1, 2, 3)


def job(seed: int) -> Job:
    pair = rendered_pair(seed, SIZE)
    return Job(person_of(pair), garment_of(pair), seed)


@pytest.fixture(scope="module")
def pipeline() -> TryOnPipeline:
    return narrow_pipeline(SIZE, noise=0.3)


@pytest.fixture(scope="module")
def alone(pipeline: TryOnPipeline) -> dict[int, TryOnResult]:
    return {seed: pipeline.run(job(seed).person, job(seed).garment, seed) for seed in SEEDS}


@pytest.mark.parametrize("number", [1, 2])
def test_pictures_made_at_once_are_those_made_alone(
    pipeline: TryOnPipeline, alone: dict[int, TryOnResult], number: int
) -> None:
    before, made = torch.get_num_threads(), dict[int, TryOnResult]()
    shares: dict[int, list[float]] = {seed: [] for seed in SEEDS}

    def run(seed: int) -> None:
        torch.set_num_threads(number)
        one = job(seed)
        made[seed] = pipeline.run(one.person, one.garment, seed, progress=lambda _, share: shares[seed].append(share))

    threads = [threading.Thread(target=run, args=(seed,)) for seed in SEEDS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    torch.set_num_threads(before)
    for seed in SEEDS:
        assert_equal(made[seed], alone[seed])
        # neither counts the layers of the other
        assert shares[seed] == sorted(shares[seed])
        assert (shares[seed][0], shares[seed][-1]) == (0.0, 1.0)


def test_a_batch_on_a_cpu_is_made_one_by_one(pipeline: TryOnPipeline, alone: dict[int, TryOnResult]) -> None:
    for seed, one in zip(SEEDS, pipeline.run_batch([job(seed) for seed in SEEDS]), strict=True):
        assert_equal(one, alone[seed])


def test_who_waits_for_a_turn_can_give_up(pipeline: TryOnPipeline, alone: dict[int, TryOnResult]) -> None:
    begun, go_on, one = threading.Event(), threading.Event(), alone[1]

    def hold(stage: str, share: float) -> None:
        begun.set()
        go_on.wait(240)

    parts, told = (one.agnostic, one.segmentation, one.warp), list[float]()
    holder = threading.Thread(target=pipeline.generate, args=(*parts, 1, ProgressTracker(hold)))
    patient = threading.Thread(
        target=pipeline.generate, args=(*parts, 1, ProgressTracker(lambda stage, share: told.append(share)))
    )
    holder.start()
    try:
        assert begun.wait(240)
        patient.start()
        with pytest.raises(Aborted):
            pipeline.generate(*parts, 1, ProgressTracker(abort=lambda: True))
        patient.join(0.3)
        assert told == []
    finally:
        go_on.set()
        holder.join()
        patient.join()
    assert told
    assert np.array_equal(pipeline.generate(*parts, 1), one.raw)  # the turn is free again


def test_a_copy_of_a_pipeline_has_a_turn_of_its_own(pipeline: TryOnPipeline, alone: dict[int, TryOnResult]) -> None:
    copied, one = copy.deepcopy(pipeline), job(1)
    with pipeline.runtime.turn(ProgressTracker()):
        made = copied.run(one.person, one.garment, 1)
    assert_equal(made, alone[1])
