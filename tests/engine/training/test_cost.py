"""What a run costs, what it begins with, and whether it lives."""

import json
import os
from pathlib import Path

import psutil
import pytest
import torch

from engine.errors import TryOnError
from engine.training import cost as measure
from engine.training import recipes, run_control
from engine.training.init_weights import begin_with, with_widths
from engine.training.loop import start_fabric
from engine.training.options import Machine
from tests.engine.commands.test_train import start, tryon
from tests.engine.training.runs import options, random_matching


@pytest.mark.parametrize("kind", ["segmentation", "matching"])
def test_every_stage_is_measured(kind: str, rendered_root: Path, tmp_path: Path) -> None:
    changes = {"half_size": 0.5} if kind == "segmentation" else {}
    recipe = recipes.make(kind, options(kind, tmp_path, steps=1000, **changes))
    cost = measure.measure(start_fabric(Machine(threads=1)), recipe, rendered_root)
    assert sum(stage.share for stage in cost.stages) == pytest.approx(1)
    assert len(cost.stages) == (2 if kind == "segmentation" else 1)
    assert all(stage.measured and stage.seconds_a_step > 0 for stage in cost.stages)
    assert cost.seconds == pytest.approx(1000 * cost.seconds_a_step)
    assert cost.memory_mb > 50
    assert cost.device == "cpu"


def test_what_does_not_fit_into_the_time_is_estimated(rendered_root: Path, tmp_path: Path) -> None:
    recipe = recipes.make("segmentation", options("segmentation", tmp_path, steps=1000, half_size=0.5))
    cost = measure.measure(start_fabric(Machine(threads=1)), recipe, rendered_root, budget=0.0)
    assert [stage.measured for stage in cost.stages] == [True, False]


def test_data_that_is_not_packed_is_measured_on_a_few_pairs(rendered_root: Path, tmp_path: Path) -> None:
    recipe = recipes.make("matching", options("matching", tmp_path))
    cost = measure.measure(start_fabric(Machine(threads=1)), recipe, rendered_root, cache=tmp_path / "none")
    assert cost.packing_seconds > 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("kind", ["parser", "garment"])
def test_recipes_that_read_photos_are_measured_too(kind: str, rendered_root: Path, tmp_path: Path) -> None:
    recipe = recipes.make(kind, recipes.preset(kind, "smoke", {"width": 4, "batch": 2}))
    cost = measure.measure(start_fabric(Machine(threads=1)), recipe, rendered_root, cache=tmp_path / "none")
    assert cost.seconds > 0


def test_dry_run_prints_json_and_leaves_nothing(
    rendered_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(rendered_root, tmp_path / "run", "--dry-run", steps=40) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["steps"] == 40
    assert answer["seconds"] > 0
    assert not (tmp_path / "run").exists()


def test_run_begins_with_the_weights_and_widths_of_a_pack(tmp_path: Path) -> None:
    pack = random_matching(tmp_path)
    chosen = with_widths(recipes.preset("matching", "small"), "matching", str(pack))
    recipe = recipes.make("matching", chosen)
    assert begin_with(recipe, str(pack)) == "m 1"
    from engine.weights import read_pack

    given = read_pack(pack).load("matching").state_dict()
    for name, value in recipe.network.state_dict().items():
        assert torch.equal(value, given[name].to(value.dtype)), name


def test_pack_without_the_network_or_of_another_shape_is_refused(tmp_path: Path) -> None:
    pack = str(random_matching(tmp_path))
    with pytest.raises(TryOnError, match="has no segmentation network to begin with"):
        with_widths(recipes.preset("segmentation", "small"), "segmentation", pack)
    with pytest.raises(TryOnError, match="has width = 4, not 6"):
        with_widths(options("matching", tmp_path, width=6), "matching", pack, ["width"])
    with pytest.raises(TryOnError, match="has another shape"):
        begin_with(recipes.make("matching", options("matching", tmp_path, width=6)), pack)


def test_run_is_noted_while_it_lives(rendered_root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert run_control.trained_by(folder) is None
    folder.mkdir()
    tell = run_control.process_noted(folder)
    tell({"event": "status", "status": "started", "step": 0, "time": 0.0})
    assert run_control.trained_by(folder) == os.getpid()
    run_control.refuse_second(folder)
    tell({"event": "status", "status": "finished", "step": 0, "time": 0.0})
    assert run_control.trained_by(folder) is None


def test_folder_of_a_living_run_is_refused(tmp_path: Path) -> None:
    parent = psutil.Process().ppid()
    run_control.note_process(tmp_path, parent)
    with pytest.raises(TryOnError, match=f"is being trained by process {parent}"):
        run_control.refuse_second(tmp_path)
    noted = json.loads((tmp_path / run_control.PROCESS).read_text())
    (tmp_path / run_control.PROCESS).write_text(json.dumps(noted | {"created": noted["created"] - 60}))
    assert run_control.trained_by(tmp_path) is None, "another process got the number of one that is gone"


def test_out_is_needed(capsys: pytest.CaptureFixture[str], rendered_root: Path) -> None:
    assert tryon("train", "matching", "--data", rendered_root) == 1
    assert "--out FOLDER" in capsys.readouterr().err
