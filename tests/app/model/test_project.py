"""Projects without a window: what comes back, who may have it, and what is never touched."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.imaging.images import read_photo
from tests.app.model.conftest import Studio, fill
from tests.rendered import RenderedPair
from tryon_app.model import places, sleeves
from tryon_app.model.app_model import AppModel
from tryon_app.model.corrected import corrected
from tryon_app.model.history import Entry
from tryon_app.model.stages import sleeves_said
from tryon_app.workers.answers import Array8, GarmentPhoto
from tryon_app.workers.project_file import pack


def test_both_rails_come_back(
    first: Studio, make: Callable[[], Studio], photos: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    studio, session, project = first
    people = [str(photos / "anna.png"), str(shutil.copy(photos / "anna.png", photos / "berta.png"))]
    garments = [str(photos / "tee.png"), str(shutil.copy(photos / "tee.png", photos / "shirt.png"))]
    studio.people.fill(people)
    studio.rail.fill(garments)
    session.save()
    assert project.unsaved
    project.save()
    drain(qtbot, studio)
    studio.rail.mark(garments[0], "ready")
    studio.rail.keep(GarmentPhoto("s", garments[1], "shirt", {}, doubts=("garment_small",)))
    session.save()
    assert not project.unsaved, "what has been seen of the rails is no change"
    project.save()
    drain(qtbot, studio)
    project.end()
    again = opened(qtbot, make(), tmp_path / "look.tryon")
    assert [card.name for card in again.people.cards] == ["anna", "berta"]
    assert [card.name for card in again.rail.cards] == ["tee", "shirt"]
    assert again.people.current == again.people.cards[0].key
    assert [(card.state, card.doubts) for card in again.rail.cards] == [("ready", ()), ("", ("garment_small",))]
    assert all(card.thumbnail is not None for card in again.rail.cards)


def drain(qtbot: QtBot, *studios: AppModel) -> None:
    qtbot.waitUntil(lambda: not any(studio.jobs.jobs for studio in studios))


def saved(qtbot: QtBot, made: Studio, file: Path) -> None:
    with qtbot.waitSignal(made[2].opened):
        made[2].save_as(file)


def thumbnail(qtbot: QtBot, studio: AppModel, entry: Entry) -> Array8:
    """The picture of an entry in the list, once it has been read."""
    found = studio.history.thumbnails
    qtbot.waitUntil(lambda: found.get(str(entry.thumbnail)) is not None)
    small = found.get(str(entry.thumbnail))
    assert small is not None
    return small


@pytest.fixture
def first(make: Callable[[], Studio], photos: Path, pair: RenderedPair, tmp_path: Path, qtbot: QtBot) -> Studio:
    """A model with a saved project."""
    found = make()
    fill(found[0], photos, pair)
    drain(qtbot, found[0])
    saved(qtbot, found, tmp_path / "look.tryon")
    return found


def opened(qtbot: QtBot, made: Studio, file: Path) -> AppModel:
    studio, session, project = made
    with qtbot.waitSignal(project.opened):
        project.open(file)
    qtbot.waitUntil(lambda: session.back and not studio.jobs.jobs)
    session.save()
    return studio


def test_a_project_comes_back_on_a_machine_that_has_none_of_its_photos(
    first: Studio, make: Callable[[], Studio], photos: Path, pair: RenderedPair, tmp_path: Path, qtbot: QtBot
) -> None:
    edit = first[0].document.state.edits["garment_mask"].key
    first[2].end()
    for path in photos.iterdir():
        path.unlink()
    second = make()
    studio = opened(qtbot, second, tmp_path / "look.tryon")
    document, (entry,) = studio.document, studio.history.entries
    assert document.person is not None
    assert document.garment is not None
    assert (document.person.key, document.garment.key, document.seed) == ("p", "g", 7)
    assert np.array_equal(document.person.data["parse"], pair.parse)
    assert [(one.view, one.key) for one in document.state.edits.values()] == [("garment_mask", edit)]
    assert not document.state.edits["garment_mask"].arrays["mask"].any()
    assert read_photo(document.person.path).shape == pair.image.shape
    assert np.array_equal(read_photo(entry.picture), pair.image)
    assert not second[2].unsaved


def test_edits_of_photos_that_are_not_open_come_back_and_go_along_with_a_batch(
    first: Studio, make: Callable[[], Studio], pair: RenderedPair, tmp_path: Path, qtbot: QtBot
) -> None:
    studio = first[0]
    sleeves.say(studio.document, "long", "")
    assert [*studio.document.state.edits] == ["garment_mask", "sleeves"]
    garment, edits = studio.document.garment, studio.document.state.edits
    studio.document.set_garment(None, "")
    first[1].save()
    first[2].save()
    drain(qtbot, studio)
    first[2].end()
    second = make()
    studio = opened(qtbot, second, tmp_path / "look.tryon")
    assert garment is not None
    assert not studio.document.state.edits
    ((path, (arrays, _)),) = corrected(studio).items()
    assert np.array_equal(arrays["image"], garment.image)
    assert not arrays["mask"].any()
    assert arrays["reach"].tolist() == np.array(sleeves_said("long"), np.float32).tolist()
    studio.document.set_garment(replace(garment, path=path), "")
    assert [one.key for one in studio.document.state.edits.values()] == [one.key for one in edits.values()]
    assert sleeves.said(studio.document) == "long"
    assert [*corrected(studio)] == [path]


def test_what_is_saved_twice_is_the_same_to_the_byte(
    first: Studio, make: Callable[[], Studio], tmp_path: Path, qtbot: QtBot
) -> None:
    first[2].end()
    again = make()
    opened(qtbot, again, tmp_path / "look.tryon")
    saved(qtbot, again, tmp_path / "copy.tryon")
    assert (tmp_path / "copy.tryon").read_bytes() == (tmp_path / "look.tryon").read_bytes()


def test_results_stay_in_the_file_until_they_are_wanted(
    first: Studio, make: Callable[[], Studio], tmp_path: Path, qtbot: QtBot
) -> None:
    first[2].end()
    studio = opened(qtbot, make(), tmp_path / "look.tryon")
    (entry,) = studio.history.entries
    assert not list(entry.folder.glob("result.png"))
    assert thumbnail(qtbot, studio, entry).shape == (144, 108, 3)
    assert entry.picture.is_file()


def test_results_that_are_in_the_file_alone_are_marked_deleted_and_saved_as_others(
    first: Studio, make: Callable[[], Studio], pair: RenderedPair, photos: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    about = Entry(str(photos / "anna.png"), str(photos / "tee.png"), "tiny", 7)
    named, arrays = {"garment_mask": "edit-1.npz"}, {"edit-1.npz": {"mask": pair.cloth_mask}}
    for seed in (1, 2, 3):
        first[0].history.add(replace(about, seed=seed, edits=named), pair.image, pair.cloth, {}, arrays)
        drain(qtbot, first[0])
    first[1].save()
    first[2].save()
    drain(qtbot, first[0])
    first[2].end()
    file = tmp_path / "look.tryon"
    second = make()
    studio, history = opened(qtbot, second, file), second[0].history
    starred, gone, back, _ = (entry.key for entry in history.entries)
    assert not list(places.opened(file).root.glob("history/*"))
    history.star(starred, True)
    studio.forget([gone])
    studio.forget([back])
    studio.document.undo.undo()
    seeds = [3, 1, 7]
    assert [entry.seed for entry in history.entries] == seeds
    history.load()  # as after a kill
    assert [(entry.seed, entry.starred) for entry in history.entries] == [(3, True), (1, False), (7, False)]
    assert history.find(gone) is None
    second[2].save()
    drain(qtbot, studio)
    second[2].end()
    with zipfile.ZipFile(file) as archive:
        assert not [name for name in archive.namelist() if gone in name]
    last = make()
    third = opened(qtbot, last, file)
    assert [entry.seed for entry in third.history.entries] == seeds
    last[1].reopen(back)
    qtbot.waitUntil(lambda: [one.key for one in third.document.state.edits.values()] == ["edit-1"])
    assert np.array_equal(third.document.state.edits["garment_mask"].arrays["mask"], pair.cloth_mask)
    assert [entry.starred for entry in third.history.entries] == [True, False, False]
    for entry in third.history.entries:
        assert thumbnail(qtbot, third, entry).any()
        assert np.array_equal(read_photo(entry.picture), pair.image)


def test_the_name_says_what_is_not_saved(first: Studio, qtbot: QtBot) -> None:
    studio, session, project = first
    assert (project.name, project.unsaved) == ("look", False)
    studio.document.set_seed(8, "")
    session.save()
    assert project.unsaved
    studio.document.undo.undo()
    session.save()
    assert not project.unsaved, "it is again what the file holds"
    studio.document.set_seed(9, "")
    with qtbot.waitSignal(session.changed):
        project.save()
    qtbot.waitUntil(lambda: not project.unsaved)


def test_a_project_is_open_in_one_window_only(
    first: Studio, make: Callable[[], Studio], tmp_path: Path, qtbot: QtBot
) -> None:
    second = make()
    with qtbot.waitSignal(second[2].failed) as failed:
        second[2].open(tmp_path / "look.tryon")
    assert failed.args[0].code == "project.open"
    first[2].end()
    opened(qtbot, second, tmp_path / "look.tryon")


_HOLD = """
import os, signal, sys
from PySide6.QtCore import QLockFile
lock = QLockFile(sys.argv[1]); lock.setStaleLockTime(0)
assert lock.tryLock(0)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_window_that_was_killed_holds_no_project_and_has_lost_nothing(
    first: Studio, make: Callable[[], Studio], tmp_path: Path, qtbot: QtBot
) -> None:
    first[0].document.set_seed(11, "")
    first[1].save()
    first[2]._unlock()  # as the system does it for a process that ends; below one ends so
    file = tmp_path / "look.tryon"
    before = file.read_bytes()
    lock = places.opened(file).root.with_suffix(".lock")
    assert subprocess.run([sys.executable, "-c", _HOLD, str(lock)], check=False).returncode < 0
    assert lock.exists()
    second = make()
    with qtbot.waitSignal(second[2].recovered):
        studio = opened(qtbot, second, file)
    assert (studio.document.seed, second[2].unsaved, file.read_bytes() == before) == (11, True, True)
    with qtbot.waitSignals([second[2].opened, second[2].opened]):
        second[2].revert()
    qtbot.waitUntil(lambda: second[1].back and second[0].document.seed == 7)


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def newer(path: Path) -> None:
    rewrite(path, lambda state: {**state, "version": 99})


