"""Results that remember what they were made from: reopened exactly, one entry an edit, favourites that last."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.model.conftest import Studio, fill
from tests.rendered import RenderedPair
from tryon_app.model import stages
from tryon_app.model.app_model import AppModel
from tryon_app.model.history import Entry, History
from tryon_app.model.plan import Edit
from tryon_app.workers.answers import PackInfo, PackList

PACKS = [
    PackInfo(name, "1", "none", f"/packs/{name}", tuple(stages.networks()), 1, ((256, 192),)) for name in ("one", "two")
]


@pytest.fixture
def studio(
    make: Callable[[], Studio], photos: Path, pair: RenderedPair, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Studio:
    """A model with photos, an edit, and two packs, of which the first is in use."""
    from tryon_app.workers import packs, tasks
    from tryon_app.workers.requests import ListPacks

    assert packs
    monkeypatch.setitem(tasks.FILES, ListPacks, lambda *_: PackList(tuple(PACKS), {}))
    found = make()
    found[0].settings.pack = "one"
    found[0].reload_packs()
    fill(found[0], photos, pair)
    qtbot.waitUntil(lambda: found[0].pack == "one" and not found[0].jobs.jobs)
    found[0].history.clear()
    return found


def made(studio: AppModel, image: Any, qtbot: QtBot, doubts: tuple[str, ...] = ()) -> Entry:
    """The document's result, without an engine."""
    keys = studio.document.keys
    assert keys is not None
    blank = np.zeros(image.shape[:2], np.uint8)
    studio.document.keep(keys, stages.LAST, {"image": image, "layers": image, "changed": blank}, doubts)
    studio.results.remember(studio.pack, {})
    qtbot.waitUntil(lambda: not studio.jobs.jobs)
    assert studio.results.entry is not None
    return studio.results.entry


def edit(studio: AppModel, value: int) -> Edit:
    person = studio.document.state.person_data()
    studio.document.edit("parse", {"parse": np.full_like(person["parse"], value)}, "")
    return studio.document.state.edits["parse"]


def test_an_entry_is_opened_with_everything_it_was_made_from(
    studio: Studio, pair: RenderedPair, photos: Path, qtbot: QtBot
) -> None:
    model, session, _ = studio
    first, mask = edit(model, 3), model.document.state.edits["garment_mask"]
    entry, keys = made(model, pair.image, qtbot), model.document.keys
    model.document.revert("garment_mask", "")
    model.document.revert("parse", "")
    model.document.set_seed(99, "")
    model.settings.precision, model.settings.keep_original = "bf16", False
    model.set_pack("two")
    qtbot.waitUntil(lambda: model.pack == "two")
    for path in photos.iterdir():  # the analyses are kept
        path.unlink()
    model.document.set_person(None, "")
    model.document.cache.clear()
    session.reopen(entry.key)
    qtbot.waitUntil(lambda: model.shown_entry == entry)
    assert model.document.keys == keys
    assert {one.key for one in model.document.state.edits.values()} == {first.key, mask.key}
    assert (model.pack, model.document.seed, model.settings.precision) == ("one", 7, "fp32")
    assert np.array_equal(model.picture(), pair.image)


def test_what_is_shown_is_written_down_once_it_is_shown(studio: Studio, pair: RenderedPair, qtbot: QtBot) -> None:
    model, session, _ = studio
    entry = made(model, pair.image, qtbot)
    model.document.set_seed(99, "")
    session.reopen(entry.key)
    qtbot.waitUntil(lambda: not session._wanted)
    session.save()  # when its picture is still being read
    qtbot.waitUntil(lambda: model.shown_entry == entry)
    qtbot.waitUntil(lambda: json.loads(session.place.state.read_bytes())["entry"] == entry.key)


def test_what_is_doubtful_about_a_result_comes_back_with_its_picture(
    studio: Studio, make: Callable[[], Studio], pair: RenderedPair, qtbot: QtBot
) -> None:
    model, session, _ = studio
    doubtful = made(model, pair.image, qtbot, ("misaligned", "distorted"))
    session.save()
    again, restored, _ = make()
    again.reload_packs()
    again.history.load()
    assert restored.restore()
    qtbot.waitUntil(lambda: restored.back and again.document.draft is not None)
    assert again.document.doubts == ("misaligned", "distorted")
    again.document.set_seed(8, "")
    assert not again.document.doubts, "they are of the other picture"
    restored.reopen(doubtful.key)
    qtbot.waitUntil(lambda: again.document.doubts == doubtful.doubts)
    assert "doubts" not in json.loads(doubtful.parameters), "which nobody has chosen"


def test_an_edit_in_progress_is_one_entry(studio: Studio, pair: RenderedPair, qtbot: QtBot) -> None:
    model, session, _ = studio
    history = model.history
    model.document.revert("garment_mask", "")
    plain = made(model, pair.image, qtbot)
    for stroke in range(3):
        edit(model, stroke)
        last = made(model, pair.image, qtbot, ("misaligned",) if stroke == 1 else ())
    assert history.entries == [last, plain]
    history.star(last.key, True)
    edit(model, 4)
    after = made(model, pair.image, qtbot)
    assert [one.key for one in history.entries] == [after.key, last.key, plain.key], "a favourite stays"
    session.reopen(after.key)
    qtbot.waitUntil(lambda: session.back)
    edit(model, 5)
    made(model, pair.image, qtbot)
    assert len(history.entries) == 4, "what is opened again stays"
    model.document.undo.undo()
    assert made(model, pair.image, qtbot).key == after.key


def test_favourites_last(studio: Studio, pair: RenderedPair, qtbot: QtBot) -> None:
    model = studio[0]
    entry = made(model, pair.image, qtbot)
    with qtbot.waitSignal(model.history.marked) as marked:
        model.history.star(entry.key, True)
    assert marked.args[0].starred
    again = History(model.jobs)
    again.load()
    assert [one.starred for one in again.entries] == [True]
    assert again.entries[0].edits == entry.edits


def test_several_are_deleted_and_brought_back_at_once(studio: Studio, pair: RenderedPair, qtbot: QtBot) -> None:
    model = studio[0]
    entries = []
    for seed in (1, 2, 3):
        model.document.set_seed(seed, "")
        entries.append(made(model, pair.image, qtbot))
    model.forget([one.key for one in entries[:2]])
    assert model.history.entries == entries[2:]
    model.document.undo.undo()
    assert model.history.entries == entries[::-1]


def test_parameters_are_text_without_places(studio: Studio, pair: RenderedPair, qtbot: QtBot) -> None:
    found = json.loads(made(studio[0], pair.image, qtbot).parameters)
    assert (found["pack"], found["seed"], found["edits"]) == ("one", 7, ["garment_mask"])
    assert "place" not in found
