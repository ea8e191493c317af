"""What is worked at while nobody waits: the pictures of the garments that are next on the rail."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from tryon_app.model.document import Document
from tryon_app.model.faults import Fault
from tryon_app.model.jobs import Job, JobQueue, Priority
from tryon_app.model.rail import Rail
from tryon_app.model.tryons import TryOns
from tryon_app.workers.answers import GarmentPhoto, Lacking
from tryon_app.workers.requests import AnalyseGarment, Networks, ReadGarment

_GARMENTS = 3  # after the current one


class Ahead(QObject):
    """Reads garments and makes their pictures whenever the queue is idle.

    networks: those that analyse photos now. files: what lies beside a photo, by its path.
    """

    def __init__(
        self,
        jobs: JobQueue,
        document: Document,
        tryons: TryOns,
        rail: Rail,
        networks: Callable[[], Networks],
        files: Callable[[str], Mapping[str, str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._document, self._tryons, self._rail = jobs, document, tryons, rail
        self._networks, self._files = networks, files
        self._made: tuple[str, Job | None] = ("", None)
        jobs.changed.connect(self._mark)

    def go_on(self) -> None:
        """Begin what comes next, if the picture in front is made."""
        if not (self._tryons.follows and self._document.result is not None):
            return
        for key in self._rail.next_keys(_GARMENTS):
            if self._has_failed(key):
                continue
            photo = self._rail.photo(key)
            if photo is None:
                self._read(key)
                return
            job = self._tryons.ahead(photo)
            if job is not None:
                self._made = key, job
                self._mark(job)
                return

    def _has_failed(self, key: str) -> bool:
        return any(card.key == key and card.state == "failed" for card in self._rail.cards)

    def _mark(self, job: Job) -> None:
        key, made = self._made
        if job is not made:
            return
        states = {"queued": "queued", "running": "running", "done": "ready", "failed": "failed", "cancelled": ""}
        self._rail.mark(key, states[job.state], job.fault)

    def _read(self, key: str) -> None:
        def failed(fault: Fault, details: str) -> None:
            self._rail.mark(key, "failed", fault)

        def read(found: GarmentPhoto | Lacking) -> None:
            if isinstance(found, GarmentPhoto):
                self._rail.keep(found)
            else:
                asked = AnalyseGarment(key, self._networks())
                self._jobs.submit(asked, priority=Priority.IDLE, on_done=self._rail.keep, on_failed=failed)

        asked = ReadGarment(key, **self._files(key))
        self._jobs.submit(asked, priority=Priority.IDLE, on_done=read, on_failed=failed)
