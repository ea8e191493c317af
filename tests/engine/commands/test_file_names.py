"""Names of files as they come from old archives, other systems and careless hands: escapes, never a crash."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.imaging.images import read_metadata, read_photo, save_picture
from tests.conftest import ROOT

CP949 = os.fsdecode("한글".encode("cp949"))
ESCAPED = r"\xc7ѱ\xdb"  # two of the four bytes happen to be a letter in UTF-8
needs_bytes = pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes for a name")


def tryon(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "engine.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, env=os.environ | environment, cwd=ROOT, check=False)


@needs_bytes
@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "latin-1"])
def test_names_are_printed_with_escapes_where_need_be(tmp_path: Path, encoding: str) -> None:
    done = tryon("data", "check", tmp_path / CP949, PYTHONIOENCODING=encoding)
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr
    assert (ESCAPED if encoding == "utf-8" else r"\xc7\u0471\xdb") in done.stderr.decode(encoding)
    done = tryon("data", "check", tmp_path / "한글", PYTHONIOENCODING=encoding)
    assert b"Traceback" not in done.stderr
    assert (r"\ud55c\uae00" if encoding == "latin-1" else "한글") in done.stderr.decode(encoding)


@needs_bytes
def test_programs_get_json_that_holds_the_name(tmp_path: Path) -> None:
    done = tryon("data", "check", tmp_path / CP949, TRYON_ERRORS="json")
    said = json.loads(done.stderr.decode().strip().removeprefix("tryon: "))
    assert said["values"]["path"] == str(tmp_path / CP949 / "train" / "image")


@needs_bytes
def test_pictures_of_such_names_are_read_and_written(tmp_path: Path) -> None:
    path = tmp_path / f"{CP949}.png"
    picture = np.random.default_rng(0).integers(0, 256, (80, 64, 3), dtype=np.uint8)
    for suffix in (".png", ".jpg", ".webp"):
        path = path.with_suffix(suffix)
        save_picture(path, picture, {"person": path.name})
        assert read_photo(path).shape == picture.shape
        assert read_metadata(path)["person"] == ESCAPED + suffix


@pytest.mark.parametrize(
    "name", ["two\nlines.jpg", "tab\t.jpg", "x" * 400 + ".jpg", "a/" * 3000 + "b.jpg", "%s{path}.jpg"]
)
def test_odd_names_get_one_line(tmp_path: Path, name: str) -> None:
    photo = tmp_path / name
    Image.new("RGB", (80, 80), "red").save(tmp_path / "garment.jpg")
    done = tryon("analyse", photo, "--garment", "-o", tmp_path / "out", "--weights", "none-such")
    assert done.returncode in (1, 2)
    assert done.stderr.decode().count("\n") == 1
    assert done.stderr.startswith(b"tryon: ")
