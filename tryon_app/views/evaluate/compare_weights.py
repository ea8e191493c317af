"""Old weights against new ones on the picture at hand, before the new ones are taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QStackedLayout, QVBoxLayout, QWidget

from tryon_app.model.app_model import AppModel
from tryon_app.model.faults import Fault
from tryon_app.model.jobs import Job
from tryon_app.views.canvas.bar import CanvasBar
from tryon_app.views.canvas.canvas import Canvas
from tryon_app.views.common.empty import EmptyState
from tryon_app.views.common.language import Translated
from tryon_app.views.common.parts import label, push_button
from tryon_app.views.common.pictures import image_of
from tryon_app.views.common.progress import JobProgress
from tryon_app.views.common.tokens import L, M
from tryon_app.views.words.errors import fault_sentence


class CompareWeights(Translated, QDialog):
    """The present try-on with the pack in use and with a new one; `taken` carries the new pack's name."""

    taken = Signal(str)

    def __init__(self, studio: AppModel, new: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.studio, self.old, self.new = studio, studio.pack, new
        self.pictures: dict[str, QImage | None] = {"old": None, "new": None}
        self._jobs: list[Job] = []
        self._fault: Fault | None = None
        self.head = label(wrap=True)
        self.canvas = Canvas()
        self.bar = CanvasBar(self.canvas)
        self.progress = JobProgress()
        self.progress.cancel_requested.connect(self.reject)
        self.empty = EmptyState("compare")
        self.buttons = QDialogButtonBox()
        self.take_button, self.keep_button = push_button("primary", "check"), push_button()
        self.buttons.addButton(self.take_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.keep_button, QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self.take_button.clicked.connect(self._take)
        self.keep_button.clicked.connect(self.reject)
        self.resize(900, 700)
        self.retranslate()
        self._begin()
        self.take_button.setFocus()

    def _lay_out(self) -> None:
        picture = QWidget()
        inside = QVBoxLayout(picture)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.bar)
        inside.addWidget(self.canvas, 1)
        holder = QWidget()
        self._pages = QStackedLayout(holder)
        self._pages.addWidget(picture)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addWidget(self.head)
        column.addWidget(holder, 1)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Old and new weights"))
        text = self.tr("The same person, garment and seed. Left: {old}, in use. Right: {new}, new.")
        self.head.setText(text.format(old=self.old or "–", new=self.new))
        self.take_button.setText(self.tr("&Use the new weights"))
        self.keep_button.setText(self.tr("&Keep the old ones"))
        self.progress.set_text(self.tr("Trying on with both …"))
        self.empty.set_text(
            self.tr("Nothing to compare on yet"),
            self.tr("The new pack is in the list of weight packs. Try something on to see both side by side."),
        )
        self._show()

    def _begin(self) -> None:
        """The old picture is there if the document is finished; the new one has to be made."""
        picture = image_of(self.studio.picture()) if self.studio.has_result else None
        if picture is not None:
            self.pictures["old"] = picture
        else:
            self._ask("old", self.old)
        self._ask("new", self.new)
        self._show()

    def _ask(self, side: str, pack: str) -> None:
        if not pack:
            return
        job = self.studio.try_on_with(pack, lambda array, fault: self._on_picture(side, array, fault))
        if job is not None:
            self._jobs.append(job)
            job.changed.connect(self._on_job)

    def _on_picture(self, side: str, array: object, fault: Fault | None) -> None:
        self.pictures[side] = image_of(array)  # type: ignore[arg-type]
        self._fault = fault or self._fault
        self._show()

    def _on_job(self) -> None:
        self.progress.set_fraction(sum(job.progress for job in self._jobs) / len(self._jobs))
        self._show()

    @property
    def running(self) -> bool:
        return any(job.state in ("queued", "running") for job in self._jobs)

    def _show(self) -> None:
        old, new = self.pictures["old"], self.pictures["new"]
        self.progress.setVisible(self.running)
        if self._fault:
            self.empty.set_text(self.tr("The new weights could not be tried"), fault_sentence(self._fault))
        self._pages.setCurrentIndex(0 if old is not None or new is not None or self.running else 1)
        self.canvas.set_picture(old if old is not None else new)
        if old is not None and new is not None:
            self.canvas.set_comparison(new, "side", (self.old, self.new))
        self.bar.set_comparable(old is not None and new is not None)
        self.canvas.setAccessibleName(self.windowTitle())
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _take(self) -> None:
        self.accept()
        self.taken.emit(self.new)

    def done(self, result: int) -> None:
        """Nothing is made for a closed dialog."""
        for job in self._jobs:
            if job.state in ("queued", "running"):
                job.on_done = job.on_failed = None
                job.cancel()
        super().done(result)
