"""A batch in the real window: made of the rails by the real engine, killed, gone on with, opened, saved."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.arrays import FULL_SIZE
from engine.imaging.images import read_photo
from tests.app.window.conftest import LONG, Staged, document_of
from tests.app.window.drops import drop
from tests.rendered import write_rendered_dataset
from tryon_app.model.batch import Batch, Cell
from tryon_app.model.history import Entry
from tryon_app.views.batch.batch_window import BatchWindow
from tryon_app.views.rails.list_item import BADGE, KEY, PICTURE
from tryon_app.views.window.main_window import MainWindow
from tryon_app.workers import batches
from tryon_app.workers.context import TaskContext
from tryon_app.workers.messages import Done
from tryon_app.workers.requests import FindCopies


@pytest.fixture
def rails(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with two people and two garments in its rails, as large as the window's own pictures."""
    people = write_rendered_dataset(tmp_path / "people", 2, FULL_SIZE) / "train"
    drop(window.person_slot, *(people / "image" / f"0000{number}_00.jpg" for number in range(2)))
    drop(window.garment_slot, *(people / "cloth" / f"0000{number}_00.jpg" for number in range(2)))
    qtbot.waitUntil(lambda: window.studio.document.state.complete, timeout=LONG)
    yield window
    window.studio.batch.clear()
    window.studio.people.clear()


def shown(window: MainWindow) -> BatchWindow:
    assert window.batch.window is not None
    return window.batch.window


def made(batch: Batch) -> dict[str, int]:
    return {one.key: one.picture.stat().st_mtime_ns for one in batch.cells.values() if one.picture is not None}


def at(batch: Batch, person: int, garment: int) -> Cell:
    cell = batch.at(person, garment, 0)
    assert cell is not None
    assert cell.picture is not None
    return cell


