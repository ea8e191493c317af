"""Items through a maker with its three steps overlapping: while one is made, others are read and written.

Queues are short, so that no more than a few items are in memory. An error costs its item and no other.
"""

import queue
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol

from engine.batch.item import Item, Recipe
from engine.batch.manifest import Line, failed
from engine.errors import TryOnError
from engine.messages import fault
from engine.system import memory

_READERS = 2
_WAITING = 2  # items between two steps


class Makes(Protocol):
    """What `engine.batch.maker.Maker` is to those who only hand it items.

    batch: how many `make` takes at once. gpus: how many makers this machine has GPUs for, 0 where this one uses none.
    """

    recipe: Recipe
    batch: int
    gpus: int

    def read(self, item: Item, /) -> Any: ...
    def make(self, reads: Sequence[Any], /) -> Sequence[Any]: ...
    def write(self, read: Any, result: Any, /) -> Line: ...


def flow(maker: Makes, items: Iterable[Item]) -> Generator[Line, None, None]:
    """The line of each item, as soon as it is over and done with. `items` is read in a thread of its own.

    Who stops listening waits for what is in hand, and no more is begun.
    """
    steps = _Steps(maker)
    threads = [
        threading.Thread(target=step, args=arguments, daemon=True)
        for step, *arguments in ((steps.feed, items), (steps.make,), (steps.write,))
    ]
    for thread in threads:
        thread.start()
    try:
        yield from iter(steps.lines.get, None)
    finally:
        steps.stopped.set()
        while threads[-1].is_alive():
            try:
                steps.lines.get(timeout=0.05)
            except queue.Empty:
                continue


class _Steps:
    """Three threads and what lies between them; None is the end of each queue."""

    def __init__(self, maker: Makes) -> None:
        self._maker = maker
        self.stopped = threading.Event()
        self.lines: queue.Queue[Line | None] = queue.Queue()
        self._read: queue.Queue[tuple[Item, Future[Any]] | None] = queue.Queue(maker.batch + _WAITING)
        self._made: queue.Queue[tuple[Item, Any, Any] | None] = queue.Queue(maker.batch + _WAITING)

    def feed(self, items: Iterable[Item]) -> None:
        try:
            with ThreadPoolExecutor(_READERS, thread_name_prefix="read") as readers:
                for item in items:
                    if self.stopped.is_set():
                        break
                    self._read.put((item, readers.submit(self._maker.read, item)))
        finally:
            self._read.put(None)

    def make(self) -> None:
        while (group := self._group()) is not None:
            readable = [(item, read) for item, read in (self._result(*one) for one in group) if read is not None]
            if readable and not self.stopped.is_set():
                self._make(readable)
        self._made.put(None)

    def write(self) -> None:
        while (one := self._made.get()) is not None:
            item, read, result = one
            line = self._tried(item, partial(self._maker.write, read, result))
            if line is not None:
                self.lines.put(line)
        self.lines.put(None)

    def _group(self) -> list[tuple[Item, "Future[Any]"]] | None:
        """As many items as are made at once, without waiting for more than the first; None at the end."""
        first = self._read.get()
        if first is None:
            return None
        group = [first]
        while len(group) < self._maker.batch:
            try:
                more = self._read.get_nowait()
            except queue.Empty:
                break
            if more is None:
                self._read.put(None)
                break
            group.append(more)
        return group

    def _make(self, readable: Sequence[tuple[Item, Any]]) -> None:
        """A batch that fails as a whole is made one by one, so that only the bad item is lost."""
        if len(readable) > 1:
            try:
                results = self._maker.make([read for _, read in readable])
            except Exception:
                for one in readable:
                    self._make([one])
                return
        else:
            (item, read) = readable[0]
            found = self._tried(item, lambda: self._maker.make([read]))
            results = found or []
        for (item, read), result in zip(readable, results, strict=False):
            self._made.put((item, read, result))

    def _result(self, item: Item, future: "Future[Any]") -> tuple[Item, Any]:
        return item, self._tried(item, future.result)

    def _tried(self, item: Item, step: Callable[[], Any]) -> Any:
        """What a step gives; None, and the item's line says why, where it fails."""
        try:
            return step()
        except Exception as error:  # whatever is wrong with one item must not stop the others
            self.lines.put(line_of_error(item, self._maker.recipe, error))
            return None


def line_of_error(item: Item, recipe: Recipe, error: Exception) -> Line:
    """The line of an item that failed with this error."""
    if isinstance(error, TryOnError):
        return failed(item, recipe, error.fault, error.path)
    if memory.ran_out(error):
        return failed(item, recipe, fault("memory.short"))
    return failed(item, recipe, fault("internal", reason=f"{type(error).__name__}: {error}"))
