"""Two photos in, a picture out, and only what has changed is computed again."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.imaging.images import read_metadata, read_photo
from tests.app.window.conftest import LONG, document_of
from tests.app.window.drops import drop
from tryon_app.model.stages import TRY_ON, VIEWS
from tryon_app.views.common.view_types import LabelDelta
from tryon_app.views.window.main_window import MainWindow

Finish = Callable[..., list[str]]
ALL = [stage.name for stage in TRY_ON if not stage.optional]  # the tiny pack has none of the others
FROM_SEGMENTATION, FROM_WARP = (ALL[ALL.index(first) :] for first in ("segmentation", "warp"))


def run(window: MainWindow) -> Callable[[], None]:
    return lambda: window.run_panel.button.click()


def test_drop_two_photos_and_press_the_button(ready: MainWindow, finish: Finish, qtbot: QtBot) -> None:
    assert finish(ready, run(ready)) == ALL
    qtbot.waitUntil(lambda: ready.strip.state("result") == "done", timeout=LONG)
    assert {ready.strip.state(view.key) for view in VIEWS if view.key not in ("hair", "collar", "parts")} == {"done"}
    assert ready.page.current == "result"
    picture = ready.studio.picture()
    assert picture is not None
    assert picture.shape == (512, 384, 3)
    qtbot.waitUntil(lambda: bool(ready.studio.history.entries), timeout=LONG)
    entry = ready.studio.history.entries[0]
    assert np.array_equal(read_photo(entry.picture), picture)
    assert read_metadata(entry.picture)["seed"] == "0"
    assert (entry.garment_name, entry.pack) == ("00001_00", "tiny")


def test_only_what_changed_is_computed(ready: MainWindow, people: Path, finish: Finish) -> None:
    finish(ready, run(ready))
    first = ready.studio.picture()
    other = people / "cloth" / "00002_00.jpg"
    assert finish(ready, lambda: drop(ready.garment_slot, other)) == FROM_SEGMENTATION
    assert finish(ready, lambda: ready.run_panel.seed.setValue(7)) == ["generation", "result"]
    undo = ready.studio.document.undo
    undo.undo()
    assert finish(ready, undo.undo) == [], "the first picture is still known"
    assert np.array_equal(ready.studio.picture(), first)
    assert document_of(ready).garment.name == "00001_00"


def test_edits_are_followed_and_undone(ready: MainWindow, finish: Finish) -> None:
    finish(ready, run(ready))
    first = ready.studio.picture()
    ready.show_stage("parse")
    before = ready.studio.document.state.person_data()["parse"][100:140, 100:140].copy()
    stroke = LabelDelta(100, 100, before, np.full_like(before, 5))
    assert finish(ready, lambda: ready.canvas.labels_edited.emit(stroke)) == ALL
    assert ready.page.current == "parse", "who edits a stage keeps it before the eyes"
    assert not np.array_equal(ready.studio.picture(), first)
    assert finish(ready, ready.studio.document.undo.undo) == []
    assert np.array_equal(ready.studio.picture(), first)


def test_dragging_a_control_point(ready: MainWindow, finish: Finish, qtbot: QtBot) -> None:
    finish(ready, run(ready))
    ready.show_stage("warped")
    assert len(ready.canvas.scene.points.points) == 25
    assert finish(ready, lambda: ready.canvas.point_moved.emit(12, 200.0, 300.0)) == FROM_WARP
    qtbot.waitUntil(lambda: ready.strip.state("warped") == "edited", timeout=LONG)
    points = document_of(ready).stage("warp")["points"]
    shown = ready.canvas.picture
    assert shown is not None
    assert np.allclose((points[12] + 1) / 2 * [shown.width(), shown.height()], [200, 300])
    assert finish(ready, lambda: ready.page.revert("warped")) == []


def test_pushing_the_laid_garment(ready: MainWindow, finish: Finish) -> None:
    finish(ready, run(ready))
    ready.show_stage("warped")
    before = document_of(ready).stage("warp")
    right = np.zeros((256, 192, 2), np.float32)
    right[..., 0] = -0.25
    assert finish(ready, lambda: ready.canvas.laid_pushed.emit(right)) == FROM_WARP
    shift = before["mask"].shape[1] // 8
    after = document_of(ready).stage("warp")
    assert np.abs(after["mask"][:, shift:].astype(int) - before["mask"][:, :-shift]).max() <= 1
    assert finish(ready, lambda: ready.canvas.laid_pushed.emit(right)) == FROM_WARP
    twice = document_of(ready).stage("warp")
    assert np.abs(twice["mask"][:, 2 * shift :].astype(int) - before["mask"][:, : -2 * shift]).max() <= 1
    assert ready.page.current == "warped"
    assert finish(ready, lambda: ready.page.revert("warped")) == []


def test_keeping_the_original_or_not_needs_no_network(ready: MainWindow, finish: Finish) -> None:
    finish(ready, run(ready))
    first = ready.studio.picture()
    try:
        assert finish(ready, lambda: setattr(ready.settings, "keep_original", False)) == ["result"]
        assert not np.array_equal(ready.studio.picture(), first)
    finally:
        assert finish(ready, lambda: setattr(ready.settings, "keep_original", True)) == []
    assert np.array_equal(ready.studio.picture(), first)


def test_moving_a_joint(ready: MainWindow, finish: Finish) -> None:
    finish(ready, run(ready))
    ready.show_stage("pose")
    assert finish(ready, lambda: ready.canvas.joint_moved.emit(4, 50.0, 60.0))[0] == "agnostic"
    assert ready.studio.document.state.person_data()["keypoints"][4, :2].tolist() == [50.0, 60.0]


def test_a_file_on_a_stage_takes_its_place(ready: MainWindow, finish: Finish, people: Path, tmp_path: Path) -> None:
    finish(ready, run(ready))
    thumb = ready.strip.thumbs["parse"]
    other = people / "image-parse" / "00002_00.png"
    assert finish(ready, lambda: drop(thumb, other)) == ALL
    thumb = ready.strip.thumbs["garment_mask"]
    mask = people / "cloth-mask" / "00002_00.png"
    assert finish(ready, lambda: drop(thumb, mask)) == FROM_SEGMENTATION


def test_the_keyboard_does_it_all(ready: MainWindow, finish: Finish, qtbot: QtBot) -> None:
    ready.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    finish(ready, lambda: qtbot.keyClick(ready, Qt.Key.Key_Return, control))
    qtbot.keyClick(ready, Qt.Key.Key_3, control)
    assert ready.page.current == "parse"
    qtbot.keyClick(ready, Qt.Key.Key_9, control)
    assert ready.page.current == "result"


def test_a_folder_makes_a_rail_to_click_through(ready: MainWindow, people: Path, finish: Finish, qtbot: QtBot) -> None:
    drop(ready.garment_slot, people / "cloth")
    qtbot.waitUntil(lambda: not ready.studio.garment_in.busy, timeout=LONG)
    assert [card.name for card in ready.studio.rail.cards] == ["00000_00", "00001_00", "00002_00"]
    assert ready.garment_list.isVisible()
    finish(ready, run(ready))
    assert finish(ready, ready.next_garment) == FROM_SEGMENTATION
    assert document_of(ready).garment.name == "00001_00"
    assert finish(ready, ready.previous_garment) == []


def test_the_next_garment_is_made_while_idle(ready: MainWindow, people: Path, finish: Finish, qtbot: QtBot) -> None:
    ready.settings.precompute = True
    try:
        drop(ready.garment_slot, people / "cloth")
        qtbot.waitUntil(lambda: ready.studio.rail.current != "" and not ready.studio.garment_in.busy, timeout=LONG)
        finish(ready, run(ready))
        qtbot.waitUntil(lambda: [card.state for card in ready.studio.rail.cards] == ["ready"] * 3, timeout=LONG)
        assert finish(ready, ready.next_garment) == []
    finally:
        ready.settings.precompute = False
