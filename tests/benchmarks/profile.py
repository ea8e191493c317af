"""Where the time of the table form goes: PyTorch's operators by the time they take themselves."""

from collections.abc import Iterator
from typing import Any

from torch.profiler import ProfilerActivity, profile

from tests.benchmarks import cases
from tests.benchmarks.plan import Plan, shown

TITLE = "Where the table form's time goes, fp32"
_SHOWN = 12


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a width and operator."""
    for channels in plan.widths:
        run = cases.call(cases.generator("table", channels, noise=True), cases.picture(plan.one_size))
        run()
        with profile(activities=[ProfilerActivity.CPU]) as profiled:
            run()
        found = sorted(profiled.key_averages(), key=lambda one: -one.self_cpu_time_total)
        total = sum(one.self_cpu_time_total for one in found)
        for one in found[:_SHOWN]:
            yield {
                "case": f"width {channels}, {shown(plan.one_size)}, {one.key}",
                "channels": channels,
                "size": list(plan.one_size),
                "operator": one.key,
                "calls": one.count,
                "seconds": one.self_cpu_time_total / 1e6,
                "share": one.self_cpu_time_total / total,
            }


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {
            "width": str(row["channels"]),
            "picture": shown(row["size"]),
            "operator": row["operator"],
            "calls": str(row["calls"]),
            "time": f"{row['seconds']:.3f} s",
            "share": f"{row['share']:.0%}",
        }
        for row in rows
    ]
