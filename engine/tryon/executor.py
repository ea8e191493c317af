"""The one place that goes through the table of stages: what is given is kept, the rest is computed in order.

A stage's module (`engine.tryon.stages`) says what is computed; when, for which jobs, with what share of the progress,
and what becomes of edits, drafts and timings is said here, for all stages alike.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from engine import graph
from engine.graph import Stage
from engine.system.progress import ProgressTracker
from engine.tryon.context import Context, Options, checked_seed
from engine.tryon.runtime import Runtime
from engine.values import Arrays, Garment, Person, TryOnResult, Value, check_sizes, fitted, value_of

OnStage = Callable[[int, str, Value], None]
"""Called with the number of a job, a stage (or `graph.DRAFT`) and what it made, as soon as that is there; not for
what was given whole."""
_RUN: Mapping[str, Callable[..., list[Any]]] = {
    stage.name: import_module(f"engine.tryon.stages.{stage.name}").run for stage in graph.TRY_ON
}


@dataclass(frozen=True, eq=False)
class Job:
    """One picture to make.

    given: arrays by stage, whatever their sizes. All arrays of a stage are taken as they are, and it is not computed;
    some are laid over what is computed.
    """

    person: Person
    garment: Garment
    seed: int = 0
    given: Mapping[str, Arrays] = field(default_factory=dict)


def _nobody(_: int, __: str, ___: Value) -> None:
    """Listens to no stage."""


@dataclass(frozen=True, eq=False)
class _Call:
    """What `Executor.run` was asked for, and what there is of it by now: the values of each job."""

    jobs: Sequence[Job]
    values: Sequence[dict[str, Value]]
    options: Options
    tracker: ProgressTracker
    on_stage: OnStage


class Executor:
    """Does the stages of `engine.graph` that the networks of a runtime can do."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    def run(
        self, jobs: Sequence[Job], options: Options, tracker: ProgressTracker, on_stage: OnStage = _nobody
    ) -> list[TryOnResult]:
        """All stages for all jobs. Raises `engine.errors.Aborted` between two layers once `tracker` says so."""
        if not jobs:
            return []
        for job in jobs:
            checked_seed(job.seed)
        values: list[dict[str, Value]] = [
            {"person": job.person.scaled(options.size), "garment": job.garment.scaled(options.size)} for job in jobs
        ]
        timings = self._stages(_Call(jobs, values, options, tracker, on_stage))
        notes = tuple(tracker.notes)
        return [TryOnResult(made, job.seed, timings, notes) for job, made in zip(jobs, values, strict=True)]

    def one(
        self,
        name: str,
        inputs: Mapping[str, Value],
        options: Options,
        tracker: ProgressTracker,
        seed: int = 0,
        edit: Arrays | None = None,
    ) -> Value:
        """A stage alone, from the values that it reads; photos are scaled. TryOnError where sizes do not agree.

        What it reads of optional stages is made first, where it is left out and these can be done.
        """
        stage = graph.BY_NAME[name]
        read = {key: one if graph.BY_NAME[key].inputs else one.scaled(options.size) for key, one in inputs.items()}
        for earlier in graph.present(self.runtime.networks):
            needed = {key for key in earlier.inputs if key not in earlier.spares and not graph.BY_NAME[key].may_lack}
            if earlier.optional and earlier.name in stage.inputs and needed <= read.keys():
                read.setdefault(earlier.name, self.one(earlier.name, read, options, tracker))
        check_sizes(options.size, *read.values())
        parts = [[read.get(key)] for key in stage.inputs]
        made: Value = self._made(stage, parts, [seed], [edit or {}], options, tracker)[0]
        return made

    def _stages(self, call: _Call) -> dict[str, float]:
        """Fill in the call's values; answers the seconds that stages took a job."""
        stages, timings = graph.present(self.runtime.networks), dict[str, float]()
        todo = {stage.name for stage in stages if not all(_is_whole(stage, job) for job in call.jobs)}
        draft = call.options.draft and "generation" in todo and graph.drafted(self.runtime.networks, call.options.size)
        call.tracker.plan(graph.shares(todo, draft))
        for stage in stages:
            if draft and stage.in_draft:
                draft = False
                with _timed(timings, graph.DRAFT, len(call.jobs)):
                    self._draft(call)
            with _timed(timings, stage.name if stage.cost else "", len(call.jobs)):
                self._stage(stage, call)
        return timings

    def _stage(self, stage: Stage, call: _Call) -> None:
        values, size = call.values, call.options.size
        todo = [number for number, job in enumerate(call.jobs) if not _is_whole(stage, job)]
        for number in set(range(len(call.jobs))).difference(todo):
            values[number][stage.name] = value_of(stage.name, call.jobs[number].given[stage.name], size)
        if not todo:
            return
        inputs = [[values[number].get(name) for number in todo] for name in stage.inputs]
        edits = [call.jobs[number].given.get(stage.name, {}) for number in todo]
        seeds = [0 if stage.noise and stage.noise.fixed else call.jobs[number].seed for number in todo]
        made = self._made(stage, inputs, seeds, edits, call.options, call.tracker)
        for number, value, edit in zip(todo, made, edits, strict=True):
            whole = replace(value, **fitted(stage.name, edit, size)) if edit else value
            values[number][stage.name] = whole
            call.on_stage(number, stage.name, whole)

    def _made(
        self,
        stage: Stage,
        inputs: Sequence[Sequence[Value | None]],
        seeds: Sequence[int],
        edits: Sequence[Arrays],
        options: Options,
        tracker: ProgressTracker,
    ) -> list[Any]:
        def work(tracker: ProgressTracker, *items: Any) -> list[Any]:
            """Some of the jobs: where memory is short, one at a time."""
            *read, seeds, edits = items
            return _RUN[stage.name](Context(self.runtime, stage, tracker, options, seeds, edits), *read)

        if stage.networks:
            return self.runtime.batched(work, tracker, stage.name, [*inputs, seeds, edits])
        if stage.cost:
            tracker.enter(stage.name)
        return work(tracker, *inputs, seeds, edits)

    def _draft(self, call: _Call) -> None:
        """The last stages at a quarter of the pixels; what comes before them is only made smaller."""
        small = _Call(
            jobs=[replace(job, given={}) for job in call.jobs],
            values=[{name: value.scaled(graph.DRAFT_SIZE) for name, value in one.items()} for one in call.values],
            options=replace(call.options, size=graph.DRAFT_SIZE, draft=False),
            tracker=call.tracker,
            on_stage=_nobody,
        )
        with call.tracker.named(graph.DRAFT):
            for stage in graph.present(self.runtime.networks):
                if stage.in_draft:
                    self._stage(stage, small)
        for number, one in enumerate(small.values):
            call.on_stage(number, graph.DRAFT, one[graph.LAST])


@contextmanager
def _timed(timings: dict[str, float], name: str, jobs: int) -> Iterator[None]:
    """Adds the seconds that this takes a job under a name; under "" not at all."""
    started = time.perf_counter()
    yield
    if name:
        timings[name] = (time.perf_counter() - started) / jobs


def _is_whole(stage: Stage, job: Job) -> bool:
    """Whether everything that a stage makes is given."""
    return {array.name for array in stage.arrays} <= set(job.given.get(stage.name, {}))
