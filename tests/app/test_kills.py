"""Processes that are killed at any moment: every file is whole or not there, and what was on the screen comes back."""

import json
import os
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from engine.imaging.images import read_photo
from engine.training import checkpoint
from engine.training.events import read_events
from engine.training.run_control import trained_by
from tests.app.training.conftest import PAIRS, pairs
from tests.app.window.conftest import people, tiny_pack
from tests.conftest import ROOT
from tryon_app.model import edit_store
from tryon_app.workers.launches import read_launch
from tryon_app.workers.training import find_runs

__all__ = ["pairs", "people", "tiny_pack"]

Line = dict[str, Any]
FIELDS = ("person", "garment", "seed")
MANY = 50
PATIENCE = 300.0  # seconds for the next line, on a machine as busy as it likes


class Storm:
    """Windows on one home, killed one after the other, and what works beside them; `check` after each kill.

    pairs: a data set that the windows train on and a batch is made of; None leaves both away. counts: how often each
    kind of process was killed.
    """

    def __init__(self, folder: Path, people: Path, pack: Path, pairs: Path | None = None) -> None:
        self.home, self.out, self.people, self.folder, self.pairs = (
            folder / "home",
            folder / "out",
            people,
            folder,
            pairs,
        )
        shutil.copytree(pack, self.home / "weights" / "tiny")
        self.out.mkdir()
        self.settled: Line = {}  # what has to be there
        self.saved: Line = {}  # the session's file, as the last window left it
        self.counts: Counter[str] = Counter()
        self.windows = 0

    @contextmanager
    def window(self, first: str = "") -> Iterator[tuple[psutil.Popen, Path]]:
        """A new window, whose session has come back, and its journal; whatever is left of it ends with the block."""
        self.windows += 1
        journal = self.folder / f"journal-{self.windows}.jsonl"
        journal.touch()
        told = self.home, self.people, self.out, journal, str(self.windows), first, self.pairs or ""
        with self.started("-m", "tests.app.killed", *map(str, told)) as window:
            self.check_back(self.lines(window, journal, 1)[0])
            yield window, journal

    @contextmanager
    def started(self, *arguments: str) -> Iterator[psutil.Popen]:
        """Another Python; it and all that it has started end with the block, trainings excepted."""
        with (self.folder / "said.txt").open("a") as said:
            process = psutil.Popen(
                [sys.executable, *arguments], cwd=ROOT, stdout=said, stderr=said, env=os.environ | self.places
            )
        family = [process, *family_of(process)]
        try:
            yield process
        finally:
            family += family_of(process)
            for one in family:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            process.wait()

    @property
    def places(self) -> dict[str, str]:
        return {"TRYON_HOME": str(self.home), "TRYON_SHIPPED_WEIGHTS": "/nowhere"}

    def note(self, kind: str) -> None:
        """Such a process was killed, and what it left is as it should be."""
        self.counts[kind] += 1
        with (self.folder / "kills.txt").open("a") as file:
            file.write(f"{time.strftime('%H:%M:%S')} {sum(self.counts.values())} {kind} {self.windows}\n")

    def lines(self, started: psutil.Popen, journal: Path, least: int) -> list[Line]:
        """The journal, once it has so many lines."""
        until = time.monotonic() + PATIENCE
        while len(found := read_lines(journal)) < least:
            assert started.poll() is None, self.said()
            assert time.monotonic() < until, f"stuck after {found[-1:]}: {self.said()}"
            time.sleep(0.02)
        return found

    def said(self) -> str:
        return (self.folder / "said.txt").read_text()[-3000:]

    def kill_window(self, rng: np.random.Generator, first: str = "") -> None:
        """Kill a window after some lines and a moment, or while it does what it was told to do `first`."""
        with self.window(first) as (window, journal):
            lines = 12 if first else int(rng.integers(1, 14))  # three things of three lines come before it
            self.lines(window, journal, lines)
            time.sleep(float(rng.uniform(0, 0.4)))
            self.end_window(window, journal)

    def end_window(self, window: psutil.Popen, journal: Path) -> None:
        helpers = family_of(window)
        window.send_signal(signal.SIGKILL)
        window.wait()
        _, alive = psutil.wait_procs(helpers, PATIENCE)
        assert not alive, "the engine ends when its window is gone"
        self.check(read_lines(journal))

    def kill_engine(self, rng: np.random.Generator) -> None:
        """The engine's process alone: the window goes on with another, and nothing that was there is gone."""
        with self.window() as (window, journal):
            before = len(self.lines(window, journal, int(rng.integers(4, 14))))
            time.sleep(float(rng.uniform(0, 0.4)))
            engine = max(family_of(window), key=lambda one: one.memory_info().rss)
            engine.kill()
            self.lines(window, journal, before + int(rng.integers(3, 8)))
            self.end_window(window, journal)

    def kill_training(self, rng: np.random.Generator) -> None:
        """The process of a training, from its first moment on: the window lets it go on, or begins another."""
        with self.window() as (window, journal):
            self.lines(window, journal, 4)
            time.sleep(float(rng.uniform(0, 15)))
            killed = self.kill_trainers()
            self.check_runs()
            seen = len(self.lines(window, journal, 1))
            self.lines(window, journal, seen + 6)
            assert self.trainers() or killed
            self.end_window(window, journal)

    def kill_trainers(self) -> int:
        """How many there were."""
        found = self.trainers()
        for pid in found:
            with suppress(psutil.NoSuchProcess):
                one = psutil.Process(pid)
                one.kill()
                one.wait(PATIENCE)
        return len(found)

    def trainers(self) -> list[int]:
        runs = self.home / "runs"
        return [pid for folder in find_runs(runs) if (pid := trained_by(folder)) is not None]

    def kill_batch(self, rng: np.random.Generator) -> None:
        """A batch, while it begins or makes pictures; those that are there stay as they are."""
        before = self.pictures()
        with self.started(*self.batch()) as batch:
            time.sleep(float(rng.uniform(0, 4)))
            while batch.poll() is None and rng.random() < 0.9:
                time.sleep(0.3)
            batch.kill()
        assert before.items() <= self.pictures().items()

    def batch(self) -> tuple[str, ...]:
        assert self.pairs is not None
        told = "--dataset", str(self.pairs), "--split", "train", "--weights", "tiny", "--out", str(self.out / "batch")
        return "-m", "engine.cli", "batch", *told

    def pictures(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted((self.out / "batch").glob("[!.]*.png"))}

    def finish_batch(self) -> None:
        """What was killed is gone on with to its end."""
        before = self.pictures()
        with self.started(*self.batch()) as batch:
            assert batch.wait(PATIENCE) == 0, self.said()
        assert before.items() <= self.pictures().items()
        assert len(self.pictures()) == PAIRS

    def finish_training(self) -> None:
        """Whatever was killed last is gone on with to its end, as are those that are still at work."""
        for folder in find_runs(self.home / "runs"):
            ended = any(one.get("status") in ("finished", "stopped") for one in read_events(folder)[-1:])
            if (folder / checkpoint.LAST).is_file() and not ended and trained_by(folder) is None:
                with self.started("-m", "engine.cli", "train", "--out", str(folder), "--resume") as training:
                    assert training.wait(PATIENCE) == 0, self.said()
                assert read_events(folder)[-1]["status"] == "finished"
                assert (folder / "pack" / "pack.json").is_file()

    def check_runs(self) -> None:
        """Each run's checkpoint is whole, and the one that its events speak of last or a later one."""
        for folder in find_runs(self.home / "runs"):
            assert read_launch(folder)["kind"] == "matching"
            told = [one["step"] for one in read_events(folder) if one.get("path") == checkpoint.LAST]
            if (folder / checkpoint.LAST).is_file():
                assert checkpoint.load(folder / checkpoint.LAST)["step"] >= max(told, default=0)
            else:
                assert not told

    def session(self) -> Line:
        path = self.home / "project.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def check_back(self, first: Line) -> None:
        """What the window has opened is what the file says, and every training is listed."""
        assert self.settled.get("runs", {}).keys() <= first["runs"].keys()
        saved = self.saved
        if saved:
            assert {name: first[name] for name in FIELDS} == self.open_in(saved)
            assert first["edits"] == sorted(Path(name).stem for name in saved["edits"].values())
            if (self.home / "history" / saved["entry"]).is_dir() and saved["entry"]:
                assert first["entry"] == saved["entry"]

    def open_in(self, saved: Line) -> Line:
        photos = {kind: (saved[kind] or {}).get("path") for kind in ("person", "garment")}
        return {**photos, "seed": saved["seed"]}

    def hold_trainers(self, hold: Callable[[psutil.Process], None]) -> None:
        """They outlive their window, and would write into what is looked at."""
        for pid in self.trainers():
            hold(psutil.Process(pid))

    def check(self, lines: list[Line]) -> None:
        """Files are whole; the session is what was last settled, or what was being done since."""
        self.hold_trainers(psutil.Process.suspend)
        check_files(self.home)
        check_files(self.out)
        self.check_runs()
        self.hold_trainers(psutil.Process.resume)
        at = max((index for index, line in enumerate(lines) if line["line"] == "settled"), default=-1)
        self.settled = lines[at] if at >= 0 else self.settled
        if not self.settled:
            return
        since, saved = [self.settled, *lines[at + 1 :]], self.session()
        for name, value in self.open_in(saved).items():
            assert value in [line[name] for line in since if name in line], (name, since)
        self.saved = saved
        edits = sorted(Path(name).stem for name in saved["edits"].values())
        assert edits in [line["edits"] for line in since if "edits" in line] or len(since) > 1, since
        if self.settled["entry"]:
            replaced = any("edit" in line for line in since[1:])  # one edit in progress is one entry
            assert (self.home / "history" / self.settled["entry"] / "entry.json").is_file() or replaced
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


