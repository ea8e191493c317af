"""Arrays through shared memory: the same on the other side, and nothing stays behind."""

import os
import subprocess
import sys
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import numpy as np
import pytest

from engine.messages import fault
from tryon_app.workers.answers import Result
from tryon_app.workers.messages import Done
from tryon_app.workers.sharing import Sender, SharedArray, last_number, sweep, sweep_dead, unpack


def exists(name: str) -> bool:
    try:
        memory = SharedMemory(name)
    except OSError:
        return False
    memory.close()
    return True


def test_there_and_gone() -> None:
    sender = Sender("tryon-test-a")
    big, small = np.arange(60_000, dtype=np.float32).reshape(2, -1), np.arange(3)
    packed = sender.pack({"big": big, "list": [small, (big[:, ::2], "text", 7)], "none": None})
    assert isinstance(packed["big"], SharedArray)
    assert last_number(packed) == 1
    got = unpack(packed)
    assert np.array_equal(got["big"], big)
    assert np.array_equal(got["list"][1][0], big[:, ::2])
    assert (got["list"][1][1:], got["none"]) == (("text", 7), None)
    assert not exists("tryon-test-a-0")
    with pytest.raises(FileNotFoundError):
        unpack(packed)


def test_arrays_in_dataclasses_travel_too() -> None:
    sender, big = Sender("tryon-test-c"), np.arange(60_000, dtype=np.uint8).reshape(100, -1)
    packed = sender.pack(Done(1, Result({"image": big}, notes=(fault("memory.short"),))))
    assert isinstance(packed.data.arrays["image"], SharedArray)
    assert last_number(packed) == 0
    got = unpack(packed)
    assert (got.id, got.data.notes) == (1, (fault("memory.short"),))
    assert np.array_equal(got.data.image, big)


def test_old_segments_of_a_window_that_is_gone_are_removed(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-S", "-c", ""])
    gone.wait()
    names = [f"tryon-{gone.pid}-ab12cd-e-7", f"tryon-{os.getpid()}-ab12cd-e-7", "tryon-test-b-1", "other"]
    for name in names:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / f"tryon-{gone.pid}-ab12cd-e-8").touch()  # new: perhaps of a process that cannot be seen from here
    sweep_dead(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*names[1:], f"tryon-{gone.pid}-ab12cd-e-8"}


def test_sweep_removes_what_nobody_took() -> None:
    sender = Sender("tryon-test-b")
    for _ in range(3):
        sender.pack(np.zeros(20_000))
    assert exists("tryon-test-b-2")
    sweep("tryon-test-b", 1)
    assert not any(exists(f"tryon-test-b-{number}") for number in range(3))
