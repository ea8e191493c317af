"""Whole try-ons: the first, further ones, another garment on the same person; and the peak memory of one.

Measured on the installed default pack, and on untrained networks of the planned widths.
"""

from collections.abc import Iterator
from typing import Any

from engine.errors import TryOnError
from engine.tryon.pipeline import TryOnPipeline, load_pipeline
from tests.benchmarks.child import GIB, in_child
from tests.benchmarks.plan import Plan, shown
from tests.benchmarks.timing import interleaved, seconds
from tests.benchmarks.tryon import TryOn, random_pipeline

TITLE = "Whole try-on from a person and a garment, fp32"


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row for the default pack if there is one, and one a width."""
    for channels in plan.widths:
        held = in_child("try_on", channels=channels, size=plan.tryon_size)
        row = _row(plan, f"untrained, width {channels}", random_pipeline(channels, plan.tryon_size))
        yield row | {"bytes": held["peak"] - held["imported"]}
    try:
        pipeline = load_pipeline("default", "cpu", size=plan.tryon_size)
    except TryOnError:
        return
    yield _row(plan, "default pack", pipeline)


def _row(plan: Plan, name: str, pipeline: TryOnPipeline) -> dict[str, Any]:
    tryon = TryOn(pipeline)
    first = seconds(tryon.whole)
    times = interleaved({"warm": (tryon.whole, plan.runs), "another_garment": (tryon.another_garment, plan.runs)})
    row = {"case": f"{name}, {shown(plan.tryon_size)}", "weights": name, "size": list(plan.tryon_size), "first": first}
    return row | {form: taken.as_row() for form, taken in times.items()}


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {
            "weights": row["weights"],
            "picture": shown(row["size"]),
            "first": f"{row['first']:.2f} s",
            "warm": f"{row['warm']['seconds']:.2f} s",
            "another garment": f"{row['another_garment']['seconds']:.2f} s",
            "peak memory": f"{row['bytes'] / GIB:.2f} GiB" if "bytes" in row else "",
        }
        for row in rows
    ]
