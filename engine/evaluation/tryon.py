"""One try-on measured in every way, by the stages of `engine.tryon.pipeline` as the app runs them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import torch

from engine.arrays import Array8
from engine.category import Category
from engine.category.agnostic import hidden_region
from engine.data.layout import Record, read_sample
from engine.data.sample import Sample
from engine.evaluation.baseline import flat_colours
from engine.evaluation.enlarging import enlarged_sample
from engine.evaluation.warned import Warned
from engine.imaging.images import resize_labels
from engine.labels import SEGMENTATION, lip_to_segmentation
from engine.metrics import similarity
from engine.metrics.colour_difference import ciede2000, is_plain, typical_colour
from engine.metrics.measured import SIZE, Key, Numbers
from engine.metrics.overlap import ClassOverlap
from engine.metrics.similarity import Distance, Region, shrunk
from engine.system.progress import Abort, Progress
from engine.tryon.compositing import composite
from engine.tryon.pipeline import Job, TryOnPipeline
from engine.values import COAT_OFF, Garment, Person, Segmentation, TryOnResult

_FULL = 255


@dataclass
class Experiment:
    """Measures try-ons of one pipeline; `numbers`, `warned` and `overlap` collect over pairs."""

    pipeline: TryOnPipeline
    lpips: Distance | None = None
    seed: int = 0
    numbers: Numbers = field(default_factory=Numbers)
    compared: int = 0  # pairs in `overlap`
    warned: Warned = field(default_factory=Warned)
    overlap: ClassOverlap = field(default_factory=lambda: ClassOverlap(len(SEGMENTATION)))

    @property
    def _category(self) -> Category:
        return self.pipeline.category

    def paired(self, record: Record, progress: Progress | None = None, abort: Abort | None = None) -> TryOnResult:
        """Put the own garment on again, measure against the photo, and return the result."""
        sample = read_sample(record)
        person, garment = inputs(enlarged_sample(sample, self.pipeline.size))
        result = self._tried_on(person, garment, progress, abort)
        truth = Truth.of(sample, self._category)
        self.overlap.add(*_labels(result.segmentation, truth))
        self.compared += 1
        values = dict(self._pictures(result, truth, sample))
        values |= dict(self._warps(result, truth, person, garment))
        values[Key("sharpness")] = self._sharpness(result)
        values |= self._colour(result, truth.photo, truth.clothes, "paired, against the worn garment")
        self.numbers.add((record.name, record.cloth_name), values)
        self.warned.add(result, values, self._category)
        return result

    def unpaired(self, record: Record, progress: Progress | None = None, abort: Abort | None = None) -> TryOnResult:
        """Put another garment on, measure what has no truth, and return the result."""
        sample = read_sample(record)
        person, garment = inputs(enlarged_sample(sample, self.pipeline.size))
        result = self._tried_on(person, garment, progress, abort)
        cloth, mask = shrunk(sample.cloth, SIZE), shrunk(sample.cloth_mask, SIZE) == _FULL
        values = self._colour(result, cloth, mask, "unpaired, against the product photo")
        values[Key("sharpness", "unpaired")] = self._sharpness(result)
        self.numbers.add((record.name, record.cloth_name), values)
        return result

    def finish(self) -> None:
        """Add what is taken over all pairs at once: the overlap of every class."""
        count = self.compared
        for name, value in zip(SEGMENTATION.names, self.overlap.iou(), strict=True):
            if not np.isnan(value):
                self.numbers.whole[Key("iou", name)] = (value, count)

    def _pictures(self, result: TryOnResult, truth: "Truth", sample: Sample) -> Iterator[tuple[Key, float]]:
        hidden = hidden_region(result.agnostic.image).astype(np.uint8) * _FULL
        variants = {
            "pasted": result.image,
            "generator alone": result.raw,
            "baseline: flat colours": flat_colours(truth.photo, truth.parse, shrunk(hidden, SIZE)),
        }
        plain = composite(result.person.image, result.raw, result.changed)
        if (plain != result.image).any():
            variants["pasted, without refinements"] = plain
        for variant, picture in variants.items():
            small = shrunk(picture, SIZE)
            yield Key("ssim", variant), similarity.ssim(small, truth.photo)
            yield Key("l1_clothes", variant), similarity.l1(small, truth.photo, truth.clothes)
            if self.lpips is not None:
                yield Key("lpips", variant), self.lpips(small, truth.photo)

    def _warps(
        self, result: TryOnResult, truth: "Truth", person: Person, garment: Garment
    ) -> Iterator[tuple[Key, float]]:
        parse = resize_labels(person.parse, result.agnostic.size)
        true = self.pipeline.warp(result.agnostic, Segmentation(lip_to_segmentation(parse)), garment)
        for variant, warp in (("predicted region", result.warp), ("true region", true)):
            cloth, mask = shrunk(warp.cloth, SIZE), shrunk(warp.mask, SIZE) >= 128
            yield Key("warp_l1", variant), similarity.l1(cloth, truth.photo, truth.clothes)
            yield Key("warp_iou", variant), similarity.iou(mask, truth.clothes)
            yield Key("warp_iou", f"{variant}, off the head"), similarity.iou(mask & truth.off_head, truth.clothes)

    def _tried_on(
        self, person: Person, garment: Garment, progress: Progress | None, abort: Abort | None
    ) -> TryOnResult:
        """What a data set calls coat is the garment itself as often as not, so none stays on."""
        job = Job(person, garment, self.seed, COAT_OFF)
        return self.pipeline.run_batch([job], progress=progress, abort=abort)[0]

    def _sharpness(self, result: TryOnResult) -> float:
        """Where clothes are predicted and the warped cloth covers them wholly."""
        trusted = (result.segmentation.labels == self._category.garment) & (result.warp.mask == _FULL)
        return similarity.sharpness(result.image, result.warp.cloth, np.asarray(trusted))

    def _colour(self, result: TryOnResult, goal: Array8, region: Region, variant: str) -> dict[Key, float]:
        """The colour difference of a plain garment; nothing for one with a pattern."""
        if not is_plain(shrunk(result.garment.image, SIZE), shrunk(result.garment.mask, SIZE) == _FULL):
            return {}
        worn = resize_labels(result.segmentation.labels, SIZE) == self._category.garment
        worn &= shrunk(result.changed, SIZE) == _FULL
        colours = typical_colour(shrunk(result.image, SIZE), worn), typical_colour(goal, region)
        if colours[0] is None or colours[1] is None:
            return {}
        return {Key("colour", variant): ciede2000(colours[0], colours[1])}


@dataclass(frozen=True, eq=False)
class Truth:
    """The photo at the size of comparison, its LIP parse and where in it the clothes are."""

    photo: Array8
    parse: Array8
    clothes: Region
    off_head: Region  # where nothing lies over the garment: neither hair, face nor neck over the inside of a collar

    @staticmethod
    def of(sample: Sample, category: Category) -> "Truth":
        """What is true of a sample, at the size of comparison."""
        parse = resize_labels(sample.parse, SIZE)
        clothes = lip_to_segmentation(parse) == category.garment
        return Truth(shrunk(sample.image, SIZE), parse, clothes, ~np.isin(parse, category.over_lip))


def inputs(sample: Sample) -> tuple[Person, Garment]:
    """A sample as the pipeline takes it."""
    person = Person(sample.image, sample.pose, sample.parse, sample.pose_picture)
    return person, Garment(sample.cloth, sample.cloth_mask)


def _labels(segmentation: Segmentation, truth: Truth) -> tuple[torch.Tensor, torch.Tensor]:
    made, true = resize_labels(segmentation.labels, SIZE), lip_to_segmentation(truth.parse)
    return torch.from_numpy(made)[None], torch.from_numpy(true)[None]
