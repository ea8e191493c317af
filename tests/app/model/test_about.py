"""What the program says of itself, and what a bug report holds and does not hold."""

import traceback
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tryon_app.model import about
from tryon_app.model.faults import fault
from tryon_app.model.report import report


def test_parts_have_versions_and_licences() -> None:
    parts = dict(about.parts())
    assert parts[f"PyTorch {about.version_of('torch')}"] == "BSD-3-Clause"
    assert all(parts.values())
    assert about.version_of("no-such-package") == ""


def test_terms_of_a_checkout_and_of_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = about.terms()
    assert list(ours) == ["NOTICE", "LICENSE"]
    assert ours["NOTICE"] == (ROOT / "NOTICE").read_text(encoding="utf-8")
    (tmp_path / "THIRD_PARTY.txt").write_text("by others", encoding="utf-8")
    monkeypatch.setattr("tryon_app.__file__", str(tmp_path / "tryon_app" / "__init__.pyc"))
    assert about.terms()["THIRD_PARTY.txt"] == "by others"


def test_a_report_says_where_and_not_whose(tmp_path: Path) -> None:
    photo = tmp_path / "Ann Kim" / "Ann.jpg"
    try:
        about.version_of(str(photo.read_bytes()))
    except OSError:
        details = traceback.format_exc()
    details += f'  File "{ROOT}/tryon_app/model/about.py", line 3\n  {Path.home()}/notes\n'
    text = report(fault("home.unwritable", path=photo, reason="no space"), details)
    assert "Ann" not in text
    assert str(tmp_path) not in text
    assert str(ROOT) not in text
    assert str(Path.home()) + "/" not in text
    assert 'File "tryon_app/model/about.py", line 3' in text
    assert "FileNotFoundError: [Errno 2] No such file or directory: '*.jpg'" in text
    assert "no space" in text
    assert f"torch {about.version_of('torch')}" in text


@pytest.mark.parametrize("path", ["C:\\Users\\Ann\\a.png", "\\\\server\\Ann\\a.png", "~/Ann/a.png"])
def test_paths_of_other_systems_name_nobody(path: str) -> None:
    assert "Ann" not in report(fault("internal.window", reason="OSError"), f"cannot read '{path}'")
