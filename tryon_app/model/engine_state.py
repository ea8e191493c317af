"""The engine as the status bar shows it: what it is doing, where, with how much memory, and which packs there are."""

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QObject, Signal

from tryon_app.model import places
from tryon_app.model.jobs import JobQueue
from tryon_app.workers.answers import PackInfo, PackList, Ready, Vocabulary
from tryon_app.workers.begun import Begun
from tryon_app.workers.engine_process import EngineProcess
from tryon_app.workers.messages import Heartbeat
from tryon_app.workers.requests import ListPacks, ReadVocabulary


class EngineState(QObject):
    """Owns the process and its queue. changed: something shown of it is another; packs_changed: the list of packs.

    begun: the process, where it was begun already.
    """

    changed = Signal()
    packs_changed = Signal()
    vocabulary_changed = Signal()
    ready = Signal()

    def __init__(self, parent: QObject | None = None, begun: Begun | None = None) -> None:
        super().__init__(parent)
        self.process = EngineProcess(places.engine_log(), self, begun)
        self.queue = JobQueue(self.process, self)
        self.vocabulary = Vocabulary()
        self.packs: tuple[PackInfo, ...] = ()
        self.packs_known = False
        self.broken: Mapping[str, str] = {}
        self.device = self.device_title = ""
        self.memory = self.gpu_memory = 0
        self.gave_up = False
        self.process.beat.connect(self._on_heartbeat)
        self.queue.ready.connect(self._on_ready)
        self.queue.gave_up.connect(self._on_gave_up)
        for signal in (self.queue.added, self.queue.ended, self.queue.died):
            signal.connect(self.changed)

    @property
    def state(self) -> Literal["starting", "ready", "busy", "stopped"]:
        """What it is doing."""
        if self.gave_up or not self.process.alive:
            return "stopped"
        if not self.queue.is_ready:
            return "starting"
        return "busy" if self.queue.computing is not None else "ready"

    def start(self, threads: int) -> None:
        """Start the process and ask for what the window needs to know."""
        self.queue.threads = threads
        self.queue.start()
        self.queue.submit(ReadVocabulary(), on_done=self._on_vocabulary)

    def restart(self) -> None:
        """Start again, for instance with other settings or after it has given up."""
        self.gave_up = False
        self.queue.restart()
        self.changed.emit()

    def stop(self) -> None:
        """End the process."""
        self.queue.stop()

    def load_packs(self, also: str = "") -> None:
        """Read the list of packs again. also: the folder of one that is not among the installed ones."""
        self.queue.submit(ListPacks(also), on_done=self._on_packs, on_failed=lambda *_: self.load_packs())

    def find_pack(self, name_or_folder: str) -> PackInfo | None:
        """The pack of that name or in that folder."""
        named = (pack for pack in self.packs if name_or_folder in (pack.name, pack.folder))
        return next(named, None)

    def _on_vocabulary(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.vocabulary_changed.emit()

    def _on_packs(self, found: PackList) -> None:
        self.packs, self.broken = found.packs, found.broken
        self.packs_known = True
        self.packs_changed.emit()

    def _on_heartbeat(self, beat: Heartbeat) -> None:
        if (beat.memory, beat.gpu_memory) != (self.memory, self.gpu_memory):
            self.memory, self.gpu_memory = beat.memory, beat.gpu_memory
            self.changed.emit()

    def _on_ready(self, ready: Ready) -> None:
        self.device, self.device_title = ready.device, ready.title
        self.changed.emit()
        self.ready.emit()

    def _on_gave_up(self) -> None:
        self.gave_up = True
        self.changed.emit()
