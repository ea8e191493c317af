"""A session at the window as a user would have it, on an X server: `python -m tests.studio_walk OUT`.

Two people and five garments are dropped, a mask and a warp are mended, all is tried on all, three are favourites, the
project is saved, closed, opened again and exported. Seconds, clicks and keys of each step are printed as a table, and
the screen after each step is a picture in OUT.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QTimer
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialogButtonBox, QFileDialog, QWidget

from tests.app.window.drops import drop
from tests.benchmarks.window_steps import live, until
from tests.x_server import x_server, xdotool
from tryon_app.views.rails.list_item import KEY
from tryon_app.views.window.application import Application
from tryon_app.workers.answers import GarmentPhoto, PersonPhoto

ROOT: Final = Path(__file__).resolve().parent.parent
_SAMPLES = ROOT / "resources" / "samples"
PEOPLE: Final = (_SAMPLES / "people" / "woman.jpg", _SAMPLES / "people" / "man.jpg")
GARMENTS: Final = (
    *(_SAMPLES / "garments" / f"{name}.jpg" for name in ("tee", "striped", "tank", "printed")),
    ROOT / "tests" / "data" / "cases" / "garment_photo" / "g_side.jpg",
)
HEAD: Final = "| step | seconds | clicks and drags | keys |\n|---|---|---|---|\n"
_PAUSE = 0.7  # seconds in which animations end and thumbnails come
_LONG = 1200.0


class Hand:
    """Mouse and keyboard of the display; counts what they do."""

    def __init__(self) -> None:
        self.display = os.environ["DISPLAY"]
        self.clicks = self.keys = 0

    def click(self, widget: QWidget, at: QPointF | None = None, *, key: str = "", times: int = 1) -> None:
        """Click on a widget, in its middle where no place is said; key: one that is held meanwhile."""
        self._move(widget, at or QPointF(widget.rect().center()))
        held = ["keydown", key] if key else []
        self._do(*held, "click", "--repeat", times, "--delay", 60, 1, *(["keyup", key] if key else []))
        self.clicks += 1

    def drag(self, widget: QWidget, *places: QPointF) -> None:
        """Press at the first place, let go at the last."""
        self._move(widget, places[0])
        self._do("mousedown", 1)
        for place in places[1:]:
            self._move(widget, place)
        self._do("mouseup", 1)
        self.clicks += 1

    def key(self, *names: str) -> None:
        """Press keys as xdotool names them, "ctrl+s"."""
        self._do("key", *names)
        self.keys += len(names)

    def write(self, text: str) -> None:
        """Type it instead of what is in the field."""
        self._do("key", "ctrl+a", "type", "--delay", 8, text)
        self.keys += 1 + len(text)

    def _move(self, widget: QWidget, at: QPointF) -> None:
        place = widget.mapToGlobal(at)
        self._do("mousemove", round(place.x()), round(place.y()))

    def _do(self, *words: object) -> None:
        xdotool(self.display, *words)
        live(0.12)


class Walk:
    """The steps. `application` has its window on the screen."""

    def __init__(self, application: Application, out: Path) -> None:
        self.application, self.out = application, out
        self.window, self.studio = application.window, application.studio
        self.hand = Hand()
        self._number = 0

    @contextmanager
    def step(self, name: str, number: int = 0) -> Iterator[None]:
        """Time what is done in it, then take a picture of the screen."""
        self._number = number or self._number + 1
        hand = self.hand
        clicks, keys, begun = hand.clicks, hand.keys, time.monotonic()
        yield
        seconds = time.monotonic() - begun
        self.picture(name)
        row = f"| {name} | {seconds:.1f} | {hand.clicks - clicks} | {hand.keys - keys} |\n"
        sys.stdout.write(row)
        sys.stdout.flush()

    def picture(self, name: str) -> None:
        """The whole screen as it is now."""
        live(_PAUSE)
        screen = QApplication.primaryScreen().grabWindow(0)
        if not screen.save(str(self.out / f"{self._number:02}-{name.replace(' ', '-')}.png")):
            raise OSError(f"{self.out} cannot be written")

    # The first half

    def work(self, photos: Path, file: Path) -> None:
        """From an empty window to a saved project."""
        window, hand, studio = self.window, self.hand, self.studio
        with self.step("start"):
            until(lambda: studio.engine.state == "ready" and bool(studio.pack))
        with self.step("drop two people"):
            drop(window.person_slot, *(photos / path.name for path in PEOPLE))
            hand.clicks += 1
            until(lambda: _there(studio.document.person, photos / PEOPLE[0].name))
        with self.step("drop five garments"):
            drop(window.garment_slot, *(photos / path.name for path in GARMENTS))
            hand.clicks += 1
            until(lambda: _there(studio.document.garment, photos / GARMENTS[0].name))
        with self.step("try on"):
            hand.click(window.run_panel.button)
            self._made()
        with self.step("mend the mask"):
            self._mend_mask()
        with self.step("mend the warp"):
            self._mend_warp()
        with self.step("another garment"):
            hand.key("ctrl+Right")
            until(lambda: _there(studio.document.garment, photos / GARMENTS[1].name))
            self._made()
        with self.step("another person"):
            hand.key("ctrl+Down")
            live(1.0)
            self.picture("another person is on the way")
            until(lambda: _there(studio.document.person, photos / PEOPLE[1].name))
            self._made()
        self._batch()
        with self.step("save the project"):
            hand.key("ctrl+w")  # the batch's window
            self._to_front()
            QTimer.singleShot(1000, window, lambda: self._choose_file(file))  # the dialog has an event loop of its own
            hand.key("ctrl+s")
            until(lambda: window.project.file is not None and not window.project.unsaved and not window.project.busy)
        with self.step("close"):
            self._to_front()
            hand.key("ctrl+q")
            until(lambda: not window.isVisible())

    def _to_front(self) -> None:
        """The focus goes back to the window, as by a window manager, which this display does not have."""
        self.window.activateWindow()
        until(self.window.isActiveWindow)

    def _made(self) -> None:
        until(lambda: self.studio.has_result and not self.studio.tryons.running, _LONG)

    def _mend_mask(self) -> None:
        """The garment's mask gets a corner less."""
        window, hand = self.window, self.hand
        hand.click(window.strip.thumbs["garment_mask"])
        hand.click(window.edit_bar.buttons["eraser"])
        self.picture("the mask before it is mended")
        view = window.canvas.scene.view.target()
        hem = [QPointF(view.left() + view.width() * x, view.top() + view.height() * 0.8) for x in (0.3, 0.4, 0.5, 0.7)]
        hand.drag(window.canvas, *hem)
        until(lambda: not self.studio.has_result)
        self.picture("the mask is mended")
        self._made()

    def _mend_warp(self) -> None:
        """The laid garment is pushed a little down."""
        window, hand = self.window, self.hand
        hand.click(window.strip.thumbs["warped"])
        hand.click(window.edit_bar.buttons["push"])
        self.picture("the warp before it is mended")
        view = window.canvas.scene.view.target()
        down = [QPointF(view.center().x(), view.top() + view.height() * y) for y in (0.5, 0.53, 0.56, 0.6)]
        hand.drag(window.canvas, *down)
        self._made()

    def _batch(self) -> None:
        window, hand, batch = self.window, self.hand, self.studio.batch
        with self.step("all on all"):
            hand.key("ctrl+shift+Return")
            until(lambda: batch.count("ready"), _LONG)
            self.picture("the batch under way")
            until(lambda: batch.state == "finished", _LONG)
        with self.step("three favourites"):
            shown = window.batch.window
            assert shown is not None
            keys = [cell.key for cell in batch.cells.values() if cell.picture is not None][:3]
            for number, key in enumerate(keys):
                hand.click(shown.grid.viewport(), _place(shown.grid, key), key="ctrl" if number else "")
            hand.key("f")
            until(lambda: len(self.studio.favourites.keys) == len(keys))

    def _choose_file(self, file: Path) -> None:
        until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        self.picture("where to save")
        self.hand.write(str(file))
        self.hand.key("Return")

    # The second half

    def come_back(self, out: Path, number: int) -> None:
        """From the saved project to its pictures in a folder."""
        window, hand, studio = self.window, self.hand, self.studio
        with self.step("open the project", number):
            hand.clicks += 1
            until(lambda: window.project.file is not None and window.session.back and studio.picture() is not None)
        with self.step("export the favourites"):
            self._to_front()
            hand.key("ctrl+b")
            shown = window.batch.window
            assert shown is not None
            until(shown.isVisible)
            self.picture("the batch is there again")
            hand.click(shown.buttons["save"])
            until(lambda: window.batch.dialog is not None)
            dialog = window.batch.dialog
            assert dialog is not None
            live(_PAUSE)
            hand.click(dialog.folder.edit)
            hand.write(str(out))
            hand.click(dialog.favourites, QPointF(9, dialog.favourites.height() / 2))
            self.picture("what to export")
            hand.click(_button(dialog.buttons))
            until(lambda: len(list(out.glob("*.png"))) >= 3)
        window.close()


