"""How the cost of the table form grows: with pixels, and with distinct label neighbourhoods."""

from collections.abc import Iterator
from typing import Any

from engine.networks.alias import AliasGenerator
from tests.benchmarks import cases
from tests.benchmarks.plan import Plan, shown
from tests.benchmarks.timing import interleaved
from tests.benchmarks.work import distinct_neighbourhoods

TITLE = "Growth of the table form, fp32"


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a picture size, and one a number of blobs strewn over the labels."""
    for channels in plan.widths:
        network = cases.generator("table", channels, noise=True)
        for size in plan.growing:
            yield {"against": "pixels", "blobs": 0} | _row(plan, network, cases.picture(size))
        dense = _dense(plan, channels)
        for count in plan.blobs:
            inputs = cases.picture(plan.one_size, cases.blobs(plan.one_size, count))
            yield {"against": "neighbourhoods", "blobs": count, "dense": dense} | _row(plan, network, inputs, count)


def _dense(plan: Plan, channels: int) -> dict[str, float]:
    """Once is enough: what the labels are does not matter to the dense form."""
    call = cases.call(cases.generator("dense", channels, noise=True), cases.picture(plan.one_size))
    return interleaved({"dense": (call, 1)})["dense"].as_row()


def _row(plan: Plan, network: AliasGenerator, inputs: cases.Picture, count: int | None = None) -> dict[str, Any]:
    size, channels = tuple(inputs[0].shape[2:]), network.config.width
    times = interleaved({"table": (cases.call(network, inputs), plan.runs)})["table"]
    return {
        "case": f"width {channels}, {shown(size)}" + ("" if count is None else f", {count} blobs"),
        "channels": channels,
        "size": list(size),
        "megapixels": size[0] * size[1] / 1e6,
        "neighbourhoods": distinct_neighbourhoods(network, *inputs[1:]),
        "table": times.as_row(),
    }


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {
            "width": str(row["channels"]),
            "against": row["against"],
            "picture": shown(row["size"]),
            "megapixels": f"{row['megapixels']:.2f}",
            "blobs": str(row["blobs"]),
            "distinct at full size": f"{row['neighbourhoods'][-1]:,}",
            "at all scales": f"{sum(row['neighbourhoods']):,}",
            "table": f"{row['table']['seconds']:.2f} s",
            "a megapixel": f"{row['table']['seconds'] / row['megapixels']:.2f} s",
            "s of a core": f"{row['table']['core_seconds']:.2f}",
            "dense": f"{row['dense']['seconds']:.2f} s" if "dense" in row else "",
        }
        for row in rows
    ]
