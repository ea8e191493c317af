"""Both languages: nothing untranslated, nothing out of date, switched while the window is open."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.analysis.common.doubt import CODES, doubt
from engine.labels import ALIAS, LIP, SEGMENTATION
from tests import lupdate_messages
from tests.app.views.conftest import plain
from tryon_app.model.stages import VIEWS
from tryon_app.views.common.assets import asset
from tryon_app.views.common.language import QT_LACKS, Language
from tryon_app.views.photos.photo_slot import PhotoSlot
from tryon_app.views.words.doubts import doubt_sentence
from tryon_app.views.words.names import duration, joint_name, label_name, size_text, view_name, view_tip

ROOT = Path(__file__).resolve().parents[4]
Message = tuple[str, str]
# what is the same in Korean
_NAMES = (
    "Esc",
    "OpenPose",
    "JSON",
    "PNG",
    "JPEG",
    "JPG",
    "WebP",
    "CSV",
    "CPU",
    "GPU",
    "Apple",
    "ALIAS",
    "Tryon",
    "AppModel",
)


def messages(path: Path) -> dict[Message, list[str] | None]:
    """(context, source) -> its translations, None while unfinished."""
    found: dict[Message, list[str] | None] = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            finished = translation.get("type") != "unfinished" and all(forms)
            found[context.findtext("name", ""), message.findtext("source", "")] = forms if finished else None
    return found


def tool(name: str) -> str:
    path = Path(sys.executable).with_name(f"pyside6-{name}")
    if not path.exists():
        pytest.skip(f"{path.name} is not installed")
    return str(path)


@pytest.fixture(scope="module")
def korean() -> dict[Message, list[str] | None]:
    return messages(asset("translations", "studio_ko.ts"))


def test_every_string_is_translated(korean: dict[Message, list[str] | None]) -> None:
    assert [key for key, forms in korean.items() if forms is None] == []


def test_no_source_string_lacks_a_translation(korean: dict[Message, list[str] | None], tmp_path: Path) -> None:
    """A string written after the last `make translations` is found here."""
    copy = tmp_path / "studio_ko.ts"
    shutil.copy(asset("translations", "studio_ko.ts"), copy)
    sources = [str(path) for path in sorted((ROOT / "tryon_app").rglob("*.py"))]
    sources.append(str(lupdate_messages.write(tmp_path / "messages.py")))
    command = [tool("lupdate"), *sources, "-ts", str(copy), "-no-obsolete", "-silent"]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    assert set(messages(copy)) - set(korean) == set()


def test_compiled_translations_are_up_to_date(tmp_path: Path) -> None:
    for code in ("ko", "en"):
        made = tmp_path / f"studio_{code}.qm"
        source = asset("translations", f"studio_{code}.ts")
        subprocess.run([tool("lrelease"), str(source), "-qm", str(made), "-silent"], check=True, capture_output=True)
        assert made.read_bytes() == asset("translations", f"studio_{code}.qm").read_bytes()


def test_placeholders_and_keys_survive_translation(korean: dict[Message, list[str] | None]) -> None:
    pattern = re.compile(r"\{[^}]*\}|%n|%\d")
    for (_, source), forms in korean.items():
        for form in forms or ():
            assert sorted(pattern.findall(form)) == sorted(pattern.findall(source)), source


def test_korean_is_korean(korean: dict[Message, list[str] | None]) -> None:
    """Apart from names, file kinds and keys a translation has Korean letters in it."""
    latin = [source for (_, source), forms in korean.items() for form in forms or () if not re.search("[가-힣]", form)]
    words = {word for source in latin for word in re.findall(r"[A-Za-z]{3,}", re.sub(r"\{\w*\}", "", source))}
    assert words <= {*_NAMES, *(name.lower() for name in _NAMES)}


@pytest.mark.parametrize("code", ["en", "ko"])
def test_everything_the_engine_names_has_words(qapp: QApplication, code: str) -> None:
    Language.install(qapp, code)
    korean = re.compile("[가-힣]")
    names = [view_name(view.key) for view in VIEWS] + [view_tip(view.key) for view in VIEWS]
    names += [label_name(name) for space in (LIP, SEGMENTATION, ALIAS) for name in space.names]
    names += [joint_name(name) for name in ("Nose", "LElbow", "RBigToe", "MidHip", "left small toe", "LEFT_EAR")]
    assert all(names)
    if code == "ko":
        assert [name for name in names if not korean.search(name)] == []


def test_every_doubt_of_the_engine_has_words(qapp: QApplication) -> None:
    Language.install(qapp, "en")
    differs = {code for code in CODES if doubt_sentence(code) != doubt(code).sentence}
    assert differs == {"two_people"}  # the window has boxes to click, a file has not
    Language.install(qapp, "ko")
    assert [code for code in CODES if not re.search("[가-힣]", doubt_sentence(code))] == []


def test_switched_while_it_is_shown(qapp: QApplication, qtbot: QtBot) -> None:
    slot = PhotoSlot("person")
    qtbot.addWidget(slot)
    assert slot.title.text() == "Person"
    Language.install(qapp, "ko")
    qtbot.waitUntil(lambda: slot.title.text() == "사람")
    assert slot.open_button.accessibleName() == "사진 열기…"
    slot.set_picture(plain(30, 40), "Man in a t-shirt")
    assert slot.name.text() == "티셔츠를 입은 남성"
    Language.install(qapp, "en")
    qtbot.waitUntil(lambda: slot.title.text() == "Person")


def test_what_qt_has_no_korean_for_is_korean_too(qapp: QApplication) -> None:
    Language.install(qapp, "ko")
    try:
        for context, text in QT_LACKS:
            assert QCoreApplication.translate(context, text) != text
    finally:
        Language.current().choose("en")


def test_unknown_language_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="tlh"):
        Language.install(qapp, "tlh")


@pytest.mark.parametrize(
    ("seconds", "english", "korean"),
    [
        (0.2, "less than a second", "1초 미만"),
        (1, "1 second", "1초"),
        (45, "45 seconds", "45초"),
        (130, "2 minutes", "2분"),
        (7500, "2 h 5 min", "2시간 5분"),
    ],
)
def test_durations(qapp: QApplication, seconds: float, english: str, korean: str) -> None:
    Language.install(qapp, "en")
    assert duration(seconds) == english
    Language.install(qapp, "ko")
    assert duration(seconds) == korean


def test_sizes() -> None:
    assert [size_text(n) for n in (5, 1536, 150 * 1024, 3 * 2**30)] == ["5 B", "1.5 KiB", "150 KiB", "3.0 GiB"]


def test_no_alias_hides_a_string_from_lupdate() -> None:
    """lupdate knows `tr` and `translate` only by their own names."""
    aliased = re.compile(r"=\s*(?:QCoreApplication\.translate|self\.tr)\s*$", re.MULTILINE)
    wrong = [
        path.name for path in (ROOT / "tryon_app").rglob("*.py") if aliased.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_a_damaged_translation_says_which(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tryon_app.views.common.language.asset", lambda *parts: tmp_path / parts[-1])
    (tmp_path / "studio_ko.qm").write_bytes(b"nothing")
    Language.install(qapp, "en")
    for _ in range(2):  # damaged, then missing
        with pytest.raises(RuntimeError, match=r"studio_ko\.qm is missing or damaged"):
            Language.current().choose("ko")
        (tmp_path / "studio_ko.qm").unlink(missing_ok=True)


def test_every_shipped_sample_has_a_korean_title(korean: dict[Message, list[str] | None]) -> None:
    index = asset("samples", "samples.json")
    titles = [sample["title"] for sample in json.loads(index.read_text(encoding="utf-8"))] if index.is_file() else []
    assert [title for title in titles if not korean.get(("Sample", title))] == []
