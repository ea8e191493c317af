"""Running try-ons: of the document, of the garments that may be chosen next, and of the document with another pack."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from tryon_app.model import stages
from tryon_app.model.document import Document
from tryon_app.model.faults import Fault
from tryon_app.model.jobs import Job, JobQueue, Later, Priority
from tryon_app.model.plan import Keys, Options, State, keys
from tryon_app.model.settings import Settings
from tryon_app.model.stages import Stage
from tryon_app.workers.answers import Array8, Arrays, GarmentPhoto, Result
from tryon_app.workers.requests import Networks, TryOn

_SETTLE = 250  # milliseconds in which several changes become one try-on


class TryOns(QObject):
    """The try-on jobs of a document.

    changed: the running job made progress, began or ended. finished: the document's result is there, with the job, or
    None where it was known already. failed: a Fault and details. `ran` names the stages the last job computed.
    """

    changed = Signal()
    finished = Signal(object)
    failed = Signal(object, str)
    cancelled = Signal()

    def __init__(self, document: Document, queue: JobQueue, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._queue, self._settings = document, queue, settings
        self.job: Job | None = None
        self._job_keys: Keys | None = None
        self._ahead: tuple[Job, Keys, list[str]] | None = None
        self.ran: list[str] = []
        self.follows = False
        self._set_aside = False
        self._again = QTimer(self, singleShot=True, interval=_SETTLE)
        self._again.timeout.connect(self._follow)
        document.changed.connect(self._on_changed)

    @property
    def running(self) -> bool:
        """Whether the user waits for a try-on."""
        return self.job is not None and self.job.active

    def run(self) -> None:
        """Make the document's picture, or take it from the cache; a try-on of something else is given up."""
        self.follows = True
        wanted = self._document.keys
        if wanted is None or not self._document.options.pack:
            return
        if self._document.result is not None:
            self._drop_running()
            self.finished.emit(None)
        elif self._take_ahead(wanted):
            self.changed.emit()
        elif not (self.running and self._job_keys == wanted):
            self._drop_running()
            self._submit(wanted)

    def set_aside(self) -> None:
        """Give the running try-on up for a photo that will replace what it is made of; `go_on` where it does not."""
        if self.running:
            self._drop_running()
            self._set_aside = True
            self.changed.emit()

    def go_on(self) -> None:
        """Make what was set aside after all."""
        if self._set_aside and self.follows:
            self._again.start()
        self._set_aside = False

    def cancel(self) -> None:
        """Stop the running try-on; changes are not followed by themselves until the next `run`."""
        self._again.stop()
        self.follows = False
        if self.running and self.job is not None:
            self.job.cancel()

    def ahead(self, garment: GarmentPhoto) -> Job | None:
        """Make the picture of another garment while nothing else is to do; None where it is known."""
        state = self._document.state.with_garment(garment)
        wanted = keys(state, self._document.options)
        if wanted is None or wanted[stages.LAST] in self._document.cache or self._ahead is not None or self.running:
            return None
        ran: list[str] = []
        job = self._queue.submit(
            Later(TryOn, lambda: self._task(state, self._document.options, self._given(state, wanted))),
            title=garment.name,
            priority=Priority.IDLE,
            on_done=lambda result: self._keep_result(wanted, result),
            on_part=lambda name, arrays: self._on_part(wanted, ran, name, arrays),
        )
        self._ahead = job, wanted, ran
        self._queue.ended.connect(self._on_ended)
        return job

    def with_pack(self, pack: str, done: Callable[[Array8 | None, Fault | None], None]) -> Job | None:
        """The document's picture with another pack, given to `done` with a fault where it failed."""
        state = self._document.state
        if not state.complete:
            done(None, None)
            return None
        return self._queue.submit(
            self._task(state, replace(self._document.options, pack=pack, size=None), {}),
            title=pack,
            priority=Priority.SOON,
            on_done=lambda result: done(result.image, None),
            on_failed=lambda fault, _: done(None, fault),
        )

    def complete(self, wanted: Iterable[Stage], done: Callable[[Mapping[str, Arrays]], None]) -> None:
        """All arrays of these stages of the document, given to `done`; what the cache has dropped is made again."""
        state, of = self._document.state, self._document.keys
        if of is None:
            return
        found = self._given(state, of)
        if all({one.name for one in stage.arrays} <= set(found.get(stage.name, ())) for stage in wanted):
            done(found)
            return
        self._queue.submit(
            self._task(state, self._document.options, dict(found)),
            title=_title(state),
            on_done=lambda result: done(found | {stages.LAST: result.arrays}),
            on_part=lambda name, arrays: found.update({name: arrays}),
            on_failed=self.failed.emit,
        )

    def _submit(self, wanted: Keys) -> None:
        state, self.ran = self._document.state, []
        ran = self.ran
        self.job = self._queue.submit(
            Later(
                TryOn,
                lambda: self._task(state, self._document.options, self._given(state, wanted), self._settings.draft),
            ),
            title=_title(state),
            on_done=lambda result: self._on_done(wanted, result),
            on_part=lambda name, arrays: self._on_part(wanted, ran, name, arrays),
            on_failed=self.failed.emit,
        )
        self._job_keys = wanted
        self.job.on_cancelled = self.cancelled.emit
        self.job.changed.connect(self.changed)
        self.changed.emit()

    def _task(self, state: State, options: Options, given: Mapping[str, Arrays], draft: bool = False) -> TryOn:
        networks = Networks(options.pack, self._settings.device, options.precision)
        person, garment = state.person_data(), state.garment_data()
        return TryOn(networks, person, garment, options.size, state.seed, options.keep_original, draft, given)

    def _given(self, state: State, wanted: Keys) -> dict[str, Arrays]:
        """What has not to be computed, by stage: what is known, else what the user brought."""
        found: dict[str, Arrays] = {}
        for stage in stages.TRY_ON:
            known = self._document.cache.get(wanted[stage.name])
            arrays = state.edited(stage.name) if known is None else known
            if arrays:
                found[stage.name] = {one.name: arrays[one.name] for one in stage.arrays if one.name in arrays}
        return found

    def _on_part(self, wanted: Keys, ran: list[str], name: str, arrays: Arrays) -> None:
        ran.append(name)
        self._document.keep(wanted, name, arrays)

    def _keep_result(self, wanted: Keys, result: Result) -> None:
        self._document.keep(wanted, stages.LAST, result.arrays, result.doubts)

    def _on_done(self, wanted: Keys, result: Result) -> None:
        self.ran.append(stages.LAST)
        self._keep_result(wanted, result)
        if wanted == self._document.keys:
            self.finished.emit(self.job)

    def _take_ahead(self, wanted: Keys) -> bool:
        """The picture that is wanted is being made already: from now on the user waits for it."""
        if self._ahead is None or self._ahead[1] != wanted or self._ahead[0].cancelling:
            return False
        job, _, ran = self._ahead
        self._ahead = None
        self._drop_running()
        self.job, self._job_keys, self.ran = job, wanted, ran
        job.on_done = lambda result: self._on_done(wanted, result)
        job.on_failed = self.failed.emit
        job.on_cancelled = self.cancelled.emit
        job.changed.connect(self.changed)
        self._queue.promote(job)
        return True

    def _drop_running(self) -> None:
        job, self.job = self.job, None
        if job is not None and job.active:
            job.on_done = job.on_failed = job.on_cancelled = None
            job.cancel(patient=True)

    def _on_ended(self, job: Job) -> None:
        if self._ahead is not None and self._ahead[0] is job:
            self._ahead = None
            self._queue.ended.disconnect(self._on_ended)

    def _on_changed(self) -> None:
        if self.running and self._job_keys != self._document.keys:
            self._drop_running()
            self.changed.emit()
        if self.follows:
            self._again.start()

    def _follow(self) -> None:
        if self._document.state.complete:
            self.run()


def _title(state: State) -> str:
    return state.garment.name if state.garment is not None else ""
