"""Files as the program wrote them before there were projects (commit cf3516f): they still open.

`tests/data/before_projects` was written by that program's own window and `tryon train`, with drawn people, a pack of
zeros, and its photos in `/photos`.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from pytestqt.qtbot import QtBot

from engine.training.run_folder import read_record
from engine.weights import read_pack
from tests.app.model.conftest import Studio
from tests.conftest import ROOT
from tests.rendered import write_rendered_dataset
from tryon_app.model.history import History
from tryon_app.model.runs import Runs

OLD = ROOT / "tests" / "data" / "before_projects"
ENTRY = "20261129-045634-450052"


@pytest.fixture
def people(tryon_home: Path, tmp_path: Path) -> Path:
    """That program's home, with its photos in another folder, which is returned."""
    photos = write_rendered_dataset(tmp_path / "photos", 2, (512, 384))
    for path in [*photos.rglob("image/*.jpg"), *photos.rglob("cloth/*.jpg")]:
        with Image.open(path) as picture:
            picture.save(path.with_suffix(".png"))
        path.unlink()
    shutil.copytree(OLD / "home", tryon_home)
    for path in (tryon_home / "settings.ini", tryon_home / "history" / ENTRY / "entry.json"):
        path.write_text(path.read_text(encoding="utf-8").replace("/photos/", f"{photos.as_posix()}/"), encoding="utf-8")
    return photos / "train"


def test_what_was_open_opens_and_becomes_the_unnamed_project(
    people: Path, make: Callable[[], Studio], tryon_home: Path, qtbot: QtBot
) -> None:
    studio, session, _ = make()
    studio.history.load()
    studio.reload_packs()
    assert studio.settings.pack == "tiny"
    assert session.restore()
    qtbot.waitUntil(lambda: session.back and studio.document.draft is not None, timeout=20_000)
    person, garment = studio.document.person, studio.document.garment
    assert person is not None
    assert garment is not None
    assert (person.path, garment.path) == (str(people / "image/00000_00.png"), str(people / "cloth/00000_00.png"))
    assert [Path(card.key).name for card in studio.rail.cards] == ["00000_00.png", "00001_00.png"]
    assert studio.document.seed == 7
    with Image.open(OLD / "home" / "history" / ENTRY / "result.png") as picture:
        assert np.array_equal(studio.picture(), np.asarray(picture))
    session.save()
    assert not studio.settings.qsettings.contains("session/last"), "it says where photos lie, and is read no more"
    again, restored, _ = make()
    assert (tryon_home / "project.json").is_file()
    assert restored.restore()
    assert again.document.seed == 7


def test_a_result_is_listed_with_all_that_was_noted(people: Path, make: Callable[[], Studio]) -> None:
    history = History(make()[0].jobs)
    history.load()
    (entry,) = history.entries
    assert (entry.key, entry.pack, entry.seed, entry.time.year) == (ENTRY, "tiny", 7, 2026)
    assert all(Path(path).is_file() for path in (*entry.person_files.values(), *entry.garment_files.values()))
    assert (entry.precision, entry.edits, entry.starred) == ("", {}, False), "which it did not note"
    with Image.open(entry.picture) as picture, Image.open(entry.thumbnail) as small:
        assert picture.size == (384, 512)
        assert small.size < picture.size


def test_a_run_is_found_with_its_curves(tmp_path: Path, qapp: object) -> None:
    shutil.copytree(OLD / "run", tmp_path / "runs" / "old")
    runs = Runs(tmp_path / "runs")
    runs.scan()
    (run,) = runs.runs
    assert (run.state, run.kind, run.steps, run.record.step) == ("finished", "garment", 2, 2)
    assert {name: curve.steps for name, curve in run.record.losses.items()} == {"mask": [2], "overlap": [2]}
    assert run.record.numbers["iou"].values == [pytest.approx(0.2252, abs=1e-4)]
    assert run.sample is not None
    assert run.sample.is_file()
    assert read_record(run.folder)["options"]["width"] == 1


def test_a_pack_is_whole_and_its_network_computes() -> None:
    pack = read_pack(OLD / "run" / "pack")
    pack.verify()
    assert (pack.name, pack.category.key, pack.refinements.assemble) == ("garment-2", "upper", False)
    network = pack.load("garment")
    with torch.inference_mode():
        assert torch.isfinite(network(torch.zeros(1, 3, 256, 192))).all()
