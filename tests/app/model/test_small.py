"""Cache, settings, folders, samples, rail, history and log: the small parts of the model."""

import json
import logging
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from engine import paths as engine_paths
from tests.app.fake_process import FakeProcess
from tests.app.model.test_plan import garment
from tryon_app.model import places
from tryon_app.model.cache import Cache, size_of
from tryon_app.model.history import Deletion, History
from tryon_app.model.jobs import JobQueue
from tryon_app.model.log import start_log
from tryon_app.model.rail import Rail, pictures_in
from tryon_app.model.samples import find_samples
from tryon_app.model.settings import Settings
from tryon_app.workers.requests import Thumbnails


def array(size: int) -> dict[str, np.ndarray]:
    return {"a": np.zeros(size, np.uint8)}


@pytest.fixture
def process(qapp: object) -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def queue(process: FakeProcess) -> JobQueue:
    queue = JobQueue(process)
    queue.start()
    return queue


def test_the_cache_forgets_what_was_not_used_longest() -> None:
    cache = Cache(100)
    cache.put("a", array(40))
    cache.put("b", array(40))
    assert cache.get("a") is not None
    cache.put("c", array(40))
    assert ("a" in cache, "b" in cache, "c" in cache, cache.bytes) == (True, False, True, 80)


def test_the_cache_keeps_the_newest_even_where_it_is_too_large() -> None:
    cache = Cache(10)
    cache.put("a", array(5))
    cache.put("b", array(50))
    assert ("a" in cache, "b" in cache, cache.bytes) == (False, True, 50)
    cache.put("b", array(5))
    assert cache.bytes == 5
    cache.clear()
    assert (len(cache), cache.bytes) == (0, 0)


def test_sizes_count_what_is_inside() -> None:
    assert size_of({"a": np.zeros(3, np.uint8), "b": [np.zeros(2, np.float32)], "c": "text"}) == 11


def test_settings_have_types_and_survive(tmp_path: Path, qtbot: QtBot) -> None:
    file = str(tmp_path / "settings.ini")
    settings = Settings(file=file)
    assert (settings.device, settings.threads, settings.draft) == ("auto", 0, True)
    with qtbot.waitSignal(settings.changed) as changed:
        settings.threads = 3
    assert changed.args == ["threads"]
    settings.draft = False
    settings.set_texts("recent/person", ["/a", "/b"])
    settings.sync()
    again = Settings(file=file)
    assert (again.threads, again.draft, again.texts("recent/person")) == (3, False, ["/a", "/b"])


def test_a_value_that_makes_no_sense_is_the_default(tmp_path: Path, qapp: object) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[engine]\nthreads=many\nprecision=fp8\n[look]\ntheme=purple\n")
    settings = Settings(file=str(file))
    assert (settings.threads, settings.precision, settings.theme) == (0, "fp32", "system")


