"""The program in the user's desktop: its menu entry, and .tryon files that open with it (Linux, freedesktop.org)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from engine.paths import NAME, OLD_NAME, TITLE
from tryon_app.workers.project_format import MIME, SUFFIX

_ENTRY = """[Desktop Entry]
Type=Application
Name={title}
GenericName=Virtual try-on
GenericName[ko]=가상 피팅
Comment=See how a garment looks on a person, from two photos
Comment[ko]=사진 두 장으로 옷을 입은 모습을 봅니다
Exec={command} %F
Icon={name}
Terminal=false
StartupWMClass={name}
Categories=Graphics;Photography;
MimeType={mime};
"""

_TYPE = """<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{mime}">
    <comment>{title} project</comment>
    <comment xml:lang="ko">{title} 프로젝트</comment>
    <sub-class-of type="application/zip"/>
    <icon name="{name}"/>
    <magic priority="60">
      <match type="string" value="PK\\003\\004" offset="0">
        <match type="string" value="mimetype{mime}" offset="30"/>
      </match>
    </magic>
    <glob pattern="*{suffix}"/>
  </mime-type>
</mime-info>
"""


def install(icon: Path) -> list[Path]:
    """Write the user's own desktop entry, MIME type and icon (an SVG); the files. OSError where that cannot be."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    written = write(data, icon, _command())
    for path in _files(data, OLD_NAME):  # else the program would stand in the menus twice
        path.unlink(missing_ok=True)
    _tell("update-mime-database", data / "mime")
    _tell("update-desktop-database", data / "applications")
    return written


def write(data: Path, icon: Path, command: str) -> list[Path]:
    """The three files into a folder of shared data; command: as the specification wants it in Exec."""
    words = {"name": NAME, "title": TITLE, "mime": MIME, "suffix": SUFFIX, "command": command}
    texts = _ENTRY.format(**words), _TYPE.format(**words), icon.read_text(encoding="utf-8")
    files = dict(zip(_files(data, NAME), texts, strict=True))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def _files(data: Path, name: str) -> list[Path]:
    places = f"applications/{name}.desktop", f"mime/packages/{name}.xml", f"icons/hicolor/scalable/apps/{name}.svg"
    return [data / place for place in places]


def _command() -> str:
    """How the desktop starts this program: the AppImage it came in, the installed command, else the module."""
    installed = Path(os.environ.get("APPIMAGE") or Path(sys.executable).with_name("tryon-app"))
    found = str(installed) if installed.exists() else shutil.which("tryon-app")
    return _quoted(found) if found else f"{_quoted(sys.executable)} -m tryon_app"


def _quoted(path: str) -> str:
    """As the specification wants an argument of Exec that may hold spaces."""
    escaped = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in path)
    return f'"{escaped}"'.replace("%", "%%")


def _tell(program: str, folder: Path) -> None:
    """Have the desktop read it again; one without that program does so by itself."""
    if shutil.which(program):
        subprocess.run([program, str(folder)], check=False, capture_output=True, timeout=60)
