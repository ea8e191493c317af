"""The application: log, look and language, one window, and what the command line asks for."""

import argparse
import gc
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tryon_app.model import places
from tryon_app.model.about import NAME
from tryon_app.model.app_model import AppModel
from tryon_app.model.faults import Fault
from tryon_app.model.log import start_log
from tryon_app.model.memory import give_pictures_back
from tryon_app.model.opening import Begun
from tryon_app.model.project import is_project
from tryon_app.model.settings import Settings
from tryon_app.views.common import icons
from tryon_app.views.common.dialogs import show_error
from tryon_app.views.common.garbage import Garbage
from tryon_app.views.common.language import Language
from tryon_app.views.common.pictures import image_of
from tryon_app.views.common.theme import Theme
from tryon_app.views.window.main_window import MainWindow

_LONGEST = 1_800_000  # milliseconds an offscreen try-on may take on a slow machine


class Application:
    """`options` as `tryon_app.__main__` reads them. engine: its process, begun before this module was imported."""

    _beginning = True  # there is no window yet to show an error in

    def __init__(self, options: argparse.Namespace, engine: Begun) -> None:
        self.options = options
        give_pictures_back()
        self.app = QApplication(sys.argv[:1])
        self.app.setApplicationName(NAME)
        self.app.setDesktopFileName(NAME)
        self.settings = Settings()
        start_log(places.log_folder(), self._tell)
        self.theme = Theme.install(self.app, options.theme or self.settings.theme)
        self.language = Language.install(self.app, options.language or self.settings.language)
        self.settings.changed.connect(self._on_setting)
        if options.weights:
            self.settings.pack = _absolute(options.weights)
        self.studio = AppModel(self.settings, begun=engine)
        self.window = MainWindow(self.studio)
        self.garbage = Garbage(self.app)
        self.code = 0
        self._beginning = False

    def run(self) -> int:
        """Show the window until it is closed; the exit code."""
        if self.options.size:
            width, _, height = self.options.size.partition("x")
            self.window.resize(int(width), int(height))
        self.window.show()
        self.open_photos()
        if self.options.offscreen:
            snapshot = Snapshot(self, Path(self.options.offscreen))
            snapshot.begin()
        elif self.options.run:
            RunWhenReady(self.studio).begin()
        self.app.exec()
        return self.end()

    def end(self) -> int:
        """Let go of everything in the order Qt wants; the exit code."""
        self.window.deleteLater()
        icons.forget()
        gc.collect()
        return self.code

    def open_photos(self) -> None:
        """What the command line names, else the last session, else the samples."""
        given = self.options
        if given.samples:
            self.studio.open_first_samples()
            return
        projects = [path for path in given.photos if is_project(path)]
        if projects:
            self.window.session.restore()
            self.window.project.open(Path(_absolute(projects[0])))
        elif given.photos:
            self.studio.open_unknown([_absolute(path) for path in given.photos])
        elif not given.person and not given.garment:
            self.window.open_first()
        if given.person:
            files = {name: _absolute(path) for name in ("pose", "parse") if (path := getattr(given, name))}
            self.studio.person_in.open(_absolute(given.person), files)
        if given.garment and Path(given.garment).is_dir():
            self.studio.open("garment", [_absolute(given.garment)])
        elif given.garment:
            self.studio.garment_in.open(_absolute(given.garment), {"mask": _absolute(given.mask)} if given.mask else {})

    def _tell(self, fault: Fault, details: str) -> None:
        if self._beginning:
            show_error(None, fault, details).exec()
            return
        QTimer.singleShot(0, self.window, lambda: self.window.complain(fault, details))

    def _on_setting(self, name: str) -> None:
        if name == "theme":
            self.theme.choose(self.settings.theme)
        elif name == "language":
            self.language.choose(self.settings.language)


class RunWhenReady(QObject):
    """Starts the first try-on once photos and weights are there."""

    def __init__(self, studio: AppModel) -> None:
        super().__init__(studio)
        self.studio = studio

    def begin(self) -> None:
        """Look now, and after every change."""
        self.studio.document.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        if self.studio.document.state.complete and self.studio.pack:
            self.studio.document.changed.disconnect(self._look)
            self.studio.run()


class Snapshot(QObject):
    """The window with a finished try-on as a file, for machines without a display: FOLDER/window.png and result.png."""

    def __init__(self, application: Application, folder: Path) -> None:
        super().__init__(application.window)
        self.application, self.folder = application, folder
        self.studio, self.window = application.studio, application.window
        self.window.quiet = True

    def begin(self) -> None:
        """Wait for the photos, try on, write, and quit."""
        studio = self.studio
        studio.finished.connect(lambda _: QTimer.singleShot(800, self, self._write))
        studio.failed.connect(self._give_up)
        studio.jobs.gave_up.connect(lambda: self._give_up("The engine does not start; see the log.", ""))
        for loader in (studio.person_in, studio.garment_in):
            loader.changed.connect(lambda loader=loader: self._check(loader))
        studio.engine.packs_changed.connect(self._check_pack)
        QTimer.singleShot(_LONGEST, self, lambda: self._give_up("The try-on took too long.", ""))
        RunWhenReady(studio).begin()

    def _check(self, loader: object) -> None:
        fault = getattr(loader, "error", None)
        if fault:
            self._give_up(fault, "")

    def _check_pack(self) -> None:
        if not self.studio.pack:
            self._give_up("There are no weights for a try-on; import some with `tryon weights import`.", "")

    def _write(self) -> None:
        if self.window.canvas.scene.revealed is not None:  # still being swiped in
            QTimer.singleShot(200, self, self._write)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        window, result = self.folder / "window.png", self.folder / "result.png"
        picture = image_of(self.studio.picture())
        written = self.window.grab().save(str(window)) and picture is not None and picture.save(str(result))
        self._say(f"{result}  {window}" if written else f"{self.folder} cannot be written; choose another folder.")
        self.application.code = 0 if written else 1
        self._quit()

    def _give_up(self, reason: Fault | str, details: str) -> None:
        self._say(str(reason))
        self.application.code = 1
        self._quit()

    def _say(self, text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def _quit(self) -> None:
        self.window.close()
        QGuiApplication.quit()


def _absolute(path: str) -> str:
    """A path as the engine's process can use it, a pack's name as it is."""
    return str(Path(path).absolute()) if Path(path).exists() else path
