"""What happens around an edit: the picture stays where it is, the brush paints what is meant, all is made again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.labels import Lip, Seg
from tests.app.fake_process import FakeProcess
from tests.app.window.conftest import Staged
from tests.app.window.windows import end_window
from tryon_app.model.app_model import AppModel
from tryon_app.model.settings import Settings
from tryon_app.views.common.view_types import LabelDelta, Notice
from tryon_app.views.window.main_window import MainWindow
from tryon_app.workers.requests import TryOn

LEFT = Qt.MouseButton.LeftButton


def press(window: MainWindow, qtbot: QtBot) -> QPoint:
    """Begin to draw in the middle of the parse."""
    window.show_stage("parse")
    window.window_status.refresh()
    window.edit_bar.buttons["brush"].click()
    centre = window.canvas.rect().center()
    qtbot.mousePress(window.canvas, LEFT, pos=centre)
    qtbot.mouseMove(window.canvas, centre + QPoint(9, 3))
    return centre


def test_nothing_moves_the_picture_while_something_is_drawn(staged: Staged, qtbot: QtBot) -> None:
    window = staged.window
    window.banner.show_notice(Notice("Something is doubtful.", "warning"))
    centre = press(window, qtbot)
    place = window.canvas.geometry()
    window.banner.show_notice(None)
    layout = window.layout()
    assert layout is not None
    layout.activate()
    assert (window.canvas.geometry(), window.banner.isVisible()) == (place, True)
    qtbot.mouseRelease(window.canvas, LEFT, pos=centre)
    assert not window.banner.isVisible()


def test_what_is_made_while_something_is_drawn_takes_nothing_back(staged: Staged, qtbot: QtBot) -> None:
    window, document = staged.window, staged.studio.document
    staged.made()
    window.page.follow_result = False
    centre = press(window, qtbot)
    staged.made()
    qtbot.wait(100)
    qtbot.mouseRelease(window.canvas, LEFT, pos=centre)
    assert "parse" in document.state.edits
    document.undo.undo()
    press(window, qtbot)
    person = document.person
    assert person is not None
    document.set_person(replace(person, key="another"), "")
    qtbot.mouseRelease(window.canvas, LEFT, pos=centre)
    assert not document.state.edits, "it was drawn on somebody else"


def test_a_doubt_of_the_picture_goes_with_the_picture_and_not_with_the_first_stroke(staged: Staged) -> None:
    window = staged.window
    staged.made(doubts=("misaligned",))
    window.show_stage("result")
    window.window_status.refresh()
    assert window.banner.isVisible()
    window.show_stage("parse")
    assert window.window_status._later.isActive(), "it looks again because another stage is shown"
    window.window_status.refresh()
    assert not window.banner.isVisible()


def test_the_brush_begins_with_the_garment_and_keeps_what_was_chosen(staged: Staged) -> None:
    window = staged.window
    staged.made()
    window.show_stage("parse")
    assert window.canvas.brush_label == Lip.UPPER
    assert window.legend.rows[Lip.UPPER][0].isChecked()
    window.legend.rows[Lip.LEFT_ARM][0].click()
    window.show_stage("segmentation")
    assert window.canvas.brush_label == Seg.UPPER
    window.show_stage("garment_mask")
    assert window.canvas.brush_label == 1
    window.show_stage("parse")
    assert window.canvas.brush_label == Lip.LEFT_ARM
    assert window.legend.rows[Lip.LEFT_ARM][0].isChecked()


def test_painting_on_a_soft_mask_leaves_the_rest_soft(staged: Staged) -> None:
    window, document = staged.window, staged.studio.document
    staged.made()
    assert document.keys is not None
    share = np.tile(np.arange(192, dtype=np.uint8), (256, 1))
    document.keep(document.keys, "hair", {"share": share})
    window.show_stage("hair")
    labels = window.canvas.labels()
    assert labels is not None
    assert labels[0].tolist() == [int(value > 127) for value in range(192)]
    stroke = LabelDelta(0, 0, labels[:20, :20].copy(), np.ones((20, 20), np.uint8))
    window.canvas.labels_edited.emit(stroke)
    made = document.state.edits["hair"].arrays["share"]
    assert (made[:20, :20] == 255).all()
    assert np.array_equal(made[20:], share[20:])


def said(staged: Staged) -> str:
    staged.window.window_status.refresh()
    return staged.window.canvas._empty[0]


def test_a_stage_that_is_being_made_is_not_called_not_made(staged: Staged) -> None:
    studio = staged.studio
    staged.window.show_stage("segmentation")
    assert said(staged) == "Not made yet"
    studio.run()
    assert said(staged) == "Being made…"
    studio.tryons.cancel()
    staged.process.cancelled(TryOn)
    assert said(staged) == "Not made yet"


def test_a_photo_that_is_being_read_is_not_asked_for(staged: Staged) -> None:
    staged.studio.clear("garment")
    assert said(staged) == "Drop a photo of a garment"
    staged.studio.open("garment", ["/photos/shirt.jpg"])
    assert said(staged) == "Analysing…"


def test_the_bar_of_tools_stays_while_an_edited_stage_is_made_again(staged: Staged) -> None:
    window = staged.window
    staged.made()
    window.show_stage("warped")
    window.canvas.point_moved.emit(12, 20.0, 30.0)
    window.page.refresh()
    assert "cloth" not in (staged.studio.document.stage("warp") or {}), "it is not made yet"
    assert window.edit_bar.isVisible()


def test_thumbnails_wait_for_what_is_made_again_instead_of_going(staged: Staged) -> None:
    window = staged.window
    staged.made()
    window.page.refresh()
    before = window.strip.thumbs["segmentation"].thumb
    window.show_stage("pose")
    window.canvas.joint_moved.emit(4, 50.0, 60.0)
    window.page.refresh()
    thumb = window.strip.thumbs["segmentation"]
    assert before is not None
    assert (thumb.thumb is before, thumb.state) == (True, "stale")
    assert not window.strip.menu("segmentation").actions()[1].isEnabled(), "there is nothing to save yet"
    staged.studio.clear("person")
    window.page.refresh()
    assert (thumb.thumb, thumb.state) == (None, "empty")


def test_a_draft_is_shown_at_the_zoom_of_the_picture(staged: Staged) -> None:
    window, document = staged.window, staged.studio.document
    keys, image = document.keys, staged.pair.image
    assert keys is not None
    zeros = np.zeros((128, 96), np.uint8)
    small = np.ascontiguousarray(image[::2, ::2])
    document.keep(keys, "draft", {"image": small, "layers": small, "changed": zeros})
    window.show_stage("result")
    draft = window.canvas.zoom
    staged.made()
    window.page.refresh()
    assert window.canvas.picture is not None
    assert (window.canvas.picture.height(), window.canvas.zoom) == (256, draft)


def test_a_picture_of_the_history_keeps_its_own_size(staged: Staged) -> None:
    document = staged.studio.document
    assert document.keys is not None
    document.keep(document.keys, "draft", {"image": np.zeros((512, 384, 3), np.uint8)})
    staged.window.show_stage("result")
    assert staged.window.canvas.picture is not None
    assert staged.window.canvas.picture.height() == 512


def test_what_is_said_to_be_under_the_cursor_is_of_the_picture_that_is_shown(staged: Staged) -> None:
    window, document = staged.window, staged.studio.document
    assert document.person is not None
    window.show_stage("photo")
    window.page.refresh()
    window.canvas.pointer = window.canvas.scene.view.target().center()
    window.canvas.look_again()
    assert "#" in window.status.cursor_text.text()
    other = {**document.person.data, "image": np.full_like(staged.pair.image, 7)}
    document.set_person(replace(document.person, key="other", data=other), "")
    window.page.refresh()
    assert "#070707" in window.status.cursor_text.text()
    document.set_person(None, "")
    window.page.refresh()
    assert window.status.cursor_text.text() == ""


def test_nothing_is_started_before_the_first_frame(
    tryon_home: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = FakeProcess()
    monkeypatch.setattr("tryon_app.model.engine_state.EngineProcess", lambda *_: process)
    window = MainWindow(AppModel(Settings(file=str(tmp_path / "settings.ini"))))
    try:
        QApplication.sendEvent(window, QShowEvent())
        qapp.processEvents()
        assert process.started == 0
        window.grab()  # paints it
        qapp.processEvents()
        assert process.started == 1
    finally:
        end_window(window)


def test_menu_and_strip_call_a_stage_the_same(staged: Staged) -> None:
    window = staged.window
    for key, thumb in window.strip.thumbs.items():
        assert thumb.accessibleName().startswith(window.actions_.views[key].text())


def test_a_border_is_moved_by_a_button_and_undone(staged: Staged, qtbot: QtBot) -> None:
    window, document = staged.window, staged.studio.document
    window.show_stage("parse")
    before = document.state.person_data()["parse"]
    count = (before == Lip.UPPER).sum()
    qtbot.mouseClick(window.edit_bar.borders["grow"], LEFT)
    assert (document.state.person_data()["parse"] == Lip.UPPER).sum() > count
    document.undo.undo()
    assert np.array_equal(document.state.person_data()["parse"], before)
    window.page.refresh()
    window.edit_bar.buttons["fill"].click()
    assert window.canvas.tool_name == "fill"
