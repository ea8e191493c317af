"""History and garments: what is listed, chosen, deleted, dragged out."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tryon_app.views.common.language import Language
from tryon_app.views.common.view_types import Entry, GarmentCard
from tryon_app.views.rails import history_list
from tryon_app.views.rails.garment_list import GarmentList
from tryon_app.views.rails.history_list import HistoryList
from tryon_app.views.rails.list_item import KEY, LINES


def entry(key: str, seed: int = 42) -> Entry:
    return Entry(key, f"shirt-{key}.png", "default", seed, datetime(2025, 11, 24, 9, 30))


@pytest.fixture
def history(qtbot: QtBot) -> HistoryList:
    rail = HistoryList()
    qtbot.addWidget(rail)
    rail.resize(232, 400)
    rail.show()
    return rail


def keys(rail: HistoryList) -> list[str]:
    return [rail.list.item(row).data(KEY) for row in range(rail.list.count())]


def test_empty_history_says_so(history: HistoryList) -> None:
    assert history.empty.isVisible()
    assert not history.clear_button.isEnabled()
    history.set_entries([entry("a")])
    assert history.list.isVisible()
    history.remove("a")
    assert history.empty.isVisible()


def test_newest_is_on_top_and_marked(history: HistoryList) -> None:
    history.set_entries([entry("b"), entry("a")])
    history.add(entry("c"))
    assert keys(history) == ["c", "b", "a"]
    assert history.current == "c"
    history.remove("b")
    history.remove("not there")
    assert keys(history) == ["c", "a"]


def test_new_entries_keep_the_mark(history: HistoryList) -> None:
    history.set_entries([entry("b"), entry("a")])
    history.set_current("a")
    history.set_entries([entry("c"), entry("b"), entry("a")])
    assert history.current == "a"
    history.set_current("")
    assert history.current == ""


def test_lines_name_garment_pack_seed_and_time(history: HistoryList, qtbot: QtBot) -> None:
    history.set_entries([entry("a", 7)])
    garment, middle, day = history.list.item(0).data(LINES)
    assert garment == "shirt-a.png"
    assert middle == "default · Seed 7"
    assert day == "11/24/25"  # the time of today's, the date of older ones
    assert "9:30" in history.list.item(0).toolTip()
    history.add(replace(entry("now"), when=datetime.now()))
    assert ":" in history.list.item(0).data(LINES)[2]
    history.remove("now")
    Language.current().choose("ko")
    qtbot.waitUntil(lambda: history.list.item(0).data(LINES)[1] == "default · 시드 7")


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "chosen"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "delete_requested"),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, "copy_requested"),
        (Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier, "save_requested"),
    ],
)
def test_keys(history: HistoryList, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str) -> None:
    history.set_entries([entry("b"), entry("a")])
    history.set_current("a")
    with qtbot.waitSignal(getattr(history, signal)) as heard:
        qtbot.keyClick(history.list, key, modifier)
    assert heard.args == ["a"]


def test_menu(history: HistoryList, qtbot: QtBot) -> None:
    history.set_entries([entry("a", 9)])
    actions = [action for action in history.menu("a").actions() if not action.isSeparator()]
    signals = ["chosen", "compare_requested", "seed_requested", "star_requested", "parameters_requested"]
    signals += ["save_requested", "copy_requested", "export_requested"]
    values = {"seed_requested": [9], "star_requested": ["a", True]}
    for action, signal in zip(actions, (*signals, "delete_requested"), strict=True):
        with qtbot.waitSignal(getattr(history, signal)) as heard:
            action.trigger()
        assert heard.args == values.get(signal, ["a"])


def test_several_are_marked_compared_and_deleted(history: HistoryList, qtbot: QtBot) -> None:
    history.set_entries([entry("c"), entry("b"), entry("a")])
    ctrl, rows = Qt.KeyboardModifier.ControlModifier, [history.list.item(row) for row in (0, 2)]
    places = [history.list.visualItemRect(row).center() for row in rows]
    qtbot.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, pos=places[0])
    with qtbot.assertNotEmitted(history.chosen):
        qtbot.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, ctrl, places[1])
    assert history.selected == ["c", "a"]
    compare, delete = history.menu("a").actions()
    with qtbot.waitSignal(history.compare_both_requested) as heard:
        compare.trigger()
    assert heard.args == ["c", "a"]
    for ask in (delete.trigger, lambda: qtbot.keyClick(history.list, Qt.Key.Key_Delete)):
        with qtbot.waitSignal(history.delete_several_requested) as heard:
            ask()
        assert heard.args == [["c", "a"]]


def test_search_and_favourites_hide_the_others(history: HistoryList) -> None:
    edited = replace(entry("b", 700), edited=True, person="Anna")
    history.set_entries([replace(entry("a", 500), starred=True), edited])

    def seen() -> list[str]:
        rows = [row for row in range(history.list.count()) if not history.list.isRowHidden(row)]
        return [history.list.item(row).data(KEY) for row in rows]

    for text, found in (("shirt", ["a", "b"]), ("anna 700", ["b"]), ("EDITED", ["b"]), ("seed 500", ["a"]), ("no", [])):
        history.search.setText(text)
        assert seen() == found, text
    history.search.setText("")
    history.stars.setChecked(True)
    assert seen() == ["a"]
    history.set_entry(replace(edited, starred=True))
    history.add(entry("new"))
    assert seen() == ["a", "b"]


def test_click_chooses(history: HistoryList, qtbot: QtBot) -> None:
    history.set_entries([entry("b"), entry("a")])
    place = history.list.visualItemRect(history.list.item(1)).center()
    with qtbot.waitSignal(history.chosen) as heard:
        qtbot.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == ["a"]


def test_only_pictures_that_are_seen_are_asked_for(history: HistoryList, photo: QImage) -> None:
    asked: set[str] = set()

    def picture(key: str) -> QImage:
        asked.add(key)
        return photo

    history.picture_of = picture
    history.set_entries([entry(str(number)) for number in range(200)])
    history.grab()
    assert "0" in asked
    assert "199" not in asked
    history.list.scrollToBottom()
    history.grab()
    assert "199" in asked
    assert len(asked) < 100


def test_drag_out_takes_the_saved_files(history: HistoryList, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[list[str]] = []
    monkeypatch.setattr(history_list, "drag_out", lambda _widget, paths, _picture: taken.append(list(paths)))
    history.set_entries([entry("a")])
    history.set_current("a")
    history.list.startDrag(Qt.DropAction.CopyAction)
    assert taken == []  # nobody has said where the files are
    history.drag_paths = lambda key: [f"/tmp/{key}.png"]
    history.list.startDrag(Qt.DropAction.CopyAction)
    assert taken == [["/tmp/a.png"]]


@pytest.fixture
def garments(qtbot: QtBot) -> GarmentList:
    rail = GarmentList()
    qtbot.addWidget(rail)
    rail.resize(500, 130)
    return rail


def test_rail_hides_where_there_is_no_choice(garments: GarmentList, photo: QImage) -> None:
    garments.set_cards([GarmentCard("a", photo, "a.png")])
    assert not garments.isVisible()
    garments.set_cards([GarmentCard("a", photo, "a.png"), GarmentCard("b", photo, "b.png")])
    assert garments.isVisible()


def test_state_of_a_garment_changes_in_place(garments: GarmentList, photo: QImage) -> None:
    garments.set_cards([GarmentCard(key, photo, f"{key}.png") for key in "abc"])
    before = bytes(garments.grab().toImage().constBits())
    garments.set_card(GarmentCard("b", photo, "b.png", "failed", "b.png is damaged."))
    assert bytes(garments.grab().toImage().constBits()) != before
    item = garments.list.item(1)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "b.png, failed"
    assert "b.png is damaged." in item.toolTip()
    with pytest.raises(KeyError):
        garments.set_card(GarmentCard("z"))


def test_garment_is_chosen_and_removed(garments: GarmentList, photo: QImage, qtbot: QtBot) -> None:
    garments.set_cards([GarmentCard(key, photo, f"{key}.png") for key in "abc"])
    place = garments.list.visualItemRect(garments.list.item(1)).center()
    with qtbot.waitSignal(garments.chosen) as heard:
        qtbot.mouseClick(garments.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == ["b"]
    with qtbot.waitSignal(garments.removed) as heard:
        qtbot.keyClick(garments.list, Qt.Key.Key_Delete)
    assert heard.args == ["b"]


@pytest.mark.parametrize("held", [Qt.Key.Key_Control, Qt.Key.Key_Shift])
def test_what_the_program_marks_is_marked_alone_whatever_is_held(
    history: HistoryList, qtbot: QtBot, held: Qt.Key
) -> None:
    garments = GarmentList()
    qtbot.addWidget(garments)
    garments.set_cards([GarmentCard(key, None, key) for key in "abc"])
    history.set_entries([entry("b"), entry("a")])
    window = history.windowHandle()
    assert window is not None
    QTest.keyPress(window, held)  # as in Ctrl+Right, whose try-on may end before the key is let go
    try:
        for shown in (history, garments):
            shown.set_current("a")
            shown.set_current("b")
            assert shown.selected == ["b"]
    finally:
        QTest.keyRelease(window, held)


def test_a_rail_is_as_high_as_its_cards(qtbot: QtBot) -> None:
    rail = GarmentList()
    qtbot.addWidget(rail)
    rail.set_cards([GarmentCard(key, None, key) for key in "abc"])
    rail.resize(600, rail.sizeHint().height())
    rail.show()
    bottom = rail.list.visualItemRect(rail.list.item(0)).bottom()
    height = rail.list.viewport().height()
    assert bottom < height < bottom + 12
    rail.resize(120, rail.height())
    qtbot.waitUntil(lambda: rail.list.horizontalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: rail.list.visualItemRect(rail.list.item(0)).bottom() < rail.list.viewport().height())
