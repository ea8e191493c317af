"""The engine as the status bar shows it: what it is doing, where, with how much memory, and which packs there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from tryon_app.model import places, stages
from tryon_app.model.jobs import JobQueue, Priority
from tryon_app.model.stage_views import Vocabulary
from tryon_app.model.stages import Stage
from tryon_app.workers.engine_process import EngineProcess
from tryon_app.workers.messages import Heartbeat, Ready
from tryon_app.workers.tasks import FILES


@dataclass(frozen=True)
class PackInfo:
    """A weight pack as the window shows it; kinds: the networks in it, sizes: (height, width)."""

    name: str
    version: str
    licence: str
    folder: str
    kinds: tuple[str, ...]
    bytes: int
    sizes: tuple[tuple[int, int], ...]
    shipped: bool = False

    @property
    def can_try_on(self) -> bool:
        """Whether all networks of a try-on are in it."""
        return not stages.lacking(self.kinds)

    @property
    def can_analyse(self) -> bool:
        """Whether it can find pose and parse in a photo."""
        return not stages.lacking(self.kinds, [stages.BY_NAME["person"]])

    @property
    def try_on(self) -> tuple[Stage, ...]:
        """The stages of a try-on with it."""
        return stages.present(self.kinds)


class EngineState(QObject):
    """Owns the process and its queue. changed: something shown of it is another; packs_changed: the list of packs."""

    changed = Signal()
    packs_changed = Signal()
    vocabulary_changed = Signal()
    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.process = EngineProcess(places.log_folder(), self)
        self.queue = JobQueue(self.process, frozenset(FILES), self)
        self.vocabulary = Vocabulary()
        self.packs: tuple[PackInfo, ...] = ()
        self.packs_known = False
        self.broken: Mapping[str, str] = {}
        self.device = self.device_title = ""
        self.memory = self.gpu_memory = 0
        self.start_seconds = 0.0
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
        self.queue.submit("vocabulary", "", {}, Priority.USER, self._on_vocabulary)

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
        payload = {"also": also}
        self.queue.submit("packs", "", payload, Priority.USER, self._on_packs, None, lambda *_: self.load_packs())

    def find_pack(self, name_or_folder: str) -> PackInfo | None:
        """The pack of that name or in that folder."""
        named = (pack for pack in self.packs if name_or_folder in (pack.name, pack.folder))
        return next(named, None)

    def _on_vocabulary(self, answer: Mapping[str, Any]) -> None:
        self.vocabulary = Vocabulary.from_answer(answer)
        self.vocabulary_changed.emit()

    def _on_packs(self, answer: Mapping[str, Any]) -> None:
        self.packs = tuple(PackInfo(**pack) for pack in answer["packs"])
        self.broken = answer["broken"]
        self.packs_known = True
        self.packs_changed.emit()

    def _on_heartbeat(self, beat: Heartbeat) -> None:
        if (beat.memory, beat.gpu_memory) != (self.memory, self.gpu_memory):
            self.memory, self.gpu_memory = beat.memory, beat.gpu_memory
            self.changed.emit()

    def _on_ready(self, ready: Ready) -> None:
        self.device, self.device_title, self.start_seconds = ready.device, ready.title, ready.seconds
        self.changed.emit()
        self.ready.emit()

    def _on_gave_up(self) -> None:
        self.gave_up = True
        self.changed.emit()
