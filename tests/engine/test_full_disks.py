"""A full disk, a home that cannot be written, a drive that goes away: one sentence, and nothing half-written."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageFile

from engine import cli, networks
from engine.data.cache import cached
from engine.data.layout import VitonDataset
from engine.data.report import Report
from engine.errors import TryOnError
from engine.imaging.images import read_photo, save_picture
from engine.system.files import atomic_path, write_text
from engine.training import checkpoint, run_control, run_folder
from engine.training.events import EventWriter
from engine.weights import write_pack
from tests.conftest import ROOT
from tests.rendered import write_rendered_dataset
from tryon_app.model.places import private_folder

PICTURE = np.random.default_rng(0).integers(0, 256, (96, 72, 3), dtype=np.uint8)
MANY = ("x" * 99,) * 99


@contextmanager
def full_disk(room: int = 1000) -> Iterator[None]:
    """No file may grow beyond `room` bytes, which is met as a full disk is: in the middle of a write."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def pack(folder: Path) -> None:
    write_pack(
        folder / "pack", "full", {"garment": networks.build("garment", {"width": 4})}, "1", "none", [(96, 72)], ""
    )


def pack_cache(folder: Path) -> None:
    cached(VitonDataset(folder / "data", size=(96, 72)), folder / "cache")


WRITERS: dict[str, Callable[[Path], object]] = {
    "picture": lambda folder: save_picture(folder / "a.png", PICTURE),
    "text": lambda folder: write_text(folder / "a.txt", "x" * 9999),
    "report": lambda folder: Report("r", "train", 1, MANY, (), ()).write(folder / "r.json"),
    "checkpoint": lambda folder: checkpoint.save(folder / checkpoint.LAST, {"a": torch.zeros(9999)}),
    "copied checkpoint": lambda folder: checkpoint.copy(folder / "data" / "large", folder / "best.pt"),
    "run": lambda folder: run_folder.claim(folder / "run", "garment", {"many": MANY}),
    "pack": pack,
    "cache": pack_cache,
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_rendered_dataset(tmp_path_factory.mktemp("data"), 2, (96, 72))
    (folder / "large").write_bytes(b"x" * 9999)
    return folder


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_is_said_and_leaves_nothing_half_written(name: str, data: Path, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(data)
    with pytest.raises(TryOnError) as told, full_disk():
        WRITERS[name](tmp_path)
    assert "\n" not in str(told.value)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(tmp_path / "data")] == []


def test_an_older_file_outlives_a_full_disk(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "old")
    with pytest.raises(TryOnError, match=r"a\.txt cannot be written \(File too large\)"), full_disk():
        write_text(tmp_path / "a.txt", "new" * 999)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


def test_events_on_a_full_disk_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="could not be written"), full_disk(50):
        EventWriter(tmp_path).write("progress", 1, losses={"a": 1.0})


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device", "out.json"), OSError(116, "Stale file handle")]
)
def test_what_no_reader_expects_of_a_disk_is_one_sentence_too(
    error: OSError, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit):
        cli.main(["doctor"])
    said = capsys.readouterr().err
    assert (said.count("\n"), error.strerror in said) == (1, True)


def test_a_drive_that_goes_away_while_a_photo_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_picture(tmp_path / "a.png", PICTURE)

    def gone(_: Image.Image) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(ImageFile.ImageFile, "load", gone)
    with pytest.raises(TryOnError, match=r"a\.png cannot be opened \(Input/output error\)"):
        read_photo(tmp_path / "a.png")


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_files_have_the_mode_the_user_wants(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        with atomic_path(tmp_path / "new" / "a.txt") as temporary:
            assert temporary.stat().st_mode & 0o777 == 0o666 & ~mask, "before there is anything in it"
        pack(tmp_path)
    finally:
        os.umask(before)
    assert (tmp_path / "new" / "a.txt").stat().st_mode & 0o777 == 0o666 & ~mask
    assert (tmp_path / "pack").stat().st_mode & 0o777 == 0o777 & ~mask


def test_a_private_folder_is_for_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    for name in ("open", "new"):
        assert private_folder(tmp_path / name).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("home", "room"), [("file/home", 1 << 30), ("home", 1000)])
def test_a_home_that_cannot_be_written_ends_the_window_with_a_sentence(home: str, room: int, tmp_path: Path) -> None:
    """No home at all, and one on a full disk."""
    (tmp_path / "file").touch()
    limited = f"import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({room},) * 2); import tryon_app.__main__ as m; "
    environment = os.environ | {"TRYON_HOME": str(tmp_path / home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", f"{limited}m.main([])"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"tryon-app: {tmp_path / home}, where this program keeps pictures" in done.stderr


def test_a_run_that_nobody_trains_has_no_process(tmp_path: Path) -> None:
    (tmp_path / run_control.PROCESS).write_text('{"pid": 1e999, "created": 1}')
    assert run_control.trained_by(tmp_path) is None
