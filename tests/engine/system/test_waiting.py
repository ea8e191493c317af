"""Threads that wait do not spin: said before PyTorch is loaded, and only by programs."""

import json
import os
import subprocess
import sys

import pytest

from engine.system.waiting import ALONE, SETTINGS, wait_asleep

ASLEEP = {**SETTINGS, ALONE[0]: ALONE[1]}
NAMES = tuple(ASLEEP)


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in NAMES}


def seen_by(program: str) -> dict[str, str]:
    """The settings in the environment of a process after a program has run in it."""
    report = f"\nimport os, json; print(json.dumps({{n: v for n, v in os.environ.items() if n in {NAMES}}}))"
    done = subprocess.run(
        [sys.executable, "-c", program + report], env=environment(), capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_command_line_says_it_before_pytorch_is_loaded() -> None:
    program = """
import sys
from engine import cli
assert "torch" not in sys.modules
try: cli.main(["recipes", "--help"])
except SystemExit: pass
"""
    assert seen_by(program) == ASLEEP


def test_a_library_leaves_the_environment_alone() -> None:
    assert seen_by("import engine.tryon.pipeline") == {}


def test_after_pytorch_it_is_too_late() -> None:
    assert seen_by("import torch; from engine.system.waiting import wait_asleep; wait_asleep()") == {}


@pytest.mark.parametrize("name", SETTINGS)
def test_what_a_user_has_set_stays(name: str) -> None:
    given = {name: "mine"}
    wait_asleep(given)
    assert given == {name: "mine", ALONE[0]: ALONE[1]}


def test_how_many_threads_numpy_has_says_nothing_of_how_they_wait() -> None:
    given = {ALONE[0]: "4"}
    wait_asleep(given)
    assert given == {**SETTINGS, ALONE[0]: "4"}


def test_the_windows_engine_says_it() -> None:
    program = """
import sys
from tryon_app.workers import child
assert "torch" not in sys.modules
class Stop(Exception): pass
def stop(*_): raise Stop
child._redirect = lambda path: None
child.EventPipe = stop
try: child.serve(None, "p", "log")
except Stop: pass
"""
    assert seen_by(program) == ASLEEP
