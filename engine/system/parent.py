"""A process that is of no use without the one that started it."""

import os
import threading

import psutil


def end_with_parent() -> None:
    """From now on this process ends at once when its parent has, also where that was killed."""
    parent = psutil.Process().parent()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: psutil.Process) -> None:
    parent.wait()
    os._exit(1)
