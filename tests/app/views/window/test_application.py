"""What nobody has caught is said, also while the window is still being built."""

from __future__ import annotations

from typing import ClassVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from tryon_app.model import faults
from tryon_app.views.window.application import Application


def test_an_error_before_the_window_is_there_is_shown(qapp: QApplication) -> None:
    said: list[str] = []

    def close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.close()

    unfinished = Application.__new__(Application)  # as an error in the middle of the constructor leaves it
    QTimer.singleShot(0, close)
    unfinished._tell(faults.said("The disk is full."), "traceback")
    assert said == ["The disk is full."]


def test_an_error_later_is_shown_by_the_window(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtWidgets import QWidget

    class Window(QWidget):
        said: ClassVar[list[tuple[str, str]]] = []

        def complain(self, fault: faults.Fault, details: str) -> None:
            self.said.append((str(fault), details))

    running = Application.__new__(Application)
    running._beginning = False
    monkeypatch.setattr(running, "window", Window(), raising=False)
    running._tell(faults.said("Something broke."), "traceback")
    qapp.processEvents()
    assert Window.said == [("Something broke.", "traceback")]
