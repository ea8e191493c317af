"""The shipped smoke experiment on drawn pairs, killed once, complete in the end; here with three of its methods.

All six take a minute: that is a slow test. Each method's recipe learns, and its pack paints, in tests of their own.
"""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import Aborted
from engine.experiments.measures import MEASURES
from engine.experiments.networks import Folders, Where
from engine.experiments.plan import read_plan
from engine.experiments.run import Options, run_experiment
from engine.imaging.images import read_photo
from engine.training.events import read_events
from engine.training.run_folder import read_record
from tests.conftest import ROOT
from tests.engine.training.recipes.test_recipes import LEARNED
from tests.rendered import write_rendered_dataset

ALL = ["pix2pix", "CP-VTON", "ClothFlow", "ACGPN", "VITON-HD", "dense-flow"]
METHODS = ["pix2pix", "CP-VTON", "VITON-HD"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("data"), 20)


class Killed(Exception):
    """The process is gone, whatever it was about to do."""


@pytest.fixture(scope="module")
def done(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The experiment, told to end while it trains, killed while it measures, and begun again by the command."""
    out = tmp_path_factory.mktemp("experiment")
    file = tmp_path_factory.mktemp("plan") / "fewer.yaml"
    told = yaml.safe_load((ROOT / "resources" / "experiments" / "smoke.yaml").read_text())
    told["methods"] = {name: told["methods"][name] for name in METHODS}
    del told["parts"]["flow"]
    file.write_text(yaml.safe_dump(told))
    plan, events = read_plan(str(file)), list[dict[str, object]]()

    def abort() -> bool:
        return bool(events) and {"event": "look", "method": "CP-VTON"}.items() <= events[-1].items()

    def tell(event: dict[str, object]) -> None:
        events.append(event)
        if event == {"event": "pair", "method": "CP-VTON", "seed": 0, "done": 1, "total": 2}:
            raise Killed

    with pytest.raises(Aborted):
        run_experiment(plan, Where(root, Folders(out), abort=abort), Options(), events.append)
    with pytest.raises(Killed):
        run_experiment(plan, Where(root, Folders(out)), Options(), tell)
    arguments = ["experiment", "run", str(file), "--data", str(root), "--out", str(out), "--device", "cpu", "--events"]
    ended = CliRunner().invoke(app, arguments)
    assert ended.exit_code == 0, ended.output
    events += [json.loads(line) for line in ended.stdout.splitlines()]
    (out / "events.json").write_text(json.dumps(events))
    return out


def test_the_table_is_complete(done: Path) -> None:
    rows = list(csv.DictReader((done / "table.csv").open()))
    whole = {(row["method"], row["measure"]): row for row in rows if not row["part"]}
    assert {method for method, _ in whole} == set(METHODS)
    assert {measure for _, measure in whole} == set(MEASURES)
    absent = {measure for (_, measure), row in whole.items() if not row["value"]}
    assert absent <= {"lpips", "colour"}, "what needs weights, or a plain garment"
    for method in METHODS:
        row = whole[method, "ssim"]
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
        assert row["pairs"] == "2"
        assert bool(row["p"]) == (method != "VITON-HD")
    assert len({row["part"] for row in rows}) == 3, "all pairs and two bins"
    text = (done / "table.md").read_text()
    assert all(MEASURES[measure].title in text for measure in MEASURES)
    assert "16 samples" in text
    assert (done / "table.tex").read_text().count(r"\\") == len(METHODS) + 1


def test_nothing_was_done_twice(done: Path) -> None:
    events = json.loads((done / "events.json").read_text())
    looks = [(one["method"], one["samples"]) for one in events if one["event"] == "look"]
    assert sorted(looks) == sorted((method, samples) for method in METHODS for samples in (8, 16))
    measured = [(one["method"], one["done"]) for one in events if one["event"] == "pair"]
    assert measured.count(("pix2pix", 1)) == 1
    assert measured.count(("VITON-HD", 1)) == 1
    assert measured.count(("CP-VTON", 1)) == 2, "it was killed in the middle of it"


def test_it_tells_how_far_it_is(done: Path) -> None:
    told = [one for one in json.loads((done / "events.json").read_text()) if one["event"] == "progress"]
    shares = [one["share"] for one in told]
    assert shares == sorted(shares), "what was done stays done"
    assert 0 < shares[0] < shares[-1] <= 1
    assert {one["doing"] for one in told} == {"training", "measuring"}


def test_every_network_has_seen_as_much_and_has_learned(done: Path) -> None:
    runs = sorted((done / "runs" / "seed-0").iterdir())
    assert len(runs) == 2 + len(METHODS)
    for run in runs:
        learned = LEARNED[read_record(run)["kind"]]
        seen = [sum(event["losses"][name] for name in learned) for event in read_events(run) if "losses" in event]
        assert len(seen) == 4, run.name
        assert min(seen[1:]) < seen[0], run.name


def test_pictures_plots_and_packs_are_there(done: Path) -> None:
    for name in ("paired.png", "unpaired.png"):
        assert read_photo(done / name).shape[1] == (2 + len(METHODS)) * 196 - 4
    for name in ("quality.svg", "misalignment.svg"):
        assert all(f">{method}<" in (done / name).read_text() for method in METHODS)
    pairs = json.loads((done / "pairs.json").read_text())["pairs"]
    assert len(pairs) == 2
    assert all((done / path).is_file() for pair in pairs for path in pair["pictures"].values())
    assert {one.name for one in (done / "packs" / "seed-0").iterdir()} == set(METHODS)


def test_a_method_is_a_pack_that_makes_try_ons(done: Path, root: Path, tmp_path: Path) -> None:
    train, name = root / "train", "00003_00"
    files = {
        "person": train / "image" / f"{name}.jpg",
        "garment": train / "cloth" / f"{name}.jpg",
        "mask": train / "cloth-mask" / f"{name}.png",
        "pose": train / "openpose-json" / f"{name}_keypoints.json",
        "parse": train / "image-parse" / f"{name}.png",
    }
    arguments = [text for option, path in files.items() for text in (f"--{option}", str(path))]
    pictures = []
    for method in ("pix2pix", "CP-VTON"):
        out, pack = tmp_path / f"{method}.png", done / "packs" / "seed-0" / method
        ended = CliRunner().invoke(app, ["run", *arguments, "--weights", str(pack), "-o", str(out), "--device", "cpu"])
        assert ended.exit_code == 0, ended.output
        pictures.append(read_photo(out))
    assert pictures[0].shape == pictures[1].shape == (512, 384, 3)
    assert not np.array_equal(*pictures)


@pytest.mark.slow
def test_the_shipped_smoke_experiment_has_all_methods(root: Path, tmp_path: Path) -> None:
    ended = CliRunner().invoke(
        app, ["experiment", "run", "smoke", "--data", str(root), "--out", str(tmp_path), "--device", "cpu"]
    )
    assert ended.exit_code == 0, ended.output
    rows = list(csv.DictReader((tmp_path / "table.csv").open()))
    assert {row["method"] for row in rows} == set(ALL)
    assert {row["measure"] for row in rows} == set(MEASURES)
