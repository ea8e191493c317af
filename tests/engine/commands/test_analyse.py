"""`tryon analyse` and `tryon run` from raw photos, and the sentences that bad photos get."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine import cli
from engine.commands.analyse import parse_box
from engine.errors import TryOnError
from engine.imaging.images import read_labels, read_mask, read_photo, save_picture
from engine.messages import SENTENCES
from engine.pose import read_pose
from tests.engine.analysis.painted import PaintedEstimator, painted_person, pasted
from tests.packs import narrow_pack
from tests.quick import QuickPipeline
from tests.rendered import rendered_pair


@pytest.fixture
def estimator(monkeypatch: pytest.MonkeyPatch) -> PaintedEstimator:
    """Reads paintings where the commands would load a pack's parser."""
    painted = PaintedEstimator()
    monkeypatch.setattr("engine.analysis.common.pack_estimators.load_person_estimator", lambda *_: painted)
    return painted


def tryon(*arguments: object) -> Any:
    return CliRunner().invoke(cli.app, [str(part) for part in arguments])


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "street.png"
    save_picture(path, pasted((painted_person(11, (512, 384)), (300, 60)), size=(600, 900)))
    return path


@pytest.mark.usefixtures("estimator")
def test_analyse_writes_what_other_programs_read(photo: Path, tmp_path: Path) -> None:
    done = tryon("analyse", photo, "-o", tmp_path / "out", "--size", "384x512")
    assert done.exit_code == 0, done.output
    out = tmp_path / "out"
    names = {"image.png", "pose.json", "parse.png", "overlay.png", "people.png", "warnings.json"}
    assert {path.name for path in out.iterdir()} == names
    assert str(out / "pose.json") in done.output
    assert read_labels(out / "parse.png").shape == (512, 384)
    assert read_pose(out / "pose.json", (512, 384)).found(1)
    told = json.loads((out / "warnings.json").read_text())
    assert told["photo_size"] == [900, 600]
    assert len(told["boxes"]) == 1
    assert told["chosen"] == 0
    assert read_photo(out / "overlay.png").shape == (512, 384, 3)
    assert read_photo(out / "people.png").shape == (600, 900, 3)
    # what was written is all that a try-on needs, and the frame has the shape it wants
    again = tmp_path / "again.json"
    again.write_text((out / "pose.json").read_text())
    from engine.analysis.given_files import read_person

    person = read_person(out / "image.png", again, out / "parse.png")
    assert person.framed.box == (0, 0, 384, 512)


def test_analyse_a_garment(tmp_path: Path) -> None:
    pair = rendered_pair(5, (512, 384))
    save_picture(tmp_path / "shirt.png", pair.cloth)
    done = tryon("analyse", tmp_path / "shirt.png", "--garment", "-o", tmp_path / "out", "--size", "384x512")
    assert done.exit_code == 0, done.output
    mask = read_mask(tmp_path / "out" / "mask.png") > 0
    assert (mask & (pair.cloth_mask > 0)).sum() / (mask | (pair.cloth_mask > 0)).sum() > 0.96
    assert json.loads((tmp_path / "out" / "warnings.json").read_text())["plain_background"]


@pytest.mark.usefixtures("estimator")
def test_run_needs_two_photos_and_tells_its_doubts(
    photo: Path, tmp_path: Path, tryon_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow_pack(tryon_home / "weights" / "narrow")
    monkeypatch.setattr("engine.tryon.pipeline.load_pipeline", lambda *_: QuickPipeline())
    save_picture(tmp_path / "shirt.png", rendered_pair(5, (128, 96)).cloth)
    given = ("--person", photo, "--garment", tmp_path / "shirt.png", "--weights", "narrow")
    done = tryon("run", *given, "-o", tmp_path / "new.png")
    assert done.exit_code == 0, done.output
    assert "garment_small: " in done.output
    before, after = read_photo(photo), read_photo(tmp_path / "new.png")
    assert after.shape == before.shape  # the whole photo, at its own size
    assert np.array_equal(after[:, :200], before[:, :200])
    assert not np.array_equal(after, before)
    framed = tryon("run", *given, "-o", tmp_path / "framed.png", "--no-place-back")
    assert framed.exit_code == 0, framed.output
    assert read_photo(tmp_path / "framed.png").shape == (512, 384, 3)


def nobody() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 12, (400, 300, 3), dtype=np.uint8)


