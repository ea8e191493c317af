"""One start of the window in which a retoucher's work is done by mouse and rail.

It prints seconds as JSON: on the clock, and of the window's own process, which other programs disturb less.
Run as a process of its own, so that it has the window's settings and no other's.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from math import cos, sin
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.benchmarks.window_steps import live, until
from tryon_app.model.batch import launch_of, pairs
from tryon_app.views.rails.list_item import KEY

if TYPE_CHECKING:
    from tryon_app.views.window.main_window import MainWindow

_STROKES, _MOVES, _SWITCHES, _OPENED = 5, 40, 20, 3
_PICTURES, _TICK = 500, 5  # of each pair, more than are made meanwhile; milliseconds between two looks at the clock
_SIZE = (1280, 800)
_LABELS = itertools.cycle((1, 2))  # one after the other, since a label over itself is no edit
Taken = tuple[float, float]
"""Seconds on the clock and of this process's cores."""
_NONE, _LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton


def main() -> None:
    """Arguments: a person, two garments, the number of results, a project's file to write and open."""
    from tryon_app.__main__ import read_options

    person, garment, other, count, file = sys.argv[1:]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tryon_app.model.opening import begin_engine
    from tryon_app.views.window.application import Application, RunWhenReady

    application = Application(read_options(["--person", person]), begin_engine())
    window, studio = application.window, application.studio
    studio.settings.precompute = False
    window.quiet = True
    window.resize(*_SIZE)
    window.show()
    application.open_photos()
    studio.open("garment", [garment, other])
    RunWhenReady(studio).begin()
    until(lambda: studio.has_result)
    found = {"rail": rail(window, garment, other)}
    studio.tryons.cancel()  # and none follows the edits: what is timed is the window's part
    found |= {tool: pushing(window, tool) for tool in ("push", "edge", "frame")}
    found["stroke"] = strokes(window)
    found |= beside_a_batch(window, person, garment, other)
    found["project"] = opening(window, int(count), Path(file))
    window.close()
    application.end()
    sys.stdout.write(json.dumps(found) + "\n")


def _timed(act: Callable[[], object], there: Callable[[], object] = lambda: True) -> Taken:
    """From an act until its consequence is there and painted."""
    clock, cores = time.perf_counter(), time.process_time()
    act()
    QApplication.processEvents()
    while not there():
        live(0.002)
    return time.perf_counter() - clock, time.process_time() - cores


def rail(window: MainWindow, *garments: str) -> list[Taken]:
    """Seconds from choosing a garment that was tried on before until its picture is on the screen."""
    for garment in garments:
        window.rails.choose("garment", garment)
        until(partial(_shown, window, garment))
    taken = []
    for turn in range(_SWITCHES):
        garment, before = garments[turn % len(garments)], window.canvas.picture
        choose = partial(window.rails.choose, "garment", garment)
        taken.append(_timed(choose, partial(_pictured, window, garment, before)))
        live(0.1)
    return taken


def _shown(window: MainWindow, garment: str) -> bool:
    photo = window.studio.document.garment
    return photo is not None and photo.path == garment and window.studio.has_result


def _pictured(window: MainWindow, garment: str, before: object) -> bool:
    return _shown(window, garment) and window.canvas.picture is not before


def strokes(window: MainWindow) -> list[Taken]:
    """Seconds from each event of a stroke of the brush until what it did is painted."""
    return [one for stroke in _strokes_of(window, "parse", "brush") for one in stroke]


def pushing(window: MainWindow, tool: str) -> list[Taken]:
    """Seconds from each movement of a tool that pushes the laid garment until it is seen pushed."""
    return [one for stroke in _strokes_of(window, "warped", tool) for one in stroke[1:-1]]


def _strokes_of(window: MainWindow, stage: str, tool: str) -> list[list[Taken]]:
    """Each stroke of a tool, once there is something to work on; RuntimeError where one of them did nothing."""
    canvas, done = window.canvas, list[object]()
    window.show_stage(stage)
    until(lambda: canvas.scene.laid is not None or stage != "warped")
    live(0.5)
    window.page.choose_tool(tool)
    for signal in (canvas.labels_edited, canvas.laid_pushed):
        signal.connect(done.append)
    strokes = []
    for turn in range(_STROKES):
        if tool == "brush":
            window.legend.chosen.emit(next(_LABELS))
        strokes.append(_dragged(window, turn))
    for signal in (canvas.labels_edited, canvas.laid_pushed):
        signal.disconnect(done.append)
    if len(done) != _STROKES:
        raise RuntimeError(f"{len(done)} of {_STROKES} strokes of the {tool} did something")
    return strokes


