"""The same pictures twice, on drawn and on real people, with narrow and with published networks."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.data.layout import Record, VitonDataset
from engine.imaging.images import read_photo
from engine.tryon import batch
from tests.engine.tryon.test_batch import contents, tryon
from tests.packs import narrow_pipeline, published_pack
from tests.rendered import write_rendered_dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return write_rendered_dataset(tmp_path / "data", 3, split="test", unpaired=True)


@pytest.fixture
def records(dataset: Path) -> list[Record]:
    return VitonDataset(dataset, "test").records


def assert_repeats(records: list[Record], tmp_path: Path, pipeline: Any, size: tuple[int, int]) -> None:
    for name in ("first", "second"):
        outcome = batch.run_folder(pipeline, records, tmp_path / name, seed=3)
        assert (outcome.made, outcome.failed) == (len(records), [])
    first = contents(tmp_path / "first")
    assert first == contents(tmp_path / "second")
    assert len(first) == len(records)
    for name in first:
        assert read_photo(tmp_path / "first" / name).shape == (*size, 3)


def test_drawn_people_twice(records: list[Record], tmp_path: Path) -> None:
    assert_repeats(records[:1], tmp_path, narrow_pipeline(noise=0.2), (512, 384))


def unpack(shared_data: Path, folder: Path, count: int) -> list[Record]:
    """The first pairs of the real data; they stay in the test's own folder."""
    path = shared_data / "viton256-train-0.zip"
    if not path.is_file():
        pytest.skip(f"{path.name} is not there")
    with zipfile.ZipFile(path) as archive:
        names = sorted({Path(name).name.split(".")[0] for name in archive.namelist() if "/image/" in name})[:count]
        archive.extractall(folder, [m for m in archive.namelist() if Path(m).name.startswith(tuple(names))])
    dataset = VitonDataset(folder, "train")
    assert len(dataset) == count
    return dataset.records


@pytest.mark.slow
def test_20_real_people_twice(shared_data: Path, tmp_path: Path) -> None:
    assert_repeats(unpack(shared_data, tmp_path / "data", 20), tmp_path, narrow_pipeline(noise=0.2), (512, 384))


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
