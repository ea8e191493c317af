"""Items through several processes of this machine, each with the networks of its own.

One process is started, and when it has made its first picture and its memory is known, as many more as cores and
memory allow. A process that dies, whatever killed it, costs the item it died of; what else it had in hand is given to
others, one by one. Processes end with the one that started them, also where that was killed.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import psutil

from engine.batch.flow import Makes, flow
from engine.batch.item import Item, Recipe, Settings
from engine.batch.manifest import Line, failed
from engine.errors import TryOnError
from engine.messages import fault

Load = Callable[[Settings, Path], Makes]
_ROOM = 0.85  # of the free memory that processes may take
_IN_HAND = 2  # items: one is made while the other is read or written


@dataclass(frozen=True)
class Ready:
    """What a process says when its networks are loaded: see `flow.Makes`."""

    batch: int
    gpus: int = 0


def make_here(settings: Settings, folder: Path) -> Makes:
    """The real maker, imported in the process that makes."""
    from engine.batch.maker import load_maker

    return load_maker(settings, folder)


class Processes:
    """workers: how many, chosen by what fits where None. load: what makes a maker in each, a function of a module.

    began: called when an item is handed to a process, which reads it while it makes the one before.
    """

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        recipe: Recipe,
        workers: int | None = None,
        load: Load = make_here,
        began: Callable[[Item], object] = lambda _: None,
    ) -> None:
        self._settings, self._folder, self._recipe, self._load = settings, folder, recipe, load
        self._began = began
        self._wanted = workers
        self._crew: list[_Worker] = []
        self._limit = 0  # not known yet
        self.most = 0
        """How many worked at the same time."""

    def __enter__(self) -> "Processes":
        """Start the first process. TryOnError where pack, device or size cannot be had."""
        try:
            self._hire()
            self._crew[0].wait_until_ready()
        except BaseException:
            self._dismiss()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._dismiss()

    def lines(self, items: Sequence[Item]) -> Generator[Line, None, None]:
        """The line of each item, in the order in which they are done."""
        todo, suspects = deque(items), deque[Item]()
        if self._wanted is not None:
            self._grow(len(todo) - _IN_HAND)
        while todo or suspects or any(worker.in_hand for worker in self._crew):
            if not self._crew:
                self._hire()
            for worker in self._crew:
                for item in worker.take(todo, suspects):
                    self._began(item)
            for worker in self._heard():
                try:
                    said = worker.listen()
                except (EOFError, OSError, TryOnError) as error:
                    yield from self._buried(worker, error, suspects)
                    continue
                if isinstance(said, Line):
                    yield said
                    self._grow(len(todo))

    def _heard(self) -> list["_Worker"]:
        ready = connection.wait([worker.inbox for worker in self._crew])
        return [worker for worker in self._crew if worker.inbox in ready]

    def _buried(self, worker: "_Worker", error: Exception, suspects: deque[Item]) -> Iterator[Line]:
        """One item in hand is what the process died of; several are tried one by one. Where its networks did not fit,
        those that are there do without it; TryOnError where there are none."""
        self._crew.remove(worker)
        status = worker.end()
        if worker.ready is None:
            self._limit = len(self._crew)
            if not self._crew:
                raise error if isinstance(error, TryOnError) else TryOnError("batch.worker_died", status=str(status))
        if len(worker.in_hand) > 1:
            suspects.extend(worker.in_hand)
        for item in worker.in_hand if len(worker.in_hand) == 1 else ():
            yield failed(item, self._recipe, fault("batch.worker_died", status=str(status)))

    def _grow(self, left: int) -> None:
        """As many more processes as are of use and fit; how many that are is decided once, when the first one has
        shown what it takes: those that have just begun do not hold their memory yet."""
        self._limit = self._limit or self._room()
        while left > 0 and len(self._crew) < self._limit:
            self._hire()
            left -= _IN_HAND

    def _room(self) -> int:
        """How many processes there may be; on GPUs one each."""
        if self._wanted is not None:
            return self._wanted
        gpus = next((worker.ready.gpus for worker in self._crew if worker.ready), 0)
        if gpus:
            return gpus
        cores = max(1, len(cores_of_process()) // self._settings.threads)
        held = max((worker.memory() for worker in self._crew), default=0)
        more = int(_ROOM * psutil.virtual_memory().available / held) if held else 0
        return min(cores, max(1, len(self._crew) + more))

    def _hire(self) -> None:
        gpus = next((worker.ready.gpus for worker in self._crew if worker.ready), 0)
        used = {worker.number for worker in self._crew}
        number = next(number for number in range(len(used) + 1) if number not in used)
        settings = replace(self._settings, device=f"cuda:{number % gpus}") if gpus > 1 else self._settings
        self._crew.append(_Worker(number, settings, self._folder, self._load))
        self.most = max(self.most, len(self._crew))

    def _dismiss(self) -> None:
        for worker in self._crew:
            worker.end()
        self._crew.clear()


def cores_of_process() -> Sequence[int]:
    """The cores that this process may use; one thread each of those that share their arithmetic units."""
    allowed = psutil.Process().cpu_affinity() if hasattr(psutil.Process, "cpu_affinity") else None
    logical, physical = psutil.cpu_count() or 1, psutil.cpu_count(logical=False) or 1
    share = max(1, logical // physical)
    return list(allowed or range(logical))[::share]


@dataclass
class _Worker:
    """A process and the items that it has in hand."""

    number: int
    settings: Settings
    folder: Path
    load: Load
    in_hand: list[Item] = field(default_factory=list)
    ready: Ready | None = None
    alone: bool = False  # with an item that may be its death

    def __post_init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        theirs, self._outbox = context.Pipe(duplex=False)
        self.inbox, answers = context.Pipe(duplex=False)
        self._process: BaseProcess = context.Process(
            target=_work, args=(theirs, answers, self.settings, self.folder, self.load), daemon=True
        )
        self._process.start()
        theirs.close()
        answers.close()

    def wait_until_ready(self) -> None:
        """TryOnError where the networks cannot be loaded."""
        try:
            while self.ready is None:
                self.listen()
        except (EOFError, OSError) as error:
            raise TryOnError("batch.worker_died", status=str(self.end())) from error

    def take(self, todo: deque[Item], suspects: deque[Item]) -> list[Item]:
        """Give it as much as keeps it busy, once it is ready; of what a process may have died of one at a time.

        Answers what it was given.
        """
        if self.ready is None:
            return []
        before, most = len(self.in_hand), _IN_HAND + self.ready.batch - 1
        if suspects and not self.in_hand:
            self.alone = True
            self._give(suspects.popleft())
        while todo and not self.alone and len(self.in_hand) < most:
            self._give(todo.popleft())
        return self.in_hand[before:]

    def _give(self, item: Item) -> None:
        self.in_hand.append(item)
        with contextlib.suppress(OSError):  # it is dead, which is heard next
            self._outbox.send(item)

    def listen(self) -> Line | Ready:
        """What it says next. EOFError or OSError when it is dead, TryOnError where it could not load its networks."""
        said = self.inbox.recv()
        if isinstance(said, TryOnError):
            raise said
        if isinstance(said, Ready):
            self.ready = said
            return said
        line: Line = said
        self.in_hand = [item for item in self.in_hand if item.id != line.id]
        self.alone = self.alone and bool(self.in_hand)
        return line

    def memory(self) -> int:
        """Bytes that it holds."""
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def end(self) -> int | None:
        """Kill it, which harms nothing: pictures are whole or not there. Its exit status, where it was dead before."""
        self._outbox.close()
        self._process.join(timeout=1 if not self._process.is_alive() else 0)
        status = self._process.exitcode
        self._process.kill()
        self._process.join()
        self.inbox.close()
        return status if status is not None else self._process.exitcode


def _work(inbox: Any, outbox: Any, settings: Settings, folder: Path, load: Load) -> None:
    """The life of a process: load, then make what comes in until nothing does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that started it
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        maker = load(settings, folder)
    except TryOnError as error:
        outbox.send(error)
        return
    outbox.send(Ready(maker.batch, maker.gpus))
    for line in flow(maker, _received(inbox)):
        outbox.send(line)


def _received(inbox: Any) -> Iterator[Item]:
    while True:
        try:
            yield inbox.recv()
        except (EOFError, OSError):
            return


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
