"""Where the window keeps what is the user's: folders in `engine.paths.home`."""

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

from engine.paths import home as home
from tryon_app.model.faults import Fault, fault

_LEFT_OVER = 3600.0  # seconds after which a file that was being written has no writer any more


def history_folder() -> Path:
    """Finished try-ons, one folder each."""
    return home() / "history"


def inbox_folder() -> Path:
    """Pictures that were pasted or dropped without a file of their own."""
    return home() / "inbox"


def session_folder() -> Path:
    """What is open, for the next time."""
    return home() / "session"


def log_folder() -> Path:
    """Logs of the window and of the engine."""
    return home() / "logs"


def settings_file() -> Path:
    """The settings, as text."""
    return home() / "settings.ini"


def private_folder(path: Path) -> Path:
    """Make a folder that only this user can look into, for photos of people; one that is there becomes so too."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one piece, or leave the old one. OSError where the disk takes no more."""
    file = QSaveFile(str(path))
    opened = file.open(QIODevice.OpenModeFlag.WriteOnly)
    if not opened or file.write(content) != len(content) or not file.commit():
        raise OSError(file.errorString())


def prepare() -> Fault | None:
    """Make the folders that hold pictures of people, for this user's eyes only, and see that they can be written.

    What processes that were killed have left half-written goes. Answers what is wrong where nothing can be kept.
    """
    try:
        home().mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (history_folder(), inbox_folder(), session_folder(), log_folder()):
            private_folder(folder)
            _remove_leftovers(folder)
        with tempfile.TemporaryFile(dir=home()) as file:
            file.write(b"?" * 4096)
            file.flush()
    except OSError as error:
        return fault("home.unwritable", path=home(), reason=error.strerror)
    return None


def _remove_leftovers(folder: Path) -> None:
    for path in (*folder.glob(".*"), *folder.glob("session.json.*"), *folder.glob("*.npz.*")):
        if time.time() - path.stat().st_mtime > _LEFT_OVER:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def delete_pictures() -> None:
    """Remove every picture this program has kept: the history, the inbox and edits."""
    for folder in (history_folder(), inbox_folder(), session_folder()):
        shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # `prepare` has said what there is to say
        private_folder(inbox_folder())


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
