"""Arrays from one process to the other through shared memory, so that a picture is copied and never pickled.

Whoever sends makes a segment and forgets it; whoever receives copies it out and removes it. Names are counted, so that
what a killed process left behind can be found and removed.
"""

import os
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

PREFIX = "tryon"  # of all names; the number of the window's process follows
_SMALL = 16_384  # bytes; below that the pipe itself is quicker
_AHEAD = 64  # segments that can be under way at once, at most
_FOLDER = Path("/dev/shm")  # where Linux shows segments as files
_OLD = 3600.0  # seconds; they are under way for milliseconds


@dataclass(frozen=True)
class SharedArray:
    """An array that lies in shared memory."""

    name: str
    shape: tuple[int, ...]
    dtype: str


class Sender:
    """Puts arrays into segments called PREFIX-0, PREFIX-1 and so on."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.sent = 0
        # Windows removes a segment with its last handle, so there the sender's have to outlive the message.
        self._kept: deque[SharedMemory] = deque(maxlen=_AHEAD if os.name == "nt" else 0)

    def pack(self, value: Any) -> Any:
        """`value` with every large array in it (see `_inside`) replaced by a `SharedArray`."""
        if isinstance(value, np.ndarray):
            return self._share(value) if value.nbytes > _SMALL else np.ascontiguousarray(value)
        return _inside(value, self.pack)

    def _share(self, array: NDArray[Any]) -> SharedArray:
        name = f"{self.prefix}-{self.sent}"
        self.sent += 1
        memory = SharedMemory(name, create=True, size=array.nbytes)
        np.ndarray(array.shape, array.dtype, buffer=memory.buf)[...] = array
        if self._kept.maxlen:
            self._kept.append(memory)
        else:
            memory.close()
        return SharedArray(name, array.shape, array.dtype.str)


def unpack(value: Any) -> Any:
    """`value` with every `SharedArray` replaced by its array, which is a copy; the segments are removed."""
    return _taken(value) if isinstance(value, SharedArray) else _inside(value, unpack)


def _inside(value: Any, change: Callable[[Any], Any]) -> Any:
    """`value` with whatever lies in its mappings, lists, tuples and dataclasses changed."""
    if isinstance(value, Mapping):
        return {key: change(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(change(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: change(getattr(value, one.name)) for one in fields(value)})
    return value


def _taken(shared: SharedArray) -> NDArray[Any]:
    memory = SharedMemory(shared.name)
    try:
        return np.ndarray(shared.shape, shared.dtype, buffer=memory.buf).copy()
    finally:
        memory.close()
        memory.unlink()


def sweep(prefix: str, seen: int) -> None:
    """Remove segments around number `seen` that nobody will take any more, because a process was killed."""
    for number in range(max(0, seen - _AHEAD), seen + _AHEAD):
        try:
            memory = SharedMemory(f"{prefix}-{number}")
        except OSError:
            continue
        memory.close()
        memory.unlink()


def sweep_dead(folder: Path = _FOLDER) -> None:
    """Remove old segments of windows that were killed together with all that would have removed them."""
    for path in folder.glob(f"{PREFIX}-*-*"):
        process = path.name.split("-")[1]
        with suppress(OSError):
            old = time.time() - path.stat().st_mtime > _OLD
            if old and process.isdigit() and not psutil.pid_exists(int(process)):
                path.unlink()


def last_number(value: Any) -> int:
    """The highest number of a `SharedArray` in `value`; -1 where there is none."""
    found = [-1]

    def note(item: Any) -> Any:
        if not isinstance(item, SharedArray):
            return _inside(item, note)
        found.append(int(item.name.rpartition("-")[2]))
        return item

    note(value)
    return max(found)
