"""What the engine says about bad files is said in Korean too, for every bad file that a user can drop."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from engine.errors import TryOnError
from engine.images import read_labels, read_mask, read_photo
from engine.openpose import read_pose
from tryon_app.views.data_faults import FAULTS
from tryon_app.views.faults import _FAULTS, fault_sentence
from tryon_app.views.language import Language
from tryon_app.workers.child import NO_MEMORY

Make = Callable[[Path], Path]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def picture(path: Path, size: tuple[int, int], value: int = 0) -> Path:
    Image.fromarray(np.full(size, value, np.uint8)).save(path)
    return path


def coloured(path: Path) -> Path:
    Image.new("RGB", (64, 64), "red").save(path)
    return path


def cut(path: Path) -> Path:
    Image.effect_noise((256, 256), 80).save(path)
    return written(path, path.read_bytes()[:3000])


BAD: dict[str, tuple[Callable[[Path], object], Make]] = {
    "missing": (read_photo, lambda folder: folder / "none.png"),
    "folder": (read_photo, lambda folder: folder),
    "empty": (read_photo, lambda folder: written(folder / "empty.png", b"")),
    "text": (read_photo, lambda folder: written(folder / "a.png", b"hello " * 50)),
    "tiny": (read_photo, lambda folder: picture(folder / "tiny.png", (4, 4))),
    "cut": (read_photo, lambda folder: cut(folder / "cut.png")),
    "jpeg parse": (lambda path: read_labels(path, 20), lambda folder: picture(folder / "parse.jpg", (64, 64))),
    "coloured parse": (lambda path: read_labels(path, 20), lambda folder: coloured(folder / "parse.png")),
    "other labels": (lambda path: read_labels(path, 20), lambda folder: picture(folder / "parse.png", (64, 64), 90)),
    "empty mask": (read_mask, lambda folder: picture(folder / "mask.png", (64, 64))),
    "no json": (lambda path: read_pose(path, (64, 48)), lambda folder: written(folder / "p.json", b"nothing")),
    "no people": (lambda path: read_pose(path, (64, 48)), lambda folder: written(folder / "p.json", b"{}")),
    "nobody": (lambda path: read_pose(path, (64, 48)), lambda folder: written(folder / "p.json", b'{"people": []}')),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_explained_in_korean(name: str, tmp_path: Path, qapp: QApplication) -> None:
    read, make = BAD[name]
    path = make(tmp_path)
    with pytest.raises(TryOnError) as caught:
        read(path)
    Language.install(qapp, "ko")
    korean = fault_sentence(str(caught.value))
    assert re.search("[가-힣]", korean), str(caught.value)
    assert str(path) in korean
    Language.install(qapp, "en")
    assert fault_sentence(str(caught.value)) == str(caught.value)


def test_other_sentences_stay_as_they_are() -> None:
    assert fault_sentence("Something else; do this.") == "Something else; do this."


def test_names_with_braces_and_line_breaks_are_no_trouble() -> None:
    sentence = "There is no file /tmp/{x}\n{path}.png; check the name or choose another picture."
    assert fault_sentence(sentence) == sentence


def test_workers_own_sentence_is_known(qapp: QApplication) -> None:
    Language.install(qapp, "ko")
    assert fault_sentence(NO_MEMORY) != NO_MEMORY


@pytest.mark.parametrize("fault", [str(fault) for fault in (*_FAULTS, *FAULTS)])
def test_every_sentence_is_the_engines_word_for_word(fault: str) -> None:
    """The longest piece of each stands in the source that says it."""
    root = Path(__file__).resolve().parents[3]
    files = [*(root / "engine").rglob("*.py"), *(root / "tryon_app" / "workers").rglob("*.py")]
    source = "".join(re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8")) for path in files)
    longest = max(re.split(r"\{\w+\}", fault), key=len)
    assert longest in source
