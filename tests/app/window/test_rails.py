"""Two rails: any person with any garment by click or key, and both are filled by what is dropped."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.app.window.conftest import LONG, Staged
from tests.app.window.drops import drop
from tryon_app.views.rails.list_item import STATE
from tryon_app.workers.answers import Lacking
from tryon_app.workers.requests import AnalysePerson, ReadPerson


@pytest.fixture
def people(staged: Staged, tmp_path: Path) -> list[str]:
    """Three people that were dropped on the person's field; the first is in it."""
    paths = [tmp_path / f"{name}.jpg" for name in ("anna", "berta", "clara")]
    for path in paths:
        path.touch()
    drop(staged.window.person_slot, *paths)
    staged.read(ReadPerson, str(paths[0]))
    return [str(path) for path in paths]


def test_people_are_clicked_through(staged: Staged, people: list[str]) -> None:
    window, studio = staged.window, staged.studio
    shown = window.people_list
    assert (shown.isVisible(), shown.list.count(), studio.people.current) == (True, 3, people[0])
    place = shown.list.visualItemRect(shown.list.item(1)).center()
    QTest.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert staged.process.task(ReadPerson).path == people[1]
    staged.read(ReadPerson, people[1])
    first, asked = studio.document.person, len(staged.process.requests(ReadPerson))
    assert first is not None
    window.actions_["previous_person"].trigger()
    window.actions_["next_person"].trigger()
    assert studio.document.person is first
    assert len(staged.process.requests(ReadPerson)) == asked, "both were read already"


def test_a_picture_that_was_made_is_there_at_once_with_the_other_person_too(
    staged: Staged, people: list[str], qtbot: QtBot
) -> None:
    window, studio = staged.window, staged.studio
    staged.made()
    qtbot.waitUntil(window.actions_["next_person"].isEnabled, timeout=LONG)
    window.actions_["next_person"].trigger()
    staged.read(ReadPerson, people[1])
    assert not studio.has_result
    window.actions_["previous_person"].trigger()
    assert studio.has_result
    garment = studio.document.garment
    assert garment is not None
    studio.document.set_garment(replace(garment, key="other"), "")
    assert not studio.has_result
    studio.document.set_garment(garment, "")
    assert studio.has_result


def test_who_was_dropped_is_marked_before_they_are_analysed(staged: Staged, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.jpg" for name in ("dora", "emma")]
    for path in paths:
        path.touch()
    drop(staged.window.person_slot, *paths)
    assert staged.studio.person_in.busy
    assert staged.window.people_list.selected == [str(paths[0])]


def test_the_result_has_half_the_window_with_rails_and_a_warning(
    staged: Staged, people: list[str], qtbot: QtBot
) -> None:
    window = staged.window
    window.resize(1280, 800)
    staged.made(doubts=("misaligned",))
    window.show_stage("result")
    window.window_status.refresh()
    assert window.banner.isVisible()
    assert window.people_list.isVisible()
    qtbot.waitUntil(lambda: window.canvas.scene.view.target().height() >= 400)


def test_other_people_are_read_while_nothing_else_is_to_do(staged: Staged, people: list[str]) -> None:
    window, studio, process = staged.window, staged.studio, staged.process
    staged.made()
    studio.tryons.follows = True
    studio._ahead.go_on()
    assert process.task(ReadPerson).path == people[1]
    process.done(ReadPerson, Lacking(("pose", "parse")))
    assert process.task(AnalysePerson).path == people[1]
    first = studio.document.person
    assert first is not None
    process.done(AnalysePerson, replace(first, path=people[1], key=people[1], doubts=("coat",)))
    shown = window.people_list.list.item(1)
    assert shown.data(STATE) == "warned"
    assert "coat or an open jacket" in shown.toolTip()
    asked = len(process.requests(ReadPerson))
    window.window_status.refresh()  # which commands there are follows a little later
    window.actions_["next_person"].trigger()
    assert studio.people.current == people[1]
    assert len(process.requests(ReadPerson)) == asked, "it was read already"
    staged.made()
    studio._ahead.go_on()
    assert process.task(ReadPerson).path == people[2]


def test_one_person_alone_is_no_rail(staged: Staged, people: list[str]) -> None:
    drop(staged.window.person_slot, Path(people[2]))
    assert not staged.window.people_list.isVisible()
    assert not staged.studio.people.cards
