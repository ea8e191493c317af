"""Data sets through the real maker on a quick pipeline: repeatable, and one bad pair stops no other."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.batch import maker as making
from engine.batch.flow import Makes
from engine.batch.item import Settings
from engine.batch.maker import Maker
from engine.batch.names import Naming
from engine.batch.plan import Sources, record_of
from engine.batch.run import Outcome, run
from engine.data.layout import Record, VitonDataset
from engine.errors import TryOnError
from engine.imaging.images import read_photo
from engine.imaging.saving import read_metadata
from engine.messages import said
from tests.engine.batch.runs import RECIPE, Here, task_of
from tests.quick import QuickPipeline
from tests.rendered import write_rendered_dataset

COUNT = 5


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("drawn"), COUNT, split="test", unpaired=True)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("many"), len(BAD) + 3, split="test")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def make(
    dataset: Path,
    out: Path,
    pipeline: Any = None,
    *,
    seed: int = 0,
    extension: str = "png",
    limit: int | None = None,
    split: str = "test",
    **options: Any,
) -> Outcome:
    settings = Settings(**options)
    plan = Sources(dataset=dataset, split=split, seed=seed).plan(Naming(extension=extension)).first(limit)
    maker: Makes = Maker(settings, out, pipeline or QuickPipeline(), RECIPE, {"weights": "w 1"})
    return run(task_of(plan, out, settings), Here(maker))


def contents(folder: Path) -> dict[str, bytes]:
    """The pictures of a folder and of those below it."""
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in (".png", ".jpg", ".webp"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_every_pair_becomes_a_picture(drawn: Path, out: Path) -> None:
    outcome = make(drawn, out, seed=3)
    assert (outcome.made, outcome.there, outcome.failed) == (COUNT, 0, 0)
    assert {*contents(out)} == {f"0000{i}_00_0000{(i + 1) % COUNT}_00.png" for i in range(COUNT)}
    path = out / "00001_00_00002_00.png"
    assert read_photo(path).shape == (512, 384, 3)
    wanted = {"weights": "w 1", "person": "00001_00", "garment": "00002_00", "seed": "3"}
    assert read_metadata(path) == wanted
    line = outcome.lines["00001_00_00002_00"]
    assert (line.bytes, {*line.seconds}) == (path.stat().st_size, {"read", "make", "write"})


@pytest.mark.parametrize("size", [2, 3, 9])
def test_pictures_do_not_depend_on_the_batch(drawn: Path, tmp_path: Path, size: int) -> None:
    pipeline = QuickPipeline()
    make(drawn, tmp_path / "a", pipeline, batch=size)
    make(drawn, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert sum(pipeline.batches) == COUNT
    assert max(pipeline.batches) <= size


def test_options_reach_the_pipeline(drawn: Path, tmp_path: Path) -> None:
    choices: list[dict[str, Any]] = [{}, {"seed": 7}, {"keep_original": False}]
    made = []
    for index, options in enumerate(choices):
        make(drawn, tmp_path / str(index), limit=1, **options)
        made.append(contents(tmp_path / str(index)))
    assert made[0] != made[1]
    assert made[0] != made[2]


def test_stages_are_written_beside(drawn: Path, out: Path) -> None:
    make(drawn, out, stages=True, limit=2)
    folders = {path.name for path in (out / "stages").iterdir()}
    assert folders == {"00000_00_00001_00", "00001_00_00002_00"}
    assert len(list((out / "stages" / "00000_00_00001_00").iterdir())) == 18


def test_published_names(drawn: Path, out: Path) -> None:
    make(drawn, out, extension="jpg")
    assert {*contents(out)} == {f"0000{i}_0000{(i + 1) % COUNT}_00.jpg" for i in range(COUNT)}
    with Image.open(out / "00001_00002_00.jpg") as picture:
        assert (picture.format, picture.size) == ("JPEG", (384, 512))


def test_notes_and_doubts_are_written_down(drawn: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = QuickPipeline()
    pipeline.notes = (said("done on the CPU"),)
    monkeypatch.setattr(making, "disagreements", lambda *_: ["pose_parse"])
    (line,) = make(drawn, out, pipeline, limit=1).lines.values()
    assert line.notes == (said("done on the CPU"),)
    assert line.warnings[0] == "pose_parse"


def test_a_picture_is_written_after_its_stages(drawn: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its presence says that the pair is done."""

    def fail(*_: Any) -> None:
        raise TryOnError("text", text="disk full")

    monkeypatch.setattr(making, "save_stages", fail)
    outcome = make(drawn, out, stages=True, limit=1)
    assert [line.sentence for line in outcome.failures] == ["disk full"]
    assert contents(out) == {}