def _dragged(window: MainWindow, turn: int) -> list[Taken]:
    """Seconds of pressing, of each movement along a curve about the picture's middle, and of letting go."""
    view = window.canvas.scene.view.target()
    radius, middle = view.width() / 5, view.center()
    angles = [turn + 3 * step / _MOVES for step in range(_MOVES)]
    places = [middle + QPointF(radius * cos(angle), radius * sin(2 * angle)) for angle in angles]
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (_MOVES - 2), QEvent.Type.MouseButtonRelease]
    taken = [_sent(window, kind, place) for kind, place in zip(kinds, places, strict=True)]
    live(0.2)
    return taken


def _sent(window: MainWindow, kind: QEvent.Type, place: QPointF) -> Taken:
    moves, over = kind is QEvent.Type.MouseMove, kind is QEvent.Type.MouseButtonRelease
    button, held = _NONE if moves else _LEFT, _NONE if over else _LEFT
    everywhere = window.canvas.mapToGlobal(place)
    event = QMouseEvent(kind, place, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
    return _timed(lambda: QApplication.sendEvent(window.canvas, event))


def beside_a_batch(window: MainWindow, person: str, *garments: str) -> dict[str, list[Taken]]:
    """What edits cost, and how late the event loop is, while a batch is made and each edit is followed by a try-on."""
    studio, batch = window.studio, window.studio.batch
    launch = launch_of(studio.document.options, studio.pack, studio.settings.device, studio.settings.threads)
    batch.make(pairs([person], garments, range(_PICTURES)), launch)
    until(lambda: batch.count("ready", "warned"))
    studio.tryons.follows = True
    late = Late(window)
    found = {"stroke": strokes(window), **{tool: pushing(window, tool) for tool in ("push", "frame")}}
    found["event loop"] = late.stop()
    if batch.state != "running":
        raise RuntimeError("the batch ended before what was timed beside it")
    batch.clear()
    studio.tryons.cancel()
    return {f"{name} beside a batch": taken for name, taken in found.items()}


class Late:
    """How late the event loop comes to a timer: seconds on the clock, twice, as its waiting costs no core."""

    def __init__(self, window: MainWindow) -> None:
        self._found: list[Taken] = []
        self._last = time.perf_counter()
        self._timer = QTimer(window, interval=_TICK)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> list[Taken]:
        """Look no longer; what was seen."""
        self._timer.stop()
        return self._found

    def _tick(self) -> None:
        now = time.perf_counter()
        late = max(0.0, now - self._last - _TICK / 1000)
        self._found.append((late, late))
        self._last = now


def opening(window: MainWindow, count: int, file: Path) -> list[Taken]:
    """Seconds from opening a project with so many results until the thumbnails that are seen are there."""
    _multiply(window, count)
    project, history = window.project, window.studio.history
    opened: list[bool] = []
    project.opened.connect(lambda: opened.append(True))
    project.save_as(file)
    until(lambda: opened)
    taken = []
    for _ in range(_OPENED):
        project.close()
        live(1.0)
        opened.clear()
        taken.append(_timed(partial(project.open, file), lambda: opened and _listed(window, count)))
        if len(history.entries) != count:
            raise RuntimeError(f"{len(history.entries)} results instead of {count}")
    return taken


def _multiply(window: MainWindow, count: int) -> None:
    """Make results of the first one until there are so many."""
    history = window.studio.history
    until(lambda: history.entries)
    entry = history.entries[0]
    for number in range(count - len(history.entries)):
        twin = entry.folder.with_name(f"20200101-{number:06}")
        shutil.copytree(entry.folder, twin)
        about = json.dumps({**entry.to_json(), "key": twin.name})
        (twin / "entry.json").write_text(about, encoding="utf-8")
    history.load()


def _listed(window: MainWindow, count: int) -> bool:
    """Whether all are in the list, with the pictures of those that are seen."""
    shown = window.history_list.list
    if shown.count() != count:
        return False
    rows = {shown.indexAt(shown.viewport().rect().topLeft() + QPoint(9, y)).row() for y in range(0, shown.height(), 40)}
    return all(window.history_list.picture(shown.item(row).data(KEY)) is not None for row in rows if row >= 0)


if __name__ == "__main__":
    main()
