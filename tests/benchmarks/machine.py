"""The machine: what it is, and how fast it multiplies matrices; the yardstick for everything else."""

import platform
from collections.abc import Iterator
from typing import Any

import psutil
import torch
from torch.nn import functional as F

from engine.system.half import processor
from tests.benchmarks.plan import Plan
from tests.benchmarks.timing import seconds

TITLE = "Machine"
_SIDE = 2048
_BAND = (48, 128)  # rows and columns of the picture part that is convolved: what stays in a core's cache


def describe() -> dict[str, Any]:
    """What does not change from run to run; results are only kept together when it agrees."""
    return {
        "processor": processor(),
        "cores": psutil.cpu_count(logical=False) or psutil.cpu_count() or 1,
        "threads": torch.get_num_threads(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "gpu": torch.cuda.get_device_name() if torch.cuda.is_available() else None,
        "torch": torch.__version__,
        "system": platform.system(),
    }


def matmul_gflops() -> float:
    """Best rate of a float32 matrix product, in 10^9 operations a second; an addition and a product count as two."""
    a, b = torch.randn(_SIDE, _SIDE), torch.randn(_SIDE, _SIDE)
    return 2 * _SIDE**3 / min(seconds(lambda: a @ b) for _ in range(20)) / 1e9


def convolution_gflops(channels: int) -> float:
    """Best rate of a channels-last 3 x 3 convolution that keeps the number of channels."""
    x = torch.randn(1, channels, *_BAND).contiguous(memory_format=torch.channels_last)
    weight = torch.randn(channels, channels, 3, 3).contiguous(memory_format=torch.channels_last)
    best = min(seconds(lambda: F.conv2d(x, weight, padding=1)) for _ in range(10))
    return 2 * x.numel() * channels * 9 / best / 1e9


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row for the matrix product and one a width of convolution."""
    with torch.inference_mode():
        yield {"case": f"{_SIDE} x {_SIDE} matrix product", "gflops": matmul_gflops()}
        for channels in (32, 64, 128, 256, 512, 1024):
            yield {"case": f"3 x 3 convolution, {channels} channels", "gflops": convolution_gflops(channels)}


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [{"float32": row["case"], "GFLOP/s": f"{row['gflops']:.0f}"} for row in rows]
