"""Files that are either the old ones or the new ones, never half-written."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_path(path: str | Path) -> Iterator[Path]:
    """Yield a temporary path in the folder of `path`; rename it to `path` when the block ends without an error.

    The temporary file keeps the suffix, because encoders choose their format by it. Missing parent folders are made.
    An error or an interrupt inside the block removes the temporary file and leaves `path` as it was.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        _give_default_mode(temporary)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _give_default_mode(path: Path) -> None:
    """mkstemp makes files private to the user; a result should have the mode any other new file has."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
