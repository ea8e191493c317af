"""The demo writes what it says it writes, and does not pass untrained networks off as trained."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import TryOnError
from engine.imaging.images import read_photo
from tests import demo

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, tryon_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_a_display_the_window_is_drawn(tmp_path: Path, tryon_home: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment |= {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.demo"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "out/result.png  out/window.png" in done.stdout
    assert read_photo(tmp_path / "out" / "result.png").shape[1] * 4 == read_photo("out/result.png").shape[0] * 3
    assert read_photo(tmp_path / "out" / "window.png").shape[:2] >= (700, 1024)


def test_without_weights(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def none(name: str) -> None:
        raise TryOnError("text", text=f"there is no weight pack {name!r}")

    monkeypatch.setattr(demo, "find_pack", none)
    assert demo.weights(Path("demo"))[0] == "--weights"
    assert "no trained weights" in capsys.readouterr().out


def test_with_weights(tryon_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.weights(Path("demo"))[1].endswith("default")
    said = capsys.readouterr().out
    assert "weights: default" in said
    assert "no trained weights" not in said


@pytest.mark.parametrize(
    ("environment", "platform", "seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "darwin", True),
    ],
)
def test_display(environment: dict[str, str], platform: str, seen: bool) -> None:
    assert demo.has_display(environment, platform) is seen
