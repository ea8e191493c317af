"""The tool that compares try-ons with those of another commit: the same code agrees with itself, a change is named."""

import json
from pathlib import Path

import pytest

from tests import golden_tryons


@pytest.mark.slow
def test_the_same_code_agrees_with_itself_and_a_change_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "golden.json"
    assert golden_tryons.main("write", str(file)) == 0
    assert golden_tryons.main("check", str(file)) == 0
    assert "0 of them differ" in capsys.readouterr().out
    written = json.loads(file.read_text(encoding="utf-8"))
    assert {name.split(":")[0] for name in written} >= {"draft", "batch, 1", "default pack, 1024", "alias input"}
    first = next(iter(written))
    file.write_text(json.dumps(written | {first: "something else"}), encoding="utf-8")
    assert golden_tryons.main("check", str(file)) == 1
    assert f"{first} differs: something else" in capsys.readouterr().out
