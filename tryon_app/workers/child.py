"""The engine's process: it answers requests until the window goes away.

The main thread computes, one request at a time, and a second one what is short, such as cutting out a garment, since
the analysis of a person leaves a core free. A third reads and writes files, so that a picture can be saved while
another is being made; a fourth listens, so that a cancel is heard at once; a fifth says that all is well. This module
is imported by the window's process, so nothing here imports the engine before the process has begun.
"""

import faulthandler
import logging
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from tryon_app.workers.context import TaskContext, Work
from tryon_app.workers.messages import Cancel, Cancelled, Done, Event, Failed, Heartbeat, Quit, Request
from tryon_app.workers.requests import AnyTask, AsideTask, FileTask
from tryon_app.workers.sharing import Sender, unpack

BEAT_SECONDS = 1.0
_NICER = 5  # the window's own process comes first


class EventPipe:
    """The pipe to the window, for several threads; arrays go beside it."""

    def __init__(self, connection: Connection, prefix: str) -> None:
        self._connection = connection
        self._sender = Sender(prefix)
        self._lock = threading.Lock()

    def say(self, event: Event) -> None:
        """Send one event; where nobody listens any more, the process ends."""
        with self._lock:
            packed = self._sender.pack(event)
            try:
                self._connection.send(packed)
            except (BrokenPipeError, ConnectionError, OSError):
                os._exit(0)

    def hear(self) -> Request | Cancel | Quit:
        """The next message; `Quit` when the window's process has gone away."""
        try:
            message = self._connection.recv()
        except (EOFError, ConnectionError, OSError):
            os._exit(0)
        heard: Request | Cancel | Quit = unpack(message)
        return heard


class TaskQueue:
    """Requests that are done one after the other in one thread. tasks: what is done for each class of them."""

    def __init__(self, say: Callable[[Event], None], tasks: Mapping[type[AnyTask], Work]) -> None:
        self._say = say
        self._tasks = tasks
        self._waiting: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._calls: dict[int, TaskContext] = {}

    def put(self, request: Request) -> None:
        """Append a request."""
        self._calls[request.id] = TaskContext(self._say, request.id)
        self._waiting.put(request)

    def cancel(self, request: int) -> None:
        """Stop a request of this lane, whether it runs or waits; others are none of its business."""
        if (call := self._calls.get(request)) is not None:
            call.stop()

    def close(self) -> None:
        """End `work` after the requests that are there."""
        self._waiting.put(None)

    def work(self) -> None:
        """Answer requests until `close`."""
        while (request := self._waiting.get()) is not None:
            self._say(answer(self._calls[request.id], request.task, self._tasks[type(request.task)]))
            del self._calls[request.id]


def answer(call: TaskContext, task: AnyTask, work: Work) -> Event:
    """Do the task; whatever is raised becomes an event."""
    from engine.errors import Aborted, TryOnError
    from engine.messages import fault

    try:
        return Cancelled(call.id) if call.aborted() else Done(call.id, work(task, call))
    except Aborted:
        return Cancelled(call.id)
    except TryOnError as error:
        return Failed(call.id, error.fault)
    except MemoryError:
        return Failed(call.id, fault("memory.short"), traceback.format_exc())
    except Exception as error:
        logging.exception("task failed")
        from engine.system.memory import ran_out

        if ran_out(error):
            return Failed(call.id, fault("memory.short"), traceback.format_exc())
        return Failed(call.id, fault("internal", reason=type(error).__name__), traceback.format_exc())


def serve(connection: Connection, prefix: str, log: str) -> None:
    """The whole life of the process. log: the file that gets what it would write to its standard error."""
    _redirect(Path(log))
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the window, which will say Quit
    if hasattr(os, "nice") and os.nice(0) == 0:
        os.nice(_NICER)
    from engine.system.waiting import wait_asleep

    wait_asleep()  # before PyTorch is loaded
    from tryon_app.workers import tasks

    line = EventPipe(connection, prefix)
    work = tasks.compute()
    compute, aside, files = (TaskQueue(line.say, one) for one in (work, work, tasks.FILES))
    for target in (lambda: _listen(line, compute, aside, files), aside.work, files.work, lambda: _beat(line)):
        threading.Thread(target=target, daemon=True).start()
    tasks.warm_up()
    compute.work()
    os._exit(0)  # torch's threads and open files end with the process; there is nothing to tidy up


def _listen(line: EventPipe, compute: TaskQueue, aside: TaskQueue, files: TaskQueue) -> None:
    while not isinstance(message := line.hear(), Quit):
        if isinstance(message, Request):
            queues = {FileTask: files, AsideTask: aside}
            next((one for kind, one in queues.items() if isinstance(message.task, kind)), compute).put(message)
        else:
            for one in (compute, aside, files):
                one.cancel(message.id)
    compute.close()


def _beat(line: EventPipe) -> None:
    import psutil

    process, pause = psutil.Process(), threading.Event()
    while True:
        line.say(Heartbeat(process.memory_info().rss, _gpu_memory()))
        pause.wait(BEAT_SECONDS)


def _gpu_memory() -> int:
    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "cuda") or not torch.cuda.is_initialized():
        return 0
    return int(torch.cuda.memory_allocated())


def _redirect(log: Path) -> None:
    """Standard output and error into the log, with a stack of every thread when the process crashes."""
    log.parent.mkdir(parents=True, exist_ok=True)
    file = log.open("w", encoding="utf-8", errors="replace", buffering=1)
    sys.stdout = sys.stderr = file
    for number in (1, 2):
        os.dup2(file.fileno(), number)
    faulthandler.enable(file)
    logging.basicConfig(stream=file, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
