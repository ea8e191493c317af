"""A window that does one thing after another until it is killed; see `main` for what it is told.

The journal has a line of JSON before each thing ("doing"), one when it is done, and one ("settled") when 0.7 seconds of
the window's own time have gone by since, in which what is on the screen has to have reached the disk. What is lost with
an engine that was killed is asked for again, as people would, and so is a training.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from tests.app.training.conftest import spec
from tests.app.window.windows import make_window
from tryon_app.model.memory import give_pictures_back
from tryon_app.model.runs import Run
from tryon_app.views.window.main_window import MainWindow

_SETTLED = 700  # milliseconds; the session waits for 500 before it writes
_THINGS = ("person", "garment", "seed", "edit", "undo", "switch", "run", "save", "export")
_TRAINING = {"checkpoint_every": 5, "log_every": 5, "validate_every": 50, "sample_every": 50}
_STEPS = 200


class Busy:
    """Uses the window as somebody in a hurry. pairs: what is trained on all the while; None for no training."""

    def __init__(
        self, app: QApplication, window: MainWindow, people: Path, out: Path, journal: Path, pairs: Path | None
    ) -> None:
        self._app, self._window, self._studio = app, window, window.studio
        self._people, self._out, self._pairs = people, out, pairs
        self._journal = journal.open("a", buffering=1, encoding="utf-8")
        self._failed = False
        self._studio.failed.connect(lambda *_: setattr(self, "_failed", True))

    def go_on_for_ever(self, seed: int, first: tuple[str, ...]) -> None:
        """What was open comes back first; then photos and a picture, then `first`, then anything."""
        rng = np.random.default_rng(seed)
        studio = self._studio
        opened = self._window.session.restore()  # at once, as the program does: the session is written soon after
        self._wait(lambda: studio.engine.packs_known and bool(studio.pack) and studio.engine.state == "ready")
        if opened:
            self._wait(lambda: not studio.person_in.busy and not studio.garment_in.busy)
            self._wait(lambda: self._window.session.back)
        self._note("back")
        for thing in (*_THINGS[:2], "run", *first):
            self._do(thing, rng)
        while True:
            for kind in _THINGS[:2]:
                if getattr(studio.document, kind) is None:  # undone, and the rest needs it
                    self._do(kind, rng)
            self._do(_THINGS[rng.integers(len(_THINGS))], rng)

    def state(self) -> dict[str, Any]:
        """What is on the screen."""
        document, entry = self._studio.document, self._studio.shown_entry
        photos = {"person": document.person, "garment": document.garment}
        return {
            **{kind: None if photo is None else photo.path for kind, photo in photos.items()},
            "seed": document.seed,
            "edits": sorted(edit.key for edit in document.state.edits.values()),
            "entry": entry.key if entry in self._studio.history.entries and entry is not None else "",
            "runs": {run.name: run.record.step for run in self._window.training.runs.runs},
        }

    def _do(self, thing: str, rng: np.random.Generator) -> None:
        value = int(rng.integers(1, 1000))
        wanted = {thing: self._path(thing, value)} if thing in ("person", "garment") else {thing: value}
        self._write({"line": "doing", **wanted})
        getattr(self, f"_{thing}")(value)
        self._wait(lambda: not self._studio.tryons.running)
        self._note("done")
        self._pass(_SETTLED)
        self._note("settled")
        if self._pairs is not None:
            self._train(self._pairs)

    def _train(self, pairs: Path) -> None:
        """Whatever has stopped goes on; where nothing can, something new is trained."""
        runs = self._window.training.runs
        if runs.live:
            return
        resumable: list[Run] = [run for run in runs.runs if run.resumable]
        if resumable:
            runs.resume(resumable[0])
            return
        chosen = spec(pairs, steps=_STEPS, extra=_TRAINING)
        runs.start(runs.free_name("mine"), chosen.arguments(), chosen.launch("tiny"))

    def _path(self, thing: str, value: int) -> str:
        folder = self._people / ("image" if thing == "person" else "cloth")
        return str(folder / f"{value % 3:05d}_00.jpg")

    def _person(self, value: int) -> None:
        self._open("person", self._path("person", value))

    def _garment(self, value: int) -> None:
        self._open("garment", self._path("garment", value))

    def _open(self, kind: str, path: str) -> None:
        loader = self._studio.person_in if kind == "person" else self._studio.garment_in
        self._until_done(lambda: self._studio.open(kind, [path]), lambda: not (loader.busy or loader.error))

    def _seed(self, value: int) -> None:
        self._window.set_seed(value)

    def _edit(self, value: int) -> None:
        parse = np.array(self._studio.document.state.person_data()["parse"])
        parse[:value, :value] = 0
        self._studio.document.edit("parse", {"parse": parse}, "Edit")

    def _undo(self, value: int) -> None:
        self._studio.document.undo.undo()

    def _switch(self, value: int) -> None:
        """Three garments on the rail, and one of them chosen there."""
        paths = [self._path("garment", number) for number in range(3)]
        idle: Callable[[], bool] = lambda: not self._studio.garment_in.busy  # noqa: E731
        self._until_done(lambda: self._studio.open("garment", paths), idle)
        self._until_done(lambda: self._studio.choose("garment", paths[value % 3]), idle)

    def _run(self, value: int) -> None:
        self._until_done(self._window.run, lambda: self._studio.has_result)
        self._wait(lambda: self._studio.shown_entry in self._studio.history.entries)

    def _save(self, value: int) -> None:
        self._written(lambda: self._studio.save(str(self._out / f"{value}.png")))

    def _export(self, value: int) -> None:
        self._written(lambda: self._studio.export(str(self._out / f"stages-{value}")))

    def _written(self, write: Callable[[], None]) -> None:
        self._run(0)
        heard: list[str] = []
        connection = self._studio.saved.connect(heard.append)
        self._until_done(write, lambda: bool(heard))
        self._studio.saved.disconnect(connection)

    def _until_done(self, ask: Callable[[], None], done: Callable[[], bool]) -> None:
        """Ask once, and again each time that it has failed, with an engine that is there."""
        self._failed = True
        while not done() or self._failed:
            if self._failed:
                self._wait(lambda: self._studio.engine.state != "starting")
                self._failed = False
                ask()
            self._turn()

    def _turn(self) -> None:
        """As the program's own loop does it: without one, Qt would keep what is to be deleted later."""
        self._app.processEvents()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(0.005)

    def _wait(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._turn()

    def _pass(self, milliseconds: int) -> None:
        """By a timer of the window's own loop: however slow the machine is, one that was started before comes first."""
        over: list[bool] = []
        QTimer.singleShot(milliseconds, lambda: over.append(True))
        self._wait(lambda: bool(over))

    def _note(self, line: str) -> None:
        self._write({"line": line, **self.state()})

    def _write(self, line: dict[str, Any]) -> None:
        self._journal.write(json.dumps(line) + "\n")


def main(home: str, people: str, out: str, journal: str, seed: str, first: str = "", pairs: str = "") -> None:
    """Folders of the program, of the photos and for what is saved, the file to write to, and the source of chance.

    first: what is done first, divided by commas. pairs: a data set to train on; empty for no training.
    """
    os.environ |= {"TRYON_HOME": home, "TRYON_SHIPPED_WEIGHTS": "/nowhere"}  # the tests' own were set on import
    give_pictures_back()  # as the program does
    app = QApplication([])
    window = make_window(app)
    window.settings.first_run = False
    window.show()
    busy = Busy(app, window, Path(people), Path(out), Path(journal), Path(pairs) if pairs else None)
    busy.go_on_for_ever(int(seed), tuple(filter(None, first.split(","))))


if __name__ == "__main__":
    main(*sys.argv[1:])
