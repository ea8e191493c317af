"""The demo writes what it says it writes, and does not pass untrained networks off as trained."""

from pathlib import Path

import pytest

from engine.images import read_photo
from engine.pipeline import TryOnPipeline
from tests import demo
from tests.packs import narrow_pack
from tests.quick import QuickPipeline


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, tryon_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(demo, "narrow_pipeline", QuickPipeline)
    demo.main()
    said = capsys.readouterr().out
    assert "no trained weights" in said
    assert "out/result.png" in said
    assert read_photo(tmp_path / "out" / "result.png").shape == (512, 384, 3)
    assert read_photo(tmp_path / "out" / "stages.png").shape == (2 * 408, 5 * 288, 3)


def test_with_weights(tryon_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    narrow_pack(tryon_home / "weights" / "default", "default")
    assert isinstance(demo.choose_pipeline(), TryOnPipeline)
    said = capsys.readouterr().out
    assert "weights: default 1" in said
    assert "no trained weights" not in said
