"""SIGTERM and SIGINT ask a run to stop at the end of its step instead of ending it in the middle."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, Protocol


class Signalled(Protocol):
    """ "stop" once a signal has come, None before."""

    def __call__(self) -> Literal["stop"] | None: ...


@contextmanager
def signals_as_stop() -> Iterator[Signalled]:
    """Within the block, the first signal is only noted; a second SIGINT interrupts at once, as the user then means it.

    Signals can only be caught in a process's main thread; elsewhere nothing is caught and None is always returned.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    came: list[int] = []

    def note(number: int, frame: object) -> None:
        if came and number == signal.SIGINT:
            raise KeyboardInterrupt
        came.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: "stop" if came else None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
