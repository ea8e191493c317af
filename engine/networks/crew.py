"""Bands of rows shared out to threads, each of which works through whole bands by itself.

PyTorch's own threading splits every operation and waits for the slowest thread at its end. With a dozen operations a
band that costs a fifth of the time on an idle machine, and far more where another program takes one of the cores.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import torch

Band = tuple[int, int]
"""First row, and the row after the last."""
Report = Callable[[float], None]
"""Called before bands with the share of the work that is done, 0 to 1. What it raises ends the work."""


def share_out(bands: Sequence[Band], work: Callable[[int, int, int], None], report: Report | None = None) -> None:
    """Call `work(top, bottom, hand)` for every band, where `hand` numbers the threads from 0.

    There are as many as PyTorch uses here; the calling thread is one of them, and the one that reports. Without
    gradients only.
    """
    hands = min(torch.get_num_threads(), len(bands))
    waiting = deque(bands)
    inference = torch.is_inference_mode_enabled()

    def take(hand: int) -> None:
        with torch.inference_mode(inference), torch.no_grad():
            while (band := _next(waiting)) is not None:
                if report is not None and hand == 0:
                    report(max(1 - (len(waiting) + 1) / len(bands), 0))
                work(*band, hand)

    def help_out(hand: int) -> None:
        torch.set_num_threads(1)  # each thread has a number of its own
        take(hand)

    if report is not None:
        report(0)
    if hands < 2:
        take(0)
        return
    with _alone(), ThreadPoolExecutor(hands - 1, "band") as others:
        helpers = [others.submit(help_out, hand) for hand in range(1, hands)]
        try:
            take(0)
        finally:
            waiting.clear()  # after an error nobody shall begin another band
        for helper in helpers:
            helper.result()


def _next(waiting: deque[Band]) -> Band | None:
    try:
        return waiting.popleft()
    except IndexError:
        return None


@contextmanager
def _alone() -> Iterator[None]:
    """PyTorch's own threads switched off."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
