"""Votes are read with distrust and counted by the command."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import TryOnError
from engine.experiments.votes import read_votes

GOOD = '{"pair": "p", "left": "a", "right": "b", "chosen": "a"}\n'


def write(run: Path, text: str) -> None:
    (run / "votes").mkdir()
    (run / "votes" / "me.jsonl").write_text(text)


@pytest.mark.parametrize(
    "line", ["a", "[]", "{}", GOOD.replace('"chosen": "a"', '"chosen": "c"'), GOOD.replace('"b"', '"a"')]
)
def test_a_line_that_is_no_vote_is_named(line: str, tmp_path: Path) -> None:
    write(tmp_path, GOOD + line)
    with pytest.raises(TryOnError, match=r"Line 2 of .*me\.jsonl"):
        read_votes(tmp_path)


def test_the_command_counts(tmp_path: Path) -> None:
    nothing = CliRunner().invoke(app, ["experiment", "judge", str(tmp_path), "--count"])
    assert isinstance(nothing.exception, TryOnError)
    write(tmp_path, 9 * GOOD)
    counted = CliRunner().invoke(app, ["experiment", "judge", str(tmp_path), "--count"])
    assert counted.exit_code == 0, counted.output
    assert counted.stdout.index("| a |") < counted.stdout.index("| b |")
    assert (tmp_path / "preference.md").read_text() in counted.stdout + "\n"
