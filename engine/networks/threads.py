"""Bands of rows shared out to threads, each of which works through whole bands by itself.

PyTorch's own threading splits every operation and waits for the slowest thread at its end. With a dozen operations a
band that costs a fifth of the time on an idle machine, and far more where another program takes one of the cores.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache
from queue import SimpleQueue
from threading import Barrier, Lock

import torch

Band = tuple[int, int]
"""First row, and the row after the last."""
Report = Callable[[float], None]
"""Called between bands with the share of the work that is done, 0 to 1. What it raises ends the work."""

_making = Lock()


def in_bands(bands: Sequence[Band], work: Callable[[int, int, int], None], report: Report | None = None) -> None:
    """Call `work(top, bottom, hand)` for every band, where `hand` numbers the threads from 0.

    There are as many as PyTorch uses here. They are kept for the next time, and pictures that are made at once share
    them. The calling thread only waits and reports. Without gradients only.
    """
    threads = torch.get_num_threads()
    hands = min(threads, len(bands))
    if report is not None:
        report(0)
    if hands < 2:
        for number, band in enumerate(bands):
            if report is not None and number:
                report(number / len(bands))
            work(*band, 0)
        return
    waiting, done = deque(bands), SimpleQueue[bool]()
    inference = torch.is_inference_mode_enabled()

    def take(hand: int) -> None:
        try:
            with torch.inference_mode(inference), torch.no_grad():
                while (band := _next(waiting)) is not None:
                    work(*band, hand)
                    done.put(True)
        finally:
            done.put(False)

    crew = _crew_of(threads)
    taken = [crew.submit(take, hand) for hand in range(hands)]
    try:
        if report is not None:
            _follow(done, hands, len(bands), report)
        wait(taken)
    finally:
        waiting.clear()  # after an error nobody shall begin another band
        wait(taken)
    for one in taken:
        one.result()


def _follow(done: "SimpleQueue[bool]", hands: int, count: int, report: Report) -> None:
    """Report each of `count` bands that is done, until no hand works any more."""
    finished = 0
    while hands:
        if done.get():
            finished += 1
            if finished < count:
                report(finished / count)
        else:
            hands -= 1


def _next(waiting: deque[Band]) -> Band | None:
    try:
        return waiting.popleft()
    except IndexError:
        return None


def _crew_of(threads: int) -> ThreadPoolExecutor:
    with _making:
        return _made(threads, os.getpid())


@lru_cache(maxsize=4)
def _made(threads: int, process: int) -> ThreadPoolExecutor:
    """So many threads, in each of which PyTorch uses no further ones; a forked process has none of its parent's.

    Whoever sets a thread's number sets it for all threads that begin later, too. So it is put back at once, and the
    calling thread's own is never touched.
    """
    crew, together = ThreadPoolExecutor(threads, "band"), Barrier(threads)

    def begin() -> None:
        torch.get_num_threads()  # a thread that is asked or works for the first time takes the number set for all
        torch.set_num_threads(1)
        together.wait()  # all of them, not one of them twice

    for begun in [crew.submit(begin) for _ in range(threads)]:
        begun.result()
    torch.set_num_threads(threads)
    return crew
