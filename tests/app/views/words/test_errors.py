"""What the engine says about bad files is said in Korean too, for every bad file that a user can drop."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from engine.errors import TryOnError
from engine.imaging.images import read_labels, read_mask, read_photo
from engine.pose import read_pose
from tryon_app.model.faults import SENTENCES, fault, said
from tryon_app.views.common.language import Language
from tryon_app.views.words import errors
from tryon_app.views.words.errors import fault_sentence

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
    korean = fault_sentence(caught.value.fault)
    assert re.search("[가-힣]", korean), str(caught.value)
    assert str(path) in korean
    Language.install(qapp, "en")
    assert fault_sentence(caught.value.fault) == str(caught.value)


def test_words_of_others_stay_as_they_are(qapp: QApplication) -> None:
    Language.install(qapp, "ko")
    assert fault_sentence(said("Something else; do this.")) == "Something else; do this."
    assert fault_sentence(said("")) == ""


def test_names_with_braces_and_line_breaks_are_no_trouble() -> None:
    one = fault("picture.missing", path="/tmp/{x}\n{path}.png")
    assert fault_sentence(one) == "There is no file /tmp/{x}\n{path}.png; check the name or choose another picture."


def test_a_sentence_that_follows_the_programs_name_becomes_whole(qapp: QApplication) -> None:
    Language.install(qapp, "en")
    one = fault("seed.range", seed=-1, last=9)
    assert str(one) == "the seed -1 is not a whole number from 0 to 9; choose another"
    assert fault_sentence(one) == "The seed -1 is not a whole number from 0 to 9; choose another."
    assert fault_sentence(fault("picture.folder", path="photos")).startswith("photos is a folder"), "names are kept"


@pytest.mark.parametrize("code", [code for code in SENTENCES if code != "text"])
def test_every_sentence_is_said_in_both_languages(code: str, qapp: QApplication) -> None:
    one = fault(code, **{name: name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name})
    Language.install(qapp, "en")
    english = fault_sentence(one)
    assert english.removesuffix(".").casefold() == str(one).removesuffix(".").casefold()
    Language.install(qapp, "ko")
    assert re.search("[가-힣]", fault_sentence(one))


def test_nothing_is_told_by_its_english_words() -> None:
    """A sentence is known by its code: the words of the window match none of the engine's."""
    assert "import re" not in Path(errors.__file__).read_text(encoding="utf-8")
