"""Whether this processor convolves faster in bf16: tried once, and kept in the user's folder.

Some have instructions for it (AVX512-BF16, AMX), and PyTorch uses them; others take longer than in full precision.
"""

import json
import platform
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import torch
from torch.nn import functional as F

from engine.paths import home
from engine.system.devices import CPU, autocast
from engine.system.files import atomic_path

_CHANNELS, _SIZE = 96, (64, 48)  # of the convolution that is tried
_TURNS = 7  # of each kind, in turn
_WORTH = 0.8  # of the time in full precision: less is not worth another picture


def bf16_is_quicker() -> bool:
    """What was found on this processor, with this PyTorch and as many threads; or is found now, within 0.1 s."""
    return _kept(home() / "bf16.json", f"{processor()}, {torch.get_num_threads()} threads, torch {torch.__version__}")


@cache
def processor() -> str:
    """The processor's name, as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


@cache
def _kept(file: Path, here: str) -> bool:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    if not isinstance(known, dict):
        known = {}
    if not isinstance(known.get(here), bool):
        known[here] = _tried()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with atomic_path(file) as path:
                path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
        except OSError:
            pass  # it is found again next time
    return bool(known[here])


@torch.inference_mode()
def _tried() -> bool:
    x, weight = torch.ones(1, _CHANNELS, *_SIZE), torch.ones(_CHANNELS, _CHANNELS, 3, 3)

    def convolved() -> object:
        return F.conv2d(x, weight, padding=1)

    full, half = [], []
    for _ in range(_TURNS):
        full.append(_seconds(convolved))
        with autocast(CPU, "bf16"):
            half.append(_seconds(convolved))
    return min(half) < _WORTH * min(full)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
