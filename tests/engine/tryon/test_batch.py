"""Whole data sets: resumable, repeatable, and one bad pair never stops the rest."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.commands.hints import with_hint
from engine.data.layout import Record, VitonDataset
from engine.errors import Aborted, TryOnError
from engine.imaging.images import read_photo
from engine.imaging.saving import read_metadata
from engine.messages import said
from engine.tryon import batch
from engine.weights import Pack
from tests.packs import narrow_pack
from tests.quick import QuickPipeline
from tests.rendered import write_rendered_dataset

ROOT = Path(__file__).parents[3]
COUNT = 5


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("drawn"), COUNT, split="test", unpaired=True)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("many"), len(BAD) + 3, split="test")


@pytest.fixture
def dataset(drawn: Path, tmp_path: Path) -> Path:
    """A copy that the test may spoil."""
    return Path(shutil.copytree(drawn, tmp_path / "data"))


@pytest.fixture
def records(dataset: Path) -> list[Record]:
    return VitonDataset(dataset, "test").records


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run_folder(records: list[Record], out: Path, pipeline: Any = None, **options: Any) -> batch.Outcome:
    return batch.run_folder(pipeline or QuickPipeline(), records, out, **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- what is made -------------------------------------------------------------------------------------------------


def test_every_pair_becomes_a_picture(records: list[Record], out: Path) -> None:
    outcome = run_folder(records, out, metadata={"weights": "w 1"})
    assert (outcome.made, outcome.skipped, outcome.failed, outcome.finished) == (COUNT, 0, [], COUNT)
    assert {path.name for path in out.iterdir()} == {f"0000{i}_00_0000{(i + 1) % COUNT}_00.png" for i in range(COUNT)}
    path = out / "00001_00_00002_00.png"
    assert read_photo(path).shape == (512, 384, 3)
    assert read_metadata(path) == {"weights": "w 1", "person": "00001_00", "garment": "00002_00"}


@pytest.mark.parametrize("size", [1, 2, 3, 9])
def test_pictures_do_not_depend_on_the_batch(records: list[Record], tmp_path: Path, size: int) -> None:
    pipeline = QuickPipeline()
    run_folder(records, tmp_path / "a", batch=size, pipeline=pipeline)
    run_folder(records, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert sum(pipeline.batches) == COUNT
    assert max(pipeline.batches) == min(size, COUNT)


def test_options_reach_the_pipeline(records: list[Record], tmp_path: Path) -> None:
    choices: list[dict[str, Any]] = [{}, {"seed": 7}, {"keep_original": False}]
    made = []
    for index, options in enumerate(choices):
        run_folder(records[:1], tmp_path / str(index), **options)
        made.append(contents(tmp_path / str(index)))
    assert made[0] != made[1]
    assert made[0] != made[2]


def test_stages_are_written_beside(records: list[Record], out: Path) -> None:
    run_folder(records[:2], out, stages=True)
    folders = {path.name for path in (out / "stages").iterdir()}
    assert folders == {"00000_00_00001_00", "00001_00_00002_00"}
    assert len(list((out / "stages" / "00000_00_00001_00").iterdir())) == 17


def test_published_names(records: list[Record], out: Path) -> None:
    run_folder(records, out, extension="jpg")
    assert {path.name for path in out.iterdir()} == {f"0000{i}_0000{(i + 1) % COUNT}_00.jpg" for i in range(COUNT)}
    with Image.open(out / "00001_00002_00.jpg") as picture:
        assert (picture.format, picture.size) == ("JPEG", (384, 512))


def test_notes_are_told_once(records: list[Record], out: Path) -> None:
    pipeline = QuickPipeline()
    pipeline.notes = (said("done on the CPU"),)
    assert run_folder(records, out, pipeline).notes == [said("done on the CPU")]


def test_progress_after_every_pair(records: list[Record], out: Path) -> None:
    records[1].image.unlink()
    (out).mkdir()
    (out / batch.output_name(records[0], "png")).write_bytes(b"")
    seen: list[int] = []
    run_folder(records, out, batch=2, progress=lambda outcome: seen.append(outcome.finished))
    assert seen == [2, 3, 4, 5]


# --- going on -----------------------------------------------------------------------------------------------------


def test_deleted_picture_is_made_again_and_no_other(records: list[Record], out: Path) -> None:
    run_folder(records, out)
    before = contents(out)
    times = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    gone = batch.output_name(records[2], "png")
    (out / gone).unlink()
    pipeline = QuickPipeline()
    outcome = run_folder(records, out, pipeline)
    assert (outcome.made, outcome.skipped, pipeline.batches) == (1, COUNT - 1, [1])
    assert contents(out) == before
    assert {path.name for path in out.iterdir() if path.stat().st_mtime_ns != times[path.name]} == {gone}


def test_finished_folder_reads_no_file(records: list[Record], dataset: Path, out: Path) -> None:
    run_folder(records, out)
    shutil.rmtree(dataset)
    outcome = run_folder(records, out)
    assert (outcome.made, outcome.skipped, outcome.failed) == (0, COUNT, [])


def test_abort_leaves_only_whole_pictures_and_the_rest_can_be_made(records: list[Record], tmp_path: Path) -> None:
    made: list[int] = []
    with pytest.raises(Aborted):
        run_folder(
            records,
            tmp_path / "a",
            progress=lambda outcome: made.append(outcome.made),
            abort=lambda: len(made) == 2,
        )
    assert len(contents(tmp_path / "a")) == 2
    for path in (tmp_path / "a").iterdir():
        assert read_photo(path).shape == (512, 384, 3)
    assert run_folder(records, tmp_path / "a").made == COUNT - 2
    run_folder(records, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_abort_is_asked_even_where_nothing_can_be_read(records: list[Record], out: Path) -> None:
    for record in records:
        record.image.unlink()
    with pytest.raises(Aborted):
        run_folder(records, out, abort=lambda: True)


def test_interrupt_while_a_picture_is_written_leaves_no_piece(
    records: list[Record], out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Image.Image.save

    def interrupted(image: Image.Image, path: Any, *args: Any, **options: Any) -> None:
        save(image, path, *args, **options)
        Path(path).write_bytes(Path(path).read_bytes()[:100])
        raise KeyboardInterrupt

    monkeypatch.setattr(Image.Image, "save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_folder(records, out)
    assert contents(out) == {}


def test_picture_is_written_after_its_stages(records: list[Record], out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its presence says that the pair is done."""

    def fail(*_: Any) -> None:
        raise TryOnError("text", text="disk full")

    monkeypatch.setattr(batch, "save_stages", fail)
    outcome = run_folder(records[:1], out, stages=True)
    assert outcome.failed == [("00000_00 + 00001_00", "disk full")]
    assert contents(out) == {}


