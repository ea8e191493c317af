"""Evaluating weight packs on a data set, from the choice of pairs to the files that report it."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from torch import nn

from engine import graph
from engine.arrays import Array8, Size
from engine.data.layout import Record
from engine.errors import Aborted
from engine.evaluation import contact, report
from engine.evaluation.pairs import Part, choose, swapped
from engine.evaluation.report import Row
from engine.evaluation.tryon import Experiment
from engine.imaging import sheets
from engine.metrics import frechet
from engine.metrics.measured import METRICS, SIZE
from engine.metrics.similarity import lpips_distance, shrunk
from engine.system.progress import Abort
from engine.tryon.pipeline import TryOnPipeline, load_pipeline
from engine.values import TryOnResult
from engine.warping import warper_of
from engine.weights import Pack, find_pack

Tell = Callable[[dict[str, object]], None]
_FEW_PAIRS = "; few pairs make it larger than it is, so compare only equal numbers of pairs"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is evaluated and how."""

    data: Path
    packs: Sequence[str]
    part: Part = "validation"
    pairs: int = 50
    held_out: int = 500
    unpaired: bool = False
    size: Size | None = None
    seed: int = 0
    device: str = "auto"
    precision: str = "fp32"
    lpips: Path | None = None
    inception: Path | None = None
    rows: int = 12  # of the contact sheet


def evaluate(plan: Plan, folder: Path, tell: Tell, abort: Abort | None = None) -> list[Row]:
    """Measure every pack of the plan, write results.json, results.csv and contact.png into `folder`.

    tell: given an event (a dict with "event") after every pair. Raises `Aborted` once `abort()` is True, TryOnError
    where data, pack or folder cannot be used.
    """
    chosen = choose(plan.data, plan.part, plan.pairs, plan.held_out)
    distance, lpips_note = lpips_distance(plan.lpips)
    experiments = {
        title: Experiment(_pipeline(pack, plan), distance, plan.seed) for title, pack in _titled(plan.packs).items()
    }
    counter = _Counter(tell, len(experiments) * len(chosen.records) * (2 if plan.unpaired else 1))
    sheet = _Sheet(plan.rows)
    for name, experiment in experiments.items():
        _measure(name, experiment, plan, chosen.records, counter, sheet, abort)
        sheet.next_pack()
    remarks = {"lpips": f"{lpips_note}, {METRICS['lpips'].protocol}"}
    remarks["frechet"] = METRICS["frechet"].protocol + _FEW_PAIRS
    numbers = {name: experiment.numbers for name, experiment in experiments.items()}
    rows = [row for name, one in numbers.items() for row in report.rows_of(name, one, remarks)]
    rows += [row for name, experiment in experiments.items() for row in experiment.warned.rows(name)]
    height, width = next(iter(experiments.values())).pipeline.size
    setting = {
        "data": plan.data.name,
        "pairs": chosen.origin,
        "pictures": f"{width} x {height}",
        "seed": plan.seed,
        "precision": plan.precision,
    }
    notes = [] if distance else [f"LPIPS {lpips_note}"]
    report.write(folder, rows, numbers, setting, notes, sheet.picture(list(experiments)))
    return rows


def _measure(
    name: str,
    experiment: Experiment,
    plan: Plan,
    records: Sequence[Record],
    counter: "_Counter",
    sheet: "_Sheet",
    abort: Abort | None,
) -> None:
    """All numbers of one pack."""
    made, real = [], []
    for result in counter.counted(name, "paired", experiment.paired, records, abort):
        real.append(shrunk(result.person.image, SIZE))
        if not plan.unpaired:
            sheet.add(result)
    if plan.unpaired:
        for result in counter.counted(name, "unpaired", experiment.unpaired, swapped(records), abort):
            made.append(shrunk(result.image, SIZE))
            sheet.add(result)
        encoder = _garment_encoder(experiment.pipeline)
        module = frechet.Scripted(plan.inception) if plan.inception else frechet.own_features(encoder)
        values = frechet.distances(made, real, module)
        experiment.numbers.whole |= {key: (value, len(made)) for key, value in values.items()}
    experiment.finish()


def _garment_encoder(pipeline: TryOnPipeline) -> nn.Sequential:
    (kind,) = graph.chosen(pipeline.networks, [graph.BY_NAME["warp"]])
    return warper_of(kind).encoder(pipeline.networks[kind])


def _titled(packs: Sequence[str]) -> dict[str, Pack]:
    """Packs by their own names; by what the user called them where two have the same."""
    found = {called: find_pack(called) for called in packs}
    names = [pack.name for pack in found.values()]
    return {pack.name if names.count(pack.name) == 1 else called: pack for called, pack in found.items()}


def _pipeline(pack: Pack, plan: Plan) -> TryOnPipeline:
    return load_pipeline(pack, plan.device, plan.precision, plan.size)


class _Counter:
    """Tells how far the evaluation is."""

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell, self._total, self._done, self._started = tell, total, 0, time.monotonic()

    def counted(
        self,
        pack: str,
        stage: str,
        measure: Callable[..., TryOnResult],
        records: Sequence[Record],
        abort: Abort | None,
    ) -> Iterator[TryOnResult]:
        for record in records:
            if abort is not None and abort():
                raise Aborted("stopped between two pairs")
            result = measure(record, abort=abort)
            self._done += 1
            spent = time.monotonic() - self._started
            self._tell(
                {
                    "event": "progress",
                    "stage": stage,
                    "pack": pack,
                    "done": self._done,
                    "total": self._total,
                    "share": self._done / self._total,
                    "seconds_left": round(spent / self._done * (self._total - self._done), 1),
                }
            )
            yield result


class _Sheet:
    """Collects rows of the contact sheet, small pictures only; the packs' columns beside each other."""

    def __init__(self, rows: int) -> None:
        self._rows: list[list[Array8]] = []
        self._most, self._place = rows, 0

    def add(self, result: TryOnResult) -> None:
        if self._place >= self._most:
            return
        row = contact.row_of([result])
        if self._place < len(self._rows):
            self._rows[self._place] += row[2:]
        else:
            self._rows.append(row)
        self._place += 1

    def next_pack(self) -> None:
        self._place = 0

    def picture(self, packs: list[str]) -> Array8 | None:
        return sheets.sheet(self._rows, contact.titles(packs)) if self._rows else None
