"""What happens around an edit: the picture stays where it is, the brush paints what is meant, all is made again."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.labels import Lip, Seg
from tests.app.window.conftest import Staged
from tryon_app.views.common.view_types import Notice
from tryon_app.views.window.main_window import MainWindow

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
    window.layout().activate()
    assert (window.canvas.geometry(), window.banner.isVisible()) == (place, True)
    qtbot.mouseRelease(window.canvas, LEFT, pos=centre)
    assert not window.banner.isVisible()


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
