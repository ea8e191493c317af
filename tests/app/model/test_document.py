"""Commands, undo and redo, and what is known of which state."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.model.test_plan import garment, person
from tryon_app.model.document import Document
from tryon_app.model.plan import Options
from tryon_app.model.stages import LARGEST_SEED


def picture(value: int = 0) -> dict[str, np.ndarray]:
    return {"image": np.full((4, 3, 3), value, np.uint8)}


def test_signals_say_what_changed(document: Document, qtbot: QtBot) -> None:
    with (
        qtbot.waitSignals([document.person_changed, document.changed]),
        qtbot.assertNotEmitted(document.garment_changed),
    ):
        document.set_person(person("q"), "Person")
    with qtbot.waitSignal(document.seed_changed) as seed:
        document.set_seed(5, "Seed")
    assert seed.args == [5]


def test_undo_and_redo(document: Document) -> None:
    document.set_seed(3, "Seed")
    document.edit("parse", {"parse": np.zeros((4, 3), np.uint8)}, "Edit")
    document.undo.undo()
    assert (document.seed, dict(document.state.edits)) == (3, {})
    document.undo.undo()
    assert document.seed == 0
    document.undo.undo()
    assert document.garment is None
    while document.undo.canRedo():
        document.undo.redo()
    assert (document.seed, set(document.state.edits)) == (3, {"parse"})
    assert document.undo.undoText() == "Edit"


def test_a_photo_that_is_opened_again_and_again_is_in_memory_once(document: Document) -> None:
    first = document.state
    for _ in range(20):
        document.set_person(replace(person("p"), preview=np.zeros((8, 6, 3), np.uint8)), "Person")
        document.set_garment(garment("g"), "Garment")
        document.set_person(person("q"), "Person")
        document.undo.undo()  # whoever was opened last is forgotten first
        document.set_person(person("q"), "Person")
    document.undo.undo()
    assert first.person is not None
    assert document.person is not None
    assert document.person.image is first.person.image
    steps: list[Any] = [document.undo.command(number) for number in range(document.undo.count())]
    people = [one._after.person for one in steps]
    assert len({id(one.data[name]) for one in people for name in ("image", "parse")}) == 4, "two photos' arrays"
    assert len({id(one.preview) for one in people if one.preview is not None}) == 1
    garments = [one._after.garment for one in steps if one._after.garment is not None]
    assert len({id(one.image) for one in garments}) == 1


def test_a_photo_that_was_analysed_anew_is_taken_as_it_is_now(document: Document) -> None:
    before = person("p")
    parse = np.ones_like(before.data["parse"])
    document.set_person(replace(before, data={**before.data, "parse": parse}), "Person")
    assert document.person is not None
    assert document.person.data["parse"] is parse


def test_a_result_belongs_to_its_state(document: Document) -> None:
    first = document.keys
    assert first is not None
    document.keep(first, "result", picture(), ("folded",))
    assert document.result is not None
    assert document.doubts == ("folded",)
    document.set_seed(1, "Seed")
    assert document.result is None
    assert document.doubts == ()
    document.undo.undo()
    assert document.result is not None
    assert document.doubts == ("folded",)


def test_keys_are_made_once_for_a_state(document: Document) -> None:
    first = document.keys
    assert document.keys is first
    document.set_seed(1, "Seed")
    assert document.keys != first
    document.undo.undo()
    assert document.keys == first
    document.set_options(replace(document.options, precision="bf16"))
    assert document.keys != first


def test_what_comes_for_another_state_is_kept_but_not_shown(document: Document, qtbot: QtBot) -> None:
    old = document.keys
    document.set_seed(1, "Seed")
    assert old is not None
    with qtbot.assertNotEmitted(document.result_changed):
        document.keep(old, "result", picture())
        document.keep(old, "draft", picture())
    assert document.draft is None
    assert old["result"] in document.cache


def test_a_draft_goes_with_the_next_change(document: Document) -> None:
    assert document.keys is not None
    document.keep(document.keys, "draft", picture())
    assert document.draft is not None
    document.set_seed(9, "Seed")
    assert document.draft is None


def test_revert_takes_back_one_stage(document: Document) -> None:
    document.edit("warped", {"points": np.zeros((25, 2), np.float32)}, "Edit")
    assert "warped" in document.state.edits
    document.revert("warped", "Undo edits")
    assert document.state.edits == {}
    count = document.undo.count()
    document.revert("warped", "Nothing to do")
    assert document.undo.count() == count


def test_an_edited_stage_is_seen_before_it_is_computed(document: Document) -> None:
    labels = np.ones((4, 3), np.uint8)
    document.edit("segmentation", {"labels": labels}, "Edit")
    found = document.stage("segmentation")
    assert found is not None
    assert found["labels"] is labels


@pytest.mark.parametrize(("wanted", "got"), [(-1, 0), (7, 7), (2**40, LARGEST_SEED)])
def test_seeds_stay_in_range(document: Document, wanted: int, got: int) -> None:
    document.set_seed(wanted, "Seed")
    assert document.seed == got


def test_options_are_no_command(document: Document, qtbot: QtBot) -> None:
    count = document.undo.count()
    with qtbot.waitSignal(document.changed):
        document.set_options(Options("other"))
    assert document.undo.count() == count


def test_clear(document: Document) -> None:
    document.clear()
    assert document.person is None
    assert not document.undo.canUndo()
