"""Where this program keeps what is the user's: weight packs, runs, caches."""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The user data folder of this system for `tryon-studio`, or TRYON_HOME where that is set. Not created here."""
    override = os.environ.get("TRYON_HOME")
    if override:
        return Path(override).expanduser().absolute()
    return platformdirs.user_data_path("tryon-studio", appauthor=False)
