"""Pictures of the window itself for `make screenshots`: menus, messages, a rail, several people, a try-on under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from tests.screenshots_training import until
from tryon_app.model import about as about_us
from tryon_app.model import places
from tryon_app.model.faults import fault
from tryon_app.views.common.dialogs import question_box, show_error
from tryon_app.views.window.about import AboutDialog

if TYPE_CHECKING:
    from tryon_app.views.window.main_window import MainWindow

Shot = tuple[str, QWidget | Callable[[], QWidget]]
_DAMAGED = fault("picture.damaged", path="/photos/holiday.png")


def shots(window: MainWindow) -> Iterator[Shot]:
    """Everything that is not seen in the window at rest."""
    yield from _menus(window)
    yield from _messages(window)
    yield from _rail(window)
    yield from _several_people(window)
    yield from _under_way(window)


def _menus(window: MainWindow) -> Iterator[Shot]:
    training = window.training
    menus = window.actions_.menus | {"train": training.train_menu, "packs": training.packs_menu}
    for name, menu in menus.items():
        menu.aboutToShow.emit()
        yield f"menu-{name}", menu
    yield "menu-overlays", window.canvas_bar.overlays


def _messages(window: MainWindow) -> Iterator[Shot]:
    about = AboutDialog(window, window.studio.engine.vocabulary.version, about_us.parts())
    about.show()
    yield "about", about
    about.close()
    yield "error", lambda: show_error(window, _DAMAGED, "details")
    yield "question", lambda: _question(window)
    loader = window.studio.garment_in
    loader.refuse(fault("picture.unknown", path="/photos/list.txt"))
    yield "wrong-file", window
    loader.clear()


def _question(window: MainWindow) -> QWidget:
    """What is asked when a window is closed while it works."""
    words = partial(QCoreApplication.translate, "MainWindow")
    consequence = words("Its picture will not be finished. Everything that is finished is kept.")
    box = question_box(window, words("A try-on is running. Quit all the same?"), consequence, words("Quit"))
    box.show()
    return box


def _rail(window: MainWindow) -> Iterator[Shot]:
    """All sample garments at once, the second in use."""
    paths = [one.path for one in window.studio.samples if one.kind == "garment"]
    window.studio.open("garment", paths)
    until(lambda: window.studio.document.garment is not None and not window.studio.jobs.jobs)
    window.next_garment()
    until(lambda: window.studio.has_result and not window.studio.jobs.jobs)
    yield "rail", window


def _several_people(window: MainWindow) -> Iterator[Shot]:
    """Two sample people in one photo: boxes to choose by, and the warning that says so."""
    people = [Path(one.path) for one in window.studio.samples if one.kind == "person"]
    pictures = [Image.open(path).convert("RGB").resize((768, 1024)) for path in people[:2]]
    group = places.home() / "group.png"
    Image.fromarray(np.hstack([np.asarray(one) for one in pictures])).save(group)
    before = window.studio.document.person
    window.studio.open("person", [str(group)])
    until(lambda: window.studio.document.person is not before and not window.studio.person_in.busy)
    window.show_stage("photo")
    yield "several-people", window


def _under_way(window: MainWindow) -> Iterator[Shot]:
    """A try-on in the middle: what is done, how long it will take, and the way out."""
    window.studio.document.cache.clear()
    window.set_seed(4711)
    window.run()
    until(lambda: window.studio.document.draft is not None or window.studio.has_result)
    engine = psutil.Process(window.studio.engine.process.pid)
    engine.suspend()  # the pictures take longer than the try-on
    yield "under-way", window
    engine.resume()
    window.cancel()
