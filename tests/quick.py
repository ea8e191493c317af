"""Something that behaves like the pipeline but takes no time, for tests of what lies around it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from engine.arrays import Size
from engine.category import UPPER
from engine.errors import Aborted, TryOnError
from engine.messages import Fault
from engine.networks.tps import rest_points
from engine.tryon.pipeline import Job, finish
from engine.values import Agnostic, Coat, Garment, Person, Segmentation, TryOnResult, Warp
from tests.rendered import rendered_pair


def job(index: int, size: Size = (256, 192)) -> Job:
    """Rendered person `index` with the garment of the next."""
    pair, other = rendered_pair(index, size), rendered_pair(index + 1, size)
    return Job(Person(pair.image, pair.pose, pair.parse), Garment(other.cloth, other.cloth_mask))


class QuickPipeline:
    """`TryOnPipeline.run` and `run_batch` without networks: the garment, shifted by the seed, mixed with the person.

    Fails for any job whose garment is all black, as a whole batch would. `batches` lists the sizes of batches made.
    """

    category = UPPER

    def __init__(self, size: Size = (512, 384)) -> None:
        self.size = size
        self.batches: list[int] = []
        self.notes: tuple[Fault, ...] = ()

    def run_batch(
        self,
        jobs: Sequence[Job],
        keep_original: bool = True,
        progress: object = None,
        abort: Callable[[], bool] | None = None,
    ) -> list[TryOnResult]:
        if abort is not None and abort():
            raise Aborted("stopped")
        if any(not one.garment.image.any() for one in jobs):
            raise ZeroDivisionError("a black garment")
        self.batches.append(len(jobs))
        return [self._result(one, keep_original) for one in jobs]

    def run(
        self, person: Person, garment: Garment, seed: int = 0, keep_original: bool = True, progress: object = None
    ) -> TryOnResult:
        return self.run_batch([Job(person, garment, seed)], keep_original, progress)[0]

    def _result(self, one: Job, keep_original: bool) -> TryOnResult:
        person, garment = one.person.scaled(self.size), one.garment.scaled(self.size)
        if not person.pose.found(1):
            raise TryOnError("text", text="no neck")
        agnostic = Agnostic(person.image // 2, person.parse, person.pose.draw())
        labels = np.where(garment.mask > 0, 3, 0).astype(np.uint8)
        soft = (garment.mask // 2).astype(np.uint8)
        warp = Warp(rest_points().float().numpy() * 1.1, np.roll(garment.image, one.seed, axis=1), soft)
        raw = (person.image // 2 + warp.cloth // 2).astype(np.uint8)
        stages = agnostic, Segmentation(labels), warp
        coat = Coat(np.zeros(self.size, np.uint8))
        made = finish(raw, person, garment, *stages, keep_original=keep_original, coat=coat)
        return replace(made, seed=one.seed, notes=self.notes)
