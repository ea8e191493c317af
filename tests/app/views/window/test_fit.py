"""At the narrowest window, in both languages: no text is cut off, everything can be reached by key and has a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.app.views.conftest import PALETTE
from tests.rendered import RenderedPair
from tryon_app.model.stages import VIEWS
from tryon_app.views.canvas.bar import CanvasBar
from tryon_app.views.canvas.canvas import Canvas
from tryon_app.views.common.language import Language
from tryon_app.views.common.parts import Elided
from tryon_app.views.common.view_types import Entry, GarmentCard, Notice, Recent, Remedy, Sample
from tryon_app.views.photos.photo_slot import PhotoSlot
from tryon_app.views.rails.garment_list import GarmentList
from tryon_app.views.rails.history_list import HistoryList
from tryon_app.views.stages.edit_bar import EditBar
from tryon_app.views.stages.legend import Legend
from tryon_app.views.stages.stage_strip import StageStrip
from tryon_app.views.window.about import AboutDialog
from tryon_app.views.window.run_panel import RunPanel
from tryon_app.views.window.status_bar import StatusBar

# what the narrowest window, 1024 x 700, leaves for each
LEFT, MIDDLE, RIGHT = 240, 528, 200


def slot(kind: str, photo: QImage) -> PhotoSlot:
    shown = PhotoSlot(kind)
    shown.set_samples([Sample("a", "Anna")])
    shown.set_recent([Recent("/tmp/a.jpg", "a.jpg")])
    shown.set_picture(photo, "a-name-of-a-file-that-is-rather-long.jpg", "3024 × 4032")
    shown.set_notices(
        [Notice("Hair falls over the chest; its ends may be painted over.", remedies=(Remedy("a", "Look"),))]
    )
    shown.resize(LEFT, 240)
    return shown


def run_panel() -> RunPanel:
    panel = RunPanel()
    panel.set_ready(True)
    panel.set_running("Laying the garment onto the body", 0.4, 5000)
    panel.resize(LEFT, 130)
    return panel


def edit_bar() -> EditBar:
    bar = EditBar()
    bar.set_tools(("hand", "brush", "eraser"), edited=True)
    bar.set_current("brush")
    bar.resize(MIDDLE, 40)
    return bar


def canvas_bar(photo: QImage) -> CanvasBar:
    canvas = Canvas()
    canvas.set_picture(photo)
    bar = CanvasBar(canvas)
    canvas.setParent(bar)
    canvas.hide()
    bar.set_comparable(True)
    bar.set_overlays([("parse", "Parse", True, 0.5)])
    bar.resize(MIDDLE, 40)
    return bar


def strip(photo: QImage) -> StageStrip:
    shown = StageStrip()
    for view in VIEWS:
        shown.set_stage(view.key, photo, "done")
    shown.resize(MIDDLE, 100)
    return shown


def rails(photo: QImage) -> list[QWidget]:
    history, garments = HistoryList(), GarmentList()
    history.picture_of = lambda _: photo
    history.set_entries([Entry("a", "shirt.png", "default", 4, datetime(2026, 1, 2, 3, 4))])
    history.resize(RIGHT, 300)
    garments.set_cards([GarmentCard(key, photo, f"{key}.png", "ready") for key in "abc"])
    garments.resize(MIDDLE, 130)
    return [history, garments]


def legend(pair: RenderedPair) -> Legend:
    shown = Legend()
    shown.set_palette(PALETTE, {int(number) for number in np.unique(pair.parse)})
    shown.set_current(5)
    shown.set_hidden({2})
    shown.resize(RIGHT, 600)
    return shown


def status() -> StatusBar:
    bar = StatusBar()
    bar.set_device("CPU")
    bar.set_memory(3 * 2**30)
    bar.set_pack("default", "research, non-commercial")
    bar.resize(1024, 32)
    return bar


@pytest.fixture(params=["en", "ko"])
def widgets(
    request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot, pair: RenderedPair, photo: QImage
) -> list[QWidget]:
    Language.install(qapp, request.param)
    about = AboutDialog(None, "1.0", [("PySide6", "LGPL-3.0")])
    shown: list[QWidget] = [
        slot("person", photo),
        slot("garment", photo),
        PhotoSlot("person"),
        PhotoSlot("garment"),
        run_panel(),
        edit_bar(),
    ]
    shown += [canvas_bar(photo), strip(photo), *rails(photo), legend(pair), status(), about]
    for widget in shown:
        qtbot.addWidget(widget)
        if widget.width() == 640:  # nobody has given it a size
            widget.resize(LEFT, 260)
        widget.show()
    qtbot.wait(50)
    return shown


def inside(widget: QWidget) -> Iterator[QWidget]:
    yield from (child for child in widget.findChildren(QWidget) if child.isVisible())


def cut_off(widget: QWidget) -> list[str]:
    """Texts that need more room than they have, and widgets that reach over the edge."""
    found = []
    for child in inside(widget):
        if isinstance(child, QLabel) and child.text() and not isinstance(child, Elided):
            needed = child.heightForWidth(child.width()) if child.wordWrap() else child.sizeHint().height()
            if child.height() < needed or (not child.wordWrap() and child.width() < child.sizeHint().width()):
                found.append(f"{child.text()} {child.size()} needs {needed} {child.sizeHint()}")
        elif isinstance(child, QPushButton | QToolButton) and child.width() < child.minimumSizeHint().width():
            found.append(f"{child.text()} {child.width()} < {child.minimumSizeHint().width()}")
        if isinstance(child, QAbstractButton | QLabel) and not in_scroll_area(child, widget):
            place = QRect(child.mapTo(widget, child.rect().topLeft()), child.size())
            if not widget.rect().contains(place):
                found.append(f"{type(child).__name__} {child.accessibleName()} reaches over the edge: {place}")
    return found


def in_scroll_area(child: QWidget, top: QWidget) -> bool:
    parent = child.parentWidget()
    while parent is not None and parent is not top:
        if parent.objectName() == "qt_scrollarea_viewport":
            return True
        parent = parent.parentWidget()
    return False


def test_no_text_is_cut_off(widgets: list[QWidget]) -> None:
    assert {type(widget).__name__: cut for widget in widgets if (cut := cut_off(widget))} == {}


def takes_input(child: QWidget) -> bool:
    """Not what Qt puts into its own widgets: their fields, bars and headers."""
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QAbstractItemView)
    parts = (QScrollBar, QHeaderView)
    own = "qt_" not in child.objectName() and child.metaObject().className() != "QTableCornerButton"
    return isinstance(child, kinds) and not isinstance(child, parts) and own and child.isEnabled()


def test_everything_that_takes_input_has_a_name_and_takes_the_focus(widgets: list[QWidget]) -> None:
    lacking = []
    for child in (child for widget in widgets for child in inside(widget) if takes_input(child)):
        if not (child.accessibleName() or (isinstance(child, QAbstractButton) and child.text())):
            lacking.append(f"no name: {child}")
        if child.focusPolicy() == Qt.FocusPolicy.NoFocus:
            lacking.append(f"no focus: {child.accessibleName() or child}")
    assert lacking == []
