"""Where the window keeps what is the user's: folders in `engine.paths.home`."""

import shutil
from pathlib import Path

from engine.paths import home as home


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


def delete_pictures() -> None:
    """Remove every picture this program has kept: the history, the inbox and edits."""
    for folder in (history_folder(), inbox_folder(), session_folder()):
        shutil.rmtree(folder, ignore_errors=True)


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
