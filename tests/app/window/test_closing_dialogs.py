"""A dialog that is closed is gone: none is kept, with all that it shows, for as long as the window lives."""

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from engine.messages import fault
from tests.app.window.conftest import Staged
from tryon_app.views.batch.batch_window import BatchWindow
from tryon_app.views.common.dialogs import confirm, show_error
from tryon_app.views.window.main_window import MainWindow

DOORS: dict[str, Callable[[MainWindow], object]] = {
    "about": MainWindow.show_about,
    "commands": MainWindow.open_palette,
    "keys": MainWindow.show_keys,
    "preferences": MainWindow.open_preferences,
    "packs": lambda window: window.training.open_packs(),
    "training": lambda window: window.training.open_training("matching"),
    "monitor": lambda window: window.training.open_monitor(),
    "evaluation": lambda window: window.training.open_evaluation(),
    "experiments": lambda window: window.training.open_experiments(),
    "comparison": lambda window: window.training._compare("tiny"),
    "question": lambda window: confirm(window, "Delete it?", "It is gone then.", "Delete"),
    "error": lambda window: show_error(window, fault("memory.short"), "details"),
    "changes": lambda window: window.projects._question().exec(),
    "saving": lambda window: window.batch._save(),
}


def widgets(window: QWidget) -> Counter[str]:
    return Counter(type(one).__name__ for one in window.findChildren(QWidget))


def close_all(window: QWidget) -> None:
    for one in window.findChildren(QDialog):
        if one.isVisible():
            one.reject()


def through(window: MainWindow, door: str) -> None:
    """Open, and close what it has opened."""
    closing = QTimer(window, interval=5)  # one that is asked for an answer has a loop of its own
    closing.timeout.connect(lambda: close_all(window))
    closing.start()
    DOORS[door](window)
    closing.stop()
    closing.deleteLater()
    close_all(window)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("door", DOORS)
def test_what_is_closed_is_gone(staged: Staged, door: str) -> None:
    window = staged.window
    through(window, door)  # some are kept to be shown again
    before = widgets(window)
    for _ in range(3):
        through(window, door)
    assert widgets(window) - before == Counter()


def test_a_batch_window_is_one(staged: Staged) -> None:
    for _ in range(3):
        staged.window.batch.show()
        close_all(staged.window)
    assert len(staged.window.findChildren(BatchWindow)) == 1
