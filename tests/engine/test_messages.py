"""Codes, sentences and values: one table, whole, and nothing said beside it."""

from __future__ import annotations

import ast
import json
import pickle
import re
from pathlib import Path

import pytest

from engine.commands import hints
from engine.commands.reporting import complain
from engine.errors import TryOnError
from engine.messages import SENTENCES, Fault, fault, fault_from, said

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for room in ("engine", "tryon_app") for path in sorted((ROOT / room).rglob("*.py"))]


def calls(tree: ast.AST, *names: str) -> list[ast.Call]:
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [node for node in found if isinstance(node.func, ast.Name) and node.func.id in names]


def test_an_error_is_its_code_its_values_and_its_sentence() -> None:
    error = TryOnError("picture.small", path=Path("a.png"), width=3, height=4, least=64)
    assert error.code == "picture.small"
    assert error.values == {"path": "a.png", "width": 3, "height": 4, "least": 64}
    assert str(error) == "The picture a.png has only 3 x 4 pixels; choose one of at least 64 x 64."


def test_an_error_survives_the_way_to_another_process() -> None:
    error = TryOnError("photo.nobody")
    error.path = "photo.jpg"
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, TryOnError)
    assert (again.code, again.values, again.path) == ("photo.nobody", {}, "photo.jpg")
    assert str(again) == str(error)
    assert str(again).startswith("photo.jpg: No person was found")
    assert again.remedy == "box"


def test_values_with_braces_and_line_breaks_are_no_trouble() -> None:
    assert "/tmp/{x}\n{path}.png;" in str(fault("picture.missing", path="/tmp/{x}\n{path}.png"))


@pytest.mark.parametrize("values", [{}, {"file": "a.png"}])
def test_a_missing_value_is_noticed_at_once(values: dict[str, str]) -> None:
    with pytest.raises(KeyError, match="path"):
        TryOnError("picture.missing", **values)


def test_a_fault_goes_through_json_and_an_unknown_one_keeps_its_words() -> None:
    one = fault("seed.range", seed=-1, last=9)
    line = json.loads(json.dumps(one.to_json()))
    assert fault_from(line) == one
    assert line["message"] == str(one)
    changes: list[dict[str, object]] = [{"code": "new.code"}, {"values": {}}, {"values": None}, {"code": 3}]
    for change in changes:
        assert fault_from({**line, **change}) == said(str(one))
    assert fault_from({"message": "From before."}) == Fault("text", {"text": "From before."})
    assert str(fault_from({})) == ""


def test_no_sentence_names_an_option_of_the_command_line() -> None:
    named = {code for code, text in SENTENCES.items() if re.search(r"--[a-z]|`tryon ", text)}
    assert named == {"lpips.missing"}, "which names one of pip's"


def test_every_hint_belongs_to_a_sentence() -> None:
    assert {*hints._HINTS, *hints._OF_KIND} <= SENTENCES.keys()


def test_hints_are_printed_behind_the_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    error = TryOnError("device.no_gpu", name="cuda", count=0)
    complain(error)
    assert capsys.readouterr().err == f"tryon: {error} (--device cpu)\n"
    complain(TryOnError("import.swapped", path="a.pth", kind="matching", other="alias"))
    assert capsys.readouterr().err.endswith("(--alias)\n")
    monkeypatch.setenv("TRYON_ERRORS", "json")
    complain(error)
    told = json.loads(capsys.readouterr().err.removeprefix("tryon: "))
    assert told == {"code": "device.no_gpu", "values": {"name": "cuda", "count": 0}, "message": str(error)}


def test_nothing_is_said_but_by_its_code() -> None:
    """The first argument of every error and fault is a code of the table, or a name for one of several."""
    wrong = []
    for path in SOURCES:
        for call in calls(ast.parse(path.read_text(encoding="utf-8")), "TryOnError", "fault"):
            code = call.args[0] if call.args else None
            known = isinstance(code, ast.Constant) and code.value in SENTENCES and code.value != "text"
            if not known and not isinstance(code, ast.Name | ast.Subscript | ast.Call):
                wrong.append(f"{path.name}:{call.lineno}")
    assert wrong == []


def test_nobody_reads_a_sentence_to_know_what_happened() -> None:
    """Patterns are for names and numbers; the engine's sentences are told apart by their codes."""
    patterns = [
        (path.name, argument.value)
        for path in SOURCES
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "re"
        for argument in call.args[:1]
        if isinstance(argument, ast.Constant)
    ]
    assert patterns
    words = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
    assert [(name, text) for name, text in patterns if words.search(str(text))] == []
    assert sum(bool(words.search(sentence)) for sentence in SENTENCES.values()) > 200, "it would find them"
    built = [path.name for path in SOURCES if "re.escape(" in path.read_text(encoding="utf-8")]
    assert built == []


def test_every_sentence_is_used() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "messages.py")
    unused = {code for code in SENTENCES if f'"{code}"' not in written and not code.startswith("doubt.")}
    assert unused == set()