def test_all_on_all_survives_the_death_of_its_child_and_is_opened_and_saved(
    rails: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, batch = rails, rails.studio.batch
    said: list[str] = []
    window.studio.failed.disconnect(window.complain)
    window.studio.failed.connect(lambda fault, _: said.append(fault.code))
    window.actions_["batch_all"].trigger()
    assert (shown(window).isVisible(), len(batch.cells), batch.state) == (True, 4, "running")
    qtbot.waitUntil(lambda: bool(made(batch)) and batch.count("running") > 0, timeout=LONG)
    before = made(batch)
    assert batch._command is not None
    psutil.Process(batch._command.pid).kill()
    qtbot.waitUntil(lambda: batch.state == "paused", timeout=LONG)
    assert said == ["batch.worker_died"]
    assert shown(window).buttons["go_on"].isEnabled()

    shown(window).buttons["go_on"].click()
    with qtbot.waitSignal(window.studio.finished, timeout=LONG):  # one that is asked for meanwhile
        window.run()
    qtbot.waitUntil(lambda: batch.state == "finished", timeout=LONG)
    assert before.items() <= made(batch).items()
    assert len(made(batch)) == 4

    other = at(batch, 1, 1)
    grid = shown(window).grid
    qtbot.waitUntil(lambda: grid.grid.data(grid.grid.index(1, 1), PICTURE) is not None, timeout=LONG)
    grid.setFocus()
    grid.setCurrentIndex(grid.grid.index(1, 1))
    QTest.keyClick(grid, Qt.Key.Key_Return)
    document = document_of(window)
    qtbot.waitUntil(lambda: document.person is not None and document.person.path == other.person, timeout=LONG)
    wanted = read_photo(other.picture or "")
    qtbot.waitUntil(lambda: np.array_equal(window.studio.picture(), wanted), timeout=LONG)
    assert (document.garment.path, document.seed) == (other.garment, other.seed)
    with qtbot.waitSignal(window.studio.finished, timeout=LONG):
        window.run()
    assert np.array_equal(window.studio.picture(), wanted), "the window itself makes the same picture"

    shown(window).buttons["save"].click()
    dialog = window.batch.dialog
    assert dialog is not None
    dialog.folder.set_path(str(tmp_path / "out"))
    dialog.pattern.setText("{garment}-on-{person}")
    with qtbot.waitSignal(window.studio.saved, timeout=LONG):
        dialog.accept()
    names = [path.name for path in sorted((tmp_path / "out").glob("*.png"))]
    assert names == [f"0000{garment}_00-on-0000{person}_00.png" for garment in range(2) for person in range(2)]


@pytest.mark.slow
def test_corrected_photos_are_corrected_in_the_batch_too(rails: MainWindow, qtbot: QtBot) -> None:
    window, studio, batch = rails, rails.studio, rails.studio.batch
    document, (first, second) = document_of(window), rails.studio.rail.cards
    plain = document.garment.data["mask"]
    document.edit("garment_mask", {"mask": np.where(np.arange(plain.shape[0])[:, None] < 500, plain, 0)}, "")
    document.edit("parse", {"parse": np.roll(document.person.data["parse"], 40, axis=1)}, "")
    qtbot.waitUntil(window.run_panel.button.isEnabled, timeout=LONG)  # it follows the edits a little later
    window.run()
    qtbot.waitUntil(lambda: document.result is not None, timeout=LONG)
    wanted = studio.picture()
    window.rails.choose("garment", second.key)
    qtbot.waitUntil(lambda: document.garment.path == second.key, timeout=LONG)
    studio.tryons.cancel()
    assert [*document.state.edits] == ["parse"]
    window.actions_["batch_all"].trigger()
    qtbot.waitUntil(lambda: batch.state == "finished", timeout=LONG)
    assert np.array_equal(read_photo(at(batch, 0, 0).picture or ""), wanted)
    window.rails.choose("garment", first.key)
    assert {*document.state.edits} == {"parse", "garment_mask"}


def test_one_of_several_seeds_is_chosen_opened_kept_and_saved(
    rails: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, batch, history = rails, rails.studio.batch, rails.studio.history
    monkeypatch.setattr(window.batch, "_agreed", lambda *_: True)
    people, garments = window.people_list.list, window.garment_list.list
    people.item(0).setSelected(True)
    people.item(1).setSelected(False)
    garments.selectAll()
    window.actions_["batch_selected"].trigger()
    shown(window).seeds.choose("2")
    qtbot.waitUntil(lambda: batch.state == "finished", timeout=LONG)
    assert len(made(batch)) == 4
    grid, pair = shown(window).grid, shown(window).pair
    grid.setCurrentIndex(grid.grid.index(0, 0))
    first, second = batch.pair_of(grid.currentIndex().data(KEY))
    assert pair.isVisible()
    qtbot.waitUntil(lambda: pair.pair.index(1).data(PICTURE) is not None, timeout=LONG)

    pair.setCurrentIndex(pair.pair.index(1))
    with qtbot.waitSignal(history.added, timeout=LONG):
        QTest.keyClick(pair, Qt.Key.Key_F)
    assert [grid.grid.index(0, column).data(BADGE) for column in range(4)] == ["", "star", "", ""]
    QTest.keyClick(pair, Qt.Key.Key_Return)
    wanted = read_photo(second.picture or "")
    qtbot.waitUntil(lambda: np.array_equal(window.studio.picture(), wanted), timeout=LONG)
    assert document_of(window).seed == second.seed != first.seed
    (entry,) = [one for one in history.entries if one.starred]
    window.rails.reopen(entry.key)
    qtbot.waitUntil(lambda: np.array_equal(window.studio.picture(), wanted), timeout=LONG)
    assert window.studio.shown_entry is not None
    assert window.studio.shown_entry.key == entry.key

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "one.png"), ""))
    shown(window).cells.menu(second.key, []).actions()[2].trigger()
    assert (tmp_path / "one.png").read_bytes() == entry.picture.read_bytes()
    shown(window).buttons["save"].click()
    dialog = window.batch.dialog
    assert dialog is not None
    dialog.folder.set_path(str(tmp_path / "out"))
    dialog.favourites.setChecked(True)
    dialog.sheet.choose("pdf")
    with qtbot.waitSignal(window.studio.saved, timeout=LONG):
        dialog.accept()
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".csv", ".jsonl", ".pdf", ".png"]
    shown(window).seeds.choose("1")
    assert [cell.seed for cell in batch.cells.values()] == [second.seed, first.seed]
    assert not pair.isVisible()


