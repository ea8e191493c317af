"""What the window's probe does after the first picture: cancel at every stage, and train on the same cores."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from tryon_app.model.training import Spec

if TYPE_CHECKING:
    from tryon_app.views.window.main_window import MainWindow

# each stage at its beginning, the long one in its middle too
_PLACES = (("agnostic", 0.0), ("segmentation", 0.0), ("warp", 0.0), ("draft", 0.0), ("generation", 0.0))
_WITHIN = ("generation", 0.6)  # share of the whole try-on
_PATIENCE, _WATCHED = 600.0, 30.0  # seconds


def until(condition: Callable[[], object], seconds: float = _PATIENCE) -> None:
    """Let the window live until something is so; TimeoutError where it never is."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} s in vain")
        live(0.02)


def live(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def cancels(window: MainWindow, drafted: bool) -> dict[str, float]:
    """Seconds from asking for a cancel until the window is free again, by where the try-on was.

    drafted: whether its try-ons begin with a draft.
    """
    found = {}
    for stage, share in (*_PLACES, _WITHIN):
        if stage == "draft" and not drafted:
            continue
        until(lambda: window.studio.jobs.is_ready and not window.studio.jobs.jobs)
        found[f"{stage} {share:.0%}" if share else stage] = _cancelled(window, stage, share)
    return found


def _cancelled(window: MainWindow, stage: str, share: float) -> float:
    tryons = window.studio.tryons
    times: dict[str, float] = {}

    def look() -> None:
        job = tryons.job
        if tryons.running and job is not None and job.stage == stage and job.progress >= share and not times:
            times["asked"] = time.perf_counter()
            window.cancel()

    answers = (
        (tryons.changed, tryons.changed.connect(look)),
        (
            tryons.cancelled,
            tryons.cancelled.connect(lambda: times.setdefault("free", time.perf_counter())),
        ),
    )
    window.studio.document.cache.clear()
    window.studio.run()
    until(lambda: "free" in times)
    for signal, connection in answers:
        signal.disconnect(connection)
    return times["free"] - times["asked"]


def train(window: MainWindow, data: str, enter: Callable[[str], None], leave: Callable[[], None]) -> None:
    """Train on all cores with the monitor open, and have the event loop watched meanwhile."""
    menu = window.training
    spec = Spec("matching", data, preset="small", steps=100_000, batch=4, extra={"log_every": 1, "sample_every": 10})
    run = menu.runs.start("bench", spec.arguments(), spec.launch(window.studio.pack))
    menu.open_monitor(run)
    try:
        until(lambda: run.record.step >= 3 or not run.live)
        if not run.live:
            raise RuntimeError(f"the training ended: {run.state}: {list(run.log)[-5:]}")
        enter("training")
        live(_WATCHED)
        leave()
    finally:
        run._trainer.kill()
        until(lambda: not run.live)
        run.cancel()
