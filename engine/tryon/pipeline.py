"""The try-on as a whole, and its stages one by one, with a typed result that can be shown, edited and given on.

VITON-HD (Choi et al., CVPR 2021): agnostic person, segmentation generator, geometric matching, ALIAS generator. What is
done in which order says `engine.graph`. Stages hand over 8-bit arrays: what a user sees is exactly what the next stage
reads, whether it was computed, edited or loaded from a file.
"""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine import graph
from engine.arrays import FULL_SIZE, Array8, Size
from engine.category import UPPER, Category
from engine.errors import TryOnError
from engine.networks.alias import MULTIPLE
from engine.system.progress import Abort, Progress, ProgressTracker
from engine.tryon.context import Options
from engine.tryon.executor import Executor
from engine.tryon.executor import Job as Job
from engine.tryon.runtime import Runtime
from engine.tryon.stages.misalignment import misalignment
from engine.tryon.stages.result import finished
from engine.values import (
    Agnostic,
    Arrays,
    Coat,
    Garment,
    Generated,
    Hair,
    Person,
    Segmentation,
    TryOnResult,
    Value,
    Warp,
    check_sizes,
)
from engine.weights import Pack, find_pack
from engine.weights.refinements import Refinements


def load_pipeline(
    pack: str | Pack = "default", device: str = "auto", precision: str = "fp32", size: Size | None = None
) -> "TryOnPipeline":
    """A pipeline on the weights of a pack (its name, its folder, or a `Pack`).

    size: (height, width) of the pictures to make, 3:4 and multiples of 128; the pack's first size when None.
    Raises TryOnError when the pack, one of its networks, the device or the size cannot be had.
    """
    found = pack if isinstance(pack, Pack) else find_pack(pack)
    missing = graph.lacking(found.configs)
    if missing:
        raise TryOnError("pack.no_try_on", name=found.name, kind=missing[0])
    networks = {kind: found.load(kind) for kind in graph.chosen(found.configs)}
    wanted = size or next(iter(found.sizes), FULL_SIZE)
    return TryOnPipeline(networks, device, precision, wanted, found.refinements, found.category)


