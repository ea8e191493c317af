"""The ALIAS generator on a GPU: dense and table form in every precision, with CUDA events.

Eager PyTorch. "tf32" is fp32 whose products may be rounded to TF32, PyTorch's own choice for convolutions.
"""

import math
import statistics
from collections.abc import Iterator
from typing import Any, Literal, get_args

import torch
from torch import Tensor

from engine.networks.alias import AliasGenerator
from engine.system.devices import Precision, autocast
from tests.benchmarks import cases
from tests.benchmarks.child import GIB
from tests.benchmarks.plan import Plan, Size, shown
from tests.benchmarks.timing import Call, seconds

TITLE = "ALIAS generator on a GPU, one picture"
Arithmetic = Literal["fp32", "tf32", "bf16", "fp16"]
ARITHMETICS: tuple[Arithmetic, ...] = get_args(Arithmetic)  # all others are compared with the first in dense form
_WARM_UP = 3


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a width, size, form and precision; none where there is no CUDA."""
    if torch.cuda.is_available():
        yield from measure_on(torch.device("cuda"), plan)


def measure_on(device: torch.device, plan: Plan) -> Iterator[dict[str, Any]]:
    """`measure` on any device; without CUDA there is no memory to report, and the clock is the wall's."""
    for channels in plan.widths:
        networks = {form: cases.generator(form, channels, noise=True) for form in cases.FORMS}
        for size in plan.sizes:
            inputs = tuple(one.to(device) for one in cases.picture(size))
            yield from _rows(device, plan, networks, inputs, size)


def _rows(
    device: torch.device, plan: Plan, networks: dict[cases.Form, AliasGenerator], inputs: Any, size: Size
) -> Iterator[dict[str, Any]]:
    reference: tuple[float, Tensor] | None = None
    for form, network in networks.items():
        network.to(device)
        for arithmetic in ARITHMETICS:
            row, picture = _measured(device, plan, network, inputs, arithmetic)
            reference = reference or (row["seconds"], picture)
            quality = {"times_faster": reference[0] / row["seconds"], "psnr": psnr(picture, reference[1])}
            channels = network.config.width
            case = f"width {channels}, {shown(size)}, {form} {arithmetic}"
            named = {"case": case, "channels": channels, "size": list(size), "form": form, "arithmetic": arithmetic}
            yield named | row | quality
        network.to("cpu")  # so that the other one has the memory to itself


def _measured(
    device: torch.device, plan: Plan, network: AliasGenerator, inputs: Any, arithmetic: Arithmetic
) -> tuple[dict[str, Any], Tensor]:
    precision: Precision = "fp32" if arithmetic == "tf32" else arithmetic
    before = torch.backends.cudnn.allow_tf32, torch.backends.cuda.matmul.allow_tf32
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = arithmetic != "fp32"
    run = cases.call(network, inputs)
    try:
        with autocast(device, precision):
            picture = run().float().cpu()
            for _ in range(_WARM_UP):
                run()
            if device.type == "cuda":
                torch.cuda.reset_peak_memory_stats(device)
            taken = [_seconds(device, run) for _ in range(plan.cuda_runs)]
    finally:
        torch.backends.cudnn.allow_tf32, torch.backends.cuda.matmul.allow_tf32 = before
    held = torch.cuda.max_memory_allocated(device) if device.type == "cuda" else None
    return {"seconds": statistics.median(taken), "runs": len(taken), "bytes": held}, picture


def _seconds(device: torch.device, run: Call) -> float:
    if device.type != "cuda":
        return seconds(run)
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    begin.record()
    run()
    end.record()
    end.synchronize()
    return begin.elapsed_time(end) / 1000


def psnr(picture: Tensor, reference: Tensor) -> float | None:
    """Decibels for pictures in [-1, 1]; None where they are equal."""
    error = (picture - reference).square().mean().item()
    return 10 * math.log10(4 / error) if error else None


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {
            "width": str(row["channels"]),
            "picture": shown(row["size"]),
            "form": row["form"],
            "precision": row["arithmetic"],
            "time": f"{row['seconds'] * 1000:.1f} ms",
            "faster than dense fp32": f"{row['times_faster']:.1f} x",
            "PSNR": "equal" if row["psnr"] is None else f"{row['psnr']:.1f} dB",
            "peak memory": "" if row["bytes"] is None else f"{row['bytes'] / GIB:.2f} GiB",
        }
        for row in rows
    ]
