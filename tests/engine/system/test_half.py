"""Whether bf16 is quicker here is found once, and kept."""

import json
from pathlib import Path

import pytest

from engine.system import half


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch, tryon_home: Path) -> list[bool]:
    """What trying answers, one after the other; nothing is known from before."""
    answers = [True, False]
    monkeypatch.setattr(half, "_tried", lambda: answers.pop(0))
    half._kept.cache_clear()
    return answers


def again() -> bool:
    """As another process would ask."""
    half._kept.cache_clear()
    return half.bf16_is_quicker()


def test_it_is_tried_once(tried: list[bool]) -> None:
    assert half.bf16_is_quicker()
    assert again()
    assert tried == [False]


def test_another_processor_is_another_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert half.bf16_is_quicker()
    monkeypatch.setattr(half, "processor", lambda: "another")
    assert not again()
    monkeypatch.undo()
    assert again()


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"torch": 1}'])
def test_a_damaged_file_is_written_anew(text: str, tryon_home: Path) -> None:
    file = tryon_home / "bf16.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    assert half.bf16_is_quicker()
    assert True in json.loads(file.read_text()).values()


def test_a_folder_that_cannot_be_written_is_no_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(half, "home", lambda: tmp_path / "file")
    assert half.bf16_is_quicker()
    assert not again()


def test_trying_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert half._tried() in (True, False)
