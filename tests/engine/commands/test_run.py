"""`tryon run`: one picture with its parameters inside, its stages beside it, and a sentence for each mistake."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine import cli, graph
from engine.commands.run import read_garment, read_person
from engine.data.layout import VitonDataset
from engine.errors import TryOnError
from engine.imaging.images import read_photo
from engine.imaging.saving import read_metadata
from engine.messages import said
from engine.weights import write_pack
from tests.engine.batch.test_maker import make
from tests.packs import filled, narrow_networks, narrow_pack
from tests.quick import QuickPipeline
from tests.rendered import write_rendered_dataset


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("drawn"), 2, split="test", unpaired=True)


@pytest.fixture
def files(drawn: Path, tmp_path: Path) -> dict[str, Path]:
    """Copies of the files of one pair, by the option that takes them."""
    record = VitonDataset(drawn, "test").records[0]
    found = {
        "person": record.image,
        "garment": record.cloth,
        "pose": record.pose,
        "parse": record.parse,
        "mask": record.cloth_mask,
    }
    folder = tmp_path / "files"
    folder.mkdir()
    return {name: Path(shutil.copy(path, folder / f"{name}{path.suffix}")) for name, path in found.items()}


@pytest.fixture
def pack(tryon_home: Path) -> None:
    narrow_pack(tryon_home / "weights" / "narrow", noise=0.2)


def tryon(files: dict[str, Path], out: Path, *arguments: object) -> Any:
    given = [str(part) for name, path in files.items() for part in (f"--{name}", path)]
    rest = [str(part) for part in ("-o", out, "--weights", "narrow", "--device", "cpu", *arguments)]
    return CliRunner().invoke(cli.app, ["run", *given, *rest])


@pytest.mark.usefixtures("pack")
def test_picture_with_parameters_and_stages(files: dict[str, Path], tmp_path: Path) -> None:
    out, stages = tmp_path / "made" / "new.png", tmp_path / "stages"
    done = tryon(files, out, "--seed", 4, "--save-stages", stages)
    assert done.exit_code == 0, done.output
    assert f"{out}  (agnostic" in done.output
    picture = read_photo(out)
    assert picture.shape == (512, 384, 3)
    metadata = read_metadata(out)
    assert metadata.pop("Software").startswith("tryon-atelier")
    assert metadata == {
        "weights": "narrow 1",
        "licence": "none",
        "seed": "4",
        "precision": "fp32",
        "person": "person.jpg",
        "garment": "garment.jpg",
    }
    assert len(list(stages.iterdir())) == 18
    for path in stages.iterdir():
        if path.suffix == ".json":
            assert json.loads(path.read_text())
        else:
            with Image.open(path) as image:
                assert image.size == (384, 512)
                image.load()
    assert np.array_equal(read_photo(stages / "result.png"), picture)

    # what is inside the picture is enough to make it again
    again = tryon(files, tmp_path / "again.png", "--seed", read_metadata(out)["seed"])
    assert again.exit_code == 0
    assert (tmp_path / "again.png").read_bytes() == out.read_bytes()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> QuickPipeline:
    """No networks where only what lies around them is looked at."""
    pipeline = QuickPipeline()
    monkeypatch.setattr("engine.tryon.pipeline.load_pipeline", lambda *_: pipeline)
    return pipeline


def noted(quick: QuickPipeline, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The jobs that it is asked for, as they come."""
    jobs, make = list[Any](), quick.run_batch

    def run_batch(asked: list[Any], *rest: Any) -> list[Any]:
        jobs.extend(asked)
        return make(asked, *rest)

    monkeypatch.setattr(quick, "run_batch", run_batch)
    return jobs


