"""`make screenshots`: the window in every look, size and stage, written to out/screenshots to be looked at.

Other modules add pictures of their own dialogs: tests/screenshots_*.py with `shots(window)` that yields (name, widget),
each shown already and grabbed before the next is asked for, or (name, function that shows a new one).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from tests import demo
from tryon_app.model.faults import Fault
from tryon_app.model.stages import VIEWS
from tryon_app.views.common.theme import CHOICES
from tryon_app.views.window.application import Application, Snapshot

SIZES: Final = ((1024, 700), (1280, 800), (2560, 1440))
SMALL: Final = (1280, 800)
LANGUAGES: Final = ("en", "ko")
_PAUSE: Final = 700  # milliseconds in which animations end and thumbnails come


class Screenshots(Snapshot):
    """Waits for a finished try-on as `tryon-app --offscreen` does, then takes all pictures."""

    _begun = False

    def _write(self) -> None:
        if self._begun:  # later try-ons finish too
            return
        self._begun = True
        try:
            self._take_all()
        except Exception as error:
            self._give_up(f"{type(error).__name__}: {error}", "")
            raise

    def _take_all(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        looks = [(theme, language) for theme in CHOICES if theme != "system" for language in LANGUAGES]
        for look in looks:
            for size in SIZES:
                self._take(f"window-{size[0]}x{size[1]}", look, self.window, size)
        for look in (looks[0], looks[-1]):
            self._choose(*look)
            for name, widget in chain(self._stages(), self._comparisons()):
                self._take(name, look, widget, SMALL)
        for name, shown in extras(self.window):
            for look in looks:
                self._choose(*look)
                widget = shown if isinstance(shown, QWidget) else shown()
                self._take(name, look, widget, SMALL if widget is self.window else None)
                if widget is not shown:
                    widget.close()
        self.window.clear()
        for look in looks:
            self._take("empty", look, self.window, SMALL)
        self._quit()

    def _give_up(self, reason: Fault | str, details: str) -> None:
        """Try-ons are given up on purpose here; only the first has to be finished."""
        if self.studio.has_result:
            self._say(str(reason))
        else:
            super()._give_up(reason, details)

    def _stages(self) -> Iterator[tuple[str, QWidget]]:
        """The window with every stage on the canvas; where there is a brush or a frame, with that in hand."""
        for view in VIEWS:
            self.window.show_stage(view.key)
            if view.key in ("parse", "garment_mask"):
                self.window.page.choose_tool("brush")
            self.window.page.choose_tool("frame")  # of the laid garment
            yield f"stage-{view.key}", self.window
        self.window.show_stage("result")

    def _comparisons(self) -> Iterator[tuple[str, QWidget]]:
        """The result against the photo in every way that does not move."""
        for mode in ("swipe", "side", "difference"):
            self.window.canvas.set_compare_mode(mode)
            yield f"compare-{mode}", self.window
        self.window.canvas.set_compare_mode("off")

    def _choose(self, theme: str, language: str) -> None:
        self.application.theme.choose(theme)
        self.application.language.choose(language)

    def _take(self, name: str, look: tuple[str, str], widget: QWidget, size: tuple[int, int] | None) -> None:
        self._choose(*look)
        if size is not None:
            widget.resize(*size)
        wait(_PAUSE)
        for _ in range(3):  # on a busy machine the new words may not be laid out yet
            QCoreApplication.sendPostedEvents()
        path = self.folder / f"{name}-{look[0]}-{look[1]}.png"
        if not widget.grab().save(str(path)):
            self._give_up(f"{path} cannot be written; choose another folder with --out.", "")
            return
        self._say(str(path))


def extras(window: QWidget) -> Iterator[tuple[str, QWidget | Callable[[], QWidget]]]:
    """What other modules want to be seen; what is said once and in one language is made for every look."""
    for path in sorted(Path(__file__).parent.glob("screenshots_*.py")):
        yield from import_module(f"tests.{path.stem}").shots(window)


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main() -> None:
    """Take them, in a user data folder of their own."""
    parser = argparse.ArgumentParser("python -m tests.screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out") / "screenshots", help="folder to write into")
    out = parser.parse_args().out
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    given = [*demo.photos(out / "demo"), *demo.weights(out / "demo")]
    os.environ["TRYON_HOME"] = str((out / "demo" / "home").absolute())
    from tryon_app.__main__ import read_options
    from tryon_app.model.opening import begin_engine

    application = Application(read_options([*given, "--theme", "dark", "--language", "en"]), begin_engine())
    application.window.show()
    application.open_photos()
    Screenshots(application, out).begin()
    application.app.exec()
    sys.exit(application.end())


if __name__ == "__main__":
    main()
