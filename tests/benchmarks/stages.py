"""Time of each stage of a try-on."""

from collections.abc import Iterator
from typing import Any

from tests.benchmarks.plan import Plan, shown
from tests.benchmarks.timing import interleaved
from tests.benchmarks.tryon import TryOn, random_pipeline

TITLE = "Stages of a try-on, fp32"


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a width: seconds of each stage."""
    for channels in plan.widths:
        calls = TryOn(random_pipeline(channels, plan.tryon_size)).stages()
        times = interleaved({name: (call, plan.runs) for name, call in calls.items()})
        yield {
            "case": f"width {channels}, {shown(plan.tryon_size)}",
            "channels": channels,
            "size": list(plan.tryon_size),
            "stages": {name: taken.as_row() for name, taken in times.items()},
            "total": sum(taken.median for taken in times.values()),
        }


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {"width": str(row["channels"]), "picture": shown(row["size"])}
        | {name: f"{one['seconds']:.3f} s" for name, one in row["stages"].items()}
        | {"sum": f"{row['total']:.2f} s"}
        for row in rows
    ]
