"""Errors about a picture's content, which know no file, get the file's name on their way to the user."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import TryOnError


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """A TryOnError from inside that does not name `path` says it first."""
    try:
        yield
    except TryOnError as error:
        if str(path) not in str(error):
            error.path = str(path)
        raise
