"""Where this program keeps what is the user's: weight packs, runs, caches."""

import os
from pathlib import Path

import platformdirs

NAME, TITLE = "tryon-atelier", "Tryon Atelier"
"""Of the distribution and the user's folder, and what people read."""
OLD_NAME = "tryon-studio"  # until 0.1


def home() -> Path:
    """The user data folder of this system or TRYON_HOME where that is set. Not created here.

    The folder of the program's old name stays the user's where it is there and no new one is.
    """
    override = os.environ.get("TRYON_HOME")
    if override:
        return Path(override).expanduser().absolute()
    new, old = (platformdirs.user_data_path(name, appauthor=False) for name in (NAME, OLD_NAME))
    return old if old.is_dir() and not new.exists() else new
