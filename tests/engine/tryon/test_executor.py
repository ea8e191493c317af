"""The order of the stages, what is given, drafts, seeds and shares, on stages that only note that they were asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import graph
from engine.errors import TryOnError
from engine.system.progress import ProgressTracker
from engine.tryon import executor as module
from engine.tryon.context import Context, Options
from engine.tryon.executor import Executor, Job
from engine.tryon.runtime import Runtime
from engine.values import TryOnResult, Value, arrays_of
from tests.quick import QuickPipeline
from tests.quick import job as quick_job

LARGE = (1024, 768)
PLAIN = graph.present(())  # without the optional stages
ORDER = [stage.name for stage in PLAIN]


@pytest.fixture(scope="module")
def known() -> TryOnResult:
    """What the stages of these tests make, whatever they read."""
    return QuickPipeline(LARGE).run_batch([quick_job(0)])[0]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, known: TryOnResult) -> list[Context]:
    """The contexts in which stages were done."""
    contexts: list[Context] = []

    def stage(name: str) -> Callable[..., list[Value]]:
        def run(context: Context, *inputs: Sequence[Value | None]) -> list[Value]:
            contexts.append(context)
            assert [len(one) for one in inputs] == [len(context.seeds)] * len(graph.BY_NAME[name].inputs)
            assert all(one.size == context.options.size for values in inputs for one in values if one is not None)
            return [known.values[name].scaled(context.options.size) for _ in context.seeds]

        return run

    monkeypatch.setattr(module, "_RUN", {name: stage(name) for name in ORDER})
    return contexts


def tried(
    options: Options, *given: dict[str, dict[str, Any]], tracker: ProgressTracker | None = None
) -> tuple[list[TryOnResult], list[tuple[int, str]]]:
    """A try-on a mapping of what is given, and what was handed over."""
    told: list[tuple[int, str]] = []
    jobs = [replace(quick_job(0), seed=number + 7, given=arrays) for number, arrays in enumerate(given)]
    made = Executor(Runtime({}, "cpu")).run(
        jobs, options, tracker or ProgressTracker(), lambda number, name, _: told.append((number, name))
    )
    return made, told


def names(asked: list[Context]) -> list[str]:
    return [context.stage.name for context in asked]


def test_all_stages_in_order(asked: list[Context], known: TryOnResult) -> None:
    (made,), told = tried(Options(LARGE), {})
    assert names(asked) == ORDER
    assert told == [(0, name) for name in ORDER]
    assert list(made.timings) == [stage.name for stage in PLAIN if stage.cost]
    assert list(made.values) == ["person", "garment", *ORDER]
    assert made.image is known.image
    assert made.seed == 7


def test_what_is_given_whole_is_neither_computed_nor_handed_over(asked: list[Context], known: TryOnResult) -> None:
    given = {name: arrays_of(known.values[name].scaled((512, 384))) for name in ORDER[:-1]}
    (made,), told = tried(Options(LARGE), given)
    assert names(asked) == ["result"]
    assert told == [(0, "result")]
    assert made.warp.cloth.shape == (*LARGE, 3), "of another size, so brought to this one"


def test_what_is_given_in_part_is_laid_over_what_is_computed(asked: list[Context], known: TryOnResult) -> None:
    image = np.zeros((512, 384, 3), np.uint8)
    (made,), told = tried(Options(LARGE), {"agnostic": {"image": image}})
    assert names(asked) == ORDER
    assert told[0] == (0, "agnostic")
    assert asked[0].edits == [{"image": image}]
    assert made.agnostic.image.shape == (*LARGE, 3)
    assert not made.agnostic.image.any()
    assert made.agnostic.parse is known.agnostic.parse


def test_a_batch_leaves_out_whom_it_need_not_do(asked: list[Context], known: TryOnResult) -> None:
    warp = {"warp": arrays_of(known.warp)}
    made, told = tried(Options(LARGE), {}, warp)
    assert [one.seed for one in made] == [7, 8]
    assert names(asked).count("warp") == 1
    assert [number for number, name in told if name == "warp"] == [0]
    # on a CPU what has a network is done one by one, the rest together
    assert [list(context.seeds) for context in asked if context.stage.name == "generation"] == [[7], [8]]
    assert [list(context.seeds) for context in asked if context.stage.name == "result"] == [[7, 8]]


def test_a_draft_does_the_last_stages_at_a_quarter_of_the_pixels(asked: list[Context]) -> None:
    shares: list[tuple[str, float]] = []
    (made,), told = tried(Options(LARGE, draft=True), {}, tracker=ProgressTracker(lambda *told: shares.append(told)))
    drafted = [stage.name for stage in PLAIN if stage.in_draft]
    assert [context.stage.name for context in asked if context.options.size == graph.DRAFT_SIZE] == drafted
    assert told == [(0, name) for name in ("agnostic", "coat", "segmentation", "warp", "draft", *drafted)]
    assert list(made.timings) == ["agnostic", "segmentation", "warp", "draft", "generation"]
    assert made.image.shape == (*LARGE, 3)
    asked.clear()
    assert (0, "draft") not in tried(Options(graph.DRAFT_SIZE, draft=True), {})[1], "small enough"


def test_seeds_of_a_stage_never_change(asked: list[Context]) -> None:
    tried(Options(LARGE), {})
    drawn = {context.stage.name: context.generators() for context in asked if context.stage.noise}
    seeds = {name: [one.initial_seed() for one in found if one is not None] for name, found in drawn.items()}
    assert seeds == {"segmentation": [1], "generation": [7 * 4 + 3]}


def test_a_stage_alone_refuses_what_does_not_belong_together(asked: list[Context], known: TryOnResult) -> None:
    alone = Executor(Runtime({}, "cpu"))
    parts = {"agnostic": known.agnostic, "segmentation": known.segmentation.scaled((512, 384))}
    with pytest.raises(TryOnError, match="segmentation has 384 x 512"):
        alone.one("warp", parts, Options(LARGE), ProgressTracker())
    garment = quick_job(0).garment  # a photo, of whatever size
    made = alone.one(
        "warp", parts | {"segmentation": known.segmentation, "garment": garment}, Options(LARGE), ProgressTracker()
    )
    assert made.size == LARGE


def test_no_jobs(asked: list[Context]) -> None:
    assert Executor(Runtime({}, "cpu")).run([], Options(LARGE), ProgressTracker()) == []
    assert Job(quick_job(0).person, quick_job(0).garment).given == {}
