"""One start of the window, a try-on, cancels and a training in it, with the event loop watched; prints JSON.

Run as a process of its own, so that nothing of the benchmark is imported already.
"""

import json
import os
import sys
import time
from typing import Any

_TICK = 5  # milliseconds between two looks at the clock


def main() -> None:
    """Arguments: person, garment, data set to train on; without the last the first picture is all.

    TRYON_HOME names a folder with the pack to use.
    """
    from tryon_app.__main__ import read_options

    person, garment, *data = sys.argv[1:]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tryon_app.model.opening import begin_engine

    engine = begin_engine()
    from tryon_app.views.window.application import Application, RunWhenReady

    application = Application(read_options(["--person", person, "--garment", garment]), engine)
    probe = Probe(application)
    application.window.quiet = True
    application.window.show()
    application.window.repaint()
    probe.note("shown")
    application.open_photos()
    probe.watch()
    RunWhenReady(application.studio).begin()

    from tests.benchmarks import window_steps as steps

    steps.until(lambda: "result" in probe.found)
    if data:
        probe.found["cancel"] = steps.cancels(application.window, "draft" in probe.found)
        steps.train(application.window, data[0], probe.enter, probe.leave)
    application.window.close()
    application.end()
    sys.stdout.write(json.dumps(probe.found) + "\n")


class Probe:
    """Times since the process was started, how late the event loop was in each phase, and memory."""

    def __init__(self, application: Any) -> None:
        import psutil
        from PySide6.QtCore import Qt, QTimer

        self.process = psutil.Process()
        self.application, self.studio = application, application.studio
        self.found: dict[str, Any] = {"late": {"torch": [], "try_on": [], "training": []}}
        self.phase = "torch"
        self._last = time.perf_counter()
        self._timer = QTimer(application.window, interval=_TICK)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def note(self, what: str) -> None:
        """This has been reached."""
        self.found[what] = time.time() - self.process.create_time()

    def watch(self) -> None:
        """Look at the clock until the picture is there."""
        studio = self.studio
        studio.engine.ready.connect(self._on_ready)
        studio.document.result_changed.connect(self._on_result)
        studio.finished.connect(self._on_finished)
        self._last = time.perf_counter()
        self._timer.start()

    def enter(self, phase: str) -> None:
        """Look at the clock for this phase from now on."""
        self.phase, self._last = phase, time.perf_counter()
        self._timer.start()

    def leave(self) -> None:
        """Stop looking."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.found["late"][self.phase].append(max(0.0, (now - self._last) * 1000 - _TICK))
        self._last = now

    def _on_ready(self) -> None:
        self.studio.engine.ready.disconnect(self._on_ready)  # cancels may start the engine again
        self.note("torch")
        self.phase = "try_on"
        self.found["window_memory"] = self.process.memory_info().rss

    def _on_result(self) -> None:
        if self.studio.document.draft is not None and "draft" not in self.found:
            self.note("draft")

    def _on_finished(self) -> None:
        self.note("result")
        self.found["engine_memory"] = self.studio.engine.memory
        self.found["seconds"] = self.studio.tryons.job.seconds if self.studio.tryons.job else 0.0
        self._timer.stop()
        self.studio.finished.disconnect(self._on_finished)


if __name__ == "__main__":
    main()
