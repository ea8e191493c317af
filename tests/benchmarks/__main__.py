"""`make bench`: time of one pass of each published network on this machine, and what the process needed at most.

Weights are random: neither time nor memory depends on them. Prints a table and writes out/bench.json.
"""

import json
import platform
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil
import torch

from engine import networks

RUNS = 5
PATIENCE = 60.0  # seconds after which fewer runs have to do
ALIAS_SIZES = ((512, 384), (1024, 768))


def cases() -> dict[str, Callable[[], object]]:
    """One call a network, ready to be timed."""
    segmentation = networks.build("segmentation", {}).eval()
    matching = networks.build("matching", {}).eval()
    alias = networks.build("alias", {}).eval()
    made: dict[str, Callable[[], object]] = {
        "segmentation 256x192": lambda: segmentation(torch.randn(1, 21, 256, 192)),
        "matching, grid 1024x768": lambda: matching(torch.randn(1, 7, 256, 192), torch.randn(1, 3, 256, 192)),
    }
    return made | {f"alias {h}x{w}": partial(alias, *alias_inputs(h, w)) for h, w in ALIAS_SIZES}


def alias_inputs(height: int, width: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """A picture of noise, seven classes in stripes, and misalignment in the middle of the clothes."""
    labels = (torch.arange(height) * 7 // height)[:, None].expand(height, width)
    parse = torch.nn.functional.one_hot(labels, 7).permute(2, 0, 1)[None].float()
    misalignment = parse[:, 2:3] * (torch.arange(width) > width // 2)
    return torch.randn(1, 9, height, width).clamp(-1, 1), parse, misalignment


def seconds(call: Callable[[], object]) -> float:
    """Median of up to `RUNS`, after one to warm up."""
    call()
    taken: list[float] = []
    while len(taken) < RUNS and sum(taken) < PATIENCE:
        begin = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def main() -> None:
    """Time everything, print as it comes, write the file at the end."""
    machine = f"{platform.machine()}, {torch.get_num_threads()} threads, torch {torch.__version__}"
    print(f"CPU, fp32, median of up to {RUNS}: {machine}")
    taken = {}
    with torch.inference_mode():
        for name, call in cases().items():
            taken[name] = seconds(call)
            print(f"{name:26}{taken[name]:8.2f} s", flush=True)
    peak = psutil.Process().memory_info().rss / 1024**3
    print(f"{'memory held at the end':26}{peak:8.2f} GiB")
    target = Path("out/bench.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"machine": machine, "seconds": taken, "GiB": peak}, indent=2) + "\n")
    print(target)


if __name__ == "__main__":
    main()
