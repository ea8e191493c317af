"""Python's garbage is collected on the window's thread alone.

Python looks for garbage on whichever thread has made the most of it lately: the one that unpacks what the engine sends,
for example. A dialog that was closed is such garbage, and Qt crashes when its widgets are deleted on another thread.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000  # milliseconds


class Garbage(QObject):
    """From its making on it collects on its own thread, in the idle moments of an event loop, and nobody else does."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what is there by now, modules most of all, stays, and need not be looked through
        timer = QTimer(self)
        timer.timeout.connect(collect)
        timer.start(_EVERY)


def collect() -> None:
    """Collect the oldest generation that has grown beyond its threshold, as Python itself would."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
