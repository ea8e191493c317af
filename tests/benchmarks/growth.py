"""How the cost grows: of a whole try-on with pixels, pictures at once and cores, and of the table form of the ALIAS
generator with pixels and with distinct label neighbourhoods.

Cores that there are not are worked out from those that there are: what one takes is a part that is shared evenly and
one that is not (Amdahl), and both follow from the times on one and on all.
"""

from collections.abc import Iterator
from typing import Any

import torch

from engine.networks.alias import AliasGenerator
from tests.benchmarks import cases
from tests.benchmarks.child import GIB, in_child
from tests.benchmarks.plan import Plan, Size, shown
from tests.benchmarks.timing import interleaved
from tests.benchmarks.work import distinct_neighbourhoods

TITLE = "Growth, fp32: whole try-ons by the pack that ships, and the table form of the ALIAS generator"
_PACK = "default pack"
_THREADS = (1, 2, 4, 8)
_TIMES = 3  # of which the median is taken


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """Try-ons, then for each width one row a picture size, and one a number of blobs strewn over the labels."""
    for size in plan.growing_tryon:
        yield _try_on("pixels", size)
    for batch in plan.batches:
        yield _try_on("pictures at once", plan.tryon_size, batch=batch)
    yield from _against_cores(plan.tryon_size)
    for channels in plan.widths:
        network = cases.generator("table", channels, noise=True)
        for size in plan.growing:
            yield {"against": "pixels", "blobs": 0} | _row(plan, network, cases.picture(size))
        dense = _dense(plan, channels)
        for count in plan.blobs:
            inputs = cases.picture(plan.one_size, cases.blobs(plan.one_size, count))
            yield {"against": "neighbourhoods", "blobs": count, "dense": dense} | _row(plan, network, inputs, count)


def _try_on(against: str, size: Size, batch: int = 1, threads: int = 0) -> dict[str, Any]:
    """Seconds are those of one of the pictures."""
    found = in_child("shipped", _TIMES, size=size, batch=batch, threads=threads)
    taken = {name: found[name] / batch for name in ("seconds", "core_seconds")}
    case = f"{_PACK}, {shown(size)}, batch {batch}, threads {threads or 'all'}"
    row = {"case": case, "channels": _PACK, "against": against, "size": list(size), "batch": batch, "threads": threads}
    return row | {"megapixels": _megapixels(size), "table": taken, "bytes": found["peak"] - found["imported"]}


def _against_cores(size: Size) -> Iterator[dict[str, Any]]:
    cores = torch.get_num_threads()
    measured = {count: _try_on("cores", size, threads=count) for count in _THREADS if count <= cores}
    yield from measured.values()
    most = max(measured)
    one, all_cores = (measured[count]["table"]["seconds"] for count in (1, most))
    shared = max(0.0, one - all_cores) / (1 - 1 / most) if most > 1 else 0.0
    for count in _THREADS[len(measured) :]:
        seconds = one - shared * (1 - 1 / count)
        case, on_paper = f"{_PACK}, {shown(size)}, threads {count}, on paper", {"seconds": seconds}
        yield measured[1] | {"case": case, "threads": count, "table": on_paper, "paper": True}


def _megapixels(size: Size) -> float:
    return size[0] * size[1] / 1e6


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
        "megapixels": _megapixels(size),
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
            "at once": str(row.get("batch", 1)),
            "threads": str(row.get("threads", 0) or "all") + (", on paper" if "paper" in row else ""),
            "blobs": str(row.get("blobs", "")),
            "distinct at full size": f"{row['neighbourhoods'][-1]:,}" if "neighbourhoods" in row else "",
            "at all scales": f"{sum(row['neighbourhoods']):,}" if "neighbourhoods" in row else "",
            "a picture": f"{row['table']['seconds']:.2f} s",
            "a megapixel": f"{row['table']['seconds'] / row['megapixels']:.2f} s",
            "s of a core": f"{row['table']['core_seconds']:.2f}" if "core_seconds" in row["table"] else "",
            "memory": f"{row['bytes'] / GIB:.2f} GiB" if "bytes" in row else "",
            "dense": f"{row['dense']['seconds']:.2f} s" if "dense" in row else "",
        }
        for row in rows
    ]
