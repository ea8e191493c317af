"""What is worked at while nobody waits: the pictures of the garments that are next on the rail, and the next people."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from tryon_app.model.document import Document
from tryon_app.model.faults import Fault
from tryon_app.model.jobs import Job, JobQueue, Priority
from tryon_app.model.rail import Rail
from tryon_app.model.tryons import TryOns
from tryon_app.workers.answers import Array8, GarmentPhoto, Lacking, PersonPhoto, Preview
from tryon_app.workers.requests import AnalyseGarment, AnalysePerson, Networks, ReadGarment, ReadPerson

_GARMENTS, _PEOPLE = 3, 3  # after the current one


class Ahead(QObject):
    """Reads garments, makes their pictures and reads people whenever the queue is idle.

    rails: of people and garments. networks: those that analyse photos now. files: what lies beside a photo, by path.
    """

    def __init__(
        self,
        jobs: JobQueue,
        document: Document,
        tryons: TryOns,
        rails: tuple[Rail, Rail],
        networks: Callable[[], Networks],
        files: Callable[[str], Mapping[str, str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._document, self._tryons = jobs, document, tryons
        self._people, self._rail = rails
        self._networks, self._files = networks, files
        self._made: tuple[str, Job | None] = ("", None)
        jobs.changed.connect(self._mark)

    def go_on(self) -> None:
        """Begin what comes next, if the picture in front is made."""
        if not (self._tryons.follows and self._document.result is not None):
            return
        for key in self._rail.next_keys(_GARMENTS):
            if _has_failed(self._rail, key):
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
        unread = (key for key in self._people.next_keys(_PEOPLE) if self._people.photo(key) is None)
        person = next((key for key in unread if not _has_failed(self._people, key)), "")
        if person and self._networks().pack:
            self._read_person(person)

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
                task, idle = AnalyseGarment(key, self._networks()), Priority.IDLE
                self._jobs.submit(task, title=name, priority=idle, on_done=self._rail.keep, on_failed=failed)

        name, asked = Path(key).name, ReadGarment(key, **self._files(key))
        self._jobs.submit(asked, title=name, priority=Priority.IDLE, on_done=read, on_failed=failed)

    def _read_person(self, key: str) -> None:
        seen: list[Array8] = []

        def look(_: str, preview: Preview) -> None:
            seen.append(preview.image)

        def keep(photo: PersonPhoto) -> None:
            self._people.keep(replace(photo, preview=seen[-1] if seen else None))

        def failed(fault: Fault, details: str) -> None:
            self._people.mark(key, "failed", fault)

        def read(found: PersonPhoto | Lacking) -> None:
            if isinstance(found, PersonPhoto):
                keep(found)
            else:
                task, idle = AnalysePerson(key, self._networks(), None, **self._files(key)), Priority.IDLE
                self._jobs.submit(task, title=name, priority=idle, on_done=keep, on_part=look, on_failed=failed)

        name, asked = Path(key).name, ReadPerson(key, **self._files(key))
        self._jobs.submit(asked, title=name, priority=Priority.IDLE, on_done=read, on_part=look, on_failed=failed)


def _has_failed(rail: Rail, key: str) -> bool:
    return any(card.key == key and card.state == "failed" for card in rail.cards)
