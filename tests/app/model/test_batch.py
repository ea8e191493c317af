"""The batch as an object: made by a real child process without networks, paused, killed, gone on with, saved."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from engine.batch.manifest import Manifest
from engine.imaging.saving import save_picture
from tests.app.conftest import children
from tests.app.model.conftest import Studio
from tests.conftest import ROOT
from tests.engine.batch.runs import catalogue
from tests.rendered import rendered_pair
from tryon_app.model import places
from tryon_app.model.batch import Batch, launch_of, pairs
from tryon_app.model.favourites import Favourites
from tryon_app.model.history import Entry, History
from tryon_app.model.plan import Options
from tryon_app.workers import batches, commands
from tryon_app.workers.batches import Wanted

LONG = 120_000
SCRIPT = ROOT / "tests" / "app" / "quick_batch.py"
LAUNCH = launch_of(Options("quick", size=(512, 384)), "quick", "cpu", 1)


@pytest.fixture
def photos(tmp_path: Path) -> tuple[list[str], list[str]]:
    """Three people and two garments; the second garment makes doubtful pictures."""
    catalogue(tmp_path / "in", 3, 2)
    (tmp_path / "in" / "garments" / "g01.jpg").write_text("coat")
    people, garments = (sorted(map(str, (tmp_path / "in" / kind).iterdir())) for kind in ("people", "garments"))
    return people, garments


@pytest.fixture
def studio(make: Callable[[], Studio], monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """A model whose `tryon` is quick."""
    monkeypatch.setattr(commands, "command_line", lambda arguments: [sys.executable, str(SCRIPT), *arguments])
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    made = make()
    yield made
    made[0].batch.end()


@pytest.fixture
def batch(studio: Studio) -> Batch:
    return studio[0].batch


def states(batch: Batch) -> dict[tuple[str, str, int], str]:
    return {(Path(one.person).stem, Path(one.garment).stem, one.seed): one.state for one in batch.cells.values()}


def finish(batch: Batch, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: batch.state != "running", timeout=LONG)


def made(batch: Batch) -> dict[str, int]:
    return {one.key: one.picture.stat().st_mtime_ns for one in batch.cells.values() if one.picture is not None}


def some_are_made(batch: Batch, count: int, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(made(batch)) >= count and batch.count("running") > 0, timeout=LONG)


def test_everybody_in_everything_and_what_becomes_of_it(
    batch: Batch, photos: tuple[list[str], list[str]], qtbot: QtBot
) -> None:
    people, garments = photos
    Path(people[1]).write_text("broken")
    seen: list[str] = []
    batch.cell_changed.connect(lambda cell: seen.append(cell.state))
    batch.make(pairs(people, garments, (5,)), LAUNCH)
    assert (batch.state, {*states(batch).values()}) == ("running", {"queued"})
    qtbot.waitUntil(lambda: batch.seconds_left is not None, timeout=LONG)
    finish(batch, qtbot)
    assert states(batch) == {
        ("p00", "g00", 5): "ready", ("p00", "g01", 5): "warned", ("p01", "g00", 5): "failed",
        ("p01", "g01", 5): "failed", ("p02", "g00", 5): "ready", ("p02", "g01", 5): "warned",
    }  # fmt: skip
    assert batch.state == "finished"
    assert seen.count("running") == 6
    cell = batch.at(1, 0, 0)
    assert cell is not None
    assert cell.fault is not None
    assert cell.fault.code == "picture.damaged"
    warned = batch.at(2, 1, 0)
    assert warned is not None
    assert warned.doubts == batch.entry(warned).doubts == ("coat",)

    Path(people[1]).write_text("mended")
    before = made(batch)
    batch.retry()
    finish(batch, qtbot)
    assert batch.count("failed") == 0
    assert before.items() < made(batch).items(), "the others stay as they are"


def test_a_pause_is_short_and_costs_nothing(batch: Batch, photos: tuple[list[str], list[str]], qtbot: QtBot) -> None:
    batch.make(pairs(*photos, range(6)), LAUNCH)
    some_are_made(batch, 2, qtbot)
    batch.pause()
    qtbot.waitUntil(lambda: batch.state == "paused", timeout=LONG)
    before = made(batch)
    assert 2 <= len(before) < 36
    assert batch.count("running") == 0
    batch.go_on()
    finish(batch, qtbot)
    assert (batch.state, len(made(batch))) == ("finished", 36)
    assert before.items() < made(batch).items(), "none was made twice"


def test_a_child_that_is_killed_is_told_and_gone_on_from(
    batch: Batch, photos: tuple[list[str], list[str]], qtbot: QtBot
) -> None:
    batch.make(pairs(*photos, range(6)), LAUNCH)
    some_are_made(batch, 2, qtbot)
    assert batch._command is not None
    with qtbot.waitSignal(batch.failed, timeout=LONG) as failed:
        os.kill(batch._command.pid, signal.SIGKILL)
    assert failed.args is not None
    assert failed.args[0].code == "batch.worker_died"
    before = made(batch)
    assert (batch.state, len(before) >= 2) == ("paused", True)
    batch.go_on()
    finish(batch, qtbot)
    assert before.items() < made(batch).items()
    assert len(made(batch)) == 36


def test_a_batch_is_there_again_in_another_window(
    studio: Studio, make: Callable[[], Studio], photos: tuple[list[str], list[str]], qtbot: QtBot
) -> None:
    batch, before = studio[0].batch, children()
    batch.make(pairs(*photos, range(6)), LAUNCH)
    some_are_made(batch, 2, qtbot)
    child = batch._command
    assert child is not None
    assert psutil.pid_exists(child.pid)
    studio[0].close()
    qtbot.waitUntil(lambda: children() <= before, timeout=LONG)
    again = make()[0].batch
    with qtbot.waitSignal(again.left):
        again.load()
    assert (again.state, again.launch, [*again.cells]) == ("paused", LAUNCH, [*batch.cells])
    assert made(batch).items() <= made(again).items()
    again.go_on()
    finish(again, qtbot)
    assert len(made(again)) == 36


def test_a_child_that_cannot_begin_says_why(
    batch: Batch, photos: tuple[list[str], list[str]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = "import sys; sys.stderr.write('tryon: no pack\\n'); sys.exit(2)"
    for script, code in (("raise RuntimeError", "batch.worker_died"), (refusing, "text")):
        command = [sys.executable, "-c", script]
        monkeypatch.setattr(commands, "command_line", lambda _, command=command: command)
        with qtbot.waitSignal(batch.failed, timeout=LONG) as failed:
            batch.make(pairs(*photos, (0,)), LAUNCH)
        assert failed.args is not None
        assert (failed.args[0].code, batch.state) == (code, "paused")


WINDOW = """
import sys
from PySide6.QtCore import QCoreApplication
from tests.app.fake_process import FakeProcess
from tryon_app.model.batch import Batch
from tryon_app.model.jobs import JobQueue
from tryon_app.workers import batches, commands

