"""Pictures an hour of a catalogue: photo after photo in one process, as many processes as fit, and a Ray cluster.

python -m tests.benchmarks.catalogue [PEOPLE GARMENTS]

Each way makes all people in all garments from raw photos at 768 x 1024 by the default pack, after a few others that
warm it up. The first takes all cores for each step and analyses both photos of every pair, as `tryon run` does. Seconds
on the clock want an idle machine; those of all cores together, which other programs disturb less, stand beside them.
"""

import importlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import torch

from engine.analysis.common.pack_estimators import find_people_estimator, load_garment_estimator
from engine.analysis.photo_files import find_garment, find_person
from engine.batch.cluster import Cluster, Machines
from engine.batch.digests import digested
from engine.batch.item import Item, Settings, recipe_of
from engine.batch.manifest import Line
from engine.batch.names import Naming
from engine.batch.plan import Sources
from engine.batch.processes import Processes, cores_of_process
from engine.imaging.saving import save_picture
from engine.tryon.pipeline import load_pipeline
from engine.weights import find_pack
from tests.benchmarks.photos import write_photos

SETTINGS = Settings(device="cpu")
Way = Callable[[Sequence[Item]], list[Line]]


@contextmanager
def one_after_another(folder: Path) -> Iterator[Way]:
    """What a loop over `tryon run` would do, without loading anything twice."""
    torch.set_num_threads(len(cores_of_process()))
    pack = find_pack("default")
    people, garments = find_people_estimator("default", "cpu"), load_garment_estimator(pack, "cpu")
    pipeline = load_pipeline(pack, "cpu")
    assert people is not None

    def make(items: Sequence[Item]) -> list[Line]:
        for item in items:
            person = find_person(Path(item.files["person"]), people)
            garment = find_garment(Path(item.files["garment"]), garments, people)
            save_picture(folder / item.output, pipeline.run(person, garment, item.seed).image)
        return []

    yield make


@contextmanager
def processes(folder: Path, workers: int | None) -> Iterator[Way]:
    """`tryon batch`; `None` takes as many as fit."""
    with Processes(SETTINGS, folder, recipe_of(SETTINGS), workers) as engine:
        yield lambda items: list(engine.lines(items))


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Way]:
    """`tryon batch --engine ray`, on a cluster of this machine."""
    ray = importlib.import_module("ray")
    ray.init(num_cpus=workers, logging_level="ERROR", log_to_driver=False)
    try:
        with Cluster(SETTINGS, folder, Machines(workers=workers)) as engine:
            yield lambda items: list(engine.lines(items))
    finally:
        ray.shutdown()


def core_seconds() -> float:
    """Of this process and of all that it started and that still run."""
    taken = 0.0
    for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
        with suppress(psutil.Error):
            times = process.cpu_times()
            taken += times.user + times.system
    return taken


def measure(people: int, garments: int) -> Iterator[str]:
    """A line for each way: seconds a picture, pictures an hour, and how many times as many as by the first."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        warm, items = (_items(root / kind, *counts) for kind, counts in (("w", (2, 2)), ("i", (people, garments))))
        ways = {
            "one after another, all cores": one_after_another(root / "a"),
            "1 process": processes(root / "b", 1),
            "as many processes as fit": processes(root / "c", None),
            "Ray, 1 worker": cluster(root / "d", 1),
            "Ray, 2 workers": cluster(root / "e", 2),
        }
        taken = dict[str, tuple[float, float]]()
        for title, way in ways.items():
            with way as make:
                make(warm)
                begun, busy = time.perf_counter(), core_seconds()
                make(items)
                taken[title] = (time.perf_counter() - begun) / len(items), (core_seconds() - busy) / len(items)
            clock, cores = taken[title]
            ratios = [first / now for first, now in zip(next(iter(taken.values())), taken[title], strict=True)]
            speed = f"{clock:6.2f} s {3600 / clock:5.0f}/h {ratios[0]:5.2f} x"
            yield f"{title:30}{speed}; cores {cores:6.2f} s {ratios[1]:5.2f} x"
        made = [{path.name: path.read_bytes() for path in (root / one).glob("*.png")} for one in "bcde"]
        yield f"the same pictures: {all(one == made[0] for one in made)}"


def _items(folder: Path, people: int, garments: int) -> Sequence[Item]:
    write_photos(folder, people, garments, seed=people)
    return digested(Sources(folder / "people", folder / "garments").plan(Naming("{name}_" + folder.name))).items


if __name__ == "__main__":
    for line in measure(*(map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (4, 4))):
        print(line, flush=True)
