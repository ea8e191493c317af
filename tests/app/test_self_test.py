"""`tryon-app --self-test` passes here, and says what does not work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tryon_app import self_test
from tryon_app.workers.commands import command_line


@pytest.mark.slow
def test_this_installation_works(tmp_path: Path, tryon_home: Path) -> None:
    """In a process of its own, as the window's application is one a process; the user's folder stays untouched."""
    command = [sys.executable, "-m", "tryon_app", "--self-test"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ | {"TMPDIR": str(tmp_path)})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "default" in done.stdout
    assert "verified" in done.stdout
    assert done.stdout.endswith("try-on of the samples: ok\nself-test: passed\n")
    assert not tryon_home.exists()


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        ("print('  default 1: NOT USABLE: changed')", "default 1: NOT USABLE: changed"),
        ("import sys; sys.exit('no torch')", "no torch"),
        ("print('  default 1: verified')", ""),
    ],
)
def test_what_doctor_finds_fails_it(script: str, trouble: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "command_line", lambda _: [sys.executable, "-c", script])
    assert self_test._look_around().strip() == trouble


def test_a_bundle_starts_the_command_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    for ending in ("", ".exe"):
        monkeypatch.setattr("sys.executable", str(tmp_path / f"tryon-app{ending}"))
        assert command_line(["doctor"]) == [str(tmp_path / f"tryon{ending}"), "doctor"]
