"""The menu entry and the file type that the command installs for its user."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSettings

from engine.paths import NAME, OLD_NAME
from tryon_app import __main__ as app
from tryon_app.workers.project_format import MIME

NAMESPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "with a space"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setattr("sys.platform", "linux")
    return folder


def test_projects_open_with_this_program(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app.main(["--install-desktop-entry"])
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in written] == ["tryon-atelier.desktop", "tryon-atelier.xml", "tryon-atelier.svg"]
    assert all(path.is_file() and path.is_relative_to(data) for path in written)
    entry = written[0].read_text(encoding="utf-8").splitlines()
    assert f"MimeType={MIME};" in entry
    (command,) = [line for line in entry if line.startswith("Exec=")]
    assert command.endswith(" %F")
    settings = QSettings(str(written[0]), QSettings.Format.IniFormat)
    assert settings.value("Desktop Entry/Type") == "Application"
    kind = ElementTree.parse(written[1]).getroot().find(f"{NAMESPACE}mime-type")
    assert kind is not None
    assert kind.get("type") == MIME
    assert [glob.get("pattern") for glob in kind.findall(f"{NAMESPACE}glob")] == ["*.tryon"]
    app.main(["--install-desktop-entry"])  # twice is as once


def test_the_entry_of_the_old_name_goes(data: Path) -> None:
    old = data / "applications" / f"{OLD_NAME}.desktop"
    old.parent.mkdir(parents=True)
    old.touch()
    app.main(["--install-desktop-entry"])
    assert [path.stem for path in old.parent.iterdir()] == [NAME]


def test_an_appimage_is_named_by_its_file(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is unpacked to is gone when it ends."""
    image = tmp_path / "a b.AppImage"
    image.touch()
    monkeypatch.setenv("APPIMAGE", str(image))
    app.main(["--install-desktop-entry"])
    (entry,) = (data / "applications").iterdir()
    assert f'Exec="{image}" %F' in entry.read_text(encoding="utf-8").splitlines()


def test_the_magic_is_what_a_project_begins_with(data: Path, tmp_path: Path) -> None:
    from tryon_app.workers.project_file import pack

    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "project.json").write_text('{"version": 1}')
    pack(tmp_path / "project", tmp_path / "a.tryon")
    assert zipfile.is_zipfile(tmp_path / "a.tryon")
    begin = (tmp_path / "a.tryon").read_bytes()
    assert (begin[:4], begin[30:].startswith(f"mimetype{MIME}".encode())) == (b"PK\3\4", True)


def test_what_cannot_be_written_is_one_sentence(data: Path) -> None:
    data.parent.mkdir(exist_ok=True)
    data.write_text("a file where the folder should be")
    with pytest.raises(SystemExit, match=r"cannot be written .*; see to its folder"):
        app.main(["--install-desktop-entry"])