def test_overwrite_begins_by_removing_so_that_it_can_be_resumed(records: list[Record], out: Path) -> None:
    """A stopped run with --overwrite must not leave old pictures that look finished."""
    run_folder(records, out)
    made: list[int] = []
    with pytest.raises(Aborted):
        run_folder(
            records,
            out,
            seed=7,
            overwrite=True,
            progress=lambda outcome: made.append(outcome.made),
            abort=lambda: len(made) == 1,
        )
    assert len(contents(out)) == 1
    assert run_folder(records, out, seed=7).made == COUNT - 1


# --- bad pairs ----------------------------------------------------------------------------------------------------


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
    outcome = run_folder(records, out, batch=size)
    assert outcome.made == 3
    assert {path.name for path in out.iterdir()} == {batch.output_name(records[i], "png") for i in (0, -2, -1)}
    assert sorted(name for name, _ in outcome.failed) == sorted(f"{name} + {name}" for name in words)
    for name, sentence in outcome.failed:
        assert words[name.split(" + ")[0]] in sentence
        assert "\n" not in sentence


def test_repaired_pair_is_made_by_the_next_run(records: list[Record], out: Path) -> None:
    pose = records[1].pose.read_bytes()
    records[1].pose.write_text("no json")
    assert len(run_folder(records, out).failed) == 1
    records[1].pose.write_bytes(pose)
    outcome = run_folder(records, out)
    assert (outcome.made, outcome.skipped, outcome.failed) == (1, COUNT - 1, [])


