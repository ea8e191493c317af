"""What the window says by itself: the status bar, the button and its progress, and the banner over the canvas."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from tryon_app.model import coat, sleeves
from tryon_app.model.faults import Fault
from tryon_app.model.jobs import AnalyseGarment, AnalysePerson, Job, Load, TryOn
from tryon_app.model.stages import DRAFT, RESULT, busy_view
from tryon_app.views.common.notices import Banner
from tryon_app.views.common.view_types import Notice, Remedy
from tryon_app.views.photos.photo_slot_binding import notice_of
from tryon_app.views.stages.stage_page import StagePage
from tryon_app.views.window.actions import Actions
from tryon_app.views.window.run_panel import RunPanel
from tryon_app.views.window.status_bar import StatusBar
from tryon_app.views.words.errors import fault_sentence
from tryon_app.views.words.names import duration, licence_text, size_text, view_name


class WindowStatus(QObject):
    """Follows the studio and keeps the window's texts up to date."""

    def __init__(self, page: StagePage, status: StatusBar, panel: RunPanel, banner: Banner, actions: Actions) -> None:
        super().__init__(page)
        self.studio, self._page, self._canvas = page.studio, page, page.canvas
        self._status, self._panel, self._banner, self._actions = status, panel, banner, actions
        self._seconds: float | None = None  # of the last try-on; -1 where it was cancelled
        self.shown: Notice | None = None
        self._death: Fault | None = None
        self._first_steps = False
        self._later = QTimer(self, singleShot=True, interval=30)
        self._later.timeout.connect(self.refresh)
        studio = self.studio
        for signal in (studio.engine.changed, studio.document.changed, studio.tryons.changed, studio.packs_changed):
            signal.connect(self._soon)
        for signal in (studio.pack_changed, studio.result_changed, studio.jobs.changed, studio.person_in.changed):
            signal.connect(self._soon)
        page.stage_changed.connect(self._soon)
        for rail in (studio.people, studio.rail):
            rail.changed.connect(self._soon)
        studio.garment_in.changed.connect(self._soon)
        self._canvas.held.connect(banner.hold)
        banner.closed.connect(lambda: self.show_first_steps(False))
        studio.tryons.finished.connect(self._on_finished)
        studio.tryons.cancelled.connect(self._on_cancelled)
        studio.jobs.died.connect(self._on_died)
        studio.told.connect(status.set_message)
        studio.saved.connect(self._on_saved)

    def show_first_steps(self, on: bool) -> None:
        """Three steps over the canvas for a first start: until a picture is made, or they are closed."""
        self._first_steps = on
        self._soon()

    def refresh(self) -> None:
        """Say everything again."""
        self._later.stop()
        self._show_status()
        self._show_run()
        self._show_banner()
        self._show_empty()
        self._allow()

    # Status bar

    def _show_status(self) -> None:
        status, engine = self._status, self.studio.engine
        pack = self.studio.pack_info
        device = {"cpu": self.tr("CPU"), "mps": self.tr("Apple GPU")}.get(engine.device, engine.device_title)
        states = {
            "starting": self.tr("Engine starts…"),
            "stopped": self.tr("Engine stopped"),
        }
        status.set_device(states.get(engine.state, device), engine.device_title)
        memory = size_text(engine.memory) if engine.memory else ""
        status.set_memory(f"{memory} + {size_text(engine.gpu_memory)}" if engine.gpu_memory else memory)
        if engine.packs_known:
            licence = licence_text(pack.licence) if pack else ""
            status.set_pack(pack.name if pack else "", licence, not _untrained(pack))
        job = self.studio.jobs.computing
        status.set_job(self._job_text(job) if job is not None else "")

    def _job_text(self, job: Job) -> str:
        if job.kind is TryOn and not (self.studio.tryons.running and self.studio.tryons.job is job):
            return self.tr("Preparing {garment}").format(garment=job.title)
        titles: dict[type, str] = {
            Load: self.tr("Loading weights"),
            AnalysePerson: self.tr("Analysing {name}").format(name=job.title),
            AnalyseGarment: self.tr("Cutting out {name}").format(name=job.title),
        }
        return titles.get(job.kind, "")

    # Button and progress

    def _show_run(self) -> None:
        panel, tryons = self._panel, self.studio.tryons
        reason = self._missing()
        panel.set_ready(not reason, reason)
        document = self.studio.document
        there = document.garment is not None
        panel.set_sleeves(sleeves.offered(self.studio), there, sleeves.said(document), sleeves.read(document))
        panel.set_coat(coat.offered(document), coat.stays_on(document))
        if tryons.running and tryons.job is not None:
            job = tryons.job
            panel.set_running(self._stage_text(job), job.progress or None, job.seconds_left)
        else:
            panel.set_running(None)
            panel.set_done(self._last())

    def _stage_text(self, job: Job) -> str:
        if job.cancelling:
            return self.tr("Stopping…")
        if job.state == "queued":
            ready = self.studio.jobs.is_ready
            return self.tr("Waiting for its turn…") if ready else self.tr("Waiting for the engine…")
        words = {
            "loading": self.tr("Loading weights…"),
            DRAFT: self.tr("Draft…"),
            "generation": self.tr("Picture…"),
        }
        view = busy_view(job.stage)
        made = self.tr("{stage}…").format(stage=view_name(view)) if view else self.tr("Being made…")
        return words.get(job.stage, made)

    def _missing(self) -> str:
        document, studio = self.studio.document, self.studio
        if studio.engine.packs_known and studio.pack_info is None:
            return self.tr("There are no weights yet")
        if document.person is None:
            return self.tr("Analysing…") if studio.person_in.busy else self.tr("A photo of a person is missing")
        if document.garment is None:
            return self.tr("Analysing…") if studio.garment_in.busy else self.tr("A photo of a garment is missing")
        if studio.engine.state == "stopped" and studio.engine.gave_up:
            return self.tr("The engine has stopped")
        return ""

    def _last(self) -> str:
        if self._seconds is None:
            return ""
        if self._seconds < 0:
            return self.tr("Cancelled")
        return self.tr("Done in {time}").format(time=duration(self._seconds))

    def _on_finished(self, job: Job | None) -> None:
        if job is not None:
            self._seconds = job.seconds
        self._death, self._first_steps = None, False
        self._canvas.setFocus()
        self._soon()

    def _on_cancelled(self) -> None:
        self._seconds = -1.0
        self._soon()

    # Banner

    def _show_banner(self) -> None:
        notice = self._notice()
        if notice != self.shown:
            self._banner.show_notice(notice)
        self.shown = notice

    def _notice(self) -> Notice | None:
        engine = self.studio.engine
        if engine.packs_known and self.studio.pack_info is None:
            text = self.tr("There are no weights for a try-on on this machine. Import the published ones or a pack.")
            return Notice(text, "warning", (Remedy("weights", self.tr("Import weights…")),), "no_weights")
        if self._death is not None:
            remedies = [Remedy("log", self.tr("Show log"))]
            if engine.gave_up:
                remedies.insert(0, Remedy("restart", self.tr("Start again")))
            again = "" if engine.gave_up else " " + self.tr("It has been started again; try once more.")
            return Notice(fault_sentence(self._death) + again, "error", tuple(remedies), "death")
        doubts = self._doubts_of_result() if self._page.current == RESULT else []
        if doubts:
            return notice_of(doubts[0])
        return Notice(self._steps(), "info", code="first_steps") if self._first_steps and engine.packs_known else None

    def _steps(self) -> str:
        return self.tr(
            "1. Drop a person and a garment on the left, or keep the samples.  2. Press Try on.  3. Save the picture, "
            "or open a stage below it and correct what is wrong."
        )

    def _doubts_of_result(self) -> list[str]:
        """Those that no slot shows already."""
        document = self.studio.document
        photos = [photo for photo in (document.person, document.garment) if photo is not None]
        known = {doubt for photo in photos for doubt in photo.doubts}
        return [doubt for doubt in document.doubts if doubt not in known]

    def _on_died(self, fault: Fault, details: str) -> None:
        self._death = fault
        self._soon()

    def _on_saved(self, path: str) -> None:
        self._status.set_message(self.tr("Saved {path}").format(path=path))

    # Canvas

    def _show_empty(self) -> None:
        """What the canvas says where there is no picture."""
        studio, document = self.studio, self.studio.document
        person = document.person is not None or studio.person_in.busy
        garment = document.garment is not None or studio.garment_in.busy
        if person and garment:
            self._canvas.set_empty(*self._empty_words())
            return
        title = self.tr("Drop a photo of a person and one of a garment")
        if person or garment:
            title = self.tr("Drop a photo of a garment") if person else self.tr("Drop a photo of a person")
        hint = self.tr("Or open or paste them on the left. Then press Try on. Nothing leaves this machine.")
        if self.studio.samples:
            hint = self.tr("Or open the samples on the left. Then press Try on. Nothing leaves this machine.")
        self._canvas.set_empty(title, hint)

    def _empty_words(self) -> tuple[str, str]:
        """Title and hint where the photos are there, or on their way."""
        if not self.studio.document.state.complete:
            return self.tr("Analysing…"), ""
        if self.studio.tryons.running:
            return self.tr("Being made…"), self.tr("It is shown here as soon as it is there.")
        return self.tr("Not made yet"), self.tr("Press Try on: every stage is made on the way to the picture.")

    # Commands

    def _allow(self) -> None:
        actions, studio = self._actions, self.studio
        shown, finished = studio.picture() is not None, studio.has_result
        enabled = {
            "save": shown,
            "export": finished,
            "place_back": finished,
            "run": self._panel.button.isEnabled(),
            "cancel": studio.tryons.running or studio.person_in.busy or studio.garment_in.busy,
            "next_garment": len(studio.rail.cards) > 1,
            "previous_garment": len(studio.rail.cards) > 1,
            "next_person": len(studio.people.cards) > 1,
            "previous_person": len(studio.people.cards) > 1,
            "samples": bool(studio.samples),
            "another_seed": studio.varies,
        }
        for name, on in enabled.items():
            actions[name].setEnabled(on)

    def _soon(self, *_: object) -> None:
        if not self._later.isActive():
            self._later.start()


def _untrained(pack: object) -> bool:
    return pack is not None and getattr(pack, "licence", "") == "none"
