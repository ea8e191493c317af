"""`tryon batch` as a user types it."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.batch.manifest import FILE_NAME, Manifest
from engine.cli import app
from engine.imaging.saving import read_metadata
from engine.weights import Pack, read_pack
from tests.conftest import ROOT
from tests.engine.batch.runs import InThisProcess
from tests.engine.batch.test_maker import contents
from tests.packs import narrow_pack
from tests.rendered import write_rendered_dataset

COUNT = 4
FIRST = "00000_00_00001_00"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rendered_dataset(tmp_path_factory.mktemp("drawn"), COUNT, split="test", unpaired=True)


@pytest.fixture
def dataset(drawn: Path, tmp_path: Path) -> Path:
    """Pairs of this test alone, which it may damage."""
    return Path(shutil.copytree(drawn, tmp_path / "data"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return narrow_pack(tmp_path_factory.mktemp("packed") / "narrow", noise=0.2).folder


@pytest.fixture
def pack(packed: Path, tryon_home: Path) -> Pack:
    return read_pack(Path(shutil.copytree(packed, tryon_home / "weights" / "narrow")))


@pytest.fixture
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command's pictures are made in the process of the test; see `InThisProcess`."""
    monkeypatch.setattr("engine.batch.processes.Processes", InThisProcess)


def tryon(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=True)


def test_command_makes_goes_on_and_lists(dataset: Path, pack: Pack, out: Path, one_process: None) -> None:
    command = ("batch", "--dataset", dataset, "-o", out, "--weights", "narrow", "--device", "cpu", "--workers", 1)
    first = tryon(*command, "--limit", 2)
    assert first.exit_code == 0, first.output
    assert "2 made, 0 there already, 0 failed" in first.output
    before = contents(out)
    assert {*before} == {f"{FIRST}.png", "00001_00_00002_00.png", "sheet.jpg"}
    assert read_metadata(out / f"{FIRST}.png")["weights"] == "narrow 1"
    assert read_metadata(out / f"{FIRST}.png")["seed"] == "0"
    assert Manifest(out).lines[FIRST].parameters["size"] == "384x512"
    (out / f"{FIRST}.png").unlink()
    again = tryon(*command, "--limit", 2)
    assert "1 made, 1 there already" in again.output
    assert contents(out) == before

    (dataset / "test" / "openpose-json" / "00002_00_keypoints.json").unlink()
    third = tryon(*command, "--limit", 3, "--sheet", "pdf")
    assert (out / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert third.exit_code == 1
    assert "0 made, 2 there already, 1 failed" in third.output
    assert "1 failed: data.file_missing" in third.output
    assert "00002_00_keypoints.json" in third.output


def test_dry_run_and_preview(dataset: Path, pack: Pack, out: Path, one_process: None) -> None:
    command = ("batch", "--dataset", dataset, "-o", out, "--weights", "narrow", "--device", "cpu", "--workers", 1)
    (dataset / "test" / "cloth" / "00003_00.jpg").write_bytes(b"")
    dry = tryon(*command, "--dry-run")
    assert dry.exit_code == 1, "something is wrong"
    assert "3 to make, 0 there already" in dry.output
    assert "1 of them cannot be made: 00002_00 + 00003_00" in dry.output
    assert "minutes in 1 processes" in dry.output
    assert "MiB of" in dry.output
    assert not out.exists()
    shown = tryon(*command, "--preview", 2)
    assert shown.exit_code == 1
    assert "1 made, 0 there already, 1 failed" in shown.output
    assert sorted(contents(out)) == [f"{FIRST}.png", "preview.jpg"]
    whole = tryon(*command)
    assert "2 made, 1 there already, 1 failed" in whole.output


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
        (("--names", "{who}"), "{person}"),
        (("--pictures", "nowhere://a"), "nowhere"),
        (("--workers", "0"), "workers"),
    ],
)
def test_wrong_usage(
    dataset: Path, pack: Pack, out: Path, one_process: None, arguments: tuple[str, str], words: str
) -> None:
    done = tryon("batch", "--dataset", dataset, "-o", out, "--weights", "narrow", *arguments)
    assert done.exit_code == 2, done.output
    assert words in done.output.replace("│", " ")
    assert not out.exists()


def test_nothing_to_make(tmp_path: Path, pack: Pack, out: Path) -> None:
    (tmp_path / "data" / "test" / "image").mkdir(parents=True)
    done = tryon("batch", "--dataset", tmp_path / "data", "-o", out, "--weights", "narrow")
    assert done.exit_code == 2
    assert "no pairs" in done.output
    done = tryon("batch", "-o", out)
    assert done.exit_code == 2
    assert "--people and --garments" in done.output


def test_a_killed_run_leaves_only_whole_files(dataset: Path, pack: Pack, out: Path, one_process: None) -> None:
    arguments = ["batch", "--dataset", str(dataset), "-o", str(out), "--weights", str(pack.folder), "--save-stages"]
    arguments += ["--limit", "3", "--workers", "1"]
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
    assert len(list(out.glob("[!.]*.png"))) == 3
    entries = [json.loads(line) for line in (out / FILE_NAME).read_text().splitlines()]
    assert sorted(entry["id"] for entry in entries[1:]) == sorted(Manifest(out).lines)


def test_a_program_that_listens_is_told_what_is_begun_and_what_is_over(dataset: Path, pack: Pack, out: Path) -> None:
    arguments = ["batch", "--dataset", str(dataset), "-o", str(out), "--weights", "narrow", "--device", "cpu"]
    command = [sys.executable, "-m", "engine.cli", *arguments, "--workers", "1", "--limit", "2", "--events"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    events = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert [event["id"] for event in events if event["event"] == "began"] == list(Manifest(out).lines)
    assert [event["finished"] for event in events if event["event"] == "progress"] == [0, 1, 2]
    assert {event["total"] for event in events if event["event"] == "progress"} == {2}


def test_a_run_ends_with_the_program_that_listened(dataset: Path, pack: Pack, out: Path) -> None:
    script = (
        "import subprocess, sys; child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE); "
        "print(child.pid, child.stdout.readline(), flush=True); input()"
    )
    run = [sys.executable, "-m", "engine.cli", "batch", "--dataset", str(dataset), "-o", str(out), "--events"]
    command = [sys.executable, "-c", script, *run, "--weights", "narrow", "--device", "cpu", "--workers", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline().split()[0])
    child = psutil.Process(pid)
    parent.kill()
    parent.wait()
    psutil.wait_procs([child], timeout=60)
    assert not psutil.pid_exists(pid) or child.status() == psutil.STATUS_ZOMBIE