def other(path: Path) -> None:
    path.write_text("no zip")


def bare(path: Path) -> None:
    rewrite(path, lambda _: [])


def rewrite(path: Path, change: Callable[[Any], Any]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["project.json"] = json.dumps(change(json.loads(parts["project.json"]))).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(damaged, "damaged"), (newer, "newer"), (other, "damaged"), (bare, "damaged"), (Path.unlink, "missing")],
)
def test_what_cannot_be_opened_is_left_as_it_is(
    first: Studio,
    make: Callable[[], Studio],
    tmp_path: Path,
    qtbot: QtBot,
    spoil: Callable[[Path], object],
    code: str,
) -> None:
    first[2].end()
    file = tmp_path / "look.tryon"
    spoil(file)
    before = file.read_bytes() if file.exists() else b""
    _studio, session, project = make()
    session.restore()
    with qtbot.waitSignal(project.failed) as failed:
        project.open(file)
    assert (failed.args[0].code, str(file) in str(failed.args[0])) == (f"project.{code}", True)
    assert (file.read_bytes() if file.exists() else b"") == before
    assert (project.file, project.busy) == (None, False)
    assert not places.opened(file).root.exists()


def test_members_that_lie_elsewhere_are_not_taken_out(first: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    from tryon_app.workers.project_file import unpack

    first[2].end()
    file = tmp_path / "look.tryon"
    with zipfile.ZipFile(file, "a") as archive:
        for name in ("../../evil.txt", "photos/../../evil.txt", "photos/x/..", "edits/a/b.npz", "evil.txt"):
            archive.writestr(name, b"x")
    unpack(file, tmp_path / "inner" / "folder")
    assert not list(tmp_path.rglob("*evil*"))
    assert not list(tmp_path.rglob("b.npz"))


def test_a_file_that_cannot_be_written_is_what_it_was(first: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    studio, _session, project = first
    file, folder = tmp_path / "look.tryon", tmp_path
    before = file.read_bytes()
    left = folder / f".look-{'0' * 16}.tryon"
    left.write_bytes(b"a window that was killed had begun this")
    studio.document.set_seed(5, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with qtbot.waitSignal(project.failed) as failed:
            project.save()
    assert failed.args[0].code == "file.unwritable"
    assert file.read_bytes() == before
    assert sorted(path.name for path in folder.glob(".*")) == []
    assert (project.unsaved, project.busy) == (True, False)


def test_the_session_of_an_older_program_becomes_the_unnamed_project(
    make: Callable[[], Studio], photos: Path, pair: RenderedPair, tryon_home: Path, qtbot: QtBot
) -> None:
    from tryon_app.model import edit_store
    from tryon_app.model.plan import Edit

    old = tryon_home / "session"
    old.mkdir(parents=True)
    edits = {"garment_mask": Edit("garment_mask", "edit-1", {"mask": pair.cloth_mask})}
    edit_store.write(old, edits.values())
    files = edit_store.file_names(edits)
    paths = {kind: {"path": str(photos / f"{name}.png")} for kind, name in (("person", "anna"), ("garment", "tee"))}
    (old / "session.json").write_text(json.dumps({**paths, "seed": 3, "rail": [], "entry": "", "edits": files}))
    assert places.prepare() is None
    studio, session, _ = make()
    assert session.restore()
    assert (studio.person_in.path, studio.document.seed) == (paths["person"]["path"], 3)
    session.save()
    state = json.loads((tryon_home / "project.json").read_text())
    assert (state["version"], state["edits"], old.exists()) == (1, files, False)


def test_an_empty_project_is_made_and_closed(make: Callable[[], Studio], tmp_path: Path, qtbot: QtBot) -> None:
    studio, _session, project = make()
    studio.document.set_seed(4, "")
    with qtbot.waitSignal(project.opened):
        project.new(tmp_path / "new.tryon")
    qtbot.waitUntil(lambda: not project.busy)
    assert (project.name, studio.document.seed, project.recent) == ("new", 0, [tmp_path / "new.tryon"])
    root = places.opened(tmp_path / "new.tryon").root
    project.close()
    assert (project.file, root.exists(), zipfile.is_zipfile(tmp_path / "new.tryon")) == (None, False, True)


def test_two_hundred_results_are_listed_without_their_pictures(
    make: Callable[[], Studio], pair: RenderedPair, photos: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    studio, session, _ = make()
    fill(studio, photos, pair)
    drain(qtbot, studio)
    session.save()
    (entry,) = studio.history.entries
    for number in range(199):
        twin = entry.folder.with_name(f"20200101-{number:06}")
        twin.mkdir()
        for path in entry.folder.iterdir():
            os.link(path, twin / path.name)
        (twin / "entry.json").unlink()
        (twin / "entry.json").write_text(json.dumps({**entry.to_json(), "key": twin.name}))
    pack(places.unnamed().root, tmp_path / "many.tryon")
    other = make()
    found = opened(qtbot, other, tmp_path / "many.tryon")
    assert len(found.history.entries) == 200
    assert len([*places.opened(tmp_path / "many.tryon").root.rglob("*")]) < 20, "files cost more than all the rest"
    assert thumbnail(qtbot, found, found.history.entries[-1]).any()
    assert not list(places.opened(tmp_path / "many.tryon").root.rglob("result.png"))
