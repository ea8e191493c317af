"""Evaluating the analysis of raw photos with the parser and garment network of weight packs."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.analysis.common.pack_estimators import ParserEstimator, load_garment_estimator
from engine.analysis.person.analyse import analyse
from engine.arrays import Picture
from engine.data.raw.photos import StreetPhotos
from engine.errors import TryOnError
from engine.evaluation import analysis, report
from engine.evaluation.pairs import choose
from engine.evaluation.report import Row
from engine.imaging.images import read_photo, resize_picture
from engine.metrics.measured import Numbers
from engine.system.devices import choose_device
from engine.system.progress import ProgressTracker
from engine.weights import find_pack

Tell = Callable[[dict[str, object]], None]
LARGE = (4000, 3000)  # a photo of 12 megapixels
_TIMES = 3

PROTOCOLS = {
    "studio": "held-out photos as they are, 192 x 256 pixels, mean over the photo and its mirror image; tops (5, 6, 7) "
    "and lower garments (9, 12) merged; PCK within 0.2 shoulder widths of the reference",
    "street": "held-out whole photos, found and framed by the analysis at 192 x 256 pixels; classes and PCK as above; "
    "a photo in which nobody is found is all wrong",
    "flip": "share of pixels of held-out studio photos whose label in the mirrored photo is the mirrored label; one "
    "look without averaging",
    "garment": "mask found in held-out product photos against the reference; mean over garments",
    "time": "analysis of a studio photo enlarged to 3000 x 4000 pixels, on this computer; median of three",
}


@dataclass(frozen=True, kw_only=True)
class AnalysisPlan:
    """What is evaluated: DATA in the VITON-HD layout, and a folder of street photos where there is one."""

    data: Path
    packs: Sequence[str]
    street: Path | None = None
    photos: int = 500  # studio photos and garments at most
    held_out: int = 500
    device: str = "cpu"


@dataclass
class _Job:
    """Collects the rows of one pack."""

    pack: str
    tracker: ProgressTracker
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheets: list[Picture] = field(default_factory=list)

    def add(self, group: str, numbers: dict[str, float], count: int, better: str = "higher") -> None:
        for name, value in numbers.items():
            self.rows.append(Row(self.pack, f"{group}: {name}", round(value, 5), better, PROTOCOLS[group], count))


def evaluate_analysis(
    plan: AnalysisPlan, folder: Path, tell: Tell, abort: Callable[[], bool] | None = None
) -> list[Row]:
    """Measure every pack of the plan, write results.json and contact.png into `folder`.

    tell: given an event (a dict with "event") now and then. Raises `Aborted` once `abort()` is True, TryOnError where
    data, pack or folder cannot be used.
    """
    jobs = []
    for place, pack in enumerate(plan.packs):
        job = _Job(pack, ProgressTracker(_teller(tell, pack, place, len(plan.packs)), abort))
        _measure(plan, job)
        jobs.append(job)
    rows = [row for job in jobs for row in job.rows]
    setting = {"data": plan.data.name, "street": plan.street.name if plan.street else "", "photos": plan.photos}
    sheets = [sheet for job in jobs for sheet in job.sheets]
    width = max(sheet.shape[1] for sheet in sheets)
    padded = [np.pad(sheet, ((0, 0), (0, width - sheet.shape[1]), (0, 0)), constant_values=255) for sheet in sheets]
    numbers: dict[str, Numbers] = {job.pack: Numbers() for job in jobs}
    report.write(folder, rows, numbers, setting, [note for job in jobs for note in job.notes], np.vstack(padded))
    return rows


def _measure(plan: AnalysisPlan, job: _Job) -> None:
    device = choose_device(plan.device)
    found = find_pack(job.pack)
    if "parser" not in found.configs:
        raise TryOnError("pack.no_parser", name=job.pack)
    records = choose(plan.data, "validation", plan.photos, plan.held_out).records
    network, garment = found.load("parser"), load_garment_estimator(found, plan.device)
    estimator = ParserEstimator(network, device)
    job.tracker.begin("studio photos", (0.0, 0.35))
    people = analysis.studio_people(records, estimator, job.tracker)
    job.add("studio", people.numbers(), len(records))
    job.sheets.append(analysis.contact_sheet(people, f"{job.pack}: studio"))
    if plan.street is not None:
        job.tracker.begin("street photos", (0.35, 0.6))
        _street(plan.street, estimator, job)
    job.tracker.begin("mirrored photos", (0.6, 0.75))
    once = ParserEstimator(network, device, mirrored=False)
    some = records[:: max(1, len(records) // 100)]
    job.add("flip", {"agreement": analysis.flip_agreement(some, once, job.tracker)}, len(some))
    job.tracker.begin("garments", (0.75, 0.95))
    garments = analysis.garment_masks(records, garment, job.tracker)
    job.add("garment", {"mask IoU": float(np.mean(list(garments.iou.values())))}, len(garments.iou))
    job.notes.append(f"garments left out for a wrong reference: {', '.join(garments.dropped) or 'none'}")
    worst = sorted(garments.iou, key=garments.iou.__getitem__)[:10]
    job.notes.append("worst garments: " + ", ".join(f"{name} {garments.iou[name]:.3f}" for name in worst))
    job.tracker.begin("time", (0.95, 1.0))
    job.add("time", _seconds(records[0].image, estimator), _TIMES, better="lower")


def _street(folder: Path, estimator: ParserEstimator, job: _Job) -> None:
    photos = StreetPhotos(folder)
    people = analysis.street_people(photos, photos.validation, estimator, job.tracker)
    job.add("street", people.numbers(), len(photos.validation))
    job.notes.append(f"street photos in which nobody was found: {', '.join(people.failed) or 'none'}")
    job.sheets.append(analysis.contact_sheet(people, f"{job.pack}: street"))


def _seconds(path: Path, estimator: ParserEstimator) -> dict[str, float]:
    """On the clock, and of all cores together, which a busy computer does not lengthen."""
    photo = resize_picture(read_photo(path), LARGE)

    def times() -> Iterator[tuple[float, float]]:
        for _ in range(_TIMES):
            start = time.perf_counter(), time.process_time()
            analyse(photo, estimator)
            yield time.perf_counter() - start[0], time.process_time() - start[1]

    clock, cores = np.median(list(times()), axis=0)
    return {"seconds": float(clock), "seconds of a core": float(cores)}


def _teller(tell: Tell, pack: str, place: int, packs: int) -> Callable[[str, float], None]:
    """Progress of one pack as events about the whole evaluation."""
    started = time.monotonic()

    def progress(stage: str, share: float) -> None:
        whole = (place + share) / packs
        spent = time.monotonic() - started
        left = spent / share * (packs - place - share) if share else None
        event: dict[str, object] = {"event": "progress", "stage": stage, "pack": pack, "share": whole}
        tell(event | ({"seconds_left": round(left, 1)} if left is not None else {}))

    return progress
