"""How far an experiment is: every step of a training and every pair that is measured counts on its way."""

import time
from collections.abc import Callable
from typing import Literal

Tell = Callable[[dict[str, object]], None]
Doing = Literal["training", "measuring"]
_EVERY = 1.0  # seconds between two events


class Counter:
    """Tells events "progress": name, doing, done, total, share (0 to 1, of all) and, once it can be said, seconds_left.

    pieces: how many networks there are to train and methods to measure. Those that were done before count as done, but
    not for the time that the others will take.
    """

    def __init__(self, tell: Tell, pieces: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell, self._pieces, self._clock = tell, pieces, clock
        self._over = 0
        self._began: tuple[float, float] | None = None  # when, and at which share, work began
        self._told = float("-inf")

    def reach(self, name: str, doing: Doing, done: int, total: int) -> None:
        """So much of the present piece is done. Told at most once a second."""
        now, share = self._clock(), min(1.0, (self._over + done / total) / self._pieces)
        if self._began is None:
            self._began = now, share
        if now - self._told < _EVERY:
            return
        self._told = now
        began, first = self._began
        left = {"seconds_left": round((now - began) / (share - first) * (1 - share), 1)} if share > first else {}
        told = {"event": "progress", "name": name, "doing": doing, "done": done, "total": total}
        self._tell({**told, "share": round(share, 4), **left})

    def finish(self) -> None:
        """The present piece is over, or was before."""
        self._over += 1
