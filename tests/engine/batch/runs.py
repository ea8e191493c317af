"""Runs without networks: makers that take no time, in this process or in others."""

import os
import time
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from engine.batch.flow import flow
from engine.batch.item import Item, Recipe, Settings
from engine.batch.manifest import Line, line_of
from engine.batch.names import Naming
from engine.batch.plan import Plan, Sources
from engine.batch.processes import make_here
from engine.batch.run import Outcome, Task, run
from engine.batch.store import store_of
from engine.errors import TryOnError

RECIPE = Recipe("quick 1", "digest", {"size": "384x512"})


class Here:
    """`flow` in this process as an engine."""

    def __init__(self, maker: Any) -> None:
        self.maker = maker

    def lines(self, items: Sequence[Item]) -> Generator[Line, None, None]:
        yield from flow(self.maker, items)


class InThisProcess(Here):
    """In place of `Processes` where a test is not about them: each of those imports torch for seconds."""

    def __init__(self, settings: Settings, folder: Path, *_: object, **options: object) -> None:
        super().__init__(None)
        self._load = partial(make_here, settings, folder)

    def __enter__(self) -> "InThisProcess":
        self.maker = self._load()
        return self

    def __exit__(self, *_: object) -> None:
        self.maker = None


class SlowDot:
    """Makes a picture of the garment's first bytes after a moment, without torch.

    Photos are any files: one that holds "broken" cannot be read, one that holds "deadly" ends the process.
    """

    def __init__(self, settings: Settings, folder: Path, seconds: float = 0.01) -> None:
        self.recipe, self.batch, self.gpus = RECIPE, 1, 0
        self._store, self._seconds = store_of(folder, settings.pictures), seconds

    def read(self, item: Item) -> tuple[Item, bytes]:
        content = [Path(item.files[role]).read_bytes() for role in ("person", "garment")]
        if b"broken" in b"".join(content):
            raise TryOnError("picture.damaged", path=item.files["person"])
        if b"deadly" in b"".join(content):
            os._exit(7)
        return item, b"".join(content) + bytes(1)

    def make(self, reads: Sequence[tuple[Item, bytes]]) -> list[Any]:
        time.sleep(self._seconds)
        return [np.frombuffer(content * 9999, dtype=np.uint8)[:12288].reshape(64, 64, 3) for _, content in reads]

    def write(self, read: tuple[Item, bytes], picture: Any) -> Line:
        item, content = read
        size = self._store.save(item.output, picture, {"person": item.person})
        return line_of(item, self.recipe, status="done", bytes=size, warnings=("coat",) if b"coat" in content else ())


def load_slow_dot(settings: Settings, folder: Path) -> SlowDot:
    """A maker for other processes."""
    return SlowDot(settings, folder)


def load_slower_dot(settings: Settings, folder: Path) -> SlowDot:
    """As `load_slow_dot`, so slow that a process can be killed in the middle of it."""
    return SlowDot(settings, folder, 0.1)


def load_once(settings: Settings, folder: Path) -> SlowDot:
    """A maker of which only one fits: the second that is loaded ends its process."""
    try:
        (folder.parent / "loaded").mkdir()
    except FileExistsError:
        os._exit(9)
    return SlowDot(settings, folder)


def load_nothing(settings: Settings, folder: Path) -> SlowDot:
    """A maker that cannot be loaded."""
    raise TryOnError("device.no_gpu", name=settings.device, count=0)


def task_of(plan: Plan, folder: Path, settings: Settings = Settings(), **options: Any) -> Task:
    """As `Task.of`, by the recipe of these makers."""
    from engine.batch.digests import digested

    return Task(digested(plan), folder, settings, RECIPE, store_of(folder, settings.pictures), **options)


def catalogue(folder: Path, people: int, garments: int) -> Sources:
    """Files that `SlowDot` takes for photos."""
    for kind, count in (("people", people), ("garments", garments)):
        (folder / kind).mkdir(parents=True)
        for number in range(count):
            (folder / kind / f"{kind[0]}{number:02d}.jpg").write_text(f"{kind} {number}")
    return Sources(folder / "people", folder / "garments")


def run_quickly(sources: Sources, out: Path, **options: Any) -> Outcome:
    """A run of everything in this process."""
    plan = sources.plan(Naming())
    return run(task_of(plan, out, **options), Here(SlowDot(Settings(), out, 0)))