def black_out(path: Path) -> None:
    Image.new("RGB", (192, 256)).save(path)


def spoil(records: list[Record], index: int, kind: str) -> str:
    """Spoil one pair; the words its sentence must have."""
    record = records[index]
    match kind:
        case "missing photo":
            record.image.unlink()
            return record.image.name
        case "missing pose":
            record.pose.unlink()
            return record.pose.name
        case "cut-off cloth":
            record.cloth.write_bytes(record.cloth.read_bytes()[:2000])
            return record.cloth.name
        case "text for a parse":
            record.parse.write_text("parse")
            return record.parse.name
        case "nobody":
            record.pose.write_text(json.dumps({"people": []}))
            return "no person"
        case "no shoulders":
            numbers = np.zeros((25, 3))
            numbers[[9, 10, 11]] = (50, 200, 1), (52, 220, 1), (54, 240, 1)
            record.pose.write_text(json.dumps({"people": [{"pose_keypoints_2d": numbers.ravel().tolist()}]}))
            return "shoulder"
        case "square photo":
            Image.new("RGB", (200, 200)).save(record.image)
            return "3:4"
        case "empty mask":
            Image.new("L", (192, 256)).save(record.cloth_mask)
            return "empty"
        case "labels out of range":
            Image.fromarray(np.full((256, 192), 33, np.uint8)).save(record.parse)
            return "33"
        case "breaks the pipeline":
            black_out(record.cloth.with_suffix(".png"))
            record.cloth.unlink()
            shutil.move(record.cloth.with_suffix(".png"), record.cloth)
            return "ZeroDivisionError: a black garment"
    raise AssertionError(kind)


BAD = (
    "missing photo",
    "missing pose",
    "cut-off cloth",
    "text for a parse",
    "nobody",
    "no shoulders",
    "square photo",
    "empty mask",
    "labels out of range",
    "breaks the pipeline",
)


@pytest.mark.parametrize("size", [1, 4])
def test_bad_pairs_of_all_kinds_are_listed_and_the_rest_made(many: Path, tmp_path: Path, out: Path, size: int) -> None:
    root = Path(shutil.copytree(many, tmp_path / "many"))
    records = VitonDataset(root, "test").records
    words = {records[index + 1].name: spoil(records, index + 1, kind) for index, kind in enumerate(BAD)}
    outcome = make(root, out, batch=size)
    assert (outcome.made, outcome.failed) == (3, len(BAD))
    assert {*contents(out)} == {f"{records[i].name}_{records[i].name}.png" for i in (0, -2, -1)}
    assert {line.person for line in outcome.failures} == {*words}
    for line in outcome.failures:
        assert words[line.person] in line.sentence
        assert "\n" not in line.sentence


def test_a_full_disk_is_told_for_each_pair(drawn: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    outcome = make(drawn, out)
    assert outcome.by_error == {"picture.unwritable": COUNT}
    assert all("No space left" in line.sentence for line in outcome.failures)
    assert contents(out) == {}


def test_a_plan_knows_the_files_of_a_data_set(drawn: Path) -> None:
    plan = Sources(dataset=drawn).plan(Naming())
    assert list(map(record_of, plan.items)) == VitonDataset(drawn, "test").records
