"""Measures a run: losses averaged between two reports, speed, time left, memory."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import torch
from torch import Tensor

from engine.errors import TryOnError
from engine.training.fabric import Fabric
from engine.training.options import LoopOptions


class Meter:
    """Sums losses where they are made and reads them only for a report, so that a GPU is not kept waiting."""

    def __init__(self, options: LoopOptions, fabric: Fabric) -> None:
        self._options = options
        self._fabric = fabric
        self._sums: dict[str, Tensor] = {}
        self._counts: dict[str, int] = {}
        self._lowest: dict[str, float] = {}
        self._read: dict[str, float] = {}
        self._memory = 0.0
        self._busy = 0.0
        self._begun = time.perf_counter()
        self._steps = self._steps_ever = 0

    @property
    def unread(self) -> bool:
        """Whether there were steps since the last report."""
        return self._steps > 0

    @contextmanager
    def step(self) -> Iterator[None]:
        """Around the training step, so that validation and checkpoints do not count against the speed."""
        start = time.perf_counter()
        yield
        self._busy += time.perf_counter() - start
        self._steps += 1

    def add(self, losses: dict[str, Tensor]) -> None:
        """Take in one part's losses."""
        for name, value in losses.items():
            value = value.detach().float()
            self._sums[name] = self._sums[name] + value if name in self._sums else value
            self._counts[name] = self._counts.get(name, 0) + 1

    def read(self, step: int) -> dict[str, Any]:
        """The means since the last report over all processes, and speed; starts anew. See `engine.training.events`."""
        start = time.perf_counter()
        means = {name: self._mean(value / self._counts[name]) for name, value in self._sums.items()}
        self._busy += time.perf_counter() - start
        self._steps_ever += self._steps
        speed = self._options.batch * self._steps / max(self._busy, 1e-9)
        pace = (time.perf_counter() - self._begun) / max(self._steps_ever, 1)
        self._sums, self._counts, self._busy, self._steps = {}, {}, 0.0, 0
        self._read = means
        return {
            "losses": means,
            "images_per_second": round(speed, 3),
            "seconds_left": round(pace * (self._options.steps - step), 1),
            "memory_mb": round(self._memory_mb(), 1),
        }

    def _mean(self, value: Tensor) -> float:
        reduced = self._fabric.all_reduce(value, reduce_op="mean")
        return float(reduced)  # type: ignore[arg-type]

    def _memory_mb(self) -> float:
        if self._fabric.device.type == "cuda":
            return torch.cuda.max_memory_allocated(self._fabric.device) / 2**20
        used = psutil.Process().memory_info()
        own = used.rss - getattr(used, "shared", 0)  # mapped data is shared, and goes when memory is wanted
        self._memory = max(self._memory, own / 2**20)
        return self._memory

    def refuse_explosion(self, step: int) -> None:
        """TryOnError where a loss of the last report is not a number or far above its lowest level."""
        for name, value in self._read.items():
            lowest = min(self._lowest.get(name, value), value)
            if not math.isfinite(value) or value > self._options.explosion * max(1.0, lowest):
                raise TryOnError("run.exploded", step=step, name=name, value=f"{value:.4g}")
            self._lowest[name] = lowest
