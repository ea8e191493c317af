"""Arrays from one process to the other through shared memory, so that a picture is copied and never pickled.

Whoever sends makes a segment and forgets it; whoever receives copies it out and removes it. Names are counted, so that
what a killed process left behind can be found and removed.
"""

import os
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SMALL = 16_384  # bytes; below that the pipe itself is quicker
_AHEAD = 64  # segments that can be under way at once, at most


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
        """`value` with every large array in it (in mappings, lists and tuples) replaced by a `SharedArray`."""
        if isinstance(value, np.ndarray):
            return self._share(value) if value.nbytes > _SMALL else np.ascontiguousarray(value)
        if isinstance(value, Mapping):
            return {key: self.pack(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self.pack(item) for item in value)
        return value

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
    if isinstance(value, SharedArray):
        return _taken(value)
    if isinstance(value, dict):
        return {key: unpack(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(unpack(item) for item in value)
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


def last_number(value: Any) -> int:
    """The highest number of a parcel in `value`; -1 where there is none."""
    if isinstance(value, SharedArray):
        return int(value.name.rpartition("-")[2])
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return max((last_number(item) for item in items), default=-1)
