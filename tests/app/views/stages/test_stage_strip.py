"""The strip of stages: states, choosing by mouse and keys, drops, menu."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from pytestqt.qtbot import QtBot

from tryon_app.model.stages import VIEWS
from tryon_app.views.common.language import Language
from tryon_app.views.common.view_types import STATES, Dropped
from tryon_app.views.stages.stage_strip import StageStrip, StageThumb
from tryon_app.views.words.names import short_view_name, view_name


@pytest.fixture
def strip(qtbot: QtBot) -> StageStrip:
    strip = StageStrip()
    qtbot.addWidget(strip)
    strip.resize(760, 130)
    strip.show()
    return strip


def test_a_state_that_is_said_again_is_painted_once(strip: StageStrip, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    monkeypatch.setattr(StageThumb, "update", lambda thumb: painted.append(thumb.key))
    strip.set_state("parse", "running")
    count = len(painted)
    strip.set_state("parse", "running")
    assert 0 < count == len(painted)


def drop(target: StageThumb, *paths: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))


def test_every_state_is_painted_differently_and_told_in_words(strip: StageStrip, photo: QImage) -> None:
    thumb = strip.thumbs["parse"]
    pictures, names = set(), set()
    for state in STATES:
        strip.set_stage("parse", None if state == "empty" else photo, state)
        image = thumb.grab().toImage()
        pictures.add(bytes(image.constBits()))
        names.add(thumb.accessibleName())
        assert strip.state("parse") == state
    assert len(pictures) == len(names) == len(STATES)
    assert "Parse, edited by you" in names
    with pytest.raises(ValueError, match="done already"):
        strip.set_state("parse", "done already")


def test_only_a_running_stage_keeps_a_timer(strip: StageStrip) -> None:
    for state, active in (("running", True), ("done", False), ("running", True), ("failed", False)):
        strip.set_state("warped", state)
        assert strip.thumbs["warped"]._turn.isActive() is active


def test_click_chooses(strip: StageStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.chosen) as heard:
        qtbot.mouseClick(strip.thumbs["warped"], Qt.MouseButton.LeftButton)
    assert heard.args == ["warped"]
    assert strip.current == "warped"
    assert [key for key, thumb in strip.thumbs.items() if thumb.isChecked()] == ["warped"]


def test_keys_walk_and_choose(strip: StageStrip, qtbot: QtBot) -> None:
    strip.activateWindow()
    strip.thumbs["photo"].setFocus()
    qtbot.waitUntil(strip.thumbs["photo"].hasFocus)
    qtbot.keyClick(strip.thumbs["photo"], Qt.Key.Key_Right)
    assert strip.thumbs["pose"].hasFocus()
    qtbot.keyClick(strip.thumbs["pose"], Qt.Key.Key_End)
    assert strip.thumbs["result"].hasFocus()
    with qtbot.waitSignal(strip.chosen) as heard:
        qtbot.keyClick(strip.thumbs["result"], Qt.Key.Key_Return)
    assert heard.args == ["result"]
    assert sum(bool(t.focusPolicy() & Qt.FocusPolicy.TabFocus) for t in strip.thumbs.values()) == 1


def test_views_of_networks_that_are_not_there_are_hidden(strip: StageStrip, qtbot: QtBot) -> None:
    keys = [view.key for view in VIEWS]
    strip.set_seen([key for key in keys if key != "pose"])
    assert [key for key in keys if not strip.thumbs[key].isVisible()] == ["pose"]
    strip.activateWindow()
    strip.thumbs["photo"].setFocus()
    qtbot.waitUntil(strip.thumbs["photo"].hasFocus)
    qtbot.keyClick(strip.thumbs["photo"], Qt.Key.Key_Right)
    assert strip.thumbs["parse"].hasFocus()
    strip.set_seen(keys)
    assert strip.thumbs["pose"].isVisible()


def test_drop_is_told_with_its_stage(strip: StageStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.dropped) as heard:
        drop(strip.thumbs["pose"], "/tmp/pose.json")
    assert heard.args == ["pose", Dropped(paths=("/tmp/pose.json",))]
    assert not strip.thumbs["result"].acceptDrops()
    assert strip.thumbs["segmentation"].acceptDrops()
    assert strip.thumbs["agnostic"].acceptDrops()


def test_menu_offers_what_can_be_done(strip: StageStrip, photo: QImage, qtbot: QtBot) -> None:
    strip.set_stage("parse", photo, "edited")
    menu = strip.menu("parse")
    _, export, revert = menu.actions()
    assert export.isEnabled()
    assert revert.isEnabled()
    with qtbot.waitSignal(strip.revert_requested) as heard:
        revert.trigger()
    assert heard.args == ["parse"]
    with qtbot.waitSignal(strip.export_requested):
        export.trigger()
    assert len(strip.menu("result").actions()) == 2
    assert not strip.menu("result").actions()[1].isEnabled()


def test_names_fit_or_become_short(strip: StageStrip) -> None:
    """At the narrowest window every name must be readable, in both languages; a short one is a part of the whole."""
    for code in ("en", "ko"):
        Language.current().choose(code)
        strip.resize(516, 110)
        for key, thumb in strip.thumbs.items():
            short = short_view_name(key)
            assert thumb.fontMetrics().horizontalAdvance(short) * 0.9 <= thumb.width() - 1, (code, key)
            assert short.rstrip(".").casefold() in view_name(key).casefold()


def test_height_follows_the_width(strip: StageStrip) -> None:
    layout = strip.layout()
    assert layout is not None
    heights = [layout.heightForWidth(width) for width in (516, 760, 1000, 3000)]
    assert heights == sorted(heights)
    assert heights[0] <= 100
    assert heights[-1] <= 160
