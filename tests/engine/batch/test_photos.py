"""Raw photos are analysed once, whoever asks, and what is kept is what was found, to the bit."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.analysis import given_files
from engine.batch import photos as module
from engine.batch.item import Settings
from engine.batch.maker import Maker
from engine.batch.names import Naming
from engine.batch.photos import FOLDER, Photos
from engine.batch.run import run
from engine.errors import TryOnError
from engine.values import Value
from tests.conftest import ROOT
from tests.engine.batch.runs import RECIPE, Here, catalogue, task_of
from tests.quick import QuickPipeline

SAMPLES = ROOT / "resources" / "samples"
PERSON = given_files.read_person(
    SAMPLES / "people" / "woman.jpg",
    SAMPLES / "people" / "woman_keypoints.json",
    SAMPLES / "people" / "woman_parse.png",
)
GARMENT = given_files.read_garment(SAMPLES / "garments" / "tee.jpg", SAMPLES / "garments" / "tee_mask.png")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The photos that were analysed; one whose name begins with "no" shows nobody, one with "un" cannot be opened."""
    seen: list[str] = []

    def find(found: Value, path: Path, *_: object, **__: object) -> Value:
        seen.append(path.name)
        if path.name.startswith("no"):
            raise TryOnError("photo.nobody")
        if path.name.startswith("un"):
            raise TryOnError("picture.unopened", path=path, reason="gone for a while")
        return found

    monkeypatch.setattr(module, "find_person", lambda *given, **named: find(PERSON, *given, **named))
    monkeypatch.setattr(module, "find_garment", lambda *given, **named: find(GARMENT, *given, **named))
    return seen


def photos(folder: Path, pack: str = "pack") -> Photos:
    people: Any = object()
    return Photos(folder, pack, people, None)


def assert_same(one: Value, other: Value) -> None:
    assert type(one) is type(other)
    for field in fields(one):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if isinstance(first, np.ndarray):
            assert np.array_equal(first, second), field.name
            assert first.dtype == second.dtype
        elif field.name == "pose":
            assert np.array_equal(first.keypoints, second.keypoints)
            assert (first.size, first.estimated) == (second.size, second.estimated)
        elif field.name == "framed":
            assert (tuple(first.box), tuple(first.photo_size)) == (second.box, second.photo_size)
            assert np.array_equal(first.image, second.image)
        else:
            assert first == second, field.name


def test_what_is_kept_is_what_was_found(tmp_path: Path, asked: list[str]) -> None:
    for _ in range(2):
        assert_same(PERSON, photos(tmp_path).person(Path("a.jpg"), "1"))
        assert_same(GARMENT, photos(tmp_path).garment(Path("a.jpg"), "1"))
    assert asked == ["a.jpg", "a.jpg"], "once as a person, once as a garment"


def test_content_and_pack_count_and_not_the_name(tmp_path: Path, asked: list[str]) -> None:
    for name, digest, pack in (("a", "1", "p"), ("b", "1", "p"), ("a", "2", "p"), ("a", "1", "q"), ("a", "1", "p")):
        photos(tmp_path, pack).person(Path(name), digest)
    assert asked == ["a", "a", "a"]


def test_many_who_ask_at_once_wait_for_one(tmp_path: Path, asked: list[str]) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: photos(tmp_path).person(Path("a"), "1"), range(8)))
    assert asked == ["a"]


def test_that_a_photo_shows_nobody_is_remembered_and_named(tmp_path: Path, asked: list[str]) -> None:
    for _ in range(2):
        with pytest.raises(TryOnError, match=r"^nobody\.jpg: No person"):
            photos(tmp_path).person(Path("nobody.jpg"), "1")
    assert asked == ["nobody.jpg"]


def test_what_may_be_better_next_time_is_not_remembered(tmp_path: Path, asked: list[str]) -> None:
    for _ in range(2):
        with pytest.raises(TryOnError, match="gone for a while"):
            photos(tmp_path).person(Path("unopened.jpg"), "1")
    assert len(asked) == 2


def test_a_damaged_file_is_made_again(tmp_path: Path, asked: list[str]) -> None:
    photos(tmp_path).person(Path("a"), "1")
    (kept,) = (tmp_path / FOLDER).glob("*.npz")
    kept.write_bytes(kept.read_bytes()[:999])
    assert_same(PERSON, photos(tmp_path).person(Path("a"), "1"))
    assert len(asked) == 2


def test_without_a_parser_people_are_not_found_and_garments_are(tmp_path: Path, asked: list[str]) -> None:
    plain = Photos(tmp_path, "pack", None, None)
    with pytest.raises(TryOnError, match="no person parser"):
        plain.person(Path("a"), "1")
    assert plain.garment(Path("a"), "1").image is not None


def test_raw_photos_become_pictures_with_the_warnings_of_both(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(Maker, "_load_photos", lambda _: photos(out))
    plan = catalogue(tmp_path / "in", 2, 3).plan(Naming())
    outcome = run(task_of(plan, out), Here(Maker(Settings(), out, QuickPipeline(), RECIPE, {})))
    assert (outcome.made, outcome.failed) == (6, 0)
    assert sorted(asked) == ["g00.jpg", "g01.jpg", "g02.jpg", "p00.jpg", "p01.jpg"], "each once"
    told = [one.code for one in (*PERSON.warnings, *GARMENT.warnings)]
    assert all(set(told) <= {*line.warnings} for line in outcome.lines.values())
