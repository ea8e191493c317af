"""The real window, made and ended; without torch, which a process that only shows a window would import for nothing."""

from PySide6.QtWidgets import QApplication

from tryon_app.model.app_model import AppModel
from tryon_app.model.settings import Settings
from tryon_app.views.common import icons
from tryon_app.views.common.language import Language
from tryon_app.views.common.theme import Theme
from tryon_app.views.window.main_window import MainWindow


def make_window(qapp: QApplication) -> MainWindow:
    """A window as `tryon-app` makes it, on one thread, and without asking when it is closed."""
    Theme.install(qapp, "light")
    Language.install(qapp, "en")
    settings = Settings()
    settings.threads, settings.precompute, settings.pack = 1, False, "tiny"
    window = MainWindow(AppModel(settings))
    window.quiet = True
    return window


def end_window(window: MainWindow) -> None:
    """Close it, and see that nothing goes on."""
    window.close()
    window.studio.setParent(None)
    window.deleteLater()
    icons.forget()