def stick_figure() -> np.ndarray:
    picture = np.full((400, 300, 3), 4, np.uint8)
    cv2.circle(picture, (150, 80), 40, (40, 20, 20), 3)
    cv2.line(picture, (150, 120), (150, 250), (40, 20, 20), 3)
    return picture


BAD = {
    "nobody": (nobody(), "No person was found in the photo; choose one that shows a person"),
    "a child's drawing": (stick_figure(), "No person was found in the photo; choose one that shows a person"),
    "black": (np.zeros((400, 300, 3), np.uint8), "it is of one colour; choose a photo of a person"),
}


@pytest.mark.usefixtures("estimator")
def test_a_photo_that_stands_on_its_head_is_turned_and_that_is_said(tmp_path: Path) -> None:
    Image.fromarray(np.ascontiguousarray(painted_person(9)[::-1, ::-1])).save(tmp_path / "turned.png")
    done = tryon("analyse", tmp_path / "turned.png", "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert SENTENCES["doubt.photo_turned"] in " ".join(done.output.split())


@pytest.mark.usefixtures("estimator")
@pytest.mark.parametrize("name", BAD)
def test_bad_photos_of_people_are_named(name: str, tmp_path: Path) -> None:
    picture, sentence = BAD[name]
    Image.fromarray(np.ascontiguousarray(picture)).save(tmp_path / "bad.png")
    done = tryon("analyse", tmp_path / "bad.png", "-o", tmp_path / "out")
    assert isinstance(done.exception, TryOnError)
    assert sentence in str(done.exception)
    assert str(tmp_path / "bad.png") in str(done.exception)
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("estimator")
@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (cv2.resize(painted_person(8), (64, 85), interpolation=cv2.INTER_NEAREST), "small_person"),
        (pasted((painted_person(8), (7000, 100)), size=(700, 10_000)), None),
        (pasted((painted_person(6), (500, 20)), (painted_person(8), (60, 20)), size=(540, 1000)), "two_people"),
    ],
    ids=["64 pixels", "10000 pixels", "two people"],
)
def test_odd_photos_of_people_are_done(picture: np.ndarray, code: str | None, tmp_path: Path) -> None:
    Image.fromarray(np.asarray(picture, dtype=np.uint8)).save(tmp_path / "odd.png")
    done = tryon("analyse", tmp_path / "odd.png", "-o", tmp_path / "out", "--size", "384x512")
    assert done.exit_code == 0, done.output
    assert code is None or f"{code}: " in done.output


def test_a_garment_photo_without_a_garment(tmp_path: Path) -> None:
    Image.fromarray(np.full((300, 200, 3), 250, np.uint8)).save(tmp_path / "paper.png")
    done = tryon("analyse", tmp_path / "paper.png", "--garment", "-o", tmp_path / "out")
    assert isinstance(done.exception, TryOnError)
    assert f"{tmp_path / 'paper.png'}: No garment was found" in str(done.exception)


def test_boxes() -> None:
    assert parse_box("") is None
    assert parse_box("10, 20,300,400.5") == (10, 20, 300, 400.5)
    for text in ("1,2,3", "a,b,c,d", "1,2,3,4,5"):
        with pytest.raises(TryOnError, match="not understood"):
            parse_box(text)


def test_a_pack_without_a_parser_is_wrong_usage(photo: Path, tmp_path: Path, tryon_home: Path) -> None:
    narrow_pack(tryon_home / "weights" / "narrow")
    done = tryon("analyse", photo, "-o", tmp_path / "out", "--weights", "narrow")
    assert done.exit_code == 2
    assert "has no parser network" in done.output
