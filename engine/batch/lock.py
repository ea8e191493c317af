"""One run a folder: a lock of the system's, which ends with the process that holds it, however that ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import TryOnError

_NAME = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make `folder` and hold it, and leave nothing of that in it.

    TryOnError while another process does, and where nothing can be written to it.
    """
    lock = FileLock(folder / _NAME, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise TryOnError("batch.busy", path=folder) from error
    except (OSError, NotImplementedError) as error:
        raise TryOnError("folder.unwritable", path=folder, reason=getattr(error, "strerror", None) or error) from error
    try:
        yield
    finally:
        if os.name != "nt":  # where nothing that is open can be removed, and the lock itself does it
            with suppress(OSError):
                (folder / _NAME).unlink()  # while it is held: whoever comes then finds it gone, and makes another
        lock.release()
