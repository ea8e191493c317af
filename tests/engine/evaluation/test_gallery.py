"""`tryon evaluate gallery`: the same pairs each time, letters that do not tell the pack, marks that are counted."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import TryOnError
from engine.evaluation import gallery
from engine.evaluation.gallery import FAULTS, GalleryPlan, Pair, choose_pairs, make_gallery, tally
from tests.rendered import write_rendered_dataset


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("data"), 20)


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("street")
    (folder / "image").mkdir()
    for number in range(6):
        Image.new("RGB", (60, 90), (number, 0, 0)).save(folder / "image" / f"{number}.jpg")
    return folder


class Maker:
    """Stands for a pack: a picture of one colour, and a warning where the pack is bad."""

    def __init__(self, name: str, plan: GalleryPlan) -> None:
        self.name = name

    def make(self, pair: Pair) -> tuple[np.ndarray, list[str]]:
        bad = self.name == "bad"
        return np.full((64, 48, 3), 10 if bad else 200, np.uint8), ["doubtful"] if bad else []


@pytest.fixture
def made(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(gallery, "_Maker", Maker)
    make_gallery(GalleryPlan(data=root, packs=["good", "bad"], pairs=4, held_out=10), tmp_path, lambda _: None)
    return tmp_path


def mark(folder: Path, chosen: Callable[[str], list[str]]) -> None:
    content = json.loads((folder / gallery.MARKS).read_text())
    content["marks"] = {name: chosen(name) for name in content["marks"]}
    (folder / gallery.MARKS).write_text(json.dumps(content))


def test_the_same_pairs_each_time_half_of_them_from_the_street(root: Path, street: Path) -> None:
    plan = GalleryPlan(data=root, packs=["a"], street=street, pairs=4, held_out=10)
    pairs = choose_pairs(plan)
    assert pairs == choose_pairs(plan)
    assert [pair.kind for pair in pairs] == ["studio"] * 2 + ["street"] * 2
    assert all(pair.person.stem != pair.garment.stem for pair in pairs)
    assert len(choose_pairs(GalleryPlan(data=root, packs=["a"], pairs=4, held_out=10))) == 4


def test_letters_do_not_tell_the_pack(made: Path) -> None:
    key = json.loads((made / gallery.KEY).read_text())["pictures"]
    packs = {letter: {entry["pack"] for name, entry in key.items() if name.endswith(letter)} for letter in "AB"}
    assert packs == {"A": {"good", "bad"}, "B": {"good", "bad"}}
    for name, entry in key.items():
        picture = np.asarray(Image.open(made / gallery.PICTURES / f"{name}.png"))
        assert picture[0, 0, 0] == (10 if entry["pack"] == "bad" else 200)
    assert np.asarray(Image.open(made / gallery.SHEET)).std() > 10


def test_marks_are_counted_and_warnings_judged_by_them(made: Path) -> None:
    key = json.loads((made / gallery.KEY).read_text())["pictures"]
    names = [name for name, entry in key.items() if entry["pack"] == "bad"]
    mark(made, lambda name: ["neck", "hem"] if name in names[:3] else [])
    bad, good = tally(made)
    assert (bad.faultless, bad.pictures, bad.warned, bad.falsely_warned) == (1, 4, 3, 1)
    assert (bad.faults["neck"], bad.faults["hem"], bad.faults["face"]) == (3, 3, 0)
    assert (good.faultless, good.warned, good.falsely_warned) == (4, 0, 0)
    said = CliRunner().invoke(app, ["evaluate", "gallery", "-o", str(made)])
    assert said.exit_code == 0
    assert "bad: 1 of 4 without a fault; faults: neck 3, hem 3" in said.output


def test_making_it_again_keeps_the_marks(made: Path, root: Path) -> None:
    mark(made, lambda _: ["skin"])
    make_gallery(GalleryPlan(data=root, packs=["good", "bad"], pairs=4, held_out=10), made, lambda _: None)
    assert [one.faultless for one in tally(made)] == [0, 0]


def test_marks_of_something_else_are_refused(made: Path, tmp_path: Path) -> None:
    mark(made, lambda _: ["nose"])
    with pytest.raises(TryOnError, match=f"'nose'.*{FAULTS[0]}"):
        tally(made)
    (made / gallery.MARKS).write_text('{"format": 1, "marks": {}}')
    with pytest.raises(TryOnError, match="does not mark"):
        tally(made)
    with pytest.raises(TryOnError, match="make the gallery first"):
        tally(tmp_path / "none")


def test_a_street_folder_without_photos_is_told(root: Path, tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="has no photos"):
        choose_pairs(GalleryPlan(data=root, packs=["a"], street=tmp_path, held_out=10))