def test_full_disk_is_told_for_each_pair(records: list[Record], out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    outcome = run_folder(records, out)
    assert len(outcome.failed) == COUNT
    assert all("No space left" in sentence for _, sentence in outcome.failed)
    assert contents(out) == {}


# --- names and settings -------------------------------------------------------------------------------------------


def with_names(record: Record, person: str, garment: str) -> Record:
    return Record(**{**vars(record), "name": person, "cloth_name": garment})


def test_names_that_collide_are_refused_before_anything_is_made(records: list[Record], out: Path) -> None:
    twins = [with_names(records[0], "00001_00", "c"), with_names(records[1], "00001_01", "c")]
    with pytest.raises(TryOnError, match=r"00001_c\.jpg.*a format whose names hold") as caught:
        run_folder(twins, out, extension="jpg")
    assert with_hint(caught.value).endswith("(--format png)")
    assert not out.exists()
    assert run_folder(twins, out).made == 2
    for extension in ("png", "webp", "jpg"):
        with pytest.raises(TryOnError, match="repeated"):
            batch.check_names([records[0], records[0]], extension)
    with pytest.raises(TryOnError, match=r"a_b_c\.png"):
        batch.check_names([with_names(records[0], "a_b", "c"), with_names(records[0], "a", "b_c")], "png")


def test_no_records(out: Path) -> None:
    assert run_folder([], out).finished == 0


def test_folder_remembers_its_settings(out: Path) -> None:
    batch.claim_folder(out, {"seed": 1, "size": "384x512"}, overwrite=False)
    batch.claim_folder(out, {"seed": 1, "size": "384x512"}, overwrite=False)
    with pytest.raises(TryOnError, match="seed 1, not 2"):
        batch.claim_folder(out, {"seed": 2, "size": "384x512"}, overwrite=False)
    batch.claim_folder(out, {"seed": 2, "size": "384x512"}, overwrite=True)
    batch.claim_folder(out, {"seed": 2, "size": "384x512"}, overwrite=False)


@pytest.mark.parametrize("content", ["", "[1, 2]", "null", "{", "\x00"])
def test_damaged_settings_are_not_guessed(out: Path, content: str) -> None:
    out.mkdir()
    (out / "batch.json").write_text(content)
    with pytest.raises(TryOnError, match=r"batch\.json"):
        batch.claim_folder(out, {"seed": 1}, overwrite=False)
    batch.claim_folder(out, {"seed": 1}, overwrite=True)


def test_somebody_elses_pictures_are_not_taken_for_finished(out: Path) -> None:
    out.mkdir()
    (out / "00001_00002_00.jpg").write_bytes(b"from another program")
    with pytest.raises(TryOnError, match="how they were made"):
        batch.claim_folder(out, {"seed": 1}, overwrite=False)
    assert (out / "00001_00002_00.jpg").exists()


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(TryOnError, match="out"):
        batch.claim_folder(tmp_path / "out", {"seed": 1}, overwrite=False)


# --- as a user types it -------------------------------------------------------------------------------------------


@pytest.fixture
def pack(tryon_home: Path) -> Pack:
    return narrow_pack(tryon_home / "weights" / "narrow", noise=0.2)


def tryon(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=True)


def test_command_makes_resumes_and_lists(dataset: Path, pack: Pack, out: Path, records: list[Record]) -> None:
    command = ("batch", "--dataset", dataset, "-o", out, "--weights", "narrow", "--limit", 2, "--device", "cpu")
    first = tryon(*command)
    assert first.exit_code == 0, first.output
    assert "2 made, 0 there already, 0 failed" in first.output
    before = contents(out)
    assert json.loads(before["batch.json"])["size"] == "384x512"
    name = batch.output_name(records[0], "png")
    assert read_metadata(out / name)["weights"] == "narrow 1"
    assert read_metadata(out / name)["seed"] == "0"
    (out / name).unlink()
    again = tryon(*command)
    assert "1 made, 1 there already" in again.output
    assert contents(out) == before

    other = tryon(*command, "--seed", 1)
    assert other.exit_code == 2
    assert "seed" in other.output
    assert contents(out) == before

    records[2].pose.unlink()
    third = tryon(*command[:-4], "--limit", 3)
    assert third.exit_code == 1
    assert "0 made, 2 there already, 1 failed" in third.output
    assert records[2].pose.name in third.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--size", "100x100"), "sizes are 3:4"),
        (("--size", "big"), "not understood"),
        (("--device", "abacus"), "abacus"),
        (("--precision", "fp8"), "fp8"),
        (("--weights", "nothing"), "nothing"),
        (("--format", "gif"), "gif"),
        (("--split", "val"), "val"),
        (("--pairs", "missing.txt"), "missing.txt"),
        (("--seed", "-1"), "seed"),
        (("--seed", "99999999999"), "seed"),
        (("--limit", "0"), "limit"),
    ],
)
def test_wrong_usage(dataset: Path, pack: Pack, out: Path, arguments: tuple[str, str], words: str) -> None:
    done = tryon("batch", "--dataset", dataset, "-o", out, "--weights", "narrow", *arguments)
    assert done.exit_code == 2, done.output
    assert words in done.output.replace("│", " ")
    assert not out.exists()


def test_empty_data_set(tmp_path: Path, pack: Pack, out: Path) -> None:
    (tmp_path / "data" / "test" / "image").mkdir(parents=True)
    done = tryon("batch", "--dataset", tmp_path / "data", "-o", out, "--weights", "narrow")
    assert done.exit_code == 2
    assert "no pairs" in done.output


def test_killed_process_leaves_only_whole_files(dataset: Path, pack: Pack, out: Path) -> None:
    arguments = ["batch", "--dataset", str(dataset), "-o", str(out), "--weights", str(pack.folder), "--save-stages"]
    arguments += ["--limit", "2"]
    process = subprocess.Popen([sys.executable, "-m", "engine.cli", *arguments], cwd=ROOT, env=os.environ)
    try:
        deadline = time.monotonic() + 240
        while process.poll() is None and time.monotonic() < deadline and not list(out.glob("[!.]*.png")):
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait()
    assert list(out.glob("[!.]*.png"))
    for path in out.rglob("[!.]*.png"):
        with Image.open(path) as picture:
            picture.load()
    done = tryon(*arguments)
    assert done.exit_code == 0, done.output
    assert f"0 failed: {out}" in done.output
    assert len(list(out.glob("[!.]*.png"))) == 2
