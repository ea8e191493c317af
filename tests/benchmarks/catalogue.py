"""Pictures an hour of a catalogue: photo after photo in one process, as many processes as fit, and a Ray cluster.

python -m tests.benchmarks.catalogue [PEOPLE GARMENTS]

Each way makes all people in all garments from raw photos at 768 x 1024 by the default pack, networks loaded; the first
takes all cores for each step and analyses both photos of every pair, as `tryon run` does. The ways take turns, so that
what else the machine does meets them alike; it should be idle all the same.
"""

import importlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

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
            save_picture(folder / item.output, pipeline.run(person, garment).image)
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


def measure(people: int, garments: int) -> Iterator[str]:
    """A line for each way: seconds a picture, pictures an hour, and how many times the first that is."""
    first = 0.0
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_photos(root, people, garments)
        items = digested(Sources(root / "people", root / "garments").plan(Naming())).items
        ways = {
            "one after another, all cores": one_after_another(root / "a"),
            "1 process": processes(root / "b", 1),
            "as many processes as fit": processes(root / "c", None),
            "Ray, 1 worker": cluster(root / "d", 1),
            "Ray, 2 workers": cluster(root / "e", 2),
        }
        for title, way in ways.items():
            with way as make:
                begun = time.perf_counter()
                lines = make(items)
                taken = (time.perf_counter() - begun) / len(items)
            first = first or taken
            busy = sum(sum(line.seconds.values()) for line in lines) / len(items)
            yield f"{title:32} {taken:6.2f} s {3600 / taken:6.0f}/h {first / taken:5.2f} x   steps {busy:.2f} s"
        same = {path.name: path.read_bytes() for path in (root / "b").glob("*.png")}
        for other in "cde":
            assert {path.name: path.read_bytes() for path in (root / other).glob("*.png")} == same
        yield "all of them made the same pictures"


if __name__ == "__main__":
    for line in measure(*(map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (4, 4))):
        print(line, flush=True)
