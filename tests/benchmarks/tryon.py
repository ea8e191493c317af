"""A whole try-on on a drawn person, and its stages one by one."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from torch import nn

from engine.graph import Stage
from engine.labels import lip_to_segmentation
from engine.system.progress import ProgressTracker
from engine.tryon.context import Options
from engine.tryon.executor import Executor, Job
from engine.tryon.pipeline import TryOnPipeline
from engine.tryon.runtime import Runtime
from engine.values import Agnostic, Garment, Person, Segmentation, TryOnResult, arrays_of
from tests.benchmarks.cases import NOISE
from tests.benchmarks.plan import Size
from tests.benchmarks.timing import Call
from tests.packs import KINDS, LIVELY, filled
from tests.rendered import rendered_pair

_PERSON, _OTHER = 0, 1  # drawn pairs


class _Untrained(Executor):
    """Does all the work, but what untrained networks predict is no person, and the generator's time depends on it.

    So the later stages get the worn parse instead.
    """

    def __init__(self, runtime: Runtime, parse: Segmentation) -> None:
        super().__init__(runtime)
        self.parse = parse

    def _made(self, stage: Stage, *about: Any) -> list[Any]:
        made = super()._made(stage, *about)
        return [self.parse for _ in made] if stage.name == "segmentation" else made


def random_pipeline(channels: int, size: Size) -> TryOnPipeline:
    """A pipeline on untrained networks of one width, whose warps leave the garment where it lies in its photo."""
    networks = {kind: filled(kind, {"width": channels}, LIVELY, NOISE) for kind in KINDS}
    *_, last = (layer for layer in networks["matching"].modules() if isinstance(layer, nn.Linear))
    for weights in last.parameters():
        nn.init.zeros_(weights)
    pipeline = TryOnPipeline(networks, "cpu", size=size)
    parse = Segmentation(lip_to_segmentation(rendered_pair(_PERSON, size).parse))
    pipeline.executor = _Untrained(pipeline.runtime, parse)
    return pipeline


def on_the_same_person(pipeline: TryOnPipeline, person: Person, agnostic: Agnostic, garment: Garment) -> TryOnResult:
    """A further garment on a person whose agnostic picture is there already, as the window asks for it."""
    job = Job(person, garment, given={agnostic.stage: arrays_of(agnostic)})
    return pipeline.executor.run([job], Options(pipeline.size), ProgressTracker())[0]


@dataclass
class TryOn:
    """A person and two garments for a pipeline."""

    pipeline: TryOnPipeline
    person: Person = field(init=False)
    garments: tuple[Garment, Garment] = field(init=False)

    def __post_init__(self) -> None:
        pairs = [rendered_pair(seed, self.pipeline.size) for seed in (_PERSON, _OTHER)]
        self.person = Person(pairs[0].image, pairs[0].pose, pairs[0].parse)
        first, second = (Garment(pair.cloth, pair.cloth_mask) for pair in pairs)
        self.garments = (first, second)

    def whole(self) -> TryOnResult:
        """Everything from the person's and the garment's arrays on."""
        return self.pipeline.run(self.person, self.garments[0])

    def another_garment(self) -> TryOnResult:
        """The second garment on the same person."""
        return on_the_same_person(self.pipeline, self.person, self.agnostic, self.garments[1])

    @cached_property
    def agnostic(self) -> Agnostic:
        return self.pipeline.agnostic(self.person)

    def stages(self) -> dict[str, Call]:
        """Each stage as a call on the results of the ones before."""
        pipeline, garment = self.pipeline, self.garments[0]
        agnostic, raw = self.agnostic, self.person.image
        segmentation = pipeline.segmentation(agnostic, garment)
        warp = pipeline.warp(agnostic, segmentation, garment)
        return {
            "agnostic": lambda: pipeline.agnostic(self.person),
            # a copy: an agnostic person keeps the planes of its parse once they are made
            "segmentation": lambda: pipeline.segmentation(replace(agnostic), garment),
            "warp": lambda: pipeline.warp(agnostic, segmentation, garment),
            "generation": lambda: pipeline.generate(agnostic, segmentation, warp),
            "finish": lambda: pipeline.finish(raw, self.person, garment, agnostic, segmentation, warp),
        }
