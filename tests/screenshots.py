"""`make screenshots`: the window in every size, theme and language, written to out/screenshots to be looked at."""

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from tests import demo
from tryon_app.views.application import Application, Snapshot
from tryon_app.views.marks import STAGES

OUT = Path("out") / "screenshots"
SIZES = ((1280, 800), (2560, 1440))
_PAUSE = 900  # milliseconds in which animations end and thumbnails come


class Screenshots(Snapshot):
    """Waits for a finished try-on as `tryon-app --offscreen` does, then takes all pictures."""

    def _write(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for theme in ("dark", "light"):
            for language in ("en", "ko"):
                self.application.theme.choose(theme)
                self.application.language.choose(language)
                for size in SIZES:
                    self._take(f"window-{size[0]}-{theme}-{language}", size)
        self.application.language.choose("en")
        for stage in STAGES:
            self.window.show_stage(stage)
            self._take(f"stage-{stage}", SIZES[0])
        self._take("smallest", (1024, 700))
        self.window.clear()
        self._take("empty", SIZES[0])
        self._quit()

    def _take(self, name: str, size: tuple[int, int]) -> None:
        self.window.resize(*size)
        wait(_PAUSE)
        path = self.folder / f"{name}.png"
        self.window.grab().save(str(path))
        self._say(str(path))


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main() -> None:
    """Take them, in a user data folder of their own."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    given = [*demo.photos(OUT.parent / "demo"), *demo.weights(OUT.parent / "demo")]
    os.environ["TRYON_HOME"] = str((OUT.parent / "demo" / "home").absolute())
    from tryon_app.__main__ import read_options

    options = read_options([*given, "--theme", "dark", "--language", "en"])
    application = Application(options)
    application.window.show()
    application.open_photos()
    snapshot = Screenshots(application, OUT)
    snapshot.begin()
    application.app.exec()
    sys.exit(application.end())


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    main()
