"""A method measured on held-out pairs: the generator's own picture, nothing of the photo pasted back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn

from engine import graph
from engine.arrays import Array8, Size
from engine.data.layout import Record, read_sample
from engine.data.sample import Sample
from engine.errors import TryOnError
from engine.evaluation.enlarging import enlarged, enlarged_sample
from engine.evaluation.tryon import inputs
from engine.imaging.images import resize_labels
from engine.imaging.saving import save_picture
from engine.labels import lip_to_segmentation
from engine.metrics import similarity
from engine.metrics.colour_difference import ciede2000, is_plain, typical_colour
from engine.metrics.similarity import Distance, Region, shrunk
from engine.system.files import write_text
from engine.system.progress import Abort, ProgressTracker
from engine.tryon.context import Options
from engine.tryon.executor import Executor, Job
from engine.tryon.runtime import Runtime
from engine.values import COAT_OFF, Garment, Person, Segmentation, TryOnResult, Warp
from engine.weights import Pack

_FULL = 255
_LEAST = 20  # pixels of a region that tell a mean


@dataclass
class Numbers:
    """What was measured of one method and seed.

    pairs: (person, garment) of the paired setting. values: by measure, one a pair, NaN where there is none. looks: SSIM
    on the way, by samples seen. whole: numbers of all pairs together.
    """

    pairs: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, list[float]] = field(default_factory=dict)
    looks: dict[int, float] = field(default_factory=dict)
    whole: dict[str, float] = field(default_factory=dict)
    samples: int = 0
    seconds: float = 0.0

    def write(self, path: Path) -> None:
        """As JSON, in one piece."""
        write_text(path, json.dumps(asdict(self), indent=1) + "\n")

    @staticmethod
    def read(path: Path) -> "Numbers":
        """What `write` wrote. TryOnError where it is none."""
        try:
            table = json.loads(path.read_text(encoding="utf-8"))
            table["pairs"] = [(person, garment) for person, garment in table["pairs"]]
            table["looks"] = {int(key): float(value) for key, value in table["looks"].items()}
            return Numbers(**table)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise TryOnError("plan.numbers", path=path) from error


class Maker:
    """A method's networks, ready to make pictures at `size`."""

    def __init__(self, packs: Mapping[str, Pack], size: Size, device: str, abort: Abort | None = None) -> None:
        missing = graph.lacking(packs)
        first = next(iter(packs.values()))
        if missing:
            raise TryOnError("pack.no_try_on", name=first.name, kind=missing[0])
        networks: dict[str, nn.Module] = {kind: packs[kind].load(kind) for kind in graph.chosen(packs)}
        self.runtime = Runtime(networks, device, "fp32", first.refinements, first.category)
        self.executor, self.size, self.abort = Executor(self.runtime), size, abort

    def make(self, sample: Sample, seed: int) -> TryOnResult:
        """The try-on of a sample. Raises `Aborted` between two layers when the caller wants out."""
        person, garment = inputs(enlarged_sample(sample, self.size))
        options = Options(self.size, keep_original=False)
        return self.executor.run([Job(person, garment, seed, COAT_OFF)], options, ProgressTracker(None, self.abort))[0]

    def laid(self, sample: Sample) -> Warp:
        """The garment laid onto the true region that it is worn in."""
        person, garment = inputs(enlarged_sample(sample, self.size))
        options, tracker = Options(self.size, keep_original=False), ProgressTracker(None, self.abort)
        parts: dict[str, Person | Garment] = {"person": person, "garment": garment}
        agnostic = self.executor.one("agnostic", parts, options, tracker)
        true = Segmentation(lip_to_segmentation(person.scaled(self.size).parse))
        made = self.executor.one("warp", {"agnostic": agnostic, "segmentation": true, **parts}, options, tracker)
        assert isinstance(made, Warp)
        return made


@dataclass(frozen=True, eq=False)
class Truth:
    """A photo at the size of comparison, where its garment is, and where the reference's warp leaves it uncovered."""

    photo: Array8
    clothes: Region
    misaligned: Region


def misaligned_regions(maker: Maker, records: Sequence[Record]) -> NDArray[np.bool_]:
    """Where the true garment (pairs, H, W) is not covered by the garment as the reference's network lays it."""
    found = []
    for record in records:
        sample = read_sample(record)
        covered = maker.laid(sample).mask >= 128
        found.append(_clothes(sample, maker) & ~covered)
    return np.stack(found)


def share_of(misaligned: Region, clothes: Region) -> float:
    """How much of the garment's region is misaligned, 0 to 1; NaN where there is no garment."""
    return float(misaligned.sum() / clothes.sum()) if clothes.any() else float("nan")


def measure_pair(
    maker: Maker, record: Record, misaligned: Region, seed: int, lpips: Distance | None, picture: Path | None
) -> tuple[dict[str, float], float]:
    """The paired measures, with the share of the region that is misaligned as "misalignment"; seconds that it took."""
    sample = read_sample(record)
    truth = Truth(_fitted(sample.image, maker.size), _clothes(sample, maker), misaligned)
    result = maker.make(sample, seed)
    if picture is not None:
        save_picture(picture, result.raw)
    predicted = result.segmentation.labels == maker.runtime.category.garment
    values = {
        "ssim": similarity.ssim(result.raw, truth.photo),
        "l1": similarity.l1(result.raw, truth.photo),
        "l1_clothes": similarity.l1(result.raw, truth.photo, truth.clothes),
        "l1_misaligned": similarity.l1(
            result.raw, truth.photo, misaligned if misaligned.sum() >= _LEAST else np.zeros_like(misaligned)
        ),
        "iou": similarity.iou(predicted, truth.clothes),
        "colour": _colour(result.raw, truth, sample),
        "misalignment": share_of(misaligned, truth.clothes),
    }
    if lpips is not None:
        values["lpips"] = lpips(result.raw, truth.photo)
    return values, sum(result.timings.values())


def make_unpaired(maker: Maker, record: Record, seed: int, picture: Path) -> tuple[float, Array8]:
    """Another garment put on: how far the old one's shape shows in the predicted region, and the picture, saved too."""
    sample = read_sample(record)
    result = maker.make(sample, seed)
    save_picture(picture, result.raw)
    predicted = result.segmentation.labels == maker.runtime.category.garment
    return similarity.iou(predicted, _clothes(sample, maker)), result.raw


def _clothes(sample: Sample, maker: Maker) -> Region:
    labels = lip_to_segmentation(resize_labels(sample.parse, maker.size))
    return np.asarray(labels == maker.runtime.category.garment)


def _fitted(picture: Array8, size: Size) -> Array8:
    """The photo at the size of comparison: as it is, made smaller by the means of areas, or enlarged."""
    if picture.shape[0] < size[0]:
        return enlarged(picture, size)
    return shrunk(picture, size)


def _colour(made: Array8, truth: Truth, sample: Sample) -> float:
    if not is_plain(sample.cloth, sample.cloth_mask == _FULL):
        return float("nan")
    colours = typical_colour(made, truth.clothes), typical_colour(truth.photo, truth.clothes)
    return float("nan") if colours[0] is None or colours[1] is None else ciede2000(colours[0], colours[1])
