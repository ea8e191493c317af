"""The ALIAS generator, dense against table form in the same process, taking turns."""

from collections.abc import Iterator
from typing import Any

import torch

from tests.benchmarks import cases
from tests.benchmarks.machine import matmul_gflops
from tests.benchmarks.plan import Plan, Size, shown
from tests.benchmarks.timing import Call, interleaved
from tests.benchmarks.work import PATCH, Work, distinct_neighbourhoods, work

TITLE = "ALIAS generator, one picture, fp32"


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a width, size and noise."""
    for channels in plan.widths:
        for noise, sizes in ((True, plan.sizes), (False, plan.quiet_sizes)):
            networks = {form: cases.generator(form, channels, noise) for form in cases.FORMS if sizes}
            for size in sizes:
                yield _row(plan, networks, size, noise)


def _row(plan: Plan, networks: dict[cases.Form, Any], size: Size, noise: bool) -> dict[str, Any]:
    inputs = cases.picture(size)
    channels, distinct = networks["table"].config.width, distinct_neighbourhoods(networks["table"], *inputs[1:])
    made: dict[str, torch.Tensor] = {}

    def keeping(form: cases.Form) -> Call:
        run = cases.call(networks[form], inputs)
        return lambda: made.update({form: run()})

    rate = matmul_gflops()
    times = interleaved({"dense": (keeping("dense"), plan.dense_runs), "table": (keeping("table"), plan.runs)})
    difference = (made["dense"] - made["table"]).abs().max().item()
    row = {
        "case": f"width {channels}, {shown(size)}, noise {'on' if noise else 'off'}",
        "channels": channels,
        "size": list(size),
        "noise": noise,
        "threads": torch.get_num_threads(),
        "neighbourhoods": distinct,
        "difference": difference,
        "times_faster": times["dense"].median / times["table"].median,
    }
    patches = distinct_neighbourhoods(networks["table"], *inputs[1:], PATCH)
    seconds = {form: taken.as_row() for form, taken in times.items()}
    return row | seconds | _rates(work(networks["table"], patches, inputs[0]), seconds, max(rate, matmul_gflops()))


def _rates(amount: Work, times: dict[str, dict[str, float]], rate: float) -> dict[str, Any]:
    """What was done in the time, and what the least time would be: the generator alone, as one matrix product."""
    floor = 2 * amount.proper / (rate * 1e9)
    gflop = {"dense": 2 * amount.dense / 1e9, "table": 2 * amount.table / 1e9}
    return {
        "multiply_adds": {
            "dense": amount.dense,
            "modulation": amount.modulation,
            "proper": amount.proper,
            "tables": amount.tables,
        },
        "gflops": {form: gflop[form] / times[form]["seconds"] for form in gflop},
        "matmul_gflops": rate,
        "floor_seconds": floor,
        "times_floor": times["table"]["seconds"] / floor,
    }


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {
            "width": str(row["channels"]),
            "picture": shown(row["size"]),
            "noise": "on" if row["noise"] else "off",
            "dense": f"{row['dense']['seconds']:.2f} s",
            "table": f"{row['table']['seconds']:.2f} s",
            "faster": f"{row['times_faster']:.1f} x",
            "difference": f"{row['difference']:.0e}",
            "G multiply-adds": f"{row['multiply_adds']['dense'] / 1e9:.0f}",
            "of them modulation": f"{row['multiply_adds']['modulation'] / row['multiply_adds']['dense']:.0%}",
            "GFLOP/s dense": f"{row['gflops']['dense']:.0f}",
            "GFLOP/s table": f"{row['gflops']['table']:.0f}",
            "matrix product": f"{row['matmul_gflops']:.0f}",
            "floor": f"{row['floor_seconds']:.2f} s",
        }
        for row in rows
    ]
