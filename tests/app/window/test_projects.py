"""Projects in the real window: saved by the menu, dropped in, named in the title."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.app.window.conftest import LONG, document_of
from tests.app.window.drops import drop
from tests.app.window.windows import end_window, make_window
from tryon_app.views.window.main_window import MainWindow

Finish = Callable[..., list[str]]


def test_a_project_is_saved_and_dropped_into_another_window(
    ready: MainWindow,
    finish: Finish,
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    finish(ready, ready.run)
    qtbot.waitUntil(lambda: ready.studio.shown_entry in ready.studio.history.entries, timeout=LONG)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "look"), ""))
    with qtbot.waitSignal(ready.project.opened, timeout=LONG):
        ready.actions_["save_project"].trigger()
    assert (ready.windowTitle(), ready.isWindowModified()) == ("look[*] – Tryon Atelier", False)
    picture = ready.studio.picture()
    ready.studio.tryons.cancel()  # no picture follows the seed: it would be one more in the project, after undo too
    ready.set_seed(5)
    qtbot.waitUntil(ready.isWindowModified, timeout=LONG)
    ready.actions_.undo.trigger()
    qtbot.waitUntil(lambda: not ready.isWindowModified(), timeout=LONG)

    again = make_window(qapp)
    said: list[str] = []
    monkeypatch.setattr(again, "complain", lambda fault, details: said.append(fault.code))
    again.project.failed.disconnect()
    again.project.failed.connect(again.complain)
    try:
        again.show()
        drop(again.canvas, tmp_path / "look.tryon")
        assert said == ["project.open"]
        ready.actions_["close_project"].trigger()
        assert ready.windowTitle() == "Tryon Atelier"
        drop(again.canvas, tmp_path / "look.tryon")
        qtbot.waitUntil(lambda: again.studio.picture() is not None, timeout=LONG)
        assert np.array_equal(again.studio.picture(), picture)
        assert document_of(again).person.name == "00000_00"
        assert again.history_list.current == again.studio.history.entries[0].key
        assert [again.projects.recent.actions() == [], again.projects.recent.isEnabled()] == [True, True]
    finally:
        end_window(again)