app = QCoreApplication([])
commands.command_line = lambda arguments: [sys.executable, sys.argv[1], *arguments]
batch = Batch(JobQueue(FakeProcess()))
batch.load()
batch.go_on()
app.exec()
"""


def test_a_window_that_is_killed_takes_the_child_along_and_the_next_goes_on(
    batch: Batch, photos: tuple[list[str], list[str]], qtbot: QtBot
) -> None:
    batches.write(batch.folder, pairs(*photos, range(6)))
    batches.write_launch(batch.folder, LAUNCH)
    window = subprocess.Popen([sys.executable, "-c", WINDOW, str(SCRIPT)], cwd=ROOT)
    qtbot.waitUntil(lambda: len(Manifest(batch.folder).lines) > 1, timeout=LONG)
    family = psutil.Process(window.pid).children(recursive=True)
    assert family
    window.kill()
    window.wait()
    assert psutil.wait_procs(family, timeout=60)[1] == []
    with qtbot.waitSignal(batch.left):
        batch.load()
    before = made(batch)
    assert 2 <= len(before) < 36
    batch.go_on()
    finish(batch, qtbot)
    assert before.items() < made(batch).items()
    assert len(made(batch)) == 36


def test_the_doubtful_get_another_seed_and_the_rest_stays(
    batch: Batch, photos: tuple[list[str], list[str]], qtbot: QtBot
) -> None:
    batch.make(pairs(photos[0][:1], photos[1], (0, 1)), LAUNCH)
    finish(batch, qtbot)
    before = made(batch)
    doubtful = [cell for cell in batch.cells.values() if cell.state == "warned"]
    assert [cell.seed for cell in doubtful] == [0, 1]
    batch.reseed({doubtful[0].key})
    finish(batch, qtbot)
    assert sorted(states(batch)) == [("p00", "g00", 0), ("p00", "g00", 1), ("p00", "g01", 1), ("p00", "g01", 2)]
    cell = batch.at(0, 1, 0)
    assert cell is not None
    assert (cell.seed, cell.state) == (2, "warned"), "where the old one was"
    now = made(batch)
    assert {key: now[key] for key in before if key != doubtful[0].key} == {
        key: before[key] for key in before if key != doubtful[0].key
    }
    assert not (batch.folder / f"{doubtful[0].key}.png").exists()


def test_a_favourite_is_kept_in_the_history_and_when_there_are_to_be_fewer(
    studio: Studio, photos: tuple[list[str], list[str]], qtbot: QtBot
) -> None:
    app, _, _ = studio
    batch, history, favourites = app.batch, app.history, app.favourites
    for garment in photos[1]:
        save_picture(garment, rendered_pair(1, (256, 192)).cloth)
    batch.make(pairs(photos[0][:1], photos[1], (0, 1, 2)), LAUNCH)
    finish(batch, qtbot)
    first, second, third = batch.pair_of([*batch.cells][1])
    assert [cell.seed for cell in (first, second, third)] == [0, 1, 2]
    assert batch.pair_of("none") == []

    with qtbot.waitSignal(history.added, timeout=LONG):
        favourites.mark([third.key], True)
        favourites.mark([third.key], True)
    assert favourites.keys == {third.key}
    (entry,) = history.entries
    assert (entry.person, entry.garment, entry.seed, entry.starred) == (third.person, third.garment, 2, True)
    assert third.picture is not None
    assert entry.picture.read_bytes() == third.picture.read_bytes()

    history.star(entry.key, False)
    assert favourites.keys == set(), "it is one and the same mark"
    favourites.mark([third.key], True)
    assert (favourites.keys, len(history.entries)) == ({third.key}, 1)
    elsewhere = Favourites(batch, History(app.jobs))
    assert elsewhere.keys == {third.key}, "also where the history of a project that is opened again has other paths"
    assert [batch.cells[key].seed for key in batch.surplus(1, favourites.keys)] == [0, 1, 1, 2]
    batch.set_seeds(1, favourites.keys)
    assert [cell.seed for cell in batch.cells.values()] == [2, 0]
    assert (batch.state, len(made(batch)), favourites.keys) == ("finished", 2, {third.key})
    favourites.mark([third.key], False)
    assert (favourites.keys, history.entries[0].starred) == (set(), False)


def test_a_favourite_of_corrected_photos_is_none_of_those_without_corrections(
    studio: Studio, photos: tuple[list[str], list[str]], qtbot: QtBot
) -> None:
    app, _, _ = studio
    batch, history, favourites = app.batch, app.history, app.favourites
    picture = rendered_pair(1, (256, 192)).cloth
    with qtbot.waitSignal(history.added, timeout=LONG):
        plain = Entry(photos[0][0], photos[1][0], "quick", 0, precision="fp32")
        history.add(plain, picture, picture, {})
    arrays = {"image": picture, "mask": picture[..., 0]}
    batch.make(pairs(photos[0][:1], photos[1], (0,)), LAUNCH, {photos[1][0]: (arrays, ())})
    finish(batch, qtbot)
    edited, other = batch.cells.values()
    assert (edited.corrected, other.corrected) == (True, False)
    favourites.mark([edited.key], True)
    assert favourites.keys == {edited.key}
    assert [entry.starred for entry in history.entries] == [False]
    history.star(history.entries[0].key, True)
    favourites.mark([edited.key], False)
    assert (favourites.keys, history.entries[0].starred) == (set(), True)
    batch.load()
    assert batch.cells[edited.key].corrected


def test_a_favourite_that_cannot_be_copied_is_none(
    studio: Studio, photos: tuple[list[str], list[str]], qtbot: QtBot
) -> None:
    app, _, _ = studio
    app.batch.make(pairs(photos[0][:1], photos[1][:1], (0,)), LAUNCH)
    finish(app.batch, qtbot)
    (cell,) = app.batch.cells.values()
    assert cell.picture is not None
    cell.picture.unlink()
    with qtbot.waitSignal(app.failed, timeout=LONG):
        app.favourites.mark([cell.key], True)
        assert app.favourites.has(cell), "on its way"
    assert (app.favourites.keys, app.history.entries) == (set(), [])


def test_cancelling_leaves_what_is_made(batch: Batch, photos: tuple[list[str], list[str]], qtbot: QtBot) -> None:
    batch.make(pairs(*photos, range(6)), LAUNCH)
    some_are_made(batch, 3, qtbot)
    batch.cancel()
    assert batch.state == "finished"
    assert 3 <= len(batch.cells) == len(made(batch)) < 36
    batch.clear()
    assert (batch.state, batch.folder.exists()) == ("", False)


def test_another_batch_takes_over_what_is_made_in_the_same_way(
    batch: Batch, photos: tuple[list[str], list[str]], qtbot: QtBot
) -> None:
    people, garments = photos
    batch.make(pairs(people[:2], garments[:1], (0,)), LAUNCH)
    finish(batch, qtbot)
    before = made(batch)
    more = pairs(people[1:], garments, (0,))
    other = launch_of(Options("quick", "bf16"), "quick", "cpu", 1)
    assert (batch.lost(more, LAUNCH), batch.lost(more, other)) == (1, 2)
    batch.make(more, LAUNCH)
    assert batch.count("ready") == 1
    finish(batch, qtbot)
    kept = Wanted(people[1], garments[0]).id
    assert made(batch)[kept] == before[kept]
    assert len(made(batch)) == len([*batch.folder.glob("*.png")]) == 4


def test_pictures_are_saved_by_name(
    batch: Batch, photos: tuple[list[str], list[str]], qtbot: QtBot, tmp_path: Path
) -> None:
    batch.make(pairs(photos[0][:2], photos[1], (3,)), LAUNCH)
    finish(batch, qtbot)
    out = tmp_path / "out"
    with qtbot.waitSignal(batch.saved, timeout=LONG):
        batch.save(str(out), "{garment}/{person}-{seed}")
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*") if path.name[0] != ".")
    pictures = [f"{garment}/{person}-3.png" for garment in ("g00", "g01") for person in ("p00", "p01")]
    assert found == [*pictures, "results.csv", "results.jsonl", "sheet.jpg"]
    with qtbot.waitSignal(batch.saved, timeout=LONG):
        batch.save(str(tmp_path / "some"), "{garment}", "pdf", [*batch.cells][:1])
    found = sorted(path.name for path in (tmp_path / "some").glob("[!.]*"))
    assert found == ["g00.png", "results.csv", "results.jsonl", "sheet.pdf"]
    with qtbot.waitSignal(batch.failed, timeout=LONG) as failed:
        batch.save(str(tmp_path / "other"), "{person}")
    assert failed.args is not None
    assert failed.args[0].code == "batch.same_name"


def test_each_project_has_its_batch(
    studio: Studio, photos: tuple[list[str], list[str]], qtbot: QtBot, tmp_path: Path
) -> None:
    app, _, project = studio
    batch = app.batch
    batch.make(pairs(photos[0][:1], photos[1], (0,)), LAUNCH)
    finish(batch, qtbot)
    cells = [*batch.cells]
    with qtbot.waitSignal(project.opened, timeout=LONG):
        project.save_as(tmp_path / "look.tryon")
    assert (batch.folder, [*batch.cells]) == (places.opened(tmp_path / "look.tryon").batch, cells)
    project.close()
    assert (batch.folder, batch.state) == (places.unnamed().batch, "")
    with qtbot.waitSignal(project.opened, timeout=LONG):
        project.open(tmp_path / "look.tryon")
    assert (batch.state, [*batch.cells]) == ("finished", cells)
    app.delete_everything()
    assert (batch.state, batch.folder.exists()) == ("", False)
