"""Runs that are killed at random moments and started again: no picture lost, none made twice, none half-written."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from engine.batch.manifest import FILE_NAME, Manifest
from engine.imaging.images import read_photo
from tests.benchmarks.photos import write_photos
from tests.conftest import ROOT
from tests.engine.batch.runs import catalogue

QUICK = """
import sys
from pathlib import Path
from engine.batch.item import Settings
from engine.batch.names import Naming
from engine.batch.plan import Sources
from engine.batch.processes import Processes
from engine.batch.run import run
from tests.engine.batch.runs import RECIPE, load_slower_dot, task_of

if __name__ == "__main__":
    folder, out = map(Path, sys.argv[1:])
    plan = Sources(folder / "people", folder / "garments").plan(Naming())
    with Processes(Settings(), out, RECIPE, 2, load_slower_dot) as engine:
        run(task_of(plan, out), engine)
"""


def done(out: Path) -> dict[str, int]:
    """When the pictures were written of which the manifest says that they are made."""
    lines = Manifest(out).lines.values() if out.exists() else ()
    return {line.id: (out / line.output).stat().st_mtime_ns for line in lines if line.status == "done"}


def kill_and_go_on(command: Sequence[str], out: Path, kills: int, seed: int) -> int:
    """Kill a run after a few more pictures and a moment, a number of times; then let it end. Its exit code."""
    chance, before = random.Random(seed), dict[str, int]()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(kills):
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        wanted = len(before) + chance.randint(0, 4)
        while process.poll() is None and len(done(out)) < wanted:
            time.sleep(0.02)
        time.sleep(chance.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = done(out)
        assert before.items() <= now.items(), "a picture was lost, or made twice"
        before = now
    code = subprocess.run(command, env=environment, cwd=ROOT, check=False, stderr=subprocess.DEVNULL).returncode
    assert before.items() <= done(out).items()
    return code


def check_whole(out: Path, pictures: int) -> None:
    lines = Manifest(out).lines
    made = [line for line in lines.values() if line.status == "done"]
    assert len(made) == pictures
    for line in made:
        assert (out / line.output).stat().st_size == line.bytes
        with Image.open(out / line.output) as picture:
            picture.load()
    assert sorted(path.name for path in out.glob("*.png")) == sorted(line.output for line in made)
    assert list(out.glob(".*.png")) == []
    text = (out / FILE_NAME).read_text(encoding="utf-8").splitlines()
    times = Counter(line.split('"id": ')[1].split(",")[0] for line in text[1:] if '"status": "done"' in line)
    assert {*times.values()} == {1}


def kill_quick_makers(folder: Path, people: int, garments: int, kills: int) -> None:
    """Everybody in everything; the last person's photo is broken."""
    catalogue(folder / "in", people, garments)
    (folder / "in" / "people" / f"p{people - 1:02d}.jpg").write_text("broken")
    script = folder / "script.py"
    script.write_text(QUICK)
    command = [sys.executable, str(script), str(folder / "in"), str(folder / "out")]
    assert kill_and_go_on(command, folder / "out", kills, seed=1) == 0
    check_whole(folder / "out", (people - 1) * garments)


def test_a_run_killed_again_and_again(tmp_path: Path) -> None:
    kill_quick_makers(tmp_path, 6, 5, kills=4)


@pytest.mark.slow
def test_two_hundred_quick_pairs_killed_twenty_times(tmp_path: Path) -> None:
    kill_quick_makers(tmp_path, 20, 10, kills=20)


def write_catalogue(folder: Path) -> Path:
    """20 people, 10 garments, and a table of 200 pairs of which 12 have broken photos."""
    write_photos(folder, 20, 10)
    pairs = [(f"p{person:02d}.jpg", f"g{garment:02d}.jpg") for person in range(20) for garment in range(10)]
    for number, name in enumerate(write_broken(folder / "people")):
        pairs[number * 16 + 5] = (name, pairs[number * 16 + 5][1])
    lines = [f"{person},{garment},SKU-{number:03d}" for number, (person, garment) in enumerate(pairs)]
    (folder / "pairs.csv").write_text("person,garment,name\n" + "\n".join(lines), encoding="utf-8")
    return folder / "pairs.csv"


def write_broken(folder: Path) -> list[str]:
    """Twelve files that no try-on can begin with; the last is not even there."""
    whole = (folder / "p00.jpg").read_bytes()
    plain = {
        name: Image.new("RGB", size, colour)
        for name, size, colour in (
            ("white.jpg", (300, 400), "white"),
            ("black.png", (300, 400), "black"),
            ("small.png", (20, 30), "red"),
            ("thin.png", (2000, 8), "blue"),
        )
    }
    for name, photo in plain.items():
        photo.save(folder / name)
    contents = {
        "empty.jpg": b"", "text.jpg": b"a person", "cut.jpg": whole[: len(whole) // 3], "head.jpg": whole[:300],
        "zeros.jpg": bytes(5000), "page.png": b"<html>not found</html>",
    }  # fmt: skip
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "folder.jpg").mkdir()
    return [*plain, *contents, "folder.jpg", "missing.jpg"]


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_two_hundred_pairs_with_twelve_broken_photos_killed_twenty_times(tmp_path: Path) -> None:
    table, out = write_catalogue(tmp_path / "in"), tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "engine.cli",
        "batch",
        "--pairs",
        str(table),
        "--people",
        str(table.parent / "people"),
    ]
    command += ["--garments", str(table.parent / "garments"), "-o", str(out), "--size", "384x512", "--device", "cpu"]
    assert kill_and_go_on(command, out, kills=20, seed=2) == 1, "some cannot be made"
    check_whole(out, 188)
    failed = {line.id: line for line in Manifest(out).lines.values() if line.status == "failed"}
    assert len(failed) == 12
    assert all(
        line.error is not None and line.error.code.startswith(("picture.", "photo.")) for line in failed.values()
    )
    assert read_photo(out / "sheet.jpg").shape[0] > 4000
