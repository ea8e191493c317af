"""The window of a batch: what each cell says, which buttons work, and what they ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.batch.item import Item, Recipe
from engine.batch.manifest import Manifest, ManifestWriter, line_of
from engine.messages import fault
from tests.app.fake_process import FakeProcess
from tests.rendered import rendered_pair
from tryon_app.model.batch import Batch, launch_of, pairs
from tryon_app.model.favourites import Favourites
from tryon_app.model.history import History
from tryon_app.model.jobs import JobQueue
from tryon_app.model.plan import Options
from tryon_app.views.batch.batch_window import BatchWindow
from tryon_app.views.batch.cell_menu import marked
from tryon_app.views.batch.save_batch import SaveBatch
from tryon_app.views.common import icons
from tryon_app.views.common.language import Language
from tryon_app.views.rails.list_item import BADGE, LINES, PICTURE, STATE
from tryon_app.workers import batches
from tryon_app.workers.requests import Remember, Thumbnails

WANTED = pairs(["/photos/anna.jpg", "/photos/berta.jpg"], ["/photos/tee.jpg", "/photos/hoodie.jpg"], (7, 8))
ENABLED = {
    "left": {"go_on", "retry", "reseed", "save", "cancel"},
    "running": {"go_on", "reseed", "save", "cancel"},
}


@pytest.fixture
def process() -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def batch(tryon_home: Path, process: FakeProcess, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Eight are wanted: the first is made, the second doubtful, the third has failed."""
    queue = JobQueue(process)  # type: ignore[arg-type]
    queue.start()
    made = Batch(queue, queue)
    made.folder.mkdir(parents=True)
    batches.write(made.folder, WANTED)
    batches.write_launch(made.folder, launch_of(Options("tiny"), "tiny", "cpu", 1))
    recipe = Recipe("tiny 1", "", {})
    items = [Item(one.id, "anna", "tee", f"{one.id}.png", one.seed, {}) for one in WANTED[:3]]
    for item in items[:2]:
        (made.folder / item.output).touch()
    with ManifestWriter(Manifest(made.folder)) as writer:
        writer.append(line_of(items[0], recipe, status="done"))
        writer.append(line_of(items[1], recipe, status="done", warnings=("coat",)))
        writer.append(line_of(items[2], recipe, status="failed", error=fault("photo.nobody"), about="anna.jpg"))
    made.load()
    return made


@pytest.fixture
def history(batch: Batch) -> History:
    return History(batch.parent(), batch)  # type: ignore[arg-type]


@pytest.fixture
def window(batch: Batch, history: History, qtbot: QtBot) -> Iterator[BatchWindow]:
    shown = BatchWindow(batch, Favourites(batch, history, batch))
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    batch.end()


def at(window: BatchWindow, row: int, column: int, role: int) -> object:
    return window.grid.grid.data(window.grid.grid.index(row, column), role)


def enabled(window: BatchWindow) -> set[str]:
    return {name for name, button in window.buttons.items() if button.isEnabled()}


