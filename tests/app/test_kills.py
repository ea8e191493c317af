"""A window that is killed at any moment: every file is whole or not there, and what was on the screen comes back."""

import json
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from engine.imaging.images import read_photo
from tests.app.window.conftest import people, tiny_pack
from tests.conftest import ROOT
from tryon_app.model import edit_store

__all__ = ["people", "tiny_pack"]

Line = dict[str, Any]
FIELDS = ("person", "garment", "seed")
FEW, MANY = 2, 50
PATIENCE = 300.0  # seconds for the next line, on a machine as busy as it likes


class Storm:
    """Windows on one home, killed one after the other; `check` after each."""

    def __init__(self, folder: Path, people: Path, pack: Path) -> None:
        self.home, self.out, self.people, self.folder = folder / "home", folder / "out", people, folder
        shutil.copytree(pack, self.home / "weights" / "tiny")
        self.out.mkdir()
        self.settled: Line = {}  # what has to be there

    @contextmanager
    def window(self, number: int) -> Iterator[tuple[psutil.Process, Path]]:
        """A new window and its journal; whatever is left of it ends with the block."""
        journal = self.folder / f"journal-{number}.jsonl"
        journal.touch()
        command = [sys.executable, "-m", "tests.app.killed", self.home, self.people, self.out, journal, str(number)]
        with (self.folder / "said.txt").open("a") as said:
            started = psutil.Popen(command, cwd=ROOT, stderr=said, stdout=said)
        family = [started, *started.children(recursive=True)]
        try:
            yield started, journal
        finally:
            family += started.children(recursive=True) if started.is_running() else []
            for one in family:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            started.wait()

    def lines(self, started: psutil.Process, journal: Path, least: int) -> list[Line]:
        """The journal, once it has so many lines."""
        until = time.monotonic() + PATIENCE
        while len(found := journal.read_text().splitlines()) < least:
            assert started.poll() is None, self.said()
            assert time.monotonic() < until, f"stuck after {found[-1:]}: {self.said()}"
            time.sleep(0.02)
        return [json.loads(line) for line in found]

    def said(self) -> str:
        return (self.folder / "said.txt").read_text()[-3000:]

    def kill(self, number: int, rng: np.random.Generator) -> None:
        """Kill a window after some lines and a moment, then look at what is on the disk."""
        with self.window(number) as (started, journal):
            first = self.lines(started, journal, 1)[0]
            self.check_back(first)
            self.lines(started, journal, int(rng.integers(1, 14)))
            time.sleep(float(rng.uniform(0, 0.4)))
            helpers = started.children(recursive=True)
            started.send_signal(signal.SIGKILL)
            started.wait()
            _, alive = psutil.wait_procs(helpers, PATIENCE)
            assert not alive, "the engine ends when its window is gone"
        self.check([json.loads(line) for line in journal.read_text().splitlines()])

    def session(self) -> Line:
        path = self.home / "project.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def check_back(self, first: Line) -> None:
        """What the window has opened is what the file says."""
        saved = self.session() if self.settled else {}
        if saved:
            assert {name: first[name] for name in FIELDS} == self.open_in(saved)
            assert first["edits"] == sorted(Path(name).stem for name in saved["edits"].values())
            if (self.home / "history" / saved["entry"]).is_dir() and saved["entry"]:
                assert first["entry"] == saved["entry"]

    def open_in(self, saved: Line) -> Line:
        photos = {kind: (saved[kind] or {}).get("path") for kind in ("person", "garment")}
        return {**photos, "seed": saved["seed"]}

    def check(self, lines: list[Line]) -> None:
        """Files are whole; the session is what was last settled, or what was being done since."""
        check_files(self.home)
        check_files(self.out)
        at = max((index for index, line in enumerate(lines) if line["line"] == "settled"), default=-1)
        self.settled = lines[at] if at >= 0 else self.settled
        if not self.settled:
            return
        since, saved = [self.settled, *lines[at + 1 :]], self.session()
        for name, value in self.open_in(saved).items():
            assert value in [line[name] for line in since if name in line], (name, since)
        edits = sorted(Path(name).stem for name in saved["edits"].values())
        assert edits in [line["edits"] for line in since if "edits" in line] or len(since) > 1, since
        if self.settled["entry"]:
            assert (self.home / "history" / self.settled["entry"] / "entry.json").is_file()
            assert saved["entry"] == self.settled["entry"] or len(since) > 1, since


def check_files(folder: Path) -> None:
    """Every file but those still under a name that nobody reads can be read to its end."""
    for path in folder.rglob("*"):
        if not path.is_file() or any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.suffix in (".png", ".jpg") and path.stem not in ("thumbnail", "garment"):
            assert read_photo(path).size
        elif path.suffix == ".json":
            assert json.loads(path.read_text()) is not None
        elif path.suffix == ".npz":
            assert edit_store.read(path.parent, {"parse": path.name})


def storm(folder: Path, people: Path, pack: Path, kills: int) -> None:
    rng = np.random.default_rng(kills)
    windows = Storm(folder, people, pack)
    for number in range(kills):
        windows.kill(number, rng)
    with windows.window(kills) as (started, journal):
        windows.check_back(windows.lines(started, journal, 1)[0])


def test_a_few_kills_lose_nothing(tmp_path: Path, people: Path, tiny_pack: Path) -> None:
    storm(tmp_path, people, tiny_pack, FEW)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_storm_of_kills_loses_nothing(tmp_path: Path, people: Path, tiny_pack: Path) -> None:
    storm(tmp_path, people, tiny_pack, MANY)