@pytest.fixture
def crowd(staged: Staged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Staged:
    """Three people and three garments in the rails, and a batch that is written down but not begun."""
    for kind, slot in (("people", staged.window.person_slot), ("garments", staged.window.garment_slot)):
        (tmp_path / kind).mkdir()
        paths = [tmp_path / kind / f"{name}.jpg" for name in "abc"]
        for path in paths:
            path.touch()
        drop(slot, *paths)
    monkeypatch.setattr(Batch, "_start", lambda *_: None)
    return staged


def pairs_of(batch: Batch) -> list[str]:
    return [Path(one.person).stem + Path(one.garment).stem for one in batch.cells.values()]


def test_what_is_marked_in_the_rails_becomes_a_batch(crowd: Staged) -> None:
    window, batch = crowd.window, crowd.studio.batch
    people, garments = window.people_list.list, window.garment_list.list
    assert window.batch.tools.isVisible()
    before = len(crowd.process.said)
    for shown_list, second in ((people, 2), (garments, 1)):
        shown_list.setCurrentRow(0)
        place = shown_list.visualItemRect(shown_list.item(second)).center()
        QTest.mouseClick(shown_list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert [Path(key).stem for key in window.garment_list.selected] == ["a", "b"]
    assert len(crowd.process.said) == before, "who marks several has chosen nothing"
    window.actions_["batch_selected"].trigger()
    assert pairs_of(batch) == ["aa", "ab", "ca", "cb"]
    window.actions_["batch_all"].trigger()
    assert len(batch.cells) == 9


def test_photos_that_lie_elsewhere_now_are_those_of_the_batch(
    crowd: Staged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, batch = crowd.window, crowd.studio.batch
    for path in tmp_path.glob("*/?.jpg"):
        path.write_text(f"{path.parent.name} {path.name}")
    window.actions_["batch_all"].trigger()
    before = [*batch.cells]
    copies = [Path(shutil.copytree(tmp_path / kind, tmp_path / "project" / kind)) for kind in ("people", "garments")]
    (copies[1] / "c.jpg").write_text("another")
    for rail, folder in zip((crowd.studio.people, crowd.studio.rail), copies, strict=True):
        rail.clear()
        rail.fill(sorted(map(str, folder.iterdir())))
    moved = str(copies[0] / "a.jpg")
    assert batch.known_as(moved) == moved, "nobody waits for the files to be read"
    found = [(task, one.id) for one in crowd.process.requests(FindCopies) if isinstance(task := one.task, FindCopies)]
    for task, number in found:
        crowd.process.heard.emit(Done(number, batches.find_copies(task, TaskContext(lambda _: None, number))))
    first = batch.cells[before[0]]
    opened: list[Entry] = []
    monkeypatch.setattr(window.session, "open_made", opened.append)
    window.batch.open(first.key)
    assert (opened[0].person, opened[0].garment) == tuple(str(folder / "a.jpg") for folder in copies)

    window.actions_["batch_all"].trigger()
    after = [*batch.cells]
    assert len(after) == 9
    assert [key for key in before if key in after] == [key for number, key in enumerate(before) if number % 3 != 2], (
        "only the other garment's are new"
    )
    gone = FindCopies(((str(tmp_path / "gone.jpg"), moved),))
    assert batches.find_copies(gone, TaskContext(lambda _: None, 1)) == {}


def test_several_seeds_and_what_the_buttons_allow(crowd: Staged) -> None:
    window, batch = crowd.window, crowd.studio.batch
    window.actions_["batch_all"].trigger()
    shown(window).seeds.choose("2")
    assert (batch.seeds, len(batch.cells)) == (2, 18)
    assert shown(window).grid.grid.columnCount() == 6
    enabled = {name for name, button in shown(window).buttons.items() if button.isEnabled()}
    assert enabled == {"go_on", "cancel"}
    shown(window).buttons["cancel"].click()
    assert (batch.state, batch.folder.exists()) == ("", False)
    assert shown(window).empty.isVisible()


def test_a_batch_that_was_left_is_offered(crowd: Staged) -> None:
    window, batch = crowd.window, crowd.studio.batch
    window.actions_["batch_all"].trigger()
    shown(window).close()
    batch.load()
    assert window.banner.isVisible()
    window.banner.remedy_chosen.emit("batch", "batch")
    assert shown(window).isVisible()
    shutil.rmtree(batch.folder)
    batch.load()
    assert batch.state == ""
