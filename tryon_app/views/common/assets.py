"""Where the program's own pictures, style and translations lie on disk."""

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def asset(*parts: str) -> Path:
    """The path of a file under `resources`, which need not exist; a wheel is always unpacked, so it is a real path."""
    return Path(str(files("resources"))).joinpath(*parts)