class TryOnPipeline:
    """The networks of a try-on and what lies between them.

    networks: by kind, as `engine.networks.build` makes them; at least what `engine.graph.lacking` asks for ("matching"
    or "flow", "segmentation", "alias" or "composer"). refinements: steps beside them, none as published. category: the
    kind of garment that they put on. One pipeline serves any number of try-ons; `progress` and `abort` are given call
    by call. Several threads may use it: their stages take turns. The same seed, weights and input give the same picture
    on one machine with one number of threads; another seed varies the ALIAS generator alone, and a composer not at all.
    """

    def __init__(
        self,
        networks: Mapping[str, nn.Module],
        device: str = "auto",
        precision: str = "fp32",
        size: Size = FULL_SIZE,
        refinements: Refinements = Refinements(),
        category: Category = UPPER,
    ) -> None:
        _check_size(size)
        self.size = size
        self.runtime = Runtime(networks, device, precision, refinements, category)
        self.executor = Executor(self.runtime)

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        """By kind."""
        return self.runtime.networks

    @property
    def device(self) -> torch.device:
        return self.runtime.device

    @property
    def refinements(self) -> Refinements:
        return self.runtime.refinements

    @property
    def category(self) -> Category:
        return self.runtime.category

    def run(
        self,
        person: Person,
        garment: Garment,
        seed: int = 0,
        keep_original: bool = True,
        progress: Progress | None = None,
        abort: Abort | None = None,
    ) -> TryOnResult:
        """All stages. keep_original: take the photo's own pixels where the garment changes nothing.

        Raises `engine.errors.Aborted` between two layers once `abort()` is True. When a GPU runs out of memory the
        stage is done again on the CPU, and the result's notes say so.
        """
        return self.run_batch([Job(person, garment, seed)], keep_original, progress, abort)[0]

    def run_batch(
        self,
        jobs: Sequence[Job],
        keep_original: bool = True,
        progress: Progress | None = None,
        abort: Abort | None = None,
    ) -> list[TryOnResult]:
        """`run` for several pairs at once; the order is kept.

        On a GPU the networks see them as one batch, and by rounding a picture may be a level of 255 off the one made
        alone. On a CPU, where a batch saves nothing, they are made one by one: every picture is the same.
        """
        return self.executor.run(jobs, Options(self.size, keep_original), ProgressTracker(progress, abort))

    def agnostic(self, person: Person, tracker: ProgressTracker | None = None) -> Agnostic:
        """Take the worn top out of the person's photo and parse, and draw the pose."""
        return cast(Agnostic, self._one("agnostic", self.size, [person], tracker))

    def segmentation(
        self,
        agnostic: Agnostic,
        garment: Garment,
        seed: int = 0,
        tracker: ProgressTracker | None = None,
        person: Person | None = None,
    ) -> Segmentation:
        """Predict the parse of the person wearing the garment. A try-on always asks for seed 0.

        person: without them a bare arm may be drawn a little beside where the photo shows it.
        """
        given = [agnostic, garment, *([person] if person else [])]
        return cast(Segmentation, self._one("segmentation", agnostic.size, given, tracker, seed))

    def warp(
        self, agnostic: Agnostic, segmentation: Segmentation, garment: Garment, tracker: ProgressTracker | None = None
    ) -> Warp:
        """Lay the garment onto the predicted clothes region."""
        return cast(Warp, self._one("warp", agnostic.size, [agnostic, segmentation, garment], tracker))

    def warp_along(self, points: NDArray[np.float32], garment: Garment, size: Size | None = None) -> Warp:
        """Warp the garment along control points (25, 2), the network's own or ones a user has dragged."""
        return cast(Warp, self._one("warp", size or self.size, [garment], edit={"points": points}))

    def generate(
        self,
        agnostic: Agnostic,
        segmentation: Segmentation,
        warp: Warp,
        seed: int = 0,
        tracker: ProgressTracker | None = None,
        person: Person | None = None,
        garment: Garment | None = None,
    ) -> Array8:
        """The generator's picture (H, W, 3) of the person wearing the warped garment.

        person: where it is given, a composer sees none of the old garment that the agnostic picture leaves unhidden.
        garment: read by pix2pix alone, which needs it.
        """
        check_sizes(agnostic.size, segmentation, warp)
        parts: list[Value] = [agnostic, segmentation, warp, misalignment(segmentation, warp, self.category)]
        parts += [one for one in (person, garment) if one is not None]
        return cast(Generated, self._one("generation", agnostic.size, parts, tracker, seed)).picture

    def _one(
        self,
        name: str,
        size: Size,
        inputs: Sequence[Value],
        tracker: ProgressTracker | None = None,
        seed: int = 0,
        edit: Arrays | None = None,
    ) -> Value:
        by_stage = {value.stage: value for value in inputs}
        return self.executor.one(name, by_stage, Options(size), tracker or ProgressTracker(), seed, edit)

    def finish(
        self,
        raw: Array8,
        person: Person,
        garment: Garment,
        agnostic: Agnostic,
        segmentation: Segmentation,
        warp: Warp,
        *,
        keep_original: bool = True,
        coat: Coat | None = None,
        hair: Hair | None = None,
    ) -> TryOnResult:
        """`engine.tryon.pipeline.finish` with the refinement that this pipeline's pack asks for."""
        parts = person, garment, agnostic, segmentation, warp
        about = self.refinements, self.category, self.runtime.knows_neck
        return finish(raw, *parts, keep_original, *about, coat, hair)


def finish(
    raw: Array8,
    person: Person,
    garment: Garment,
    agnostic: Agnostic,
    segmentation: Segmentation,
    warp: Warp,
    keep_original: bool = True,
    refinements: Refinements = Refinements(),
    category: Category = UPPER,
    knows_neck: bool = False,
    coat: Coat | None = None,
    hair: Hair | None = None,
) -> TryOnResult:
    """Put the photo's own pixels back where the garment changes nothing, and bind everything together.

    Options are those of `engine.tryon.stages.result.finished`, which says what is laid together.
    """
    check_sizes(agnostic.size, segmentation, warp)
    person, garment = person.scaled(agnostic.size), garment.scaled(agnostic.size)
    about = keep_original, refinements, category, knows_neck, coat, hair
    made = finished(raw, person, agnostic, segmentation, warp, *about)
    computed = warp, misalignment(segmentation, warp, category), Generated(raw), made
    parts: tuple[Value, ...] = (
        person,
        garment,
        agnostic,
        *(one for one in (coat, hair) if one),
        segmentation,
        *computed,
    )
    return TryOnResult({part.stage: part for part in parts})


def _check_size(size: Size) -> None:
    height, width = size
    if height % MULTIPLE or width % MULTIPLE or height * 3 != width * 4 or height < MULTIPLE:
        raise TryOnError("size.steps", width=width, height=height)
