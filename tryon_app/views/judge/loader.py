"""The pictures of a question, decoded beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

from tryon_app.model.judging import Question

Pictures = tuple[QImage, QImage, QImage, QImage]
"""Person, garment, left, right; a null image where a file cannot be read."""


class Loader(QObject):
    """`loaded` carries the question and its pictures."""

    loaded = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def load(self, question: Question) -> None:
        """Begin with a question, after those asked for before."""
        self._pool.start(_Work(self, question))

    def wait(self) -> None:
        """Until nothing is being read, before the window goes."""
        self._pool.clear()
        self._pool.waitForDone()


class _Work(QRunnable):
    def __init__(self, loader: Loader, question: Question) -> None:
        super().__init__()
        self._loader, self._question = loader, question

    def run(self) -> None:
        asked = self._question
        files = asked.person, asked.garment, asked.left_picture, asked.right_picture
        self._loader.loaded.emit(asked, tuple(_read(path) for path in files))


def _read(path: Path) -> QImage:
    return QImage(str(path))
