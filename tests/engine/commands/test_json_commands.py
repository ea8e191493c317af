"""What commands print for programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine import cli
from tests.packs import narrow_pack


def tryon(*arguments: str | Path) -> int:
    """Exit code of `tryon ARGUMENTS`."""
    try:
        cli.main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Every line of standard output is one JSON object."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_list_and_verify(tryon_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = narrow_pack(tryon_home / "weights" / "mine", "mine")
    (tryon_home / "weights" / "odd").mkdir()
    assert tryon("weights", "list", "--json") == 0
    (answer,) = told(capsys)
    mine = next(one for one in answer["packs"] if one["name"] == "mine")
    assert mine["folder"] == str(pack.folder)
    assert mine["networks"]["alias"]["config"]["width"] == 4
    assert mine["bytes"] == sum(network["bytes"] for network in mine["networks"].values())
    assert not mine["shipped"]
    assert [one["name"] for one in answer["broken"]] == ["odd"]
    assert tryon("weights", "verify", "mine", "--json") == 0
    assert told(capsys) == [{"name": "mine", "folder": str(pack.folder), "problem": "", "fault": None}]
    (pack.folder / "alias.safetensors").unlink()
    assert tryon("weights", "verify", "mine", "--json") == 1
    (bad,) = told(capsys)
    assert "alias.safetensors is missing" in bad["problem"]
    assert bad["fault"]["code"] == "pack.file_missing"
    assert bad["fault"]["message"] == bad["problem"]


def test_import_and_combine(tryon_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    narrow_pack(tmp_path / "one", "one")
    assert tryon("weights", "import", "--json", "--", tmp_path / "one") == 0
    assert told(capsys)[0]["pack"]["name"] == "one"
    assert tryon("weights", "combine", "one", "--with", tmp_path / "one", "--name", "two", "--json") == 0
    assert told(capsys)[0]["pack"]["folder"] == str(tryon_home / "weights" / "two")
    assert tryon("weights", "combine", "one", "--name", "two", "--json") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "exists already" in captured.err


def test_data_check(drawn_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tryon("data", "check", drawn_root, "--paired", "--events") in (0, 1)
    *progress, last = told(capsys)
    assert [one["event"] for one in progress] == ["progress"] * len(progress)
    assert progress[-1]["share"] == 1.0
    assert last["event"] == "report"
    assert last["report"]["samples"] == 10
    assert last["training"]["held_out"] == 2
    assert last["training"]["train"] <= 8


def test_recipes_and_devices(capsys: pytest.CaptureFixture[str]) -> None:
    assert tryon("recipes", "--json") == 0
    (answer,) = told(capsys)
    assert {"segmentation", "matching", "alias"} <= answer["recipes"].keys()
    assert answer["recipes"]["alias"]["network"] == "alias"
    for recipe in answer["recipes"].values():
        assert {"smoke", "small", "paper"} <= recipe["presets"].keys()
        assert recipe["presets"]["smoke"]["steps"] > 0
    assert "tryon" in answer["evaluations"]
    assert answer["devices"][-1]["name"] == "cpu"
    assert "fp16" not in answer["devices"][-1]["precisions"]
    assert tryon("recipes") == 0
    assert "matching\n  smoke: 60 steps of 4" in capsys.readouterr().out


@pytest.fixture(scope="module")
def drawn_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.rendered import write_rendered_dataset

    return write_rendered_dataset(tmp_path_factory.mktemp("drawn"), 10)
