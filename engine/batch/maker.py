"""Makes items: three steps that may overlap, each for one item or a few at a time. The networks are loaded once."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import torch

from engine.analysis.agreement import disagreements
from engine.analysis.common.doubt import Doubt, doubt
from engine.analysis.common.pack_estimators import find_people_estimator, load_garment_estimator
from engine.batch.corrected import read_garment, read_person, read_said
from engine.batch.item import Item, Recipe, Settings, recipe_of
from engine.batch.manifest import Line, line_of
from engine.batch.photos import Photos
from engine.batch.plan import record_of
from engine.batch.store import Store, store_of
from engine.data.layout import read_sample
from engine.notes import noted
from engine.tryon.made_with import made_with
from engine.tryon.pipeline import Job, TryOnPipeline, load_pipeline
from engine.tryon.quality import quality
from engine.tryon.stage_files import save_stages
from engine.values import COAT_OFF, Garment, Person, TryOnResult
from engine.weights import find_pack

STAGES = "stages"
_ON_GPU = 4  # pictures at once


@dataclass(frozen=True, eq=False)
class Read:
    """An item whose photos were read and analysed: job, what is doubtful about them, and seconds by step."""

    item: Item
    job: Job
    doubts: tuple[Doubt, ...]
    seconds: dict[str, float] = field(default_factory=dict)


class Maker:
    """Makes items into a folder. `read` and `write` may be called by several threads, `make` by one at a time.

    pipeline: what makes the pictures; photos: what analyses raw ones, loaded when the first is met where it is None.
    """

    def __init__(
        self, settings: Settings, folder: Path, pipeline: TryOnPipeline, recipe: Recipe, metadata: Mapping[str, str]
    ) -> None:
        self.recipe, self.pipeline = recipe, pipeline
        self.batch, self.gpus = max(settings.batch, 1), 0
        self._settings, self._folder, self._metadata = settings, folder, metadata
        self._store: Store = store_of(folder, settings.pictures)
        self._photos: Photos | None = None
        self._loading = threading.Lock()

    def read(self, item: Item) -> Read:
        """Read an item's files and find in them what is not given. TryOnError where one of them cannot be used."""
        seconds: dict[str, float] = {}
        with _timed(seconds, "read"):
            person, garment, doubts = self._raw(item) if item.is_raw else _prepared(item)
            files = (item.files.get(role) for role in ("person_corrected", "garment_corrected"))
            said = {} if self._settings.coat else dict(COAT_OFF)
            for file in filter(None, files):
                said |= read_said(Path(file))
            person.pose.completed()  # a pose that cannot be used shows here, before it can spoil a whole batch
        return Read(item, Job(person, garment, item.seed, said), doubts, seconds)

    def make(self, reads: Sequence[Read]) -> list[TryOnResult]:
        """The try-ons of a few items. Whatever is raised is about all of them."""
        seconds: dict[str, float] = {}
        with _timed(seconds, "make"):
            results = self.pipeline.run_batch([read.job for read in reads], self._settings.keep_original)
        for read in reads:
            read.seconds["make"] = seconds["make"] / len(reads)
        return results

    def write(self, read: Read, result: TryOnResult) -> Line:
        """Write the picture, after its stages, so that its presence says that all is there; the line to write down."""
        item = read.item
        with _timed(read.seconds, "write"):
            if self._settings.stages:
                save_stages(self._folder / STAGES / item.id, result.values)
            own = {"seed": str(item.seed), "person": item.person, "garment": item.garment}
            size = self._store.save(item.output, result.image, {**self._metadata, **own})
        return line_of(
            item,
            self.recipe,
            status="done",
            bytes=size,
            seconds=read.seconds,
            warnings=self._warnings(read, result),
            notes=tuple(result.notes),
        )

    def _warnings(self, read: Read, result: TryOnResult) -> tuple[str, ...]:
        found = quality(result, read.job.person, read.job.garment, self.pipeline.category)
        return tuple(dict.fromkeys(one.code for one in (*read.doubts, *found.doubts)))

    def _raw(self, item: Item) -> tuple[Person, Garment, tuple[Doubt, ...]]:
        person, of_person = self._person(item)
        garment, of_garment = self._garment(item)
        return person, garment, (*of_person, *of_garment)

    def _person(self, item: Item) -> tuple[Person, tuple[Doubt, ...]]:
        if "person_corrected" in item.files:
            return read_person(Path(item.files["person_corrected"]))
        found = self._analyse().person(Path(item.files["person"]), item.digests.get("person", ""))
        return found, found.warnings

    def _garment(self, item: Item) -> tuple[Garment, tuple[Doubt, ...]]:
        if "garment_corrected" in item.files:
            return read_garment(Path(item.files["garment_corrected"]))
        found = self._analyse().garment(Path(item.files["garment"]), item.digests.get("garment", ""))
        return found, found.warnings

    def _analyse(self) -> Photos:
        with self._loading:
            self._photos = self._photos or self._load_photos()
        return self._photos

    def _load_photos(self) -> Photos:
        pack, device = find_pack(self._settings.weights), str(self.pipeline.device)
        people = find_people_estimator(self._settings.weights, device)
        garments = load_garment_estimator(pack, device)
        return Photos(self._folder, self.recipe.pack_digest, people, garments, pack.category)


def load_maker(settings: Settings, folder: Path) -> Maker:
    """The maker of these settings, with the networks loaded. TryOnError where pack, device or size cannot be had."""
    torch.set_num_threads(settings.threads)
    cv2.setNumThreads(settings.threads)
    pack = find_pack(settings.weights)
    pipeline = load_pipeline(pack, settings.device, settings.precision, settings.size)
    metadata = made_with(pack, 0, settings.precision)
    batch = settings.batch or (_ON_GPU if pipeline.device.type == "cuda" else 1)
    maker = Maker(replace(settings, batch=batch), folder, pipeline, recipe_of(settings), metadata)
    named = settings.device not in ("auto", "cuda")
    if pipeline.device.type != "cpu":
        maker.gpus = 1 if named or pipeline.device.type != "cuda" else torch.cuda.device_count()
    return maker


def _prepared(item: Item) -> tuple[Person, Garment, tuple[Doubt, ...]]:
    with noted() as codes:
        sample = read_sample(record_of(item))
    doubts = tuple(map(doubt, [*codes, *disagreements(sample.image, sample.pose, sample.parse)]))
    person = Person(sample.image, sample.pose, sample.parse, sample.pose_picture)
    garment = Garment(sample.cloth, sample.cloth_mask)
    if "person_corrected" in item.files:
        person, _ = read_person(Path(item.files["person_corrected"]))
    if "garment_corrected" in item.files:
        garment, _ = read_garment(Path(item.files["garment_corrected"]))
    return person, garment, doubts


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - begun, 4)
