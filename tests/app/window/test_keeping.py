"""What is kept: saved files, the history, the session; and what the window says without weights and in Korean."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from engine.imaging.images import read_metadata, read_photo
from tests.app.window.conftest import LONG, Staged, document_of
from tests.app.window.drops import drop
from tests.app.window.windows import end_window, make_window
from tryon_app.views.common.language import Language
from tryon_app.views.window.main_window import MainWindow

Finish = Callable[..., list[str]]


@pytest.fixture
def done(ready: MainWindow, finish: Finish) -> MainWindow:
    """The window with a finished try-on."""
    finish(ready, ready.run)
    return ready


def answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """The file dialogs answer with this path."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "PNG (*.png)"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))


def saved(window: MainWindow, qtbot: QtBot, action: Callable[[], None]) -> Path:
    with qtbot.waitSignal(window.studio.saved, timeout=LONG) as signal:
        action()
    return Path(signal.args[0])


def test_the_session_comes_back(done: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    done.studio.document.set_seed(0, "")
    qtbot.waitUntil(lambda: done.studio.results.entry is not None and bool(done.studio.history.entries), timeout=LONG)
    picture = done.studio.picture()
    done.session.save()
    done.settings.sync()
    again = make_window(qapp)
    try:
        again.show()
        again.open_first()
        qtbot.waitUntil(lambda: again.studio.document.state.complete, timeout=LONG)
        qtbot.waitUntil(lambda: again.studio.picture() is not None, timeout=LONG)
        assert document_of(again).person.name == "00000_00"
        assert np.array_equal(again.studio.picture(), picture)
    finally:
        end_window(again)


def test_the_session_knows_how_a_photo_is_turned_and_which_of_two_garments_is_meant(
    staged: Staged, tmp_path: Path
) -> None:
    document, session = staged.studio.document, staged.window.session
    (tmp_path / "two.jpg").touch()
    garment, boxes = document.garment, ((0.0, 0.0, 5.0, 5.0), (5.0, 5.0, 9.0, 9.0))
    assert garment is not None
    photo = replace(garment, path=str(tmp_path / "two.jpg"), files={"turn": "90"}, boxes=boxes, chosen=1)
    document.set_garment(photo, "")
    session.save()
    document.clear()
    assert session.restore()
    assert staged.studio.garment_in.given == {"files": {"turn": "90"}, "box": boxes[1]}


def test_the_result_is_dragged_out_as_its_file(done: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr("tryon_app.views.window.main_window.drag_out", lambda _, files, __: given.append(files))
    qtbot.waitUntil(lambda: done.studio.shown_entry in done.studio.history.entries, timeout=LONG)
    entry = done.studio.shown_entry
    assert entry is not None
    assert done.history_list.current == entry.key
    qtbot.waitUntil(lambda: done.canvas.gives_away and done.canvas.scene.view.fitted, timeout=LONG)
    centre = done.canvas.rect().center()
    qtbot.mousePress(done.canvas, Qt.MouseButton.LeftButton, pos=centre)
    for by in (3, 9, 20):
        qtbot.mouseMove(done.canvas, centre + QPoint(by, 0))
    qtbot.mouseRelease(done.canvas, Qt.MouseButton.LeftButton, pos=centre)
    assert given == [[str(entry.folder / "00000_00-00001_00.png")]]
    assert np.array_equal(read_photo(given[0][0]), read_photo(entry.picture))
    done.studio.document.set_seed(77, "")
    assert (done.studio.shown_entry, done.history_list.current) == (None, "")


@pytest.mark.parametrize("ending", [".png", ".jpg", ".webp"])
def test_save(done: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    answer(monkeypatch, tmp_path / f"made{ending}")
    path = saved(done, qtbot, done.save)
    assert read_photo(path).shape == (512, 384, 3)
    about = read_metadata(path)
    assert (about["weights"], about["garment"]) == ("tiny 1", "00001_00.jpg")


def test_export_all_stages(done: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tmp_path)
    folder = saved(done, qtbot, done.export)
    names = {path.name for path in folder.iterdir()}
    assert {"result.png", "segmentation.png", "warped-cloth.png", "pose.json", "parameters.json"} <= names
    assert json.loads((folder / "parameters.json").read_text())["seed"] == "0"
    assert np.array_equal(read_photo(folder / "result.png"), done.studio.picture())


def test_export_makes_again_what_memory_had_no_room_for(
    done: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "whole")
    whole = saved(done, qtbot, done.export)
    document = done.studio.document
    keys = document.keys
    assert keys is not None
    for stage in ("agnostic", "warp"):
        document.cache.drop(keys[stage])
    answer(monkeypatch, tmp_path / "made-again")
    again = saved(done, qtbot, done.export)
    files = sorted(path.name for path in whole.iterdir())
    assert sorted(path.name for path in again.iterdir()) == files
    assert [name for name in files if (again / name).read_bytes() != (whole / name).read_bytes()] == []


def test_place_back(
    done: MainWindow, qtbot: QtBot, tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "placed.png")
    placed = read_photo(saved(done, qtbot, done.place_back))
    photo = read_photo(people / "image" / "00000_00.jpg")
    result = document_of(done).result
    kept, new = result["changed"] == 0, result["changed"] == 255
    assert placed.shape == photo.shape
    assert np.array_equal(placed[kept], photo[kept])
    assert np.array_equal(placed[new], result["image"][new])
    assert not np.array_equal(
        placed[new], document_of(done).stage("generation")["picture"][new]
    )  # assembled, not the generator's own


def test_copy_and_paste(done: MainWindow, qtbot: QtBot) -> None:
    done.copy()
    assert QGuiApplication.clipboard().image().size().height() == 512
    done.person_slot.setFocus()
    done.paste()
    loader = done.studio.person_in
    qtbot.waitUntil(lambda: "pasted" in loader.name and bool(loader.lacking), timeout=LONG)


def test_a_drop_on_the_canvas_is_guessed_and_said(window: MainWindow, people: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.studio.told, timeout=LONG) as told:
        drop(window.canvas, people / "cloth" / "00002_00.jpg")
    assert "garment" in told.args[0]
    qtbot.waitUntil(lambda: window.studio.document.garment is not None, timeout=LONG)


def test_several_photos_are_told_apart(window: MainWindow, people: Path, qtbot: QtBot) -> None:
    """As `tryon-app a.jpg b.jpg` opens them too."""
    files = people / "cloth" / "00001_00.jpg", people / "image" / "00002_00.jpg", people / "cloth" / "00000_00.jpg"
    drop(window.canvas, *files)
    qtbot.waitUntil(lambda: window.studio.document.state.complete, timeout=LONG)
    assert [document_of(window).person.name, document_of(window).garment.name] == ["00002_00", "00001_00"]
    assert [card.name for card in window.studio.rail.cards] == ["00001_00", "00000_00"]
    window.studio.rail.clear()


@pytest.fixture
def clipboard() -> Iterator[QClipboard]:
    """The clipboard, empty again afterwards: Qt would let go of what Python made when Python is gone, and crash."""
    found = QGuiApplication.clipboard()
    yield found
    found.clear()


def test_paste_a_copied_file(window: MainWindow, people: Path, clipboard: QClipboard, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(people / "image" / "00001_00.jpg"))])
    clipboard.setMimeData(mime)
    window.canvas.setFocus()
    window.paste()
    qtbot.waitUntil(lambda: window.studio.document.person is not None, timeout=LONG)


def test_the_history_reopens_and_deletes(done: MainWindow, people: Path, finish: Finish, qtbot: QtBot) -> None:
    history = done.studio.history
    qtbot.waitUntil(lambda: bool(history.entries), timeout=LONG)
    count, first = len(history.entries), history.entries[0]
    finish(done, lambda: drop(done.garment_slot, people / "cloth" / "00002_00.jpg"))
    qtbot.waitUntil(lambda: len(history.entries) == count + 1, timeout=LONG)
    done.studio.document.cache.clear()
    done.rails.reopen(first.key)
    qtbot.waitUntil(lambda: done.studio.picture() is not None, timeout=LONG)
    assert document_of(done).garment.name == "00001_00"
    assert np.array_equal(done.studio.picture(), read_photo(first.picture))
    done.history_list.delete_requested.emit(first.key)
    assert history.find(first.key) is None
    assert not first.folder.exists()
    assert done.history_list.entry(first.key) is None


def test_space_shows_the_original(done: MainWindow, qtbot: QtBot) -> None:
    done.canvas.setFocus()
    qtbot.waitUntil(lambda: done.canvas.scene.original is not None, timeout=LONG)
    qtbot.keyPress(done.canvas, Qt.Key.Key_Space)
    assert done.canvas.scene.show_original
    qtbot.keyRelease(done.canvas, Qt.Key.Key_Space)
    assert not done.canvas.scene.show_original


def test_the_language_switches_while_it_runs(window: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    english = window.actions_.menus["file"].title()
    try:
        Language.install(qapp, "ko")
        qtbot.waitUntil(lambda: window.run_panel.button.text() != "Try on", timeout=LONG)
    finally:
        Language.install(qapp, "en")
    qtbot.waitUntil(lambda: window.run_panel.button.text() == "Try on", timeout=LONG)
    assert window.actions_.menus["file"].title() == english


def test_undo_is_named_in_the_language_that_is_spoken(window: MainWindow, qapp: QApplication) -> None:
    """What was done before the language was changed has a name in the other one only, which is then left out."""
    undo, redo = window.actions_.undo, window.actions_.redo
    window.set_seed(3)
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("Undo: Change seed", True, False)
    try:
        Language.install(qapp, "ko")
        qapp.processEvents()
        assert not any(letter.isascii() and letter.isalpha() for letter in undo.text() + redo.text())
        window.set_seed(4)
        assert ":" in undo.text()
        undo.trigger()
        assert (":" in undo.text(), ":" in redo.text()) == (False, True)
    finally:
        Language.install(qapp, "en")
        qapp.processEvents()
    undo.trigger()
    assert (redo.text(), undo.isEnabled(), window.studio.document.seed) == ("Redo", False, 0)


def test_the_first_run_opens_the_samples_and_the_second_does_not(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRYON_HOME", str(tmp_path / "new"))
    opened: list[str] = []
    for _ in range(2):
        window = make_window(qapp)
        monkeypatch.setattr(window.studio, "open_first_samples", lambda: opened.append("samples"))
        window.open_first()
        window.settings.sync()
        end_window(window)
    assert opened == ["samples"]


def test_the_first_run_says_three_steps_until_a_picture_is_made_or_they_are_closed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRYON_HOME", str(tmp_path / "new"))
    monkeypatch.delenv("TRYON_SHIPPED_WEIGHTS", raising=False)  # without weights that is what is said
    window = make_window(qapp)
    monkeypatch.setattr(window.studio, "open_first_samples", lambda: None)
    status = window.window_status
    try:
        window.show()
        window.open_first()
        qtbot.waitUntil(lambda: status.shown is not None and status.shown.code == "first_steps", timeout=LONG)
        assert window.banner.isVisible()
        window.banner.dismiss()
        status.refresh()
        assert status.shown is None
        status.show_first_steps(True)
        status.refresh()
        assert window.banner.isVisible()
        window.studio.tryons.finished.emit(None)
        status.refresh()
        assert not window.banner.isVisible()
        window.open_first()
        status.refresh()
        assert not window.banner.isVisible()  # the second run says nothing
    finally:
        end_window(window)


def test_without_weights_the_window_says_what_to_do(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRYON_HOME", str(tmp_path / "empty"))
    monkeypatch.setenv("TRYON_SHIPPED_WEIGHTS", str(tmp_path / "none"))
    window = make_window(qapp)
    try:
        window.show()
        qtbot.waitUntil(lambda: window.studio.engine.packs_known, timeout=LONG)
        qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=LONG)
        assert not window.run_panel.button.isEnabled()
    finally:
        end_window(window)


def test_damaged_weights_are_named_with_what_to_do(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, tiny_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRYON_HOME", str(tmp_path))
    monkeypatch.setenv("TRYON_SHIPPED_WEIGHTS", str(tmp_path / "none"))
    shutil.copytree(tiny_pack, tmp_path / "weights" / "tiny")
    file = tmp_path / "weights" / "tiny" / "alias.safetensors"
    file.write_bytes(file.read_bytes()[:-100])
    said: list[str] = []
    monkeypatch.setattr("tryon_app.views.window.main_window.show_error", lambda _, fault, *__: said.append(str(fault)))
    window = make_window(qapp)
    try:
        window.show()
        qtbot.waitUntil(lambda: bool(said), timeout=LONG)
        assert "alias.safetensors" in said[0]
        assert "; " in said[0], "what to do follows what is wrong"
    finally:
        end_window(window)


def test_deleting_everything_leaves_no_picture(done: MainWindow, home: Path, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(done.studio.history.entries), timeout=LONG)
    done.studio.delete_everything()
    assert not done.studio.history.entries
    assert done.studio.document.person is None
    pictures = [path for path in home.rglob("*") if path.suffix in (".png", ".jpg")]
    assert pictures == []
