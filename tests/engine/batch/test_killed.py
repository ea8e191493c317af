"""Runs that are killed at random moments and started again: no picture lost, none made twice, none half-written."""

import os
import random
import signal
import subprocess
import sys
import time
import zipfile
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


def kill_and_go_on(command: Sequence[str], out: Path, kills: int, seed: int, moment: float = 0.3) -> int:
    """Kill a run after a few more pictures and a moment, a number of times; then let it end. Its exit code.

    moment: seconds, at most; as long as a picture takes, so that each of its steps may be hit.
    """
    chance, before = random.Random(seed), dict[str, int]()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(kills):
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        wanted = len(before) + chance.randint(0, 4)
        while process.poll() is None and len(done(out)) < wanted:
            time.sleep(0.02)
        time.sleep(chance.random() * moment)
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


def write_table(folder: Path) -> Path:
    """A table of 200 pairs of the photos in `folder`, of which 12 have a broken person or a broken garment."""
    people, garments = (sorted(path.name for path in (folder / kind).iterdir()) for kind in ("people", "garments"))
    pairs = [(person, garment) for person in people for garment in garments]
    assert len(pairs) == 200
    broken = [write_broken(folder / kind) for kind in ("people", "garments")]
    for number, (person, garment) in enumerate(zip(*broken, strict=True)):
        place = number * 16 + 5
        pairs[place] = (person, pairs[place][1]) if number % 2 else (pairs[place][0], garment)
    lines = [f"{person},{garment},SKU-{number:03d}" for number, (person, garment) in enumerate(pairs)]
    (folder / "pairs.csv").write_text("person,garment,name\n" + "\n".join(lines), encoding="utf-8")
    return folder / "pairs.csv"


def write_broken(folder: Path) -> list[str]:
    """Twelve files that no try-on can begin with; the last is not even there."""
    whole = min(folder.iterdir()).read_bytes()
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


def write_real_photos(shared_data: Path, folder: Path) -> None:
    """People of a studio and of the street, and tops on the floor; they stay in the test's own folder."""
    for kind, archive, count in (
        ("people", "viton256-train-5", 5),
        ("people", "ccp", 5),
        ("garments", "garments-cc0", 5),
    ):
        path = shared_data / f"{archive}.zip"
        with zipfile.ZipFile(path) as photos:
            wanted = "/image/" if kind == "people" else "t-shirt/"
            names = sorted(name for name in photos.namelist() if wanted in name and name.endswith(".jpg"))
            for name in names[:: len(names) // count][:count]:
                (folder / kind / f"{archive}-{Path(name).name}").write_bytes(photos.read(name))


def kill_real_makers(folder: Path) -> None:
    """200 pairs with the default networks, 12 of them broken, killed twenty times."""
    table, out = write_table(folder / "in"), folder / "out"
    command = [sys.executable, "-m", "engine.cli", "batch", "--pairs", str(table), "-o", str(out), "--size", "384x512"]
    command += ["--people", str(table.parent / "people"), "--garments", str(table.parent / "garments")]
    assert kill_and_go_on([*command, "--device", "cpu"], out, kills=20, seed=2, moment=6) == 1, "some cannot be made"
    check_whole(out, 188)
    failed = [line for line in Manifest(out).lines.values() if line.status == "failed"]
    assert {line.id for line in failed} == {f"SKU-{number * 16 + 5:03d}" for number in range(12)}
    assert all(line.error and line.error.code.startswith(("picture.", "photo.")) for line in failed)
    assert read_photo(out / "sheet.jpg").shape[0] > 4000


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_two_hundred_real_pairs_killed_twenty_times(shared_data: Path, tmp_path: Path) -> None:
    write_photos(tmp_path / "in", 10, 5)
    write_real_photos(shared_data, tmp_path / "in")
    kill_real_makers(tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_two_hundred_drawn_pairs_killed_twenty_times(tmp_path: Path) -> None:
    write_photos(tmp_path / "in", 20, 10)
    kill_real_makers(tmp_path)
