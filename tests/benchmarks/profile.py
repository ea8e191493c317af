"""Where the time of the table form goes: what PyTorch's operators take themselves, on one thread, part by part."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import torch
from torch.profiler import ProfilerActivity, profile

from tests.benchmarks import cases
from tests.benchmarks.plan import Plan, shown

TITLE = "Where the table form's time goes, fp32, one thread"
_PARTS = {
    "direct convolutions": ("aten::mkldnn_convolution", "aten::_slow_conv2d_forward"),
    "matrix products": ("aten::bmm", "aten::addmm", "aten::addmm_", "aten::mm"),
    "look-ups": ("aten::index_select", "aten::_embedding_bag_forward_only", "aten::index"),
    "sums and differences (tiles)": ("aten::add", "aten::add_", "aten::sub", "aten::mul"),
    "scale, shift, noise": ("aten::addcmul", "aten::addcmul_", "aten::mul_"),
    "leaky ReLU": ("aten::leaky_relu", "aten::leaky_relu_"),
    "copies": ("aten::copy_", "aten::cat", "aten::pixel_shuffle", "aten::constant_pad_nd", "aten::fill_"),
    "drawing noise": ("aten::normal_",),
    "finding neighbourhoods": ("aten::unique_consecutive", "aten::_unique2", "aten::sort"),
}
_OTHER = "everything else"


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a width and part."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # the profiler sees this thread only, and alone it never waits for another
    try:
        for channels in plan.widths:
            yield from _rows(plan, channels)
    finally:
        torch.set_num_threads(threads)


def _rows(plan: Plan, channels: int) -> Iterator[dict[str, Any]]:
    run = cases.call(cases.generator("table", channels, noise=True), cases.picture(plan.one_size))
    run()
    with profile(activities=[ProfilerActivity.CPU]) as profiled:
        run()
    part_of = {operator: part for part, operators in _PARTS.items() for operator in operators}
    spent, calls = defaultdict[str, float](float), defaultdict[str, int](int)
    for one in profiled.key_averages():
        spent[part_of.get(one.key, _OTHER)] += one.self_cpu_time_total / 1e6
        calls[part_of.get(one.key, _OTHER)] += one.count
    total = sum(spent.values())
    for part, took in sorted(spent.items(), key=lambda item: -item[1]):
        yield {
            "case": f"width {channels}, {shown(plan.one_size)}, {part}",
            "channels": channels,
            "size": list(plan.one_size),
            "part": part,
            "calls": calls[part],
            "seconds": took,
            "share": took / total,
        }


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {
            "width": str(row["channels"]),
            "picture": shown(row["size"]),
            "part": row["part"],
            "calls": str(row["calls"]),
            "time": f"{row['seconds']:.3f} s",
            "share": f"{row['share']:.0%}",
        }
        for row in rows
    ]
