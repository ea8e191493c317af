"""The same pictures twice, on drawn and on real people, with narrow and with published networks."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.data.layout import VitonDataset
from engine.imaging.images import read_photo
from tests.engine.batch.test_maker import contents, make
from tests.engine.commands.test_batch import tryon
from tests.packs import narrow_pipeline, published_pack
from tests.rendered import write_rendered_dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return write_rendered_dataset(tmp_path / "data", 3, split="test", unpaired=True)


def assert_repeats(dataset: Path, tmp_path: Path, pipeline: Any, count: int, split: str = "test") -> None:
    for name in ("first", "second"):
        outcome = make(dataset, tmp_path / name, pipeline, seed=3, limit=count, split=split)
        assert (outcome.made, outcome.failed) == (count, 0)
    first = contents(tmp_path / "first")
    assert first == contents(tmp_path / "second")
    assert len(first) == count
    for name in first:
        assert read_photo(tmp_path / "first" / name).shape == (*pipeline.size, 3)


def test_drawn_people_twice(dataset: Path, tmp_path: Path) -> None:
    assert_repeats(dataset, tmp_path, narrow_pipeline(noise=0.2), 1)


def unpack(shared_data: Path, folder: Path, count: int) -> Path:
    """The first pairs of the real data; they stay in the test's own folder."""
    path = shared_data / "viton256-train-0.zip"
    if not path.is_file():
        pytest.skip(f"{path.name} is not there")
    with zipfile.ZipFile(path) as archive:
        names = sorted({Path(name).name.split(".")[0] for name in archive.namelist() if "/image/" in name})[:count]
        archive.extractall(folder, [m for m in archive.namelist() if Path(m).name.startswith(tuple(names))])
    assert len(VitonDataset(folder, "train")) == count
    return folder


@pytest.mark.slow
def test_20_real_people_twice(shared_data: Path, tmp_path: Path) -> None:
    assert_repeats(unpack(shared_data, tmp_path / "data", 20), tmp_path, narrow_pipeline(noise=0.2), 20, "train")


def full_size(dataset: Path, split: str, tmp_path: Path, check: Callable[[Path], None]) -> None:
    """`tryon batch` with three published checkpoints, imported, at 1024 x 768."""
    published_pack(tmp_path / "checkpoints")
    arguments = ("batch", "--dataset", dataset, "--split", split, "--weights", "published", "--limit", 3)
    for name in ("first", "second"):
        done = tryon(*arguments, "-o", tmp_path / name, "--device", "cpu")
        assert done.exit_code == 0, done.output
        assert "3 made, 0 there already, 0 failed" in done.output
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    pictures = list((tmp_path / "first").glob("*.png"))
    assert len(pictures) == 3
    for path in pictures:
        check(path)


def check_full_size(path: Path) -> None:
    picture = read_photo(path)
    assert picture.shape == (1024, 768, 3)
    assert picture.std() > 10


@pytest.mark.slow
def test_published_widths_on_real_people(shared_data: Path, tmp_path: Path, tryon_home: Path) -> None:
    unpack(shared_data, tmp_path / "data", 3)
    full_size(tmp_path / "data", "train", tmp_path, check_full_size)


@pytest.mark.slow
def test_published_widths_on_drawn_people(dataset: Path, tmp_path: Path, tryon_home: Path) -> None:
    full_size(dataset, "test", tmp_path, check_full_size)
