"""A photo on its way into a slot: read, shown at once, analysed where it needs to be, or refused in one sentence."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from tryon_app.model.faults import Fault
from tryon_app.model.jobs import Job, JobQueue
from tryon_app.workers.answers import Array8, Box, GarmentPhoto, Lacking, PersonPhoto, Preview
from tryon_app.workers.requests import (
    AnalyseGarment,
    AnalysePerson,
    Answer,
    Networks,
    ReadAnalysis,
    ReadGarment,
    ReadPerson,
    Task,
)

_Refusal = tuple[Fault | None, str, bool]
_NOTHING: _Refusal = (None, "", False)


class PhotoLoader(QObject):
    """One slot. changed: something of `preview`, `busy`, `progress`, `error` or `lacking` is another.

    loaded: a `PersonPhoto` or `GarmentPhoto`. analysis_wanted: before an analysis is asked for. preview: the whole
    photo, small. wants_box: nobody was found in it, and a box drawn around somebody may help. lacking: what would have
    to come as files because there is no network for it. unaided: a garment was looked for before there was a pack whose
    networks help. networks: those of the analysis, asked when it begins; an empty pack where there is none that can
    analyse.
    """

    changed = Signal()
    loaded = Signal(object)
    analysis_wanted = Signal()

    def __init__(
        self, kind: str, queue: JobQueue, networks: Callable[[], Networks], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.kind, self._queue, self._networks = kind, queue, networks
        self.path = self.name = ""
        self.preview: Array8 | None = None
        self.photo_size = (0, 0)
        self.error: Fault | None = None
        self.details = ""
        self.wants_box = self.unaided = False
        self.lacking: tuple[str, ...] = ()
        self._files: dict[str, str] = {}
        self._box: Box | None = None
        self._refusal = _NOTHING  # what was said before a box was tried, and is true again when that is given up
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether a photo is being read or analysed."""
        return self._job is not None and self._job.active

    @property
    def analysing(self) -> bool:
        """Whether what keeps it busy is the analysis."""
        return self.busy and self._job is not None and self._job.computes

    @property
    def given(self) -> dict[str, Any]:
        """What it was told beside the photo: its "files", and the "box" around whom to take."""
        return {"files": dict(self._files), "box": self._box}

    @property
    def progress(self) -> float | None:
        """The share of the analysis that is done."""
        return self._job.progress if self._job is not None and self.analysing and self._job.progress else None

    def open(
        self, path: str, files: Mapping[str, str] | None = None, box: Box | None = None, analysis: Path | None = None
    ) -> None:
        """Read the photo at `path`. files: its "pose", "parse" or "mask" where they are known. box: whom to take.

        analysis: a file that may hold the photo as it was analysed before, with which it is read no further.
        """
        self.cancel()
        self.preview = self.preview if path == self.path else None
        self.path, self.name = path, path.rpartition("/")[2]
        self._files, self._box = dict(files or {}), box
        self.error, self.details, self.wants_box, self.unaided, self.lacking = None, "", False, False, ()
        self._refusal = _NOTHING
        if analysis is None or not analysis.is_file():
            self._read()
        else:
            self._submit(ReadAnalysis(str(analysis), path, self.kind), self._on_analysis)

    def supply(self, name: str, path: str) -> None:
        """The file of something that is lacking: "pose", "parse" or "mask"."""
        self.open(self.path, self._files | {name: path}, self._box)

    def choose(self, box: Box) -> None:
        """Take the person in this box of the photo, in its pixels."""
        before = self.error, self.details, self.wants_box
        self.open(self.path, {}, box)
        self._refusal = before

    def refuse(self, fault: Fault, details: str = "") -> None:
        """Say why there is no photo."""
        self.error, self.details, self.wants_box = fault, details, False
        self.changed.emit()

    def retry(self) -> None:
        """The same again, for instance with another pack."""
        if self.path:
            self.open(self.path, self._files, self._box)

    def cancel(self) -> None:
        """Stop reading or analysing."""
        job, self._job = self._job, None
        if job is not None and job.active:
            job.on_done = job.on_failed = job.on_part = None
            job.cancel(patient=not job.computes)
            self.error, self.details, self.wants_box = self._refusal
            self.changed.emit()

    def clear(self) -> None:
        """An empty slot."""
        self.cancel()
        self.path = self.name = self.details = ""
        self.preview, self.error, self.wants_box, self.lacking = None, None, False, ()
        self.changed.emit()

    def _submit(self, task: Task[Answer, Any], done: Callable[[Answer], None]) -> None:
        self._job = self._queue.submit(
            task, title=self.name, on_done=done, on_part=self._on_part, on_failed=self._on_failed
        )
        self._job.changed.connect(self.changed)
        self.changed.emit()

    def _on_analysis(self, photo: PersonPhoto | GarmentPhoto | None) -> None:
        if photo is None:
            self._read()
        else:
            self.preview = getattr(photo, "preview", None)
            self._job = None
            self.changed.emit()
            self.loaded.emit(photo)

    def _read(self) -> None:
        read: Task[Any, Preview] = (ReadPerson if self.kind == "person" else ReadGarment)(self.path, **self._files)
        self._submit(read, self._on_read)

    def _on_part(self, name: str, preview: Preview) -> None:
        self.preview, self.photo_size = preview.image, preview.photo_size
        self.changed.emit()

    def _on_failed(self, fault: Fault, details: str) -> None:
        self.error, self.details = fault, details
        self.wants_box = fault.remedy == "box" and self.preview is not None
        self.changed.emit()

    def _on_read(self, answer: PersonPhoto | GarmentPhoto | Lacking) -> None:
        networks = self._networks()
        if isinstance(answer, Lacking) and self.kind == "person" and not networks.pack:
            self.lacking = answer.names
            self.changed.emit()
        elif not isinstance(answer, Lacking) and self._box is None:
            self._finish(answer)
        else:
            self.analysis_wanted.emit()
            self._analyse(networks)

    def _analyse(self, networks: Networks) -> None:
        if self.kind == "person":
            self._submit(AnalysePerson(self.path, networks, self._box, **self._files), self._finish)
        else:
            self.unaided = not networks.pack
            asked = AnalyseGarment(self.path, networks, self._box, self._files.get("turn", ""))
            self._submit(asked, self._finish)

    def _finish(self, photo: PersonPhoto | GarmentPhoto) -> None:
        self._job = None
        if isinstance(photo, PersonPhoto):
            photo = replace(photo, preview=self.preview, by_hand=self._box is not None)
        self.changed.emit()
        self.loaded.emit(photo)
