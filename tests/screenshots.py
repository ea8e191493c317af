"""Pictures of the window for people to look at: `make screenshots` writes out/*.png.

One try-on of a drawn (or sample) pair, then the window in both themes, languages and sizes, and every stage. Other
modules add pictures of their own dialogs: tests/screenshots_*.py with `shots(window)` that yields (name, widget).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.packs import narrow_pack
from tests.rendered import write_rendered_dataset

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tryon_app.views.application import Application

SIZES: Final = ((1024, 700), (1280, 800), (2560, 1440))
LOOKS: Final = tuple((theme, language) for theme in ("dark", "light") for language in ("en", "ko"))
LONGEST: Final = 1200  # seconds for the try-on on a slow machine
_SMALL: Final = (1280, 800)
_GARMENTS: Final = 6


def main() -> None:
    """Write all pictures and print their folder; exits with 1 where the try-on fails."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="tryon-screenshots-") as folder:
        os.environ |= {"TRYON_HOME": str(Path(folder) / "home"), "QT_QPA_PLATFORM": "offscreen"}
        photos = _photos(Path(folder) / "photos")
        if not _has_default_pack():
            narrow_pack(Path(folder) / "home" / "weights" / "default", "default")
        application = _application(photos)
        try:
            _take_all(application, options.out)
        finally:
            application.window.quiet = True
            application.window.close()
            _spin(lambda: False, 0.3)
    sys.stdout.write(f"{options.out}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder to write into")
    return parser


def _has_default_pack() -> bool:
    from engine.errors import TryOnError
    from engine.weights import find_pack

    try:
        find_pack("default")
    except TryOnError:
        return False
    return True


def _photos(folder: Path) -> Path:
    """A drawn data set: people with pose and parse beside them, garments with their masks."""
    return write_rendered_dataset(folder, _GARMENTS, (1024, 768), first=3) / "train"


def _application(photos: Path) -> Application:
    from tryon_app.views.application import Application

    name = f"{3:05d}_00"
    options = argparse.Namespace(
        person=str(photos / "image" / f"{name}.jpg"),
        pose=str(photos / "openpose-json" / f"{name}_keypoints.json"),
        parse=str(photos / "image-parse" / f"{name}.png"),
        garment=str(photos / "cloth" / f"{4:05d}_00.jpg"),
        mask=str(photos / "cloth-mask" / f"{4:05d}_00.png"),
        weights="default",
        theme="dark",
        language="en",
        offscreen=True,
        size="",
        run=False,
    )
    application = Application(options)
    application.window.quiet = True
    return application


def _take_all(application: Application, out: Path) -> None:
    window, studio = application.window, application.studio
    out.mkdir(parents=True, exist_ok=True)
    window.show()
    for theme, language in LOOKS:
        _look(application, theme, language)
        window.resize(*_SMALL)
        _grab(window, out / f"empty-{theme}-{language}.png")
    _look(application, "dark", "en")
    _try_on(application)
    for theme, language in LOOKS:
        _look(application, theme, language)
        for size in SIZES:
            window.resize(*size)
            _grab(window, out / f"window-{size[0]}x{size[1]}-{theme}-{language}.png")
    window.resize(*_SMALL)
    for theme, language in (("dark", "en"), ("light", "ko")):
        _look(application, theme, language)
        for name, widget in chain(_stages(application), _comparisons(application), _extras(application)):
            _grab(widget, out / f"{name}-{theme}-{language}.png")
    assert studio.has_result


def _try_on(application: Application) -> None:
    """Open the pair, wait for the weights, try on."""
    studio = application.studio
    application._open()
    ready = lambda: studio.document.state.complete and bool(studio.pack)  # noqa: E731
    if not _spin(ready, LONGEST):
        sys.exit("The photos were not read in time; see the log.")
    studio.run()
    if not _spin(lambda: studio.has_result and not studio.tryons.running, LONGEST):
        sys.exit("The try-on did not end in time; see the log.")
    _spin(lambda: False, 1.2)  # the reveal


def _stages(application: Application) -> Iterator[tuple[str, QWidget]]:
    """The window with every stage on the canvas."""
    from tryon_app.views.marks import STAGES

    window = application.window
    for stage in STAGES:
        window.show_stage(stage)
        if stage in ("parse", "garment_mask"):
            window.edit_bar.buttons["brush"].click()
        yield f"stage-{stage}", window
    window.show_stage("result")


def _comparisons(application: Application) -> Iterator[tuple[str, QWidget]]:
    """The result against the photo in every way."""
    window = application.window
    for mode in ("swipe", "side", "difference"):
        window.canvas.set_compare_mode(mode)
        yield f"compare-{mode}", window
    window.canvas.set_compare_mode("off")


def _extras(application: Application) -> Iterator[tuple[str, QWidget]]:
    """What other modules want to be seen."""
    for path in sorted(Path(__file__).parent.glob("screenshots_*.py")):
        yield from import_module(f"tests.{path.stem}").shots(application.window)


def _look(application: Application, theme: str, language: str) -> None:
    application.theme.choose(theme)
    application.language.choose(language)


def _grab(widget: QWidget, path: Path) -> None:
    _spin(lambda: False, 0.4)  # layouts, retranslation
    if not widget.grab().save(str(path)):
        sys.exit(f"{path} cannot be written; choose another folder with --out.")


def _spin(done: Callable[[], bool], seconds: float) -> bool:
    """Let the window live until `done`, for at most so long; whether it was done."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

    loop, deadline = QEventLoop(), QDeadlineTimer(round(seconds * 1000))
    timer = QTimer(interval=25)
    timer.timeout.connect(lambda: loop.quit() if done() or deadline.hasExpired() else None)
    timer.start()
    loop.exec()
    timer.stop()
    return done()


if __name__ == "__main__":
    main()
