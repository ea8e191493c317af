"""What was computed, by the name of everything it was computed from; the longest unused goes first."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import numpy as np

from tryon_app.workers.answers import Arrays


class Cache:
    """Mappings of arrays by key, up to `limit` bytes together; the newest is kept even where it alone is larger."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._kept: OrderedDict[str, tuple[Arrays, int]] = OrderedDict()
        self._bytes = 0

    def __contains__(self, key: str) -> bool:
        return key in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def bytes(self) -> int:
        """How much is kept."""
        return self._bytes

    def get(self, key: str) -> Arrays | None:
        """What was put under `key`, if it is still there."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: str, value: Arrays) -> None:
        """Keep `value`."""
        self.drop(key)
        size = size_of(value)
        self._kept[key] = value, size
        self._bytes += size
        while self._bytes > self.limit and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1][1]

    def drop(self, key: str) -> None:
        """Forget what is under `key`."""
        found = self._kept.pop(key, None)
        self._bytes -= 0 if found is None else found[1]

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._bytes = 0


def size_of(value: Any) -> int:
    """Bytes of all arrays in `value`."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, Mapping):
        return sum(map(size_of, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(size_of, value))
    return 0
