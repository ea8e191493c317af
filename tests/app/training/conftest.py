"""Drawn pairs to train on, runs of narrow networks, and what must be gone after a test."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.rendered import write_rendered_dataset
from tryon_app.model.runs import Run, Runs
from tryon_app.model.training import Choices, Spec

PAIRS = 30
STEPS = 20
NARROW = {"width": 4, "log_every": 1, "checkpoint_every": 2, "validate_every": 10, "sample_every": 10, "samples": 2}


@pytest.fixture(scope="session")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Drawn pairs at 256 x 192 in ROOT/train."""
    return write_rendered_dataset(tmp_path_factory.mktemp("pairs"), PAIRS)


@pytest.fixture(scope="session")
def choices(qapp: object) -> Choices:
    """Asked for once: a child that imports torch takes seconds."""
    return Choices()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    """An empty runs folder; whatever still trains in it after the test is ended."""
    made = Runs(tmp_path / "runs")
    yield made
    made.close()
    for run in made.runs:
        run._trainer.kill()


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    """A test may leave no process behind, alive or dead."""
    yield
    children = [one for one in psutil.Process().children(recursive=True) if "engine.cli" in " ".join(words(one))]
    left = psutil.wait_procs(children, timeout=60)[1]
    for child in left:
        child.kill()
    assert not left, f"left behind: {[words(child) for child in left]}"


def words(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def spec(root: Path, **changes: object) -> Spec:
    """A run of seconds: geometric matching, narrow, a few steps of two pairs on one thread."""
    extra = NARROW | changes.pop("extra", {})
    values = {"steps": STEPS, "batch": 2, "preset": "smoke", "threads": 1, "kind": "matching", **changes}
    return Spec(data=str(root), extra=extra, **values)


def start(runs: Runs, root: Path, name: str = "mine", **changes: object) -> Run:
    chosen = spec(root, **changes)
    return runs.start(name, chosen.arguments(), chosen.launch("base"))
