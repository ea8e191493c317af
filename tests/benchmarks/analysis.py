"""The analysis of large photos with the shipped pack: time on the clock, and of all cores together."""

import time
from collections.abc import Iterator
from importlib.resources import as_file, files
from statistics import median
from typing import Any

import numpy as np

from engine.analysis.common.pack_estimators import load_garment_estimator, load_person_estimator
from engine.analysis.garment.cut_out import cut_out
from engine.analysis.person.analyse import analyse
from engine.imaging.images import read_photo, resize_picture
from tests.benchmarks.plan import Plan
from tests.benchmarks.timing import Call

TITLE = "Analysis of photos of 12 megapixels"
_LARGE = (4000, 3000)
_STREET = 0.45  # of such a photo: the size of somebody further away


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a kind of photo: a portrait as the data set has them, somebody further away, a garment."""
    people, garments = load_person_estimator("default", "cpu"), load_garment_estimator("default", "cpu")
    person, garment = (resize_picture(_sample(folder), _LARGE) for folder in ("people", "garments"))
    street = _further_away(person)
    calls: dict[str, Call] = {
        "portrait": lambda: analyse(person, people),
        "person further away": lambda: analyse(street, people),
        "garment": lambda: cut_out(garment, garments),
    }
    for case, call in calls.items():
        call()  # the first one also loads what later ones find loaded
        clock, cores = zip(*(_spent(call) for _ in range(plan.runs)), strict=True)
        yield {"case": case, "seconds": median(clock), "core_seconds": median(cores), "runs": plan.runs}


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {"photo": row["case"], "s": f"{row['seconds']:.2f}", "s of a core": f"{row['core_seconds']:.2f}"}
        for row in rows
    ]


def _spent(call: Call) -> tuple[float, float]:
    begun = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - begun[0], time.process_time() - begun[1]


def _sample(folder: str) -> np.ndarray:
    with as_file(files("resources") / "samples" / folder) as there:
        return read_photo(min(path for path in there.iterdir() if path.suffix in (".jpg", ".png", ".webp")))


def _further_away(person: np.ndarray) -> np.ndarray:
    """The person at less than half the size, the photo around continued from its edges."""
    height, width = _LARGE
    small = resize_picture(person, (round(_STREET * height), round(_STREET * width)))
    above = round(0.12 * height)
    below, left = height - above - small.shape[0], (width - small.shape[1]) // 2
    margins = ((above, below), (left, width - left - small.shape[1]), (0, 0))
    return np.pad(small, margins, mode="edge")
