"""Commands and keys found by typing."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.app.window.conftest import Staged
from tryon_app.views.window.palette import Palette


def seen(palette: Palette) -> list[tuple[str, str]]:
    rows = filter(None, map(palette.list.topLevelItem, range(palette.list.topLevelItemCount())))
    return [(row.text(0), row.text(1)) for row in rows if not row.isHidden()]


@pytest.mark.parametrize("command", ["palette", "keys"])
def test_what_is_typed_is_found_and_done(staged: Staged, qtbot: QtBot, command: str) -> None:
    window = staged.window
    window.actions_[command].trigger()
    palette = window.findChild(Palette)
    assert palette is not None
    assert len(seen(palette)) > 15
    qtbot.keyClicks(palette.search, "zoom in")
    assert seen(palette)[0][0] == "View › Zoom in"
    before = window.canvas.zoom
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.canvas.zoom > before
    assert not palette.isVisible()
    assert all(isValid(menu) for menu in window.actions_.menus.values())


def test_keys_of_the_picture_are_listed_and_what_cannot_be_used_is_no_command(staged: Staged) -> None:
    keys, commands = Palette(staged.window, keys=True), Palette(staged.window)
    keys.search.setText("brush")
    assert seen(keys) == [("Tools › Brush", "B"), ("Picture › Smaller or larger brush", "[  ]")]
    assert "Tools › Brush" not in dict(seen(commands)), "not in the photo"
    assert not staged.window.actions_["close_project"].isEnabled()
    assert "File › Close project" not in dict(seen(commands))
    assert "File › New project…" in dict(seen(commands))
    for one in (keys, commands):
        one.close()


def test_escape_leaves_full_screen(staged: Staged, qtbot: QtBot) -> None:
    window = staged.window
    window.actions_["full_screen"].trigger()
    assert window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