def test_every_cell_says_how_it_is(window: BatchWindow) -> None:
    grid = window.grid.grid
    assert (grid.rowCount(), grid.columnCount()) == (2, 4)
    assert [at(window, 0, column, STATE) for column in range(4)] == ["ready", "warned", "failed", "queued"]
    assert [at(window, 0, column, LINES) for column in range(4)] == [["Seed 7"], ["Seed 8"], ["failed"], ["waiting"]]
    tips = [str(at(window, 0, column, Qt.ItemDataRole.ToolTipRole)) for column in range(3)]
    assert tips[0] == "anna\ntee\nSeed 7\nmade"
    assert "coat or an open jacket" in tips[1]
    assert "anna.jpg: No person was found" in tips[2]
    headers = [grid.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert headers == ["tee", "tee", "hoodie", "hoodie"]
    assert window.text.text() == "2 of 8 made · 1 doubtful · 1 failed"


def test_a_picture_is_read_when_it_is_looked_at(
    window: BatchWindow, batch: Batch, process: FakeProcess, qtbot: QtBot
) -> None:
    cell = batch.at(0, 0, 0)
    assert cell is not None
    assert at(window, 0, 0, PICTURE) is None
    qtbot.waitUntil(lambda: bool(process.requests(Thumbnails)))
    tasks = [one.task for one in process.requests(Thumbnails)]
    asked = [path for one in tasks if isinstance(one, Thumbnails) for path in one.paths]
    assert asked.count(str(cell.picture)) == 1
    batch.thumbnails.put(str(cell.picture), rendered_pair(1, (256, 192)).image)
    assert at(window, 0, 0, PICTURE) is not None
    assert at(window, 0, 3, PICTURE) is None


def test_buttons_ask_for_what_they_say(window: BatchWindow, batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    window.asked.connect(asked.append)
    assert enabled(window) == ENABLED["left"]
    for button in window.buttons.values():
        button.click()
    monkeypatch.setattr(Batch, "state", "running")
    window.refresh()
    assert enabled(window) == ENABLED["running"]
    assert window.buttons["go_on"].text() == "&Pause"
    window.buttons["go_on"].click()
    assert asked == ["go_on", "retry", "reseed", "save", "cancel", "pause"]
    window.set_varies(False)
    assert "reseed" not in enabled(window)
    assert not window.seeds.isEnabled()
    assert not window.seeds.isVisible()
    assert not window.buttons["reseed"].isVisible()


def test_a_button_looks_like_what_it_does(window: BatchWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def looks(key: str, icon: str, role: str) -> bool:
        pictures = [one.pixmap(16, 16).toImage() for one in (window.buttons[key].icon(), icons.icon(icon, role))]
        return pictures[0] == pictures[1]

    assert looks("go_on", "play", "on_accent")
    assert looks("cancel", "stop", "danger")
    monkeypatch.setattr(Batch, "state", "running")
    window.refresh()
    assert looks("go_on", "pause", "on_accent")
    monkeypatch.setattr(Batch, "state", "finished")
    monkeypatch.setattr(Batch, "count", lambda *_: 0)
    window.refresh()
    assert looks("cancel", "trash", "danger")


def test_pictures_of_the_grid_use_the_room_there_is(window: BatchWindow, qtbot: QtBot) -> None:
    grid = window.grid
    small = grid.horizontalHeader().defaultSectionSize()
    window.resize(1400, 1000)
    qtbot.waitUntil(lambda: grid.horizontalHeader().defaultSectionSize() > small)
    last = grid.visualRect(grid.grid.index(1, 3))
    assert grid.viewport().rect().contains(last), "none is hidden that there is room for"
    window.resize(400, 300)
    qtbot.waitUntil(lambda: grid.horizontalHeader().defaultSectionSize() < small)


def test_a_cell_is_opened_by_key_and_made_again_from_its_menu(window: BatchWindow, batch: Batch, qtbot: QtBot) -> None:
    window.grid.setCurrentIndex(window.grid.grid.index(0, 1))
    with qtbot.waitSignal(window.cells.chosen) as chosen:
        qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    assert chosen.args == [WANTED[1].id]
    window.grid.selectRow(1)
    menu = window.cells.menu(WANTED[4].id, marked(window.grid))
    assert [action.text() for action in menu.actions()] == ["Open in the window", "Make 4 again with another seed"]
    with qtbot.waitSignal(window.cells.reseed_requested) as again:
        menu.actions()[1].trigger()
    assert again.args == [[one.id for one in WANTED[4:]]]


def test_the_seeds_of_a_cell_stand_beside_each_other_and_one_is_chosen(
    window: BatchWindow, batch: Batch, process: FakeProcess, qtbot: QtBot
) -> None:
    assert not window.pair.isVisible()
    window.grid.setCurrentIndex(window.grid.grid.index(0, 1))
    seeds = window.pair.pair
    assert window.pair.isVisible()
    assert [seeds.index(row).data(LINES) for row in range(seeds.rowCount())] == [["Seed 7"], ["Seed 8"]]
    assert marked(window.pair) == [WANTED[1].id]
    assert seeds.index(0).data(PICTURE) is None
    batch.larger.put(str(batch.cells[WANTED[0].id].picture), rendered_pair(1, (256, 192)).image)
    assert seeds.index(0).data(PICTURE).height() == 256
    window.pair.setCurrentIndex(seeds.index(0))
    with qtbot.waitSignal(window.cells.chosen) as chosen:
        qtbot.keyClick(window.pair, Qt.Key.Key_Return)
    assert chosen.args == [WANTED[0].id]
    with qtbot.waitSignal(window.cells.save_requested) as saved:
        window.cells.menu(WANTED[0].id, marked(window.pair)).actions()[2].trigger()
    assert saved.args == [WANTED[0].id]
    window.grid.setCurrentIndex(window.grid.grid.index(1, 3))
    assert [seeds.index(row).data(LINES) for row in range(seeds.rowCount())] == [["waiting"], ["waiting"]]


def test_a_favourite_has_a_star_in_the_grid_and_beside_its_other_seeds(
    window: BatchWindow, batch: Batch, history: History, process: FakeProcess
) -> None:
    window.grid.setCurrentIndex(window.grid.grid.index(0, 1))
    menu = window.cells.menu(WANTED[1].id, marked(window.grid))
    assert [action.text() for action in menu.actions()][1:3] == ["Favourite", "Save picture…"]
    menu.actions()[1].trigger()
    asked = process.task(Remember)
    assert (asked.image, asked.garment) == (str(batch.cells[WANTED[1].id].picture), "/photos/tee.jpg")
    assert (asked.entry["seed"], asked.entry["starred"], "file" in asked.entry) == (8, True, False)
    process.done(Remember, rendered_pair(1, (256, 192)).image)
    assert [at(window, 0, column, BADGE) for column in range(4)] == ["", "star", "", ""]
    assert [window.pair.pair.index(row).data(BADGE) for row in range(2)] == ["", "star"]
    assert "favourite" in str(at(window, 0, 1, Qt.ItemDataRole.AccessibleTextRole))
    assert window.cells.menu(WANTED[1].id, []).actions()[1].text() == "No favourite any more"
    window.cells.toggle_favourites([WANTED[0].id, WANTED[1].id])
    assert len(process.requests(Remember)) == 2, "all of them, where one is already"
    window.grab()  # both signs are painted


def test_it_speaks_korean_at_once(window: BatchWindow, qapp: QApplication, qtbot: QtBot) -> None:
    Language.install(qapp, "ko")
    try:
        qtbot.waitUntil(lambda: "8개 중 2개" in window.text.text())
        assert at(window, 0, 3, LINES) == ["기다리는 중"]
    finally:
        Language.install(qapp, "en")


def test_what_is_saved_is_said_where_it_was_asked_for(window: BatchWindow, batch: Batch) -> None:
    batch.saved.emit("/photos/for anna")
    assert window.left.text() == "saved in for anna"
    assert window.left.toolTip() == "/photos/for anna"
    window.refresh()
    assert (window.left.text(), window.left.toolTip()) == ("paused", "")


def test_saving_asks_for_a_folder_and_names(qtbot: QtBot) -> None:
    dialog = SaveBatch("", "")
    qtbot.addWidget(dialog)
    assert dialog.favourites.isHidden()
    save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
    assert dialog.pattern.text() == "{person}_{garment}_{seed}"
    assert not save.isEnabled()
    dialog.folder.set_path("/pictures")
    assert save.isEnabled()
    dialog.pattern.setText("  ")
    assert not save.isEnabled()
    other = SaveBatch("/pictures", "{person}", "pdf", 3)
    qtbot.addWidget(other)
    assert (dialog.sheet.key, other.sheet.key) == ("jpg", "pdf")
    assert other.favourites.text() == "Only the 3 &favourites"
