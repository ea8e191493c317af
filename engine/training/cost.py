"""What a run would cost on this machine: a few real steps of each of its stages, before hours are spent.

Nothing of the run is written. Where the data is not packed yet, a few pairs are packed into a temporary folder.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import torch

from engine.arrays import Size
from engine.data.cache import PackedCache, cached, default_folder, source_fingerprint
from engine.data.layout import Record, VitonDataset
from engine.errors import TryOnError
from engine.system.devices import is_out_of_memory
from engine.training.data_source import photo_size
from engine.training.fabric import Fabric
from engine.training.options import LoopOptions, check
from engine.training.recipe import Prepared, Recipe

_LOOKS = 60  # places of the run that are looked at for another stage
_BUDGET = 25.0  # seconds after which the stages that are left are estimated from those before
_ROUNDS, _LEAST = 6, 20  # batches and pairs that are packed to measure with; some of them are doubtful and left out
_MIB = 2**20


@dataclass(frozen=True)
class Stage:
    """A part of the run: its share of the steps, what a step takes there, and whether that was measured."""

    size: Size
    share: float
    seconds_a_step: float
    measured: bool


@dataclass(frozen=True)
class Cost:
    """What a run would take here.

    seconds: training steps alone, from the first to the last. packing_seconds: reading the data once before. memory_mb:
    the most used by the process, or of the GPU where there is one; memory_free_mb: what is free of it now.
    """

    steps: int
    batch: int
    seconds_a_step: float
    images_per_second: float
    seconds: float
    packing_seconds: float
    memory_mb: float
    memory_free_mb: float
    device: str
    stages: tuple[Stage, ...]


def measure(fabric: Fabric, recipe: Recipe, root: Path, cache: Path | None = None, budget: float = _BUDGET) -> Cost:
    """Take a warm-up step and a timed one at every stage of `recipe` on the pairs of ROOT/train.

    TryOnError where the data cannot be used or memory does not suffice.
    """
    options = recipe.options
    check(options, fabric.world_size)
    recipe.place(fabric.device)
    with _ready_data(root, cache, options) as (place, folder, packing):
        try:
            with closing(recipe.open_data(place, fabric, folder, 0).feed) as feed:
                stages, memory = _measure_stages(fabric, recipe, feed, budget)
        except (RuntimeError, MemoryError) as error:
            if isinstance(error, MemoryError) or is_out_of_memory(error):
                raise TryOnError("memory.batch", batch=options.batch, device=fabric.device) from error
            raise
    mean = sum(stage.share * stage.seconds_a_step for stage in stages)
    return Cost(
        steps=options.steps,
        batch=options.batch,
        seconds_a_step=mean,
        images_per_second=options.batch / max(mean, 1e-9),
        seconds=mean * options.steps,
        packing_seconds=packing,
        memory_mb=round(memory, 1),
        memory_free_mb=round(_free_memory(fabric), 1),
        device=str(fabric.device),
        stages=tuple(stages),
    )


@contextmanager
def _ready_data(root: Path, folder: Path | None, options: LoopOptions) -> Iterator[tuple[Path, Path | None, float]]:
    """Root and cache of data that is packed: all of it where that has been done, else a few pairs in a folder of their
    own; and how long packing all of it will take.
    """
    category = options.garment_category
    data = VitonDataset(root, "train", paired=True, category=category)
    if not len(data):
        raise TryOnError("data.no_training", path=root / "train" / "image")
    data.size = photo_size(data)
    if _is_packed(data, folder):
        yield root, folder, 0.0
        return
    with tempfile.TemporaryDirectory(prefix="tryon-measure-") as temporary:
        few = data.records[:: max(1, len(data) // (_ROUNDS * options.batch + _LEAST))]
        for record in few:
            _link(record, Path(temporary))
        some = VitonDataset(temporary, "train", paired=True, size=data.size, category=category)
        start = time.perf_counter()
        cached(some)
        yield Path(temporary), None, (time.perf_counter() - start) / len(some) * len(data)


def _is_packed(data: VitonDataset, folder: Path | None) -> bool:
    try:
        packed = PackedCache(folder or default_folder(data))
    except TryOnError:
        return False
    return packed.header.fingerprint == source_fingerprint(data)


def _link(record: Record, root: Path) -> None:
    """The files of a pair under another root, without copying them where the system can do that."""
    for path in record.files:
        target = root / "train" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or target.exists():
            continue
        try:
            target.symlink_to(path.absolute())
        except OSError:  # Windows asks for a right that few users have
            shutil.copyfile(path, target)


def _measure_stages(fabric: Fabric, recipe: Recipe, feed: Any, budget: float) -> tuple[list[Stage], float]:
    """Cheapest stages first; what does not fit into the budget is estimated by the number of pixels."""
    phases: Any = [fabric.setup(phase, phase.optimiser) for phase in recipe.phases]
    before = _used_memory(fabric)
    begun = time.perf_counter()
    found: list[Stage] = []
    memory = before
    for first, share in sorted(_stages(recipe).items(), key=lambda item: _pixels(recipe.size_at(item[0]))):
        size = recipe.size_at(first)
        if found and time.perf_counter() - begun > budget:
            growth = _pixels(size) / _pixels(found[-1].size)
            found.append(Stage(size, share, found[-1].seconds_a_step * growth, measured=False))
            memory = before + (memory - before) * growth
        else:
            found.append(Stage(size, share, _time_step(fabric, recipe, feed, phases, first), measured=True))
            memory = max(memory, _used_memory(fabric))
    return found, memory


def _stages(recipe: Recipe) -> dict[int, float]:
    """First step looked at of every stage, and the stage's share of the steps."""
    steps = recipe.options.steps
    places = sorted({index * steps // _LOOKS for index in range(_LOOKS)})
    shares: dict[Any, tuple[int, int]] = {}
    for step in places:
        learning = tuple(recipe.takes_part(phase, step) for phase in recipe.phases)
        key = (recipe.size_at(step), recipe.stage(step), learning)
        first, count = shares.get(key, (step, 0))
        shares[key] = first, count + 1
    return {first: count / len(places) for first, count in shares.values()}


def _time_step(fabric: Fabric, recipe: Recipe, feed: Any, phases: Any, step: int) -> float:
    """Seconds of the second of two steps; the first also pays for what happens only once."""
    feed.load_state_dict(feed.state_dict() | {"position": step * recipe.options.accumulate})
    seconds = 0.0
    for _ in range(2):
        start = time.perf_counter()
        _take_step(fabric, recipe, feed, phases, step)
        if fabric.device.type == "cuda":
            torch.cuda.synchronize(fabric.device)
        seconds = time.perf_counter() - start
    return seconds


def _take_step(fabric: Fabric, recipe: Recipe, feed: Any, phases: Any, step: int) -> None:
    """What `engine.training.loop` does in a step."""
    options = recipe.options
    part = check(options, fabric.world_size)
    parts: list[Prepared] = [recipe.prepare(next(feed), range(part), step) for _ in range(options.accumulate)]
    for bare, (phase, optimiser) in zip(recipe.phases, phases, strict=True):
        if not recipe.takes_part(bare, step):
            continue
        optimiser.zero_grad(set_to_none=True)
        for index, batch in enumerate(parts):
            losses = phase(batch, index)
            fabric.backward(torch.stack(list(losses.values())).sum() / len(parts))
        optimiser.step()


def _pixels(size: Size) -> int:
    return size[0] * size[1]


def _used_memory(fabric: Fabric) -> float:
    if fabric.device.type == "cuda":
        return torch.cuda.max_memory_allocated(fabric.device) / _MIB
    used = psutil.Process().memory_info()
    return float(used.rss - getattr(used, "shared", 0)) / _MIB


def _free_memory(fabric: Fabric) -> float:
    if fabric.device.type == "cuda":
        return torch.cuda.mem_get_info(fabric.device)[0] / _MIB
    return float(psutil.virtual_memory().available) / _MIB
