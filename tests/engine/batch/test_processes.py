"""Several processes: the pictures of one, and what kills one of them costs an item at most."""

import multiprocessing
from pathlib import Path

import psutil
import pytest

from engine.batch.item import Settings
from engine.batch.names import Naming
from engine.batch.plan import Sources
from engine.batch.processes import Load, Processes
from engine.batch.run import Outcome, run
from engine.errors import TryOnError
from tests.engine.batch.runs import RECIPE, catalogue, load_nothing, load_once, load_slow_dot, run_quickly, task_of
from tests.engine.batch.test_maker import contents


def several(sources: Sources, out: Path, workers: int | None, load: Load = load_slow_dot) -> tuple[Outcome, int]:
    with Processes(Settings(), out, RECIPE, workers, load) as engine:
        return run(task_of(sources.plan(Naming()), out), engine), engine.most


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return catalogue(tmp_path / "in", 5, 2)


@pytest.mark.parametrize("workers", [2, None])
def test_several_make_the_pictures_of_one(sources: Sources, tmp_path: Path, workers: int | None) -> None:
    assert sources.people is not None
    (sources.people / "p01.jpg").write_text("broken")
    outcome, most = several(sources, tmp_path / "several", workers)
    run_quickly(sources, tmp_path / "alone")
    assert (outcome.made, outcome.failed) == (8, 2)
    assert contents(tmp_path / "several") == contents(tmp_path / "alone")
    assert most == 2 if workers else most >= 1
    assert multiprocessing.active_children() == []


def test_what_kills_a_process_costs_itself_only(sources: Sources, tmp_path: Path) -> None:
    assert sources.people is not None
    (sources.people / "p02.jpg").write_text("deadly")
    outcome, _ = several(sources, tmp_path / "out", 2)
    assert (outcome.made, outcome.by_error) == (8, {"batch.worker_died": 2})
    assert {line.person for line in outcome.failures} == {"p02"}
    assert all("exit code 7" in line.sentence for line in outcome.failures)


def test_those_that_fit_do_without_those_that_do_not(sources: Sources, tmp_path: Path) -> None:
    outcome, most = several(sources, tmp_path / "out", 3, load_once)
    assert (outcome.made, outcome.failed, most) == (10, 0, 3)


def test_networks_that_cannot_be_loaded_are_told_at_once(tmp_path: Path) -> None:
    engine = Processes(Settings(device="cuda"), tmp_path / "out", RECIPE, 2, load_nothing)
    with pytest.raises(TryOnError, match="'cuda' was asked for"), engine:
        pass
    assert multiprocessing.active_children() == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("free", "held", "cores", "wanted"), [(10, 1, 4, 4), (10, 4, 4, 3), (1, 4, 4, 1), (9, 1, 2, 2)]
)
def test_as_many_as_memory_and_cores_allow(
    free: int, held: int, cores: int, wanted: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """free: memory in units of which a process holds `held`."""
    sources = catalogue(tmp_path / "in", 4, 5)
    memory = psutil.virtual_memory()._replace(available=free * 2**30)
    monkeypatch.setattr("engine.batch.processes.psutil.virtual_memory", lambda: memory)
    monkeypatch.setattr("engine.batch.processes.cores_of_process", lambda: range(cores))
    monkeypatch.setattr("engine.batch.processes._Worker.memory", lambda _: held * 2**30)
    outcome, most = several(sources, tmp_path / "out", None)
    assert (outcome.made, most) == (20, wanted)
