"""Time of each stage of a try-on, on untrained networks and with the default pack and what it refines."""

from collections.abc import Iterator
from typing import Any

from engine.tryon.pipeline import TryOnPipeline, load_pipeline
from tests.benchmarks.plan import Plan, shown
from tests.benchmarks.timing import interleaved
from tests.benchmarks.tryon import TryOn, random_pipeline

TITLE = "Stages of a try-on, fp32"


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a width, and one for the default pack: seconds of each stage."""
    for channels in plan.widths:
        yield _row(plan, f"untrained, width {channels}", random_pipeline(channels, plan.tryon_size))
    yield _row(plan, "default pack", load_pipeline("default", "cpu", size=plan.tryon_size))


def _row(plan: Plan, name: str, pipeline: TryOnPipeline) -> dict[str, Any]:
    calls = TryOn(pipeline).stages()
    times = interleaved({name: (call, plan.runs) for name, call in calls.items()})
    return {
        "case": f"{name}, {shown(plan.tryon_size)}",
        "weights": name,
        "size": list(plan.tryon_size),
        "stages": {name: taken.as_row() for name, taken in times.items()},
        "total": sum(taken.median for taken in times.values()),
    }


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {"weights": row["weights"], "picture": shown(row["size"])}
        | {name: f"{one['seconds']:.3f} s" for name, one in row["stages"].items()}
        | {"sum": f"{row['total']:.2f} s"}
        for row in rows
    ]
