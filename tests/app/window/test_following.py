"""When the picture is made again by itself, and what gives way to what: the model on an engine that only listens."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.window.conftest import LONG, Staged
from tryon_app.model.history import Entry
from tryon_app.workers.answers import Lacking, Result
from tryon_app.workers.requests import AnalysePerson, ReadGarment, ReadPerson, ReadPicture, TryOn

Asks = Callable[[Callable[[], object]], bool]


def edit(staged: Staged) -> None:
    staged.studio.document.edit("parse", {"parse": np.zeros((256, 192), np.uint8)}, "Edit")


@pytest.fixture
def asks(staged: Staged, qtbot: QtBot) -> Asks:
    """Whether an action leads to a try-on."""

    def done(action: Callable[[], object]) -> bool:
        count = len(staged.process.requests(TryOn))
        action()
        if not staged.studio.tryons._again.isActive():
            return False
        qtbot.waitUntil(lambda: not staged.studio.tryons._again.isActive(), timeout=LONG)
        return len(staged.process.requests(TryOn)) > count or staged.studio.tryons.running

    return done


def finish(staged: Staged) -> None:
    """The engine has made what it was asked for last."""
    image, zeros = staged.pair.image, np.zeros((256, 192), np.uint8)
    staged.process.done(TryOn, Result({"image": image, "layers": image, "changed": zeros}))


def test_an_edit_after_ctrl_z_during_a_recomputation_is_followed(staged: Staged, asks: Asks) -> None:
    staged.studio.run()
    finish(staged)
    assert asks(lambda: edit(staged))
    asks(staged.window.actions_.undo.trigger)
    assert not staged.studio.tryons.running, "the first picture is still known"
    assert asks(lambda: edit(staged))
    staged.process.cancelled(TryOn)  # the one that Ctrl+Z gave up
    assert staged.process.task(TryOn).person["parse"].max() == 0
    finish(staged)
    assert staged.studio.has_result


@pytest.fixture
def entry(staged: Staged, tmp_path: Path) -> Entry:
    """A try-on of the history, of two photos that lie on the disk."""
    photos = tmp_path / "eve.jpg", tmp_path / "shirt.jpg"
    for photo in photos:
        photo.touch()
    found = Entry(str(photos[0]), str(photos[1]), "tiny", 5, key="k", when="2026-11-24T10:00:00")
    found.folder.mkdir(parents=True)
    found.picture.touch()
    (found.folder / "entry.json").write_text(json.dumps(found.to_json()))
    staged.studio.history.entries.append(found)
    return found


def reopen(staged: Staged, entry: Entry) -> None:
    staged.window.rails.reopen(entry.key)
    staged.read(ReadPerson, entry.person)
    staged.read(ReadGarment, entry.garment)
    staged.process.done(ReadPicture, staged.pair.image)


def test_a_reopened_try_on_is_shown_and_not_made_again(staged: Staged, entry: Entry, asks: Asks) -> None:
    assert not asks(lambda: reopen(staged, entry))
    assert staged.studio.picture() is not None
    assert staged.process.requests(TryOn) == []


def test_a_reopened_try_on_has_the_garment_of_two_that_was_meant(staged: Staged, tmp_path: Path) -> None:
    """Also where the analysis of its photo is not kept."""
    document, session = staged.studio.document, staged.window.session
    photos = {kind: tmp_path / f"{kind}.jpg" for kind in ("person", "garment")}
    boxes = ((0.0, 0.0, 5.0, 5.0), (5.0, 5.0, 9.0, 9.0))
    assert document.person is not None
    assert document.garment is not None
    for photo in photos.values():
        photo.touch()
    document.set_person(replace(document.person, path=str(photos["person"]), boxes=boxes, by_hand=True), "")
    document.set_garment(replace(document.garment, path=str(photos["garment"]), boxes=boxes, chosen=1), "")
    staged.made()
    staged.studio.results.remember("tiny", {})
    made = staged.studio.results.entry
    assert made is not None
    made.folder.mkdir(parents=True)
    made.picture.touch()
    (made.folder / "entry.json").write_text(json.dumps(made.to_json()))
    document.clear()
    staged.studio.history.load()
    assert staged.studio.history.entries == [made]
    session.reopen(made.key)
    assert staged.studio.garment_in.given["box"] == boxes[1]
    assert staged.studio.person_in.given["box"] == boxes[0]


def test_an_edit_of_a_reopened_try_on_is_followed(staged: Staged, entry: Entry, asks: Asks) -> None:
    reopen(staged, entry)
    assert asks(lambda: edit(staged))
    assert staged.process.task(TryOn).seed == entry.seed


def test_what_was_done_before_a_reopening_can_be_undone(staged: Staged, entry: Entry) -> None:
    before = staged.studio.document.state
    reopen(staged, entry)
    for _ in range(3):  # seed, person, garment
        staged.window.actions_.undo.trigger()
    assert staged.studio.document.state is before


def test_an_entry_deleted_in_the_list_comes_back_by_undo(staged: Staged, entry: Entry) -> None:
    shown = staged.window.history_list
    staged.studio.history.changed.emit()
    shown.delete_requested.emit(entry.key)
    assert (shown.entry(entry.key), entry.picture.exists()) == (None, False)
    undo = staged.window.actions_.undo
    assert undo.text() == "Undo: Delete from the history"
    undo.trigger()
    assert shown.entry(entry.key) is not None
    assert entry.picture.exists()


def open_person(staged: Staged) -> None:
    """Another person's photo, which has to be analysed."""
    staged.studio.open("person", ["/photos/eve.jpg"])
    staged.process.done(ReadPerson, Lacking(("pose", "parse")))


def test_the_analysis_of_a_new_photo_does_not_wait_for_the_try_on_of_the_old_one(staged: Staged) -> None:
    staged.studio.run()
    job = staged.studio.tryons.job
    assert job is not None
    open_person(staged)
    assert staged.process.cancels() == [job.id]
    assert not staged.studio.tryons.running
    staged.process.cancelled(TryOn)
    assert staged.process.task(AnalysePerson).path == "/photos/eve.jpg"


@pytest.mark.parametrize("how", ["failed", "cancelled"])
def test_a_try_on_that_gave_way_goes_on_where_nothing_comes_of_the_photo(staged: Staged, asks: Asks, how: str) -> None:
    staged.studio.run()
    open_person(staged)
    staged.process.cancelled(TryOn)

    def end() -> None:
        staged.process.failed(AnalysePerson, "Nobody.") if how == "failed" else staged.studio.person_in.cancel()

    assert asks(end)
