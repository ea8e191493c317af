"""How work slows down beside other busy processes, with threads that wait awake and asleep, and beside its like.

The fair share of n cores beside k others is n / (n + k): a slowdown of 1.3 times its inverse is what is wanted at most.
Each way of waiting has a process of its own, since it is read when PyTorch is loaded; the processes take turns.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import IO, Any, cast

from engine.system.waiting import SETTINGS
from tests.benchmarks.plan import DEFAULT_PACK, PUBLISHED, Plan, Size
from tests.benchmarks.timing import seconds

TITLE = "Beside other busy processes"
OTHERS = (0, 1, 2, 4)
_SPINS = "while True: pass"
_COMMAND = (sys.executable, "-m", "tests.benchmarks.contention")
_AWAKE: dict[str, str] = {}  # as PyTorch comes
WAYS = {"awake": _AWAKE, "asleep": SETTINGS}
WORKS = ("generator, 24", "generator, 64", "try-on", "analysis", "training step")
_TWICE = "training step"  # and what is done twice at once


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a work and number of other processes, and one for two trainings."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for work in WORKS:
        with ExitStack() as stack:
            children = {way: stack.enter_context(_child(work, plan, way)) for way in WAYS}
            idle: dict[str, float] = {}
            for others in OTHERS:
                with _busy(others):
                    found = {way: median(times) for way, times in _in_turn(children, plan.runs).items()}
                idle = idle or found
                yield _row(f"{work}, {others} others", found, idle, (cores + others) / cores, cores)
            if work == _TWICE:
                twins = {way: stack.enter_context(_child(work, plan, way)) for way in WAYS}
                both = {way: median(_at_once([one, twins[way]], plan.runs)) for way, one in children.items()}
                yield _row(f"{work}, twice at once", both, idle, 2, cores)


def _row(case: str, found: dict[str, float], idle: dict[str, float], fair: float, cores: int) -> dict[str, Any]:
    slower = {way: taken / idle[way] / fair for way, taken in found.items()}
    return {"case": case, "seconds": found, "of_fair_share": slower, "cores": cores}


def _in_turn(children: dict[str, subprocess.Popen[str]], runs: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {way: [] for way in children}
    for _ in range(runs):
        for way, child in children.items():
            taken[way].append(_once(child))
    return taken


def _at_once(children: list[subprocess.Popen[str]], runs: int) -> list[float]:
    """Each begins anew when it has answered, so that none is ever alone; how long each took each time."""
    for child in children * (runs + 1):
        _ask(child)
    return [_answer(child) for _ in range(runs) for child in children]


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print: seconds, and how many times those of the fair share."""
    return [
        {"": row["case"]}
        | {way: f"{row['seconds'][way]:.2f} s, {row['of_fair_share'][way]:.2f} x fair" for way in row["seconds"]}
        for row in rows
    ]


@contextmanager
def _busy(count: int) -> Iterator[None]:
    """So many processes that never rest."""
    spinning = [subprocess.Popen([sys.executable, "-c", _SPINS]) for _ in range(count)]
    try:
        yield
    finally:
        for one in spinning:
            one.kill()
            one.wait()


@contextmanager
def _child(work: str, plan: Plan, way: str) -> Iterator[subprocess.Popen[str]]:
    """A process that does the work once for each line it gets, and answers with the seconds."""
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS} | WAYS[way]
    sizes = json.dumps([plan.tryon_size, plan.training_size])
    child = subprocess.Popen(
        [*_COMMAND, work, sizes], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        _once(child)  # warm
        yield child
    finally:
        child.kill()
        child.wait()


def _once(child: subprocess.Popen[str]) -> float:
    _ask(child)
    return _answer(child)


def _ask(child: subprocess.Popen[str]) -> None:
    asked = cast(IO[str], child.stdin)
    asked.write("\n")
    asked.flush()


def _answer(child: subprocess.Popen[str]) -> float:
    line = cast(IO[str], child.stdout).readline()
    if not line:
        raise RuntimeError("the process that does the work has ended")
    return float(json.loads(line))


def _prepared(work: str, size: Size, training_size: Size) -> Callable[[], object]:
    from tests.benchmarks import works

    if work.startswith("generator"):
        return works.picture("table", PUBLISHED if work.endswith("64") else DEFAULT_PACK, size)
    if work == "training step":
        return works.training_step("table", DEFAULT_PACK, training_size)
    return _of_photos(work)


def _of_photos(work: str) -> Callable[[], object]:
    from importlib.resources import as_file, files
    from pathlib import Path

    from engine.analysis.common.pack_estimators import load_garment_estimator, load_person_estimator
    from engine.analysis.garment.cut_out import cut_out
    from engine.analysis.person.analyse import analyse
    from engine.imaging.images import read_photo
    from engine.tryon.pipeline import load_pipeline

    with as_file(files("resources") / "samples") as folder:
        photo = read_photo(Path(folder) / "people/woman.jpg")
        cloth = read_photo(Path(folder) / "garments/tee.jpg")
    people = load_person_estimator("default", "cpu")
    if work == "analysis":
        return lambda: analyse(photo, people)
    pipeline = load_pipeline("default", "cpu")
    person, garment = analyse(photo, people), cut_out(cloth, load_garment_estimator("default", "cpu"))
    return lambda: pipeline.run(person, garment)


if __name__ == "__main__":
    run = _prepared(sys.argv[1], *json.loads(sys.argv[2]))
    for _ in sys.stdin:
        print(json.dumps(seconds(run)), flush=True)
