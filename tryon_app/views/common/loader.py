"""Pictures in files, decoded beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage


class Loader(QObject):
    """`loaded` carries what was asked for and its pictures, a null image where a file cannot be read."""

    loaded = Signal(object, object)  # a name, tuple[QImage, ...]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def load(self, name: object, files: Sequence[Path]) -> None:
        """Begin with these, after those asked for before."""
        self._pool.start(_Work(self, name, files))

    def wait(self) -> None:
        """Until nothing is being read, before the window goes."""
        self._pool.clear()
        self._pool.waitForDone()


class _Work(QRunnable):
    def __init__(self, loader: Loader, name: object, files: Sequence[Path]) -> None:
        super().__init__()
        self._loader, self._name, self._files = loader, name, files

    def run(self) -> None:
        self._loader.loaded.emit(self._name, tuple(QImage(str(path)) for path in self._files))
