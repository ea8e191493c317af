"""Engine processes that have torch when they begin, for tests that are not about how one begins.

They are forked from a server that has imported it once, where the program starts each from nothing: seconds apiece.
"""

import os
from multiprocessing import context, forkserver
from typing import Any

_PRELOADED = ["torch", "engine.tryon.pipeline", "tests.app.window.forked", "tryon_app.workers.child"]


class _Forked(context.ForkServerProcess):
    """With the environment of the moment, as a spawned process has it; the server keeps that of its own beginning."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._environment = dict(os.environ)

    def run(self) -> None:
        os.environ.clear()
        os.environ.update(self._environment)
        super().run()


class _Context(context.ForkServerContext):
    Process = _Forked


def get_context(method: str) -> context.BaseContext:
    """In place of `multiprocessing.get_context` where the engine's process is started."""
    assert method == "spawn"
    forkserver.set_forkserver_preload(_PRELOADED)
    return _Context()


def server() -> int | None:
    """The number of the server's process, which lives as long as the tests; None where none was needed yet."""
    number: int | None = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    return number
