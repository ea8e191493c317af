"""Small versions of pictures on the disk, read when they are first shown; what is no longer shown is forgotten."""

from collections import OrderedDict

from PySide6.QtCore import QObject, QTimer, Signal

from tryon_app.model.jobs import JobQueue, Priority
from tryon_app.workers import requests
from tryon_app.workers.answers import Array8


class Thumbnails(QObject):
    """Pictures by their path, `size` pixels along the longer side. there: the path of one that was read.

    kept: so many stay in memory, the longest unused goes first; it should be more than a screen shows. project: the
    file that has those that are not there yet.
    """

    there = Signal(str)

    def __init__(self, queue: JobQueue, size: int, kept: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue, self._size, self._most = queue, size, kept
        self.project = ""
        self._wanted: list[str] = []  # asked for together, as a list that is painted wants them
        self._kept: OrderedDict[str, Array8 | None] = OrderedDict()  # None: on its way, or not to be read

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, path: str) -> Array8 | None:
        """The picture uint8 (H, W, 3); None where it has still to be read, which `there` tells."""
        if path not in self._kept:
            self._keep(path, None)
            if not self._wanted:
                QTimer.singleShot(0, self, self._ask)
            self._wanted.append(path)
        self._kept.move_to_end(path)
        return self._kept[path]

    def put(self, path: str, image: Array8) -> None:
        """This is the picture at `path`."""
        self._keep(path, image)
        self.there.emit(path)

    def drop(self, path: str) -> None:
        """There is another picture at `path`, or none."""
        self._kept.pop(path, None)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()

    def _ask(self) -> None:
        asked = requests.Thumbnails(tuple(self._wanted), self._size, self.project)
        self._wanted.clear()
        self._queue.submit(asked, priority=Priority.IDLE, on_part=self.put)

    def _keep(self, path: str, image: Array8 | None) -> None:
        self._kept[path] = image
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