def _there(photo: PersonPhoto | GarmentPhoto | None, path: Path) -> bool:
    return photo is not None and photo.path == str(path)


def _place(view: QAbstractItemView, key: str) -> QPointF:
    model = view.model()
    cells = (model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount()))
    return QPointF(next(view.visualRect(one) for one in cells if one.data(KEY) == key).center())


def _button(box: QDialogButtonBox) -> QAbstractButton:
    return box.button(QDialogButtonBox.StandardButton.Save)


def main() -> None:
    """Without a display of its own it makes one, and walks through both halves on it, a process each."""
    options = _options()
    out = options.out.absolute()
    if not options.half:
        width, _, height = options.size.partition("x")
        shutil.rmtree(out, ignore_errors=True)
        (out / "photos").mkdir(parents=True)
        for path in (*PEOPLE, *GARMENTS):  # without what is known about samples
            shutil.copy(path, out / "photos")
        sys.stdout.write(HEAD)
        sys.stdout.flush()
        with x_server(int(width), int(height)) as display:
            environment = dict(os.environ) | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            for half in ("1", "2"):
                again = [sys.executable, "-m", "tests.studio_walk", *sys.argv[1:], "--half", half]
                subprocess.run(again, env=environment, check=True)
        return
    os.environ["TRYON_HOME"] = str(out / "home")
    from tryon_app.__main__ import read_options
    from tryon_app.model.opening import begin_engine

    file = out / "wardrobe.tryon"
    looks = ["--theme", options.theme, "--language", options.language, "--size", options.size]
    application = Application(read_options([*looks, *([str(file)] if options.half == "2" else [])]), begin_engine())
    walk = Walk(application, out)
    application.window.move(0, 0)
    application.window.resize(*map(int, options.size.split("x")))
    application.window.show()
    application.open_photos()
    if options.half == "1":
        walk.work(out / "photos", file)
    else:
        done = {path.name[:2] for path in out.glob("*.png")}
        walk.come_back(out / "exported", len(done) + 1)
    sys.exit(application.end())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.studio_walk", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write into; what is in it is removed")
    parser.add_argument("--size", default="1280x800", help="of the screen, which the window fills")
    parser.add_argument("--theme", choices=("light", "dark"), default="dark")
    parser.add_argument("--language", choices=("en", "ko"), default="en")
    parser.add_argument("--half", choices=("1", "2"), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
