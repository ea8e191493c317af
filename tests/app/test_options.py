"""What `tryon-app` takes on its command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tryon_app.__main__ import NO_DISPLAY, read_options


def test_photos_need_no_option(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.jpg", "b.jpg")]
    for file in files:
        file.touch()
    assert read_options([*map(str, files), "--run"]).photos == [*map(str, files)]
    assert read_options(["--person", str(files[0])]).photos == []


@pytest.mark.parametrize("words", [["none.jpg"], ["--garment", "none.jpg"]])
def test_a_file_that_is_not_there_is_named(words: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"there is no file none\.jpg; check what (the command line|--garment) names"):
        read_options(words)


def test_no_display_gets_one_sentence(tryon_home: Path) -> None:
    """Qt would abort, with a core dump, where no display answers."""
    environment = os.environ | {"QT_QPA_PLATFORM": "no-such-display"}
    command = [sys.executable, "-m", "tryon_app"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert (done.returncode, done.stderr) == (1, NO_DISPLAY + "\n")
