"""Canvas bar, edit bar, legend, run panel, progress, status, banner, empty page, about."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.app.views.conftest import PALETTE, plain
from tryon_app.views.canvas.bar import CanvasBar
from tryon_app.views.canvas.canvas import Canvas
from tryon_app.views.common.empty import EmptyState
from tryon_app.views.common.notices import Banner
from tryon_app.views.common.progress import JobProgress
from tryon_app.views.common.view_types import Hover, Joint, Notice
from tryon_app.views.stages.edit_bar import EditBar
from tryon_app.views.stages.legend import Legend
from tryon_app.views.window.about import AboutDialog, TermsDialog
from tryon_app.views.window.run_panel import RunPanel
from tryon_app.views.window.status_bar import StatusBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot, photo: QImage) -> CanvasBar:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(500, 400)
    canvas.set_picture(photo)
    bar = CanvasBar(canvas)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_canvas_bar_shows_and_sets_the_zoom(bar: CanvasBar, qtbot: QtBot) -> None:
    canvas = bar._canvas
    qtbot.mouseClick(bar.actual_button, LEFT)
    assert bar.zoom_text.text() == "100%"
    qtbot.mouseClick(bar.in_button, LEFT)
    assert bar.zoom_text.text() == "125%"
    qtbot.mouseClick(bar.out_button, LEFT)
    assert canvas.zoom == pytest.approx(1)
    qtbot.mouseClick(bar.fit_button, LEFT)
    assert canvas.scene.view.fitted


def test_comparison_buttons_follow_the_canvas(bar: CanvasBar, qtbot: QtBot) -> None:
    assert not bar.mode_buttons["swipe"].isEnabled()
    bar.set_comparable(True)
    bar._canvas.set_comparison(plain(30, 40))
    qtbot.mouseClick(bar.mode_buttons["swipe"], LEFT)
    assert bar._canvas.compare_mode == "swipe"
    bar._canvas.set_compare_mode("side")
    assert bar.mode_buttons["side"].isChecked()


def test_overlay_rows_tell_visibility_and_opacity(bar: CanvasBar, qtbot: QtBot) -> None:
    assert not bar.overlay_button.isEnabled()
    bar.set_overlays([("parse", "Parse", False, 0.6), ("pose", "Pose", True, 1.0)])
    box, slider = bar.overlays.rows["parse"]
    with qtbot.waitSignal(bar.overlay_changed) as heard:
        box.click()
    assert heard.args == ["parse", True, 0.6]
    with qtbot.waitSignal(bar.overlay_changed) as heard:
        slider.setValue(25)
    assert heard.args == ["parse", True, 0.25]
    assert slider.accessibleName() == "Opacity of Parse"
    with qtbot.assertNotEmitted(bar.overlay_changed):
        bar.set_overlays([("parse", "Parse", False, 0.4), ("pose", "Pose", True, 1.0)])
    assert bar.overlays.rows["parse"] == (box, slider)  # a slider in hand is not taken away
    assert (box.isChecked(), slider.value()) == (False, 40)


def test_edit_bar_is_there_only_with_tools(qtbot: QtBot) -> None:
    bar = EditBar()
    qtbot.addWidget(bar)
    bar.set_tools(("hand",))
    assert not bar.isVisible()
    bar.set_tools(("hand", "brush", "eraser"), edited=True)
    assert bar.isVisible()
    assert not bar.buttons["joints"].isVisible()
    with qtbot.waitSignal(bar.tool_chosen) as heard:
        qtbot.mouseClick(bar.buttons["brush"], LEFT)
    assert heard.args == ["brush"]
    assert bar.size_of_brush.isVisible()
    assert not bar.tolerance.isVisible()
    with qtbot.waitSignal(bar.brush_size_changed) as heard:
        bar.size_of_brush.slider.setValue(50)
    assert heard.args == [50]
    with qtbot.assertNotEmitted(bar.brush_size_changed):
        bar.set_brush_size(33)
    assert bar.size_of_brush.value.text() == "33 px"
    with qtbot.waitSignal(bar.revert_requested):
        qtbot.mouseClick(bar.revert_button, LEFT)
    bar.set_current("hand")
    assert not bar.size_of_brush.isVisible()


def test_edit_bar_sets_how_hard_a_brush_is_and_where_a_fill_stops(qtbot: QtBot) -> None:
    bar = EditBar()
    qtbot.addWidget(bar)
    bar.set_tools(("hand", "brush", "fill"))
    bar.set_current("brush")
    with qtbot.waitSignal(bar.hardness_changed) as heard:
        bar.hardness.slider.setValue(40)
    assert heard.args == [0.4]
    bar.set_current("fill")
    assert (bar.hardness.isVisible(), bar.tolerance.isVisible()) == (False, True)
    with qtbot.waitSignal(bar.tolerance_changed) as heard:
        bar.tolerance.slider.setValue(25)
    assert heard.args == [32.0]
    with qtbot.waitSignal(bar.tolerance_changed) as heard:
        bar.tolerance.slider.setValue(100)
    assert heard.args == [None]


@pytest.fixture
def legend(qtbot: QtBot) -> Legend:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.resize(232, 400)
    legend.set_palette(PALETTE, {0, 2, 5, 13})
    legend.show()
    return legend


def test_legend_names_all_labels_present_ones_first(legend: Legend) -> None:
    assert list(legend.rows)[:4] == [0, 2, 5, 13]
    assert len(legend.rows) == 20
    assert legend.rows[5][0].text() == "Upper clothes"
    assert legend.rows[1][0].dim
    assert not legend.rows[5][0].dim


def test_rows_stay_where_they_are_while_labels_come_and_go(legend: Legend, qtbot: QtBot) -> None:
    rows = dict(legend.rows)
    legend.set_palette(PALETTE, {0, 1, 2, 5, 13})
    assert legend.rows == rows
    assert not legend.rows[1][0].dim
    legend.set_hidden({5})
    with qtbot.waitSignal(legend.hidden_changed) as heard:
        legend.set_palette(())
    assert heard.args == [set()]  # the canvas must not go on hiding what nobody can show again
    assert legend.rows == {}


def test_label_is_hidden_shown_and_seen_alone(legend: Legend, qtbot: QtBot) -> None:
    swatch, eye = legend.rows[5]
    with qtbot.waitSignal(legend.hidden_changed) as heard:
        qtbot.mouseClick(eye, LEFT)
    assert heard.args == [{5}]
    assert eye.accessibleName() == "Show Upper clothes"
    qtbot.mouseClick(swatch, LEFT)
    assert legend.hidden == {5}, "the first click chooses it"
    qtbot.mouseClick(swatch, LEFT)
    assert legend.hidden == set(range(20)) - {5}
    qtbot.mouseClick(swatch, LEFT)
    assert legend.hidden == set()
    for _ in range(2):
        qtbot.mouseClick(legend.rows[13][0], LEFT)
    assert legend.hidden == set(range(20)) - {13}
    qtbot.mouseClick(swatch, LEFT)
    assert legend.hidden == set(range(20)) - {5}, "another one takes its place"
    qtbot.mouseClick(legend.all_button, LEFT)
    assert legend.hidden == set()
    assert not legend.all_button.isVisible()


def test_label_is_chosen_for_the_brush(legend: Legend, qtbot: QtBot) -> None:
    with qtbot.waitSignal(legend.chosen) as heard:
        qtbot.mouseClick(legend.rows[13][0], LEFT)
    assert heard.args == [13]
    assert legend.rows[13][0].isChecked()
    legend.set_current(2)
    assert [number for number, (swatch, _) in legend.rows.items() if swatch.isChecked()] == [2]


def test_run_panel(qtbot: QtBot) -> None:
    panel = RunPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_ready(False, "A garment is missing")
    assert not panel.button.isEnabled()
    assert panel.news.text() == "A garment is missing"
    panel.set_ready(True)
    with qtbot.waitSignal(panel.run_requested):
        qtbot.mouseClick(panel.button, LEFT)
    panel.set_running("Bending the garment", 0.5, 130)
    assert panel.progress.isVisible()
    assert panel.progress.left.text() == "about 2 minutes left"
    assert panel.progress.bar.value() == 500
    with qtbot.waitSignal(panel.cancel_requested):
        qtbot.mouseClick(panel.progress.cancel, LEFT)
    panel.set_running(None)
    panel.set_done("Done in 9 seconds")
    assert panel.news.text() == "Done in 9 seconds"
    with qtbot.assertNotEmitted(panel.seed_changed):
        panel.set_seed(7)
    with qtbot.waitSignal(panel.seed_changed):
        qtbot.mouseClick(panel.dice, LEFT)
    for varies in (False, True):  # a composer draws no noise
        panel.set_varies(varies)
        assert (panel.seed.isVisible(), panel.dice.isVisible()) == (varies, varies)


def test_the_run_panel_is_as_high_while_it_runs(qtbot: QtBot) -> None:
    panel = RunPanel()
    qtbot.addWidget(panel)
    idle = panel.sizeHint().height()
    panel.set_running("Bending the garment")
    assert panel.sizeHint().height() == idle, "the photos above it would shrink"
    panel.set_running("Bending the garment", 0.5, 130)
    assert panel.sizeHint().height() == idle


def test_progress_without_an_end_is_busy(qtbot: QtBot) -> None:
    progress = JobProgress()
    qtbot.addWidget(progress)
    progress.set_fraction(None)
    assert progress.bar.maximum() == 0
    progress.set_fraction(7)
    assert progress.bar.value() == progress.bar.maximum()
    progress.set_seconds_left(0.4)
    assert progress.left.text() == "less than a second left"


def test_status_bar(qtbot: QtBot) -> None:
    status = StatusBar()
    qtbot.addWidget(status)
    status.show()
    status.set_pack("", "", True)
    assert status.pack_button.text() == "No weights"
    status.set_pack("default", "research, non-commercial")
    assert status.licence.text() == "research, non-commercial"
    status.set_pack("default", "", trained=False)
    assert status.licence.property("role") == "chip-warning"
    status.set_memory(3 * 2**30)
    assert status.memory.text() == "3.0 GiB"
    with qtbot.waitSignal(status.pack_clicked):
        qtbot.mouseClick(status.pack_button, LEFT)
    joint = Joint(3, 4, 0.5, "RElbow")
    status.set_cursor(Hover(3, 4, (255, 0, 16), PALETTE[14], joint))
    assert status.cursor_text.text().split("   ") == ["3, 4", "#ff0010", "Left arm", "Right elbow (50% sure)"]
    status.set_cursor(None)
    assert status.cursor_text.text() == ""


def test_banner_is_closed(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_notice(Notice("First", "info"))
    banner.show_notice(Notice("Second", "info"))
    assert banner.isVisible()
    with qtbot.waitSignal(banner.closed):
        banner.dismiss()
    assert not banner.isVisible()


def test_empty_page_offers_its_actions(qtbot: QtBot) -> None:
    page = EmptyState(
        "pack", "No weights", "Import some.", [("import", "Import weights…"), ("open", "Open the folder")]
    )
    qtbot.addWidget(page)
    page.show()
    first, second = page.findChildren(QPushButton)
    assert first.property("role") == "primary"
    with qtbot.waitSignal(page.action) as heard:
        qtbot.mouseClick(second, LEFT)
    assert heard.args == ["open"]


def test_about_copies_its_details(qtbot: QtBot) -> None:
    dialog = AboutDialog(None, "1.2.3", [("PySide6", "LGPL-3.0")])
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "Tryon Atelier 1.2.3\nPySide6: LGPL-3.0"


def test_about_shows_the_terms(qtbot: QtBot) -> None:
    dialog = AboutDialog(None, "1.2.3", (), lambda: {"NOTICE": "by us", "THIRD_PARTY.txt": "by others"})
    qtbot.addWidget(dialog)
    dialog.licences.click()
    (shown,) = dialog.findChildren(TermsDialog)
    assert [shown.tabs.tabText(index) for index in range(shown.tabs.count())] == ["NOTICE", "THIRD_PARTY.txt"]
    texts = shown.findChildren(QPlainTextEdit)
    assert {text.toPlainText() for text in texts} == {"by us", "by others"}
    assert all(text.isReadOnly() for text in texts)