def test_setting_the_same_is_no_change(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(file=str(tmp_path / "settings.ini"))
    with qtbot.assertNotEmitted(settings.changed):
        settings.threads = 0


def test_the_window_and_the_engine_keep_things_in_one_folder(tryon_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places.home() == engine_paths.home() == tryon_home
    monkeypatch.delenv("TRYON_HOME")
    assert places.home() == engine_paths.home()


def test_deleting_pictures_leaves_weights_and_settings(tryon_home: Path) -> None:
    for name in ("history/a/result.png", "inbox/b.png", "weights/w/pack.json", "settings.ini"):
        (tryon_home / name).parent.mkdir(parents=True, exist_ok=True)
        (tryon_home / name).write_text("x")
    places.delete_pictures()
    left = {path.name for path in tryon_home.rglob("*") if path.is_file()}
    assert left == {"pack.json", "settings.ini"}


def test_samples(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    entries = [
        {"name": "Anna", "kind": "person", "file": "a.png", "pose": "a.json", "parse": "p.png"},
        {"name": "Gone", "kind": "garment", "file": "gone.png", "mask": "m.png"},
    ]
    (tmp_path / "samples.json").write_text(json.dumps(entries))
    (found,) = find_samples(tmp_path)
    assert (found.name, found.kind, set(found.files)) == ("Anna", "person", {"pose", "parse"})
    (tmp_path / "samples.json").write_text("[{")
    assert find_samples(tmp_path) == ()
    assert find_samples(tmp_path / "nowhere") == ()


def test_the_rail_knows_what_comes_next(queue: JobQueue) -> None:
    rail = Rail(queue)
    rail.fill(["/a", "/b", "/c", "/d"])
    rail.set_current("/b")
    assert rail.next_keys(3) == ["/c", "/d", "/a"]
    rail.remove("/c")
    assert rail.next_keys(3) == ["/d", "/a"]
    rail.set_current("/elsewhere")
    assert rail.current == ""


def test_the_rail_keeps_photos_that_were_read(queue: JobQueue) -> None:
    rail, photo = Rail(queue), garment("g")
    rail.keep(photo)
    assert rail.photo(photo.path) is None, "it is not on the rail"
    rail.fill([photo.path, "/b"])
    rail.keep(photo)
    assert rail.photo(photo.path) is photo


def test_cards_show_thumbnails_and_what_cannot_be_read(queue: JobQueue, process: FakeProcess) -> None:
    rail = Rail(queue)
    rail.fill(["/a", "/b"])
    process.part(Thumbnails, "/a", np.zeros((2, 2, 3), np.uint8))
    process.done(Thumbnails, ("/a",))
    assert [(card.thumbnail is None, card.state) for card in rail.cards] == [(False, ""), (True, "failed")]


def test_pictures_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", "notes.txt", ".hidden.png"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.png").mkdir()
    assert [Path(path).name for path in pictures_in(str(tmp_path))] == ["a.png", "b.JPG"]


def entry(folder: Path, key: str) -> None:
    (folder / key).mkdir(parents=True)
    (folder / key / "result.png").write_bytes(b"x")
    about = {"key": key, "person": "/p.jpg", "garment": "/g.jpg", "pack": "d", "seed": 1, "when": "2026-11-24T10:00:00"}
    (folder / key / "entry.json").write_text(json.dumps(about))


def test_the_history_is_read_newest_first_and_leaves_out_what_is_broken(tryon_home: Path, queue: JobQueue) -> None:
    folder = places.unnamed().history
    for key in ("20260101-1", "20260102-1"):
        entry(folder, key)
    (folder / "broken").mkdir()
    (folder / "broken" / "entry.json").write_text("{")
    history = History(queue)
    history.load()
    assert [one.key for one in history.entries] == ["20260102-1", "20260101-1"]
    assert history.entries[0].garment_name == "g"


def test_deleting_from_the_history(tryon_home: Path, queue: JobQueue, qtbot: QtBot) -> None:
    for key in ("a", "b"):
        entry(places.unnamed().history, key)
    history = History(queue)
    history.load()
    with qtbot.waitSignal(history.removed):
        history.delete("a")
    assert [one.key for one in history.entries] == ["b"]
    assert not (places.unnamed().history / "a").exists()
    history.purge()
    history.restore("a")
    assert [one.key for one in history.entries] == ["b"], "its files are gone"
    history.clear()
    assert not places.unnamed().history.exists()


def test_a_picture_leaves_the_history_under_a_name_that_says_what_it_is(
    tryon_home: Path, queue: JobQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry(places.unnamed().history, "a")
    history = History(queue)
    history.load()
    (one,) = history.entries
    named = [one.named() for _ in range(2)]
    assert {path.name for path in named} == {"p-g.png"}
    assert named[0].read_bytes() == one.picture.read_bytes()
    named[0].unlink()

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    assert one.named().read_bytes() == one.picture.read_bytes(), "it is copied where there are no links"
    one.named().unlink()
    monkeypatch.setattr(shutil, "copyfile", refuse)
    assert one.named() == one.picture


def test_a_deletion_from_the_history_is_undone(tryon_home: Path, queue: JobQueue, qtbot: QtBot) -> None:
    for key in ("a", "b", "c"):
        entry(places.unnamed().history, key)
    history, stack = History(queue), QUndoStack()
    history.load()
    stack.push(Deletion(history, ["b"], "Delete"))
    assert [one.key for one in history.entries] == ["c", "a"]
    with qtbot.waitSignal(history.changed):
        stack.undo()
    assert [one.key for one in history.entries] == ["c", "b", "a"]
    assert history.entries[1].picture.is_file()
    stack.redo()
    again = History(queue)
    again.load()
    assert [one.key for one in again.entries] == ["c", "a"]
    assert [path.name for path in places.unnamed().history.iterdir() if path.name not in "ac"] == []


def test_uncaught_exceptions_reach_the_log_and_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    told: list[str] = []
    root, hook = logging.getLogger(), sys.excepthook
    before = list(root.handlers)
    monkeypatch.setattr(sys, "__stderr__", None)
    try:
        path = start_log(tmp_path, lambda sentence, details: told.append(details))
        sys.excepthook(ValueError, ValueError("lost"), None)
        assert "lost" in told[0]
        assert "ValueError: lost" in path.read_text()
    finally:
        sys.excepthook = hook
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
            handler.close()