def test_how_long_sleeves_are_can_be_said(
    files: dict[str, Path], tmp_path: Path, tryon_home: Path, quick: QuickPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = narrow_networks() | {"sleeves": filled("sleeves", {"width": 4})}
    write_pack(tryon_home / "weights" / "narrow", "narrow", networks, "1", "none", [(512, 384)], "filled, not trained")
    jobs = noted(quick, monkeypatch)
    for word in graph.SLEEVE_LENGTHS:
        done = tryon(files, tmp_path / "new.png", "--sleeves", word)
        assert done.exit_code == 0, done.output
    assert [tuple(job.given["sleeves"]["reach"].tolist()) for job in jobs] == [
        pytest.approx(graph.sleeves_said(word)) for word in graph.SLEEVE_LENGTHS
    ]
    assert tryon(files, tmp_path / "new.png").exit_code == 0
    assert jobs[-1].given == {}
    assert tryon(files, tmp_path / "new.png", "--sleeves", "wide").exit_code == 2


@pytest.mark.usefixtures("pack")
def test_a_coat_can_be_taken_off(
    files: dict[str, Path], tmp_path: Path, quick: QuickPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = noted(quick, monkeypatch)
    for words in ((), ("--coat",), ("--no-coat",)):
        assert tryon(files, tmp_path / "new.png", *words).exit_code == 0
    assert [job.given.keys() for job in jobs] == [set(), set(), {"coat"}]
    assert not jobs[-1].given["coat"]["stays"].any()


@pytest.mark.usefixtures("pack", "quick")
def test_a_pack_that_looks_at_no_sleeves_is_told_nothing_of_them(files: dict[str, Path], tmp_path: Path) -> None:
    done = tryon(files, tmp_path / "new.png", "--sleeves", "long")
    assert done.exit_code == 2
    assert "has no sleeves network" in done.output


@pytest.mark.usefixtures("pack", "quick")
@pytest.mark.parametrize(("name", "kind"), [("new.jpg", "JPEG"), ("new.WEBP", "WEBP")])
def test_other_formats_hold_the_parameters_too(files: dict[str, Path], tmp_path: Path, name: str, kind: str) -> None:
    done = tryon(files, tmp_path / name)
    assert done.exit_code == 0, done.output
    with Image.open(tmp_path / name) as image:
        assert image.format == kind
    assert read_metadata(tmp_path / name)["weights"] == "narrow 1"


@pytest.mark.usefixtures("pack", "quick")
def test_keep_original_can_be_switched_off(files: dict[str, Path], tmp_path: Path) -> None:
    assert tryon(files, tmp_path / "a.png").exit_code == 0
    assert tryon(files, tmp_path / "b.png", "--no-keep-original").exit_code == 0
    assert not np.array_equal(read_photo(tmp_path / "a.png"), read_photo(tmp_path / "b.png"))


def test_run_and_batch_make_the_same_picture(drawn: Path, files: dict[str, Path], tmp_path: Path) -> None:
    """The same files in the layout of a data set, and given one by one."""
    pipeline = QuickPipeline()
    outcome = make(drawn, tmp_path, pipeline, seed=4, limit=1)
    person = read_person(files["person"], files["pose"], files["parse"])
    garment = read_garment(files["garment"], files["mask"])
    made = pipeline.run(person, garment, 4)
    assert np.array_equal(read_photo(tmp_path / next(iter(outcome.lines.values())).output), made.image)


def test_garment_of_another_shape_is_framed_with_its_mask(files: dict[str, Path]) -> None:
    Image.new("RGB", (300, 300), (200, 30, 40)).save(files["garment"], quality=100)
    mask = np.zeros((300, 300), np.uint8)
    mask[100:200, 50:250] = 255
    Image.fromarray(mask).save(files["mask"])
    garment = read_garment(files["garment"], files["mask"])
    assert garment.size == (1024, 768)
    assert set(np.unique(garment.mask)) == {0, 255}
    scale = 768 / 300
    assert abs((garment.mask > 0).sum() / (100 * 200 * scale**2) - 1) < 0.01
    inside = garment.image[garment.mask > 0]
    assert np.abs(inside.astype(int) - (200, 30, 40)).max() < 12
    assert (garment.image[:100] == 255).all()  # padded with white


def test_parse_of_another_size_is_scaled_to_the_photo(files: dict[str, Path]) -> None:
    wanted = read_person(files["person"], files["pose"], files["parse"])
    with Image.open(files["parse"]) as parse:
        parse.resize((384, 512), Image.Resampling.NEAREST).save(files["parse"])
    person = read_person(files["person"], files["pose"], files["parse"])
    assert np.array_equal(person.parse, wanted.parse)


def resized(path: Path, size: tuple[int, int]) -> None:
    with Image.open(path) as image:
        image.resize(size, Image.Resampling.NEAREST).save(path)


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize("name", ["person", "garment", "pose", "parse", "mask"])
@pytest.mark.parametrize("how", ["missing", "cut off", "text"])
def test_bad_file_is_named(files: dict[str, Path], tmp_path: Path, name: str, how: str) -> None:
    path = files[name]
    if how == "missing":
        path.unlink()
    elif how == "cut off":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    else:
        path.write_text("neither a picture nor keypoints")
    done = tryon(files, tmp_path / "new.png")
    assert isinstance(done.exception, TryOnError)
    assert str(path) in str(done.exception)
    assert not (tmp_path / "new.png").exists()


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [("person", (300, 300), "another shape"), ("parse", (300, 300), "3:4"), ("mask", (100, 200), "mask of this photo")],
)
def test_shapes_that_do_not_fit(files: dict[str, Path], name: str, size: tuple[int, int], words: str) -> None:
    resized(files[name], size)

    def read() -> None:
        read_person(files["person"], files["pose"], files["parse"])
        read_garment(files["garment"], files["mask"])

    with pytest.raises(TryOnError, match=words) as caught:
        read()
    assert str(files[name]) in str(caught.value)


def test_pose_of_another_photo(files: dict[str, Path]) -> None:
    data = json.loads(files["pose"].read_text())
    numbers = np.array(data["people"][0]["pose_keypoints_2d"]).reshape(-1, 3) * (6, 6, 1)
    data["people"][0]["pose_keypoints_2d"] = numbers.ravel().tolist()
    files["pose"].write_text(json.dumps(data))
    with pytest.raises(TryOnError, match="does not fit"):
        read_person(files["person"], files["pose"], files["parse"])


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--size", "300x400"), "sizes are 3:4"),
        (("--size", "1024"), "not understood"),
        (("--weights", "none-such"), "none-such"),
        (("--device", "cuda:99"), "cuda:99"),
        (("--precision", "half"), "half"),
        (("-o", "new.gif"), "new.gif"),
        (("-o", "new"), "new"),
        (("-o", "."), "written as a picture"),
        (("--seed", "x"), "seed"),
    ],
)
def test_wrong_usage(files: dict[str, Path], tmp_path: Path, arguments: tuple[str, str], words: str) -> None:
    done = tryon(files, tmp_path / "new.png", *arguments)
    assert done.exit_code == 2, done.output
    assert words in done.output
    assert "Traceback" not in done.output


def test_missing_option(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli.app, ["run", "-o", str(tmp_path / "new.png")])
    assert done.exit_code == 2


def test_exit_code_of_a_failed_try_on(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files["pose"].unlink()
    arguments = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    with pytest.raises(SystemExit) as caught:
        cli.main(["run", *arguments, "-o", str(tmp_path / "new.png")])
    assert caught.value.code == 1
    said = capsys.readouterr().err
    assert str(files["pose"]) in said
    assert "Traceback" not in said


@pytest.mark.usefixtures("pack")
def test_notes_are_told(files: dict[str, Path], tmp_path: Path, quick: QuickPipeline) -> None:
    quick.notes = (said("it was done on the CPU"),)
    done = tryon(files, tmp_path / "new.png")
    assert done.exit_code == 0
    assert "it was done on the CPU" in done.output
