"""The program in the user's desktop: its menu entry, and .tryon files that open with it (Linux, freedesktop.org)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tryon_app.workers.project_format import MIME, SUFFIX

_NAME = "tryon-studio"

_ENTRY = """[Desktop Entry]
Type=Application
Name=Tryon Studio
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
    <comment>Tryon Studio project</comment>
    <comment xml:lang="ko">Tryon Studio 프로젝트</comment>
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
    _tell("update-mime-database", data / "mime")
    _tell("update-desktop-database", data / "applications")
    return written


def write(data: Path, icon: Path, command: str) -> list[Path]:
    """The three files into a folder of shared data; command: as the specification wants it in Exec."""
    words = {"name": _NAME, "mime": MIME, "suffix": SUFFIX, "command": command}
    files = {
        data / "applications" / f"{_NAME}.desktop": _ENTRY.format(**words),
        data / "mime" / "packages" / f"{_NAME}.xml": _TYPE.format(**words),
        data / "icons" / "hicolor" / "scalable" / "apps" / f"{_NAME}.svg": icon.read_text(encoding="utf-8"),
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


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
