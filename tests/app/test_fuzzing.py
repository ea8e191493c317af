"""Damaged files of everything the window keeps: it opens all the same, without what cannot be read."""

import json
import os
import tempfile
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from tests.engine.test_fuzzing import in_folder, of_one, write_run
from tests.fuzzing import Reader, unexplained
from tests.rendered import rendered_pair
from tryon_app.model import edit_store
from tryon_app.model.app_model import AppModel
from tryon_app.model.evaluation import read_table
from tryon_app.model.plan import Edit
from tryon_app.model.runs import Run
from tryon_app.model.samples import find_samples
from tryon_app.model.session import Session
from tryon_app.model.settings import Settings
from tryon_app.workers import launches, project_file, projects, training
from tryon_app.workers.answers import GarmentPhoto
from tryon_app.workers.context import TaskContext
from tryon_app.workers.requests import KeepAnalysis, ReadAnalysis

SOME, ALL = 60, 1500


@cache
def application() -> QCoreApplication:
    return QCoreApplication([])


def write_home(folder: Path) -> None:
    entry = {"key": "k", "person": "p.jpg", "garment": "g.jpg", "pack": "d", "seed": 1, "when": "2026-11-24T10:00:00"}
    (folder / "history" / "k").mkdir(parents=True)
    (folder / "history" / "k" / "entry.json").write_text(json.dumps({**entry, "person_files": {"pose": "x.json"}}))
    (folder / "history" / "k" / "result.png").write_bytes(b"x")
    (folder / "edits").mkdir()
    hands = (None, np.ones((21, 3), np.float32))
    edit = Edit("pose", "edit-1", {"keypoints": np.ones((25, 3), np.float32), "hands": hands})
    found = {
        **{
            kind: {"path": "/proc/version", "files": {"mask": "/m.png"}, "box": [1, 2, 3, 4]}
            for kind in ("person", "garment")
        },
        "seed": 7,
        "rail": ["/proc/version", "/proc/uptime"],
        "marks": [{"path": "/proc/uptime", "made": True, "doubts": ["garment_small"]}],
        "entry": "k",
        "edits": dict.fromkeys(["pose"], *edit_store.write(folder / "edits", [edit])),
    }
    (folder / "project.json").write_text(json.dumps(found))
    settings = Settings(file=str(folder / "settings.ini"))
    settings.threads, settings.draft, settings.theme = 3, False, "dark"
    settings.set_texts("recent/person", ["a", "b"])
    settings.sync()


def read_home(folder: Path) -> None:
    application()
    os.environ["TRYON_HOME"] = str(folder)
    studio = AppModel()
    session = Session(studio)
    studio.history.load()
    for one in studio.history.entries:
        assert isinstance(one.garment_name + Path(one.person).name + one.picture.name, str)
    session.restore()
    for name, value in vars(Settings).items():
        if hasattr(value, "default"):
            assert isinstance(getattr(studio.settings, name), type(value.default))
    studio.recent("person")
    session.save()


def write_launched(folder: Path) -> None:
    write_run(folder)
    launches.write_launch(folder, {"kind": "garment", "steps": 9, "base": "default", "machine": ["--device", "cpu"]})
    (folder / training.LOG).write_text('tryon: {"code": "run.none", "values": {"path": "x", "file": "y"}}\nwords\n')


def read_run(folder: Path) -> None:
    application()
    run = Run(folder)
    run.look()
    assert isinstance(run.kind + run.base + run.state, str)
    assert (run.steps, run.resumable, run.usable, run.sample) is not None
    training.find_runs(folder.parent)


def packed() -> bytes:
    """A project's file."""
    with tempfile.TemporaryDirectory() as name:
        write_home(Path(name))
        project_file.pack(Path(name), Path(name) / "a.tryon")
        return (Path(name) / "a.tryon").read_bytes()


def read_project(path: Path) -> None:
    project_file.unpack(path, path.parent / "out")
    with suppress(OSError, zipfile.BadZipFile):  # as where a picture is wanted
        project_file.take_out(path, path.parent / "history" / "k" / "result.png")


def analysed() -> bytes:
    pair = rendered_pair(1, (64, 48))
    photo = GarmentPhoto("k", "/tee.jpg", "tee", {"image": pair.cloth, "mask": pair.cloth_mask}, {"turn": "90"})
    with tempfile.TemporaryDirectory() as name:
        projects.keep_analysis(KeepAnalysis(str(Path(name) / "a.npz"), photo), TaskContext(lambda _: None, 1))
        return (Path(name) / "a.npz").read_bytes()


def read_analysed(path: Path) -> None:
    projects.read_analysis(ReadAnalysis(str(path), "/tee.jpg", "garment"), TaskContext(lambda _: None, 1))


TABLE = {"rows": [{"pack": "d", "metric": "SSIM", "value": 0.5, "better": "higher", "protocol": "paired"}]}
SAMPLES = [{"name": "a", "kind": "person", "file": "a.jpg", "pose": "a.json"}]
READERS: dict[str, Reader] = {
    "home": in_folder(write_home, read_home),
    "project": of_one("a.tryon", packed, read_project),
    "analysis": of_one("a.npz", analysed, read_analysed),
    "run": in_folder(write_launched, read_run),
    "results": of_one("results.json", lambda: json.dumps(TABLE).encode(), read_table),
    "samples": of_one("samples.json", lambda: json.dumps(SAMPLES).encode(), lambda path: find_samples(path.parent)),
}


def test_a_few_damaged_files_of_the_window() -> None:
    assert unexplained(__name__, SOME) == []


@pytest.mark.slow
def test_many_damaged_files_of_the_window() -> None:
    assert unexplained(__name__, ALL) == []
