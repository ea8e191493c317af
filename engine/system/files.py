"""Files that are either the old ones or the new ones, never half-written."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.errors import TryOnError


@contextmanager
def atomic_path(path: str | Path) -> Iterator[Path]:
    """Yield a temporary path in the folder of `path`; rename it to `path` when the block ends without an error.

    The temporary file keeps the suffix, because encoders choose their format by it. Missing parent folders are made.
    Both have the mode any other new file has. An error or an interrupt inside the block removes the temporary file and
    leaves `path` as it was.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.stem[:40]}-{secrets.token_hex(8)}{target.suffix}")
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))  # the system takes the user's mask off
    try:
        yield temporary
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: str | Path, text: str) -> None:
    """Write a text file in one piece. TryOnError where the disk is full or takes no files."""
    try:
        with atomic_path(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TryOnError("file.unwritable", path=path, reason=error.strerror) from error


def synced(path: Path) -> None:
    """Wait until a file is on the disk, and where the system has such a thing, its name in the folder too."""
    for one, mode in ((path, os.O_RDWR), (path.parent, os.O_RDONLY)):
        try:
            handle = os.open(one, mode)
        except OSError:
            continue  # folders cannot be opened everywhere
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_LEFT_OVER = re.compile(r"\..{0,40}-[0-9a-f]{16}(\.[A-Za-z0-9]+)?")


def remove_left_over(folder: Path) -> None:
    """Remove what processes that were killed inside `atomic_path` left; to be called where nobody writes meanwhile."""
    with suppress(OSError):
        for path in folder.iterdir():
            if _LEFT_OVER.fullmatch(path.name):
                path.unlink(missing_ok=True)
