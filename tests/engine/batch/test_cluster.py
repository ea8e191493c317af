"""A cluster of three nodes on this machine: as one process to the bit, also when one of them is lost."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.batch.cluster import Cluster, Machines
from engine.batch.item import Settings, recipe_of
from engine.batch.manifest import FILE_NAME, Manifest
from engine.batch.names import Naming
from engine.batch.plan import Sources
from engine.batch.processes import Load, Processes, make_here
from engine.batch.run import Outcome, Task, run
from engine.errors import TryOnError
from tests.conftest import ROOT
from tests.engine.batch.runs import catalogue, load_slow_dot, load_slower_dot, task_of
from tests.engine.batch.test_maker import contents
from tests.packs import narrow_pack
from tests.rendered import write_rendered_dataset


def test_without_ray_one_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    cluster = Cluster(Settings(), tmp_path, Machines())
    with pytest.raises(TryOnError, match=r"tryon-atelier\[cluster\]"):
        cluster.__enter__()


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    """Three nodes of one core each, beside a head that makes nothing. The last test takes one away."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        ray = importlib.import_module("ray")
        room = {"object_store_memory": 80_000_000}
        head = {"num_cpus": 0, "include_dashboard": False, **room}
        cluster = importlib.import_module("ray.cluster_utils").Cluster(initialize_head=True, head_node_args=head)
        try:
            cluster.workers = [cluster.add_node(num_cpus=1, **room) for _ in range(3)]
            yield cluster
        finally:
            ray.shutdown()
            cluster.shutdown()


def everywhere(task: Task, nodes: Any, load: Load = make_here, progress: Any = None, **options: Any) -> Outcome:
    with Cluster(task.settings, task.folder, Machines(nodes.address, **options), load) as engine:
        return run(task, engine, progress)


@pytest.mark.slow
def test_a_cluster_makes_the_pictures_of_one_process(nodes: Any, tmp_path: Path, tryon_home: Path) -> None:
    pack = narrow_pack(tmp_path / "narrow", noise=0.2)
    data = write_rendered_dataset(tmp_path / "data", 6, split="test", unpaired=True)
    (data / "test" / "cloth" / "00003_00.jpg").write_bytes(b"broken")
    settings = Settings(weights=str(pack.folder), device="cpu")
    plan = Sources(dataset=data, seed=3).plan(Naming())
    alone = Task.of(plan, tmp_path / "alone", settings)
    with Processes(settings, alone.folder, recipe_of(settings), 1) as engine:
        assert run(alone, engine).made == 5
    outcome = everywhere(Task.of(plan, tmp_path / "cluster", settings), nodes, workers=3)
    assert (outcome.made, outcome.by_error) == (5, {"picture.unknown": 1})
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")
    assert len(contents(tmp_path / "alone")) == 5


@pytest.mark.slow
def test_photos_may_be_sent_along_and_pictures_go_to_an_address(nodes: Any, tmp_path: Path) -> None:
    sources = catalogue(tmp_path / "in", 2, 2)
    (tmp_path / "in" / "people" / "p01.jpg").write_text("broken")
    settings = Settings(pictures=f"file://{tmp_path}/far")
    outcome = everywhere(
        task_of(sources.plan(Naming()), tmp_path / "out", settings), nodes, load_slow_dot, workers=2, send=True
    )
    assert (outcome.made, outcome.failed) == (2, 2)
    assert len(contents(tmp_path / "far")) == 2
    assert outcome.lines["p00_g00"].inputs["person"][0] == str(tmp_path / "in" / "people" / "p00.jpg")
    assert "p01.jpg is damaged" in outcome.lines["p01_g00"].sentence


@pytest.mark.slow
def test_a_node_that_is_lost_costs_its_items_only_for_a_while(nodes: Any, tmp_path: Path) -> None:
    plan = catalogue(tmp_path / "in", 10, 6).plan(Naming())
    with Processes(Settings(), tmp_path / "alone", task_of(plan, tmp_path).recipe, 1, load_slow_dot) as engine:
        assert run(task_of(plan, tmp_path / "alone"), engine).made == 60
    lost: list[int] = []

    def lose_one(so_far: Outcome) -> None:
        if so_far.finished > 15 and not lost:
            lost.append(so_far.finished)
            nodes.remove_node(nodes.workers[1], allow_graceful=False)

    task = task_of(plan, tmp_path / "cluster")
    outcome = everywhere(task, nodes, load_slower_dot, lose_one, workers=3)
    assert lost
    assert (outcome.made, outcome.failed) == (60, 0)
    assert contents(task.folder) == contents(tmp_path / "alone")
    assert len((task.folder / FILE_NAME).read_text().splitlines()) == 61
    assert len(Manifest(task.folder).lines) == 60
