"""The canvas as its user meets it: mouse, wheel, keys, drops, edits, comparison."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.views.conftest import PALETTE, plain
from tests.rendered import RenderedPair
from tryon_app.views.canvas.canvas import Canvas
from tryon_app.views.common.theme import Theme
from tryon_app.views.common.view_types import Box, Dropped, Hover, Joint, LabelDelta

LEFT = Qt.MouseButton.LeftButton


def place(canvas: Canvas, x: float, y: float) -> QPoint:
    """Where a point of the picture is in the widget."""
    return canvas.scene.view.to_widget(QPointF(x, y)).toPoint()


def shown(canvas: Canvas, x: float, y: float) -> QColor:
    """The colour painted in the middle of a pixel, or at a point, of the picture."""
    middle = 0.5 if float(x).is_integer() else 0.0
    return canvas.grab().toImage().pixelColor(place(canvas, x + middle, y + middle))


def close(one: QColor, other: str, by: int = 12) -> bool:
    wanted = QColor(other)
    return max(abs(one.red() - wanted.red()), abs(one.green() - wanted.green()), abs(one.blue() - wanted.blue())) <= by


def drag(qtbot: QtBot, canvas: Canvas, *path: QPoint, button: Qt.MouseButton = LEFT) -> None:
    qtbot.mousePress(canvas, button, pos=path[0])
    for point in path[1:]:
        qtbot.mouseMove(canvas, point)
    qtbot.mouseRelease(canvas, button, pos=path[-1])


def wheel(canvas: Canvas, at: QPoint, steps: float) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, round(120 * steps)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_empty_canvas_says_what_to_do_and_takes_every_input(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_empty("", "")
    nothing = canvas.grab().toImage()
    canvas.set_empty("Drop a photo", "anywhere")
    wheel(canvas, QPoint(10, 10), 1)
    drag(qtbot, canvas, QPoint(5, 5), QPoint(50, 50))
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_0, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Period, Qt.Key.Key_B):
        qtbot.keyClick(canvas, key)
    assert canvas.grab().toImage() != nothing


def test_picture_is_shown_as_it_is(canvas: Canvas) -> None:
    picture = plain(40, 40, "#3366cc")
    picture.setPixelColor(20, 20, QColor("#ff0000"))
    canvas.set_picture(picture)
    assert close(shown(canvas, 5.5, 5.5), "#3366cc")
    assert close(shown(canvas, 20.5, 20.5), "#ff0000")


def test_wheel_zooms_to_the_cursor(canvas: Canvas, photo: QImage) -> None:
    canvas.set_picture(photo)
    at = place(canvas, 60, 200)
    before = canvas.zoom
    wheel(canvas, at, 3)
    assert canvas.zoom > before * 1.4
    assert (place(canvas, 60, 200) - at).manhattanLength() <= 2


def test_drag_pans_and_double_click_goes_between_fit_and_pixels(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    before = place(canvas, 0, 0)
    drag(qtbot, canvas, QPoint(300, 250), QPoint(320, 250), QPoint(350, 280))
    assert place(canvas, 0, 0) - before == QPoint(50, 30)
    qtbot.mouseDClick(canvas, LEFT, pos=QPoint(300, 250))
    assert canvas.scene.view.fitted
    qtbot.mouseDClick(canvas, LEFT, pos=QPoint(300, 250))
    assert canvas.zoom == pytest.approx(1.0)


def test_a_picture_seen_whole_is_dragged_out_and_a_larger_one_pans(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    out: list[bool] = []
    canvas.dragged_out.connect(lambda: out.append(True))
    canvas.set_picture(photo)
    canvas.gives_away = True
    drag(qtbot, canvas, QPoint(300, 250), QPoint(310, 250), QPoint(340, 260))
    assert (out, canvas.scene.view.fitted) == ([True], True)
    canvas.actual_size()
    before = place(canvas, 0, 0)
    drag(qtbot, canvas, QPoint(300, 250), QPoint(310, 250), QPoint(340, 260))
    assert (out, place(canvas, 0, 0) - before) == ([True], QPoint(40, 10))


def test_it_tells_for_how_long_something_is_drawn(
    canvas: Canvas, photo: QImage, pair: RenderedPair, qtbot: QtBot
) -> None:
    held: list[bool] = []
    canvas.held.connect(held.append)
    canvas.set_picture(photo)
    canvas.set_labels(pair.parse, PALETTE)
    canvas.set_tool("brush")
    drag(qtbot, canvas, QPoint(300, 250), QPoint(310, 250))
    assert held == [True, False]
    for give_up in (lambda: qtbot.keyClick(canvas, Qt.Key.Key_Escape), lambda: canvas.set_tool("hand")):
        held.clear()
        qtbot.mousePress(canvas, LEFT, pos=QPoint(300, 250))
        give_up()
        assert held == [True, False]
    canvas.gives_away = True
    held.clear()
    qtbot.mousePress(canvas, LEFT, pos=QPoint(300, 250))
    qtbot.mouseMove(canvas, QPoint(340, 250))  # another program takes the button's release
    assert held == [True, False]


def test_middle_button_pans_with_every_tool(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    canvas.set_tool("points")
    before = place(canvas, 0, 0)
    drag(qtbot, canvas, QPoint(300, 250), QPoint(310, 255), button=Qt.MouseButton.MiddleButton)
    assert place(canvas, 0, 0) - before == QPoint(10, 5)


def test_keys_zoom_and_pan(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    fitted = canvas.zoom
    qtbot.keyClicks(canvas, "+")
    assert canvas.zoom > fitted
    qtbot.keyClicks(canvas, "-")
    assert canvas.zoom == pytest.approx(fitted)
    qtbot.keyClicks(canvas, "1")
    assert canvas.zoom == pytest.approx(1)
    before = place(canvas, 0, 0)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert place(canvas, 0, 0).x() < before.x()
    qtbot.keyClicks(canvas, "0")
    assert canvas.zoom == pytest.approx(fitted)


def test_pixel_grid_appears_only_close_up(canvas: Canvas) -> None:
    canvas.set_picture(plain(40, 40, "#ffffff"))
    edges = [QPointF(21 + d / 24, 20.5) for d in (-1, 0, 1)]
    for zoom, gridded in ((8, False), (24, True)):
        canvas.set_zoom(zoom)
        image = canvas.grab().toImage()
        colours = [image.pixelColor(canvas.scene.view.to_widget(edge).toPoint()) for edge in edges]
        assert any(not close(colour, "#ffffff") for colour in colours) is gridded


def test_space_shows_the_original(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_picture(plain(30, 40, "#00ff00"))
    canvas.set_original(plain(30, 40, "#0000ff"))
    heard: list[bool] = []
    canvas.original_shown.connect(heard.append)
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    assert close(shown(canvas, 15, 30), "#0000ff")
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert close(shown(canvas, 15, 30), "#00ff00")
    assert heard == [True, False]


def test_hover_names_pixel_label_and_joint(canvas: Canvas, pair: RenderedPair, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    canvas.set_labels(pair.parse, PALETTE)
    y, x = (int(v) for v in np.argwhere(pair.parse == 5)[400])
    canvas.set_pose([Joint(x + 0.5, y + 0.5, 0.8, "left elbow")])
    heard: list[Hover | None] = []
    canvas.hovered.connect(heard.append)
    qtbot.mouseMove(canvas, place(canvas, x + 0.5, y + 0.5))
    assert heard[-1] is not None
    assert (heard[-1].x, heard[-1].y) == (x, y)
    assert heard[-1].rgb == tuple(pair.image[y, x])
    assert heard[-1].label == PALETTE[5]
    assert heard[-1].joint is not None
    assert heard[-1].joint.name == "left elbow"
    qtbot.mouseMove(canvas, QPoint(2, 2))
    assert heard[-1] is None


def test_labels_are_coloured_hidden_and_faded(canvas: Canvas) -> None:
    canvas.set_picture(plain(40, 40, "#000000"))
    labels = np.full((40, 40), 5, np.uint8)
    canvas.set_labels(labels, PALETTE)
    canvas.set_labels_opacity(1.0)
    assert close(shown(canvas, 20, 20), "#ff5500")
    canvas.set_labels_opacity(0.5)
    assert close(shown(canvas, 20, 20), "#802a00")
    canvas.set_hidden_labels({5})
    assert close(shown(canvas, 20, 20), "#000000")
    canvas.set_labels(None)
    assert canvas.labels() is None


def test_smaller_label_map_is_stretched_over_the_picture(canvas: Canvas) -> None:
    canvas.set_picture(plain(40, 40, "#000000"))
    labels = np.zeros((20, 20), np.uint8)
    labels[10:, :] = 5
    canvas.set_labels(labels, PALETTE)
    canvas.set_labels_opacity(1)
    assert close(shown(canvas, 20, 10), "#000000")
    assert close(shown(canvas, 20, 30), "#ff5500")


def test_layers_lie_over_the_picture(canvas: Canvas) -> None:
    canvas.set_picture(plain(40, 40, "#000000"))
    canvas.set_layer("warped", plain(20, 20, "#ffffff"), 0.5)
    assert close(shown(canvas, 20, 20), "#808080")
    canvas.set_layer_opacity("warped", 1.0)
    assert close(shown(canvas, 20, 20), "#ffffff")
    canvas.set_layer("warped", None)
    assert close(shown(canvas, 20, 20), "#000000")


def brushed(canvas: Canvas, qtbot: QtBot, *path: QPoint) -> LabelDelta:
    with qtbot.waitSignal(canvas.labels_edited) as heard:
        drag(qtbot, canvas, *path)
    delta: LabelDelta = heard.args[0]
    return delta


def test_brush_paints_and_gives_one_delta_a_stroke(
    canvas: Canvas, pair: RenderedPair, photo: QImage, qtbot: QtBot
) -> None:
    canvas.set_picture(photo)
    canvas.set_labels(pair.parse, PALETTE)
    canvas.set_tool("brush")
    canvas.set_brush(9, 10)
    before = canvas.labels()
    assert before is not None
    delta = brushed(canvas, qtbot, place(canvas, 30, 30), place(canvas, 40, 30), place(canvas, 60, 34))
    after = canvas.labels()
    assert after is not None
    assert (after[28:32, 30:60] == 9).all()
    delta.apply(before)
    assert (before == after).all()
    assert (pair.parse[28:32, 30:60] != 9).all()  # the caller's own map is not touched


def test_eraser_paints_background(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    canvas.set_labels(np.full((256, 192), 5, np.uint8), PALETTE)
    canvas.set_tool("eraser")
    delta = brushed(canvas, qtbot, place(canvas, 90, 90), place(canvas, 95, 90))
    assert set(np.unique(delta.after)) <= {0, 5}
    assert 0 in delta.after


def test_escape_takes_the_stroke_back(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    canvas.set_labels(np.zeros((256, 192), np.uint8), PALETTE)
    canvas.set_tool("brush")
    with qtbot.assertNotEmitted(canvas.labels_edited):
        qtbot.mousePress(canvas, LEFT, pos=place(canvas, 90, 90))
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
        qtbot.mouseRelease(canvas, LEFT, pos=place(canvas, 90, 90))
    labels = canvas.labels()
    assert labels is not None
    assert not labels.any()


def test_brackets_change_the_brush_and_alt_click_picks(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    canvas.set_labels(np.full((256, 192), 13, np.uint8), PALETTE)
    canvas.set_tool("brush")
    canvas.set_brush(1, 20)
    with qtbot.waitSignal(canvas.brush_changed):
        qtbot.keyClicks(canvas, "]")
    assert canvas.brush_diameter > 20
    with qtbot.waitSignal(canvas.label_picked) as heard:
        qtbot.mouseClick(canvas, LEFT, Qt.KeyboardModifier.AltModifier, place(canvas, 90, 90))
    assert heard.args == [13]
    assert canvas.brush_label == 13


def posed(canvas: Canvas, photo: QImage) -> None:
    canvas.set_picture(photo)
    canvas.set_pose(
        [Joint(50, 60, 1, "nose"), Joint(50, 120, 1, "neck", guessed=True), Joint(0, 0, 0)], [(0, 1), (1, 2)]
    )
    canvas.set_tool("joints")


def test_joint_is_dragged_and_told_once(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    posed(canvas, photo)
    with qtbot.waitSignal(canvas.joint_moved) as heard:
        drag(qtbot, canvas, place(canvas, 50, 120), place(canvas, 60, 125), place(canvas, 80, 130))
    index, x, y = heard.args
    assert index == 1
    assert (x, y) == (pytest.approx(80, abs=1), pytest.approx(130, abs=1))
    assert not canvas.scene.pose.joints[1].guessed


def test_joint_stays_within_the_picture(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    posed(canvas, photo)
    with qtbot.waitSignal(canvas.joint_moved) as heard:
        drag(qtbot, canvas, place(canvas, 50, 60), place(canvas, 20, 20), QPoint(1, 1))
    assert heard.args == [0, 0.0, 0.0]


def test_joint_by_keyboard(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    posed(canvas, photo)
    qtbot.keyClicks(canvas, ".")
    with qtbot.waitSignal(canvas.joint_moved) as heard:
        qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert heard.args == [0, 51.0, 60.0]
    with qtbot.waitSignal(canvas.joint_removed) as heard:
        qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert heard.args == [0]


def test_right_click_removes_a_joint(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    posed(canvas, photo)
    with qtbot.waitSignal(canvas.joint_removed) as heard:
        qtbot.mouseClick(canvas, Qt.MouseButton.RightButton, pos=place(canvas, 50, 60))
    assert heard.args == [0]


def test_control_point_is_dragged(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    canvas.set_points([(40.0, 40.0), (80.0, 40.0), (40.0, 90.0), (80.0, 90.0)], 2)
    canvas.set_tool("points")
    with qtbot.waitSignal(canvas.point_moved) as heard:
        drag(qtbot, canvas, place(canvas, 80, 90), place(canvas, 85, 90), place(canvas, 90, 100))
    assert heard.args[0] == 3
    assert heard.args[1:] == [pytest.approx(90, abs=1), pytest.approx(100, abs=1)]


def test_a_click_chooses_the_smallest_box_and_a_drag_none(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    canvas.set_boxes([Box(10, 10, 180, 240, chosen=True, text="1"), Box(20, 20, 60, 90)])
    with qtbot.waitSignal(canvas.box_chosen) as heard:
        qtbot.mouseClick(canvas, LEFT, pos=place(canvas, 40, 50))
    assert heard.args == [1]
    with qtbot.assertNotEmitted(canvas.box_chosen):
        drag(qtbot, canvas, place(canvas, 40, 50), place(canvas, 70, 60))
    with qtbot.waitSignal(canvas.box_chosen) as heard:
        qtbot.keyClicks(canvas, "b")
    assert heard.args == [1]


def compared(canvas: Canvas, mode: str) -> None:
    canvas.set_picture(plain(60, 80, "#ff0000"))
    canvas.set_comparison(plain(60, 80, "#0000ff"), mode, ("before", "after"))


def test_a_box_is_drawn_around_a_person(canvas: Canvas, photo: QImage, qtbot: QtBot) -> None:
    canvas.set_picture(photo)
    canvas.set_tool("box")
    drawn: list[Box] = []
    canvas.box_drawn.connect(drawn.append)
    drag(qtbot, canvas, place(canvas, 150, 200), place(canvas, 100, 90), place(canvas, 50, 40))
    (box,) = drawn
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((50, 40, 150, 200), abs=1.5)
    assert canvas.scene.boxes.drawn is None
    drag(qtbot, canvas, place(canvas, 50, 50), place(canvas, 52, 52))
    assert len(drawn) == 1, "a slip of the hand is no box"
    canvas.set_boxes([Box(0, 0, 60, 60)])
    with qtbot.waitSignal(canvas.box_chosen) as chosen:
        qtbot.mouseClick(canvas, LEFT, pos=place(canvas, 30, 30))
    assert chosen.args == [0]


def test_swipe_shows_both_and_the_line_is_dragged(canvas: Canvas, qtbot: QtBot) -> None:
    compared(canvas, "swipe")
    assert close(shown(canvas, 10, 60), "#0000ff")
    assert close(shown(canvas, 50, 60), "#ff0000")
    drag(qtbot, canvas, place(canvas, 30, 70), place(canvas, 40, 70), place(canvas, 55, 70))
    assert canvas.scene.comparison.split == pytest.approx(55 / 60, abs=0.02)
    assert close(shown(canvas, 50, 60), "#0000ff")


def test_side_by_side_shares_zoom_and_pointer(canvas: Canvas, qtbot: QtBot) -> None:
    compared(canvas, "side")
    second = canvas.scene.second_pane
    image = canvas.grab().toImage()
    here = place(canvas, 30, 60)
    assert close(image.pixelColor(here), "#0000ff")
    assert close(image.pixelColor(here + QPoint(int(second), 0)), "#ff0000")
    heard: list[Hover] = []
    canvas.hovered.connect(heard.append)
    qtbot.mouseMove(canvas, here)
    qtbot.mouseMove(canvas, here + QPoint(int(second), 0))
    assert abs(heard[0].x - heard[-1].x) <= 1


def test_blink_changes_pictures_and_stops(canvas: Canvas) -> None:
    compared(canvas, "blink")
    assert canvas._blink.isActive()
    assert close(shown(canvas, 30, 60), "#ff0000")
    canvas._blinked()
    assert close(shown(canvas, 30, 60), "#0000ff")
    canvas.set_compare_mode("off")
    assert not canvas._blink.isActive()
    canvas.set_compare_mode("blink")
    canvas.set_comparison(None)
    assert not canvas._blink.isActive()


def test_difference_is_black_where_both_agree(canvas: Canvas) -> None:
    other = plain(60, 80, "#202020")
    canvas.set_picture(plain(60, 80, "#202020"))
    for y in range(40, 80):
        for x in range(60):
            other.setPixelColor(x, y, QColor("#404040"))
    canvas.set_comparison(other, "difference")
    assert close(shown(canvas, 30, 10), "#000000")
    assert close(shown(canvas, 30, 70), "#606060")


def test_c_goes_through_the_modes(canvas: Canvas, qtbot: QtBot) -> None:
    compared(canvas, "off")
    seen: list[str] = []
    canvas.compare_mode_changed.connect(seen.append)
    for _ in range(5):
        qtbot.keyClicks(canvas, "c")
    assert seen == ["swipe", "side", "blink", "difference", "off"]
    with pytest.raises(ValueError, match="mirror"):
        canvas.set_compare_mode("mirror")


def test_new_result_is_revealed_and_the_animation_ends(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_picture(plain(60, 80, "#ff0000"))
    canvas.set_picture(plain(120, 160, "#00ff00"), reveal=True)
    if canvas.scene.revealed is not None:  # a desktop may want no animations
        canvas.scene.revealed = (canvas.scene.revealed[0], 0.5)
        assert close(shown(canvas, 20, 80), "#00ff00")
        assert close(shown(canvas, 110, 80), "#ff0000")
    qtbot.waitUntil(lambda: canvas.scene.revealed is None)
    assert close(shown(canvas, 110, 80), "#00ff00")


def test_drop_of_a_file_is_handed_on(canvas: Canvas, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/person.jpg")])
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    plain_look = canvas.grab().toImage().pixelColor(1, 250)
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    canvas.dragEnterEvent(QDragEnterEvent(QPoint(9, 9), copy, mime, LEFT, none))
    assert canvas.grab().toImage().pixelColor(1, 250) != plain_look
    with qtbot.waitSignal(canvas.dropped) as heard:
        canvas.dropEvent(event)
    assert heard.args == [Dropped(paths=("/tmp/person.jpg",))]
    assert canvas.grab().toImage().pixelColor(1, 250) == plain_look


def test_focus_is_seen(canvas: Canvas, theme: Theme, qtbot: QtBot) -> None:
    canvas.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    assert canvas.grab().toImage().pixelColor(1, 250).name() == theme.tokens["canvas"]
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.grab().toImage().pixelColor(1, 250).name() == theme.tokens["focus"]


def test_painting_a_large_picture_again_is_quick(canvas: Canvas, qtbot: QtBot) -> None:
    """The scaled picture is kept: a repaint must not cost what the first one did."""
    canvas.set_picture(plain(3000, 4000, "#456"))
    canvas.grab()
    made = dict(canvas.scene._scaled._made)
    canvas.grab()
    assert canvas.scene._scaled._made == made
    assert len(made) == 1