def read_lines(journal: Path) -> list[Line]:
    return [json.loads(line) for line in journal.read_text().splitlines()]


def family_of(process: psutil.Process) -> list[psutil.Process]:
    """What it has started, but for trainings, which outlive it."""
    with suppress(psutil.NoSuchProcess):
        return [one for one in process.children(recursive=True) if os.getsid(one.pid) == os.getsid(process.pid)]
    return []


def storm(one: Storm, kills: int, seed: int) -> None:
    """Kill one process after the other; without `pairs` only windows. Then a window looks whether the session is back,
    and is killed over it.
    """
    rng = np.random.default_rng(seed)
    victims: dict[str, Callable[[np.random.Generator], None]] = {"window": one.kill_window}
    if one.pairs is not None:
        victims |= {
            "saving": partial(one.kill_window, first="save"),
            "export": partial(one.kill_window, first="export"),
        }
        victims |= {"engine": one.kill_engine, "training": one.kill_training, "batch": one.kill_batch}
    for number in range(kills):
        kind = list(victims)[number % len(victims)]
        victims[kind](rng)
        one.note(kind)
    with one.window() as (window, journal):
        one.end_window(window, journal)


def test_kills_lose_nothing(tmp_path: Path, people: Path, tiny_pack: Path) -> None:
    one = Storm(tmp_path, people, tiny_pack)
    storm(one, 1, seed=2)  # of a window that has made a picture
    assert one.settled["entry"]


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_storm_of_kills_loses_nothing(tmp_path: Path, people: Path, tiny_pack: Path, pairs: Path) -> None:
    one = Storm(tmp_path, people, tiny_pack, pairs)
    try:
        storm(one, MANY, seed=MANY)
        one.finish_batch()
        one.finish_training()
    finally:
        one.kill_trainers()
    assert sum(one.counts.values()) == MANY
