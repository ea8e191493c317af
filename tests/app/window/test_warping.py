"""The laid garment pushed about in the real window: one edit a stroke, by tool, key and menu."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.app.window.conftest import Staged
from tryon_app.views.canvas.canvas import Canvas
from tryon_app.views.window.palette import Palette

LEFT = Qt.MouseButton.LeftButton


def laid(staged: Staged) -> Canvas:
    """The canvas with the drawn garment laid on the person as it lies in its photo."""
    document, keys, pair = staged.studio.document, staged.studio.document.keys, staged.pair
    staged.made()
    assert keys is not None
    y, x = np.mgrid[-0.5:0.5:5j, -0.5:0.5:5j].astype(np.float32)
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    document.keep(keys, "warp", {"cloth": pair.cloth, "mask": pair.cloth_mask, "points": points, "displacement": None})
    staged.window.show_stage("warped")
    return staged.window.canvas


def drag(qtbot: QtBot, canvas: Canvas, by: QPoint) -> None:
    """From the middle of the picture."""
    start = canvas.scene.view.target().center().toPoint()
    qtbot.mousePress(canvas, LEFT, pos=start)
    for share in (1, 2, 3):
        qtbot.mouseMove(canvas, start + by * share / 3)
    qtbot.mouseRelease(canvas, LEFT, pos=start + by)


def test_a_stroke_is_one_edit_on_top_of_those_before(staged: Staged, qtbot: QtBot) -> None:
    canvas, document, page = laid(staged), staged.studio.document, staged.window.page
    page.choose_tool("frame")
    drag(qtbot, canvas, QPoint(30, 0))
    first = document.state.edited("warp")["displacement"]
    page.choose_tool("push")
    drag(qtbot, canvas, QPoint(0, 30))
    both = document.state.edited("warp")["displacement"]
    by = -2 * 30 / canvas.scene.view.target().width()
    assert first[100, 100, 0] == pytest.approx(by, rel=0.1)
    assert both[0, 0] == pytest.approx(first[0, 0], abs=1e-6), "the brush was not there"
    assert both[100:160, 80:110, 1].min() < -0.02
    before = document.undo.index()
    document.undo.undo()
    assert document.state.edited("warp")["displacement"] is first
    document.undo.undo()
    assert document.state.edited("warp") == {}
    assert document.undo.index() == before - 2


def test_the_garment_is_seen_as_pushed_until_it_is_laid_so(staged: Staged, qtbot: QtBot) -> None:
    canvas, document, page = laid(staged), staged.studio.document, staged.window.page
    page.choose_tool("frame")
    before = canvas.scene.layers["warped"].image.copy()
    drag(qtbot, canvas, QPoint(40, 0))
    page.refresh()
    assert document.stage("warp") == document.state.edited("warp"), "it is not laid yet"
    shown = canvas.scene.layers["warped"].image
    assert shown != before
    assert canvas.frame
    document.undo.undo()
    page.refresh()
    assert canvas.scene.layers["warped"].image == before


def test_handles_lie_on_the_pushed_garment_and_move_it_as_they_are_seen(staged: Staged, qtbot: QtBot) -> None:
    canvas, document, page = laid(staged), staged.studio.document, staged.window.page
    points = document.stage("warp") or {}
    places = list(canvas.scene.points.points)
    page.choose_tool("frame")
    drag(qtbot, canvas, QPoint(30, 0))
    keys, pair, field = document.keys, staged.pair, document.state.edited("warp")["displacement"]
    assert keys is not None
    document.keep(keys, "warp", {**points, "cloth": pair.cloth, "mask": pair.cloth_mask, "displacement": field})
    page.refresh()
    by = 30 / canvas.scene.view.scale
    assert canvas.scene.points.points[12][0] == pytest.approx(places[12][0] + by, abs=2)
    x, y = canvas.scene.points.points[12]
    canvas.point_moved.emit(12, x + 5, y)
    edited = document.state.edited("warp")
    assert edited["displacement"] is field
    assert (edited["points"][12] - points["points"][12]) * 96 == pytest.approx((5, 0), abs=1.5)


def test_pins_belong_to_a_pair(staged: Staged, qtbot: QtBot) -> None:
    canvas, window = laid(staged), staged.window
    window.page.choose_tool("pin")
    qtbot.mouseClick(canvas, LEFT, pos=canvas.rect().center())
    window.page.refresh()
    assert len(canvas.scene.pins) == 1
    staged.studio.clear("garment")
    window.page.refresh()
    assert canvas.scene.pins == []


def test_a_cut_out_of_the_users_own_is_not_pushed(staged: Staged) -> None:
    laid(staged)
    page, pair = staged.window.page, staged.pair
    staged.studio.document.edit("warped", {"cloth": pair.cloth, "mask": pair.cloth_mask}, "")
    page.refresh()
    page.choose_tool("push")
    assert staged.window.canvas.tool_name == "hand"
    assert not staged.window.edit_bar.isVisible()


def test_tools_are_commands_of_the_stage_that_is_shown(staged: Staged, qtbot: QtBot) -> None:
    canvas, window = laid(staged), staged.window
    window.activateWindow()
    window.actions_.tools["push"].trigger()
    assert canvas.tool_name == "push"
    assert window.edit_bar.buttons["push"].isChecked()
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_T)
    assert (canvas.tool_name, window.actions_.tools["frame"].isChecked()) == ("frame", True)
    assert window.edit_bar.buttons["frame"].isChecked()
    qtbot.keyClick(canvas, Qt.Key.Key_B)
    assert canvas.tool_name == "frame", "nothing to paint on here"
    window.show_stage("parse")
    qtbot.keyClick(canvas, Qt.Key.Key_B)
    assert canvas.tool_name == "brush"
    palette = Palette(window)
    rows = filter(None, map(palette.list.topLevelItem, range(palette.list.topLevelItemCount())))
    texts = {row.text(0): row.text(1) for row in rows}
    assert (texts["Tools › Brush"], texts["Tools › Lasso"]) == ("B", "L")
    assert "Tools › Grow the chosen label" in texts
    assert "Tools › Push" not in texts
    palette.close()


def test_the_canvas_has_a_menu_of_what_can_be_done_there(staged: Staged, qtbot: QtBot) -> None:
    canvas, window = laid(staged), staged.window
    window.window_status.refresh()
    at = QPoint(50, 50)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, canvas.mapToGlobal(at))
    QApplication.sendEvent(canvas, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    for name in ("copy", "save_shown", "fit", "actual"):
        assert window.actions_[name] in menu.actions(), name
    assert {"Push", "Move and turn"} <= set(texts)
    assert "Brush" not in texts
    assert window.actions_["revert_stage"] not in menu.actions(), "there is nothing to undo"
    window.actions_.tools["push"].trigger()
    assert canvas.tool_name == "push"
    menu.close()
    window.show_stage("result")
    canvas.menu_requested.emit(canvas.mapToGlobal(at))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert window.actions_.tools["push"] not in menu.actions()
    menu.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(menu)
    assert all(isValid(one) for one in window.actions_.menus.values())


def test_a_right_click_that_takes_a_joint_away_opens_no_menu(staged: Staged, qtbot: QtBot) -> None:
    window, canvas = staged.window, staged.window.canvas
    window.show_stage("pose")
    window.page.choose_tool("joints")
    joint = next(one for one in canvas.scene.pose.joints if one.confidence > 0)
    at = canvas.scene.view.to_widget(QPointF(joint.x, joint.y)).toPoint()
    for place, opens in ((at, False), (QPoint(3, 3), True)):
        qtbot.mouseClick(canvas, Qt.MouseButton.RightButton, pos=place)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, canvas.mapToGlobal(place))
        QApplication.sendEvent(canvas, event)
        menu = QApplication.activePopupWidget()
        assert (menu is not None) is opens
        if menu is not None:
            menu.close()
