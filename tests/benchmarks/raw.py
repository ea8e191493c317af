"""Raw photos to result with the shipped pack, warm, and another garment on the same person: the sample photos."""

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from engine.analysis.common.pack_estimators import load_garment_estimator, load_person_estimator
from engine.analysis.garment.cut_out import cut_out
from engine.analysis.person.analyse import analyse
from engine.imaging.images import read_photo
from engine.tryon.pipeline import load_pipeline
from engine.values import Garment, TryOnResult
from tests.benchmarks.plan import Plan, shown
from tests.benchmarks.timing import interleaved, seconds
from tests.benchmarks.tryon import on_the_same_person

TITLE = "Raw photos to result, default pack, fp32"
_PERSON, _GARMENTS = "people/woman.jpg", ("garments/tee.jpg", "garments/striped.jpg")


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row for a person and a garment, from the two files on, and one for a further garment."""
    pipeline = load_pipeline("default", "cpu", size=plan.tryon_size)
    people, garments = load_person_estimator("default", "cpu"), load_garment_estimator("default", "cpu")
    with as_file(files("resources") / "samples") as folder:

        def garment(number: int) -> Garment:
            return cut_out(read_photo(Path(folder) / _GARMENTS[number]), garments)

        def whole() -> TryOnResult:
            return pipeline.run(analyse(read_photo(Path(folder) / _PERSON), people), garment(0))

        person = analyse(read_photo(Path(folder) / _PERSON), people)
        agnostic = pipeline.agnostic(person)

        def another() -> TryOnResult:
            return on_the_same_person(pipeline, person, agnostic, garment(1))

        first = {"photos to result": seconds(whole), "another garment": seconds(another)}
        times = interleaved({"photos to result": (whole, plan.runs), "another garment": (another, plan.runs)})
    for name, taken in times.items():
        yield {"case": f"{name}, {shown(plan.tryon_size)}", "cold": first[name], **taken.as_row()}


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [{"": row["case"], "first": f"{row['cold']:.2f} s", "warm": f"{row['seconds']:.2f} s"} for row in rows]
