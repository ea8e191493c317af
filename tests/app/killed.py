"""A window that does one thing after another until it is killed; see `main` for what it is told.

The journal has a line of JSON before each thing ("doing"), one when it is done, and one ("settled") when a second of
the window's own time has gone by since, in which what is on the screen has to have reached the disk.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.app.window.conftest import make_window
from tryon_app.views.window.main_window import MainWindow

_SETTLED = 1000  # milliseconds
_THINGS = ("person", "garment", "seed", "edit", "run", "save", "export")


class Busy:
    """Uses the window as somebody in a hurry."""

    def __init__(self, app: QApplication, window: MainWindow, people: Path, out: Path, journal: Path) -> None:
        self._app, self._window, self._studio = app, window, window.studio
        self._people, self._out = people, out
        self._journal = journal.open("a", buffering=1, encoding="utf-8")

    def go_on_for_ever(self, seed: int) -> None:
        """What was open comes back first; then photos and a picture, then anything."""
        rng = np.random.default_rng(seed)
        studio = self._studio
        self._wait(lambda: studio.engine.packs_known and bool(studio.pack) and studio.engine.state == "ready")
        if self._window.session.restore():
            self._wait(lambda: not studio.person_in.busy and not studio.garment_in.busy)
            self._wait(lambda: self._window.session.back)
        self._note("back")
        for thing in (*_THINGS[:2], "run"):
            self._do(thing, rng)
        while True:
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

    def _path(self, thing: str, value: int) -> str:
        folder = self._people / ("image" if thing == "person" else "cloth")
        return str(folder / f"{value % 3:05d}_00.jpg")

    def _person(self, value: int) -> None:
        self._studio.open("person", [self._path("person", value)])
        self._wait(lambda: not self._studio.person_in.busy)

    def _garment(self, value: int) -> None:
        self._studio.open("garment", [self._path("garment", value)])
        self._wait(lambda: not self._studio.garment_in.busy)

    def _seed(self, value: int) -> None:
        self._window.set_seed(value)

    def _edit(self, value: int) -> None:
        parse = np.array(self._studio.document.state.person_data()["parse"])
        parse[:value, :value] = 0
        self._studio.document.edit("parse", {"parse": parse}, "Edit")

    def _run(self, value: int) -> None:
        self._window.run()
        self._wait(lambda: self._studio.has_result)
        self._wait(lambda: self._studio.shown_entry in self._studio.history.entries)

    def _save(self, value: int) -> None:
        self._written(lambda: self._studio.save(str(self._out / f"{value}.png")))

    def _export(self, value: int) -> None:
        self._written(lambda: self._studio.export(str(self._out / f"stages-{value}")))

    def _written(self, write: Callable[[], None]) -> None:
        self._run(0)
        heard: list[str] = []
        connection = self._studio.saved.connect(heard.append)
        write()
        self._wait(lambda: bool(heard))
        self._studio.saved.disconnect(connection)

    def _wait(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._app.processEvents()
            time.sleep(0.005)

    def _pass(self, milliseconds: int) -> None:
        """By a timer of the window's own loop: however slow the machine is, one that was started before comes first."""
        over: list[bool] = []
        QTimer.singleShot(milliseconds, lambda: over.append(True))
        self._wait(lambda: bool(over))

    def _note(self, line: str) -> None:
        self._write({"line": line, **self.state()})

    def _write(self, line: dict[str, Any]) -> None:
        self._journal.write(json.dumps(line) + "\n")


def main(home: str, people: str, out: str, journal: str, seed: str) -> None:
    """Folders of the program, of the photos and for what is saved, the file to write to, and the source of chance."""
    os.environ |= {"TRYON_HOME": home, "TRYON_SHIPPED_WEIGHTS": "/nowhere"}  # the tests' own were set on import
    app = QApplication([])
    window = make_window(app)
    window.settings.first_run = False
    window.show()
    Busy(app, window, Path(people), Path(out), Path(journal)).go_on_for_ever(int(seed))


if __name__ == "__main__":
    main(*sys.argv[1:])
