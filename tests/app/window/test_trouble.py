"""Bad files, cancelling at every stage, and an engine that dies: the window says so and goes on."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.app.window.conftest import LONG
from tests.app.window.drops import drop
from tryon_app.views.window.main_window import MainWindow

Finish = Callable[..., list[str]]
SOON = 40  # turns of the event loop, 50 ms apart: half a second, and what a busy machine may add


class Turns:
    """Counts turns of the event loop that are 50 ms apart or more; a busy machine makes fewer of them, never more."""

    def __init__(self) -> None:
        self.count = 0
        self._timer = QTimer(interval=50)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        self.count += 1

    def stop(self) -> None:
        self._timer.stop()


@pytest.fixture
def turns(qtbot: QtBot) -> Iterator[Turns]:
    counted = Turns()
    yield counted
    counted.stop()


def bad_file(kind: str, folder: Path) -> Path:
    path = folder / f"{kind}.png"
    if kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("no picture at all")
    elif kind == "tiny":
        Image.new("RGB", (20, 30)).save(path)
    elif kind == "damaged":
        path = path.with_suffix(".jpg")
        Image.effect_noise((400, 500), 60).convert("RGB").save(path)
        path.write_bytes(path.read_bytes()[:4000])
    elif kind == "huge":
        Image.new("1", (12_000, 9_000)).save(path)
    elif kind == "folder":
        path.mkdir()
    return path


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("missing", "no file"),
        ("empty", "empty (0 bytes)"),
        ("text", "not a picture"),
        ("tiny", "only 20 x 30 pixels"),
        ("damaged", "damaged"),
        ("huge", "megapixels"),
        ("folder", "no picture in"),
    ],
)
@pytest.mark.parametrize("slot", ["person", "garment"])
def test_bad_files_are_answered_in_the_well(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, kind: str, said: str, slot: str
) -> None:
    widget = window.person_slot if slot == "person" else window.garment_slot
    drop(widget, bad_file(kind, tmp_path))
    loader = window.studio.person_in if slot == "person" else window.studio.garment_in
    qtbot.waitUntil(lambda: bool(loader.error), timeout=LONG)
    assert said in str(loader.error)
    qtbot.waitUntil(lambda: len(widget.notices.cards()) == 1, timeout=LONG)
    assert not window.run_panel.button.isEnabled()


def test_a_bad_file_leaves_the_photo_that_was_there(ready: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    before = ready.studio.document.person
    drop(ready.person_slot, bad_file("text", tmp_path))
    qtbot.waitUntil(lambda: bool(ready.studio.person_in.error), timeout=LONG)
    assert ready.studio.document.person is before
    assert ready.run_panel.button.isEnabled()


def test_a_photo_that_nothing_can_analyse_says_what_is_lacking(
    window: MainWindow, people: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = tmp_path / "alone.jpg"
    photo.write_bytes((people / "image" / "00000_00.jpg").read_bytes())
    drop(window.person_slot, photo)
    loader = window.studio.person_in
    qtbot.waitUntil(lambda: loader.lacking == ("pose", "parse"), timeout=LONG)
    drop(window.strip.thumbs["pose"], people / "openpose-json" / "00000_00_keypoints.json")
    qtbot.waitUntil(lambda: loader.lacking == ("parse",), timeout=LONG)
    drop(window.strip.thumbs["parse"], people / "image-parse" / "00000_00.png")
    qtbot.waitUntil(lambda: window.studio.document.person is not None, timeout=LONG)


@pytest.mark.parametrize(
    ("stage", "file", "said"),
    [
        ("parse", "image/00000_00.jpg", "JPEG"),
        ("pose", "image/00000_00.jpg", "not a JSON file"),
        ("warped", "image/00000_00.jpg", "no transparent part"),
        ("segmentation", "image-parse/00000_00.png", "value"),
    ],
)
def test_a_file_that_does_not_fit_a_stage(
    ready: MainWindow, people: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, stage: str, file: str, said: str
) -> None:
    monkeypatch.setattr("tryon_app.views.window.main_window.show_error", lambda *_: None)
    with qtbot.waitSignal(ready.studio.failed, timeout=LONG) as failed:
        drop(ready.strip.thumbs[stage], people / file)
    assert said in str(failed.args[0])
    assert ready.studio.document.state.edits == {}


@pytest.mark.parametrize("stage", ["agnostic", "segmentation", "warp", "generation"])
def test_cancel_at_every_stage(ready: MainWindow, finish: Finish, qtbot: QtBot, turns: Turns, stage: str) -> None:
    tryons = ready.studio.tryons
    asked: list[int] = []
    heard: list[int] = []

    def look() -> None:
        if tryons.running and tryons.job is not None and tryons.job.stage == stage and not asked:
            asked.append(turns.count)
            ready.cancel()

    tryons.changed.connect(look)
    answer = tryons.cancelled.connect(lambda: heard.append(turns.count))
    try:
        with qtbot.waitSignal(tryons.cancelled, timeout=LONG):
            ready.run()
        assert heard[0] - asked[0] < SOON
    finally:
        tryons.changed.disconnect(look)
        tryons.cancelled.disconnect(answer)
    assert ready.studio.picture() is None
    assert "result" in finish(ready, ready.run), "and it can be done all the same"


def test_a_picture_that_is_not_made_is_told_from_photos_that_are_missing(
    ready: MainWindow, people: Path, finish: Finish, qtbot: QtBot
) -> None:
    def says(title: str) -> None:
        qtbot.waitUntil(lambda: ready.canvas.picture is None and title in ready.canvas._empty[0], timeout=LONG)

    finish(ready, ready.run)
    with qtbot.waitSignal(ready.studio.tryons.cancelled, timeout=LONG):
        ready.set_seed(5)
        qtbot.waitUntil(lambda: ready.studio.tryons.running, timeout=LONG)
        ready.cancel()
    drop(ready.garment_slot, people / "cloth" / "00002_00.jpg")
    says("Not made yet")
    ready.studio.clear("garment")
    says("Drop a photo of a garment")
    ready.studio.clear("person")
    says("a person and one of a garment")


def run_and_signal(window: MainWindow, number: signal.Signals, qtbot: QtBot) -> int:
    """Send the engine a signal when a try-on begins, before it can possibly be done; the process it went to."""
    tryons, sent = window.studio.tryons, list[int]()

    def look() -> None:
        if tryons.job is not None and tryons.job.state == "running" and not sent:
            sent.append(window.studio.engine.process.pid or 0)
            os.kill(sent[0], number)

    tryons.changed.connect(look)
    try:
        window.run()
        qtbot.waitUntil(lambda: bool(sent), timeout=LONG)
    finally:
        tryons.changed.disconnect(look)
    return sent[0]


def test_an_engine_that_does_not_listen_is_ended(ready: MainWindow, finish: Finish, qtbot: QtBot, turns: Turns) -> None:
    process, tryons = ready.studio.engine.process, ready.studio.tryons
    before = run_and_signal(ready, signal.SIGSTOP, qtbot)
    assert tryons.running
    started = turns.count
    with qtbot.waitSignal(tryons.cancelled, timeout=LONG):
        ready.cancel()
    assert turns.count - started < SOON
    assert process.pid != before
    assert "result" in finish(ready, ready.run)


def test_an_engine_that_dies_is_reported_and_started_again(ready: MainWindow, finish: Finish, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ready.studio.jobs.died, timeout=LONG) as died:
        run_and_signal(ready, signal.SIGKILL, qtbot)
    assert "SIGKILL" in str(died.args[0])
    qtbot.waitUntil(lambda: ready.banner.isVisible() and "SIGKILL" in str(ready.window_status.shown), timeout=LONG)
    assert "result" in finish(ready, ready.run)
    qtbot.waitUntil(lambda: "SIGKILL" not in str(ready.window_status.shown), timeout=LONG)


def test_closing_while_it_runs_asks(ready: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(_: object, question: str, *__: str) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr("tryon_app.views.window.main_window.confirm", refuse)
    ready.quiet = False
    try:
        ready.run()
        ready.close()
        assert ready.isVisible()
        assert "running" in asked[0]
    finally:
        ready.quiet = True
        ready.cancel()
    qtbot.waitUntil(lambda: not ready.studio.tryons.running, timeout=LONG)
