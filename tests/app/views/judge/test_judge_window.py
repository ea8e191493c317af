"""The blind comparison: what is asked, what is written, and that nothing shows whose picture it is."""

import json
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.experiments.votes import read_votes, write_preferences
from tests.conftest import ROOT
from tryon_app.model.judging import Judging
from tryon_app.views.judge.judge_window import JudgeWindow

METHODS = ("first", "second", "third")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Four pairs by three methods; every picture is the same one."""
    photo = str(ROOT / "resources" / "icons" / "app.svg")
    pictures = dict.fromkeys(METHODS, photo)
    pairs = [{"pair": f"p{n} g{n}", "person": photo, "garment": photo, "pictures": pictures} for n in range(4)]
    (tmp_path / "pairs.json").write_text(json.dumps({"format": 1, "pairs": pairs}))
    return tmp_path


def test_methods_meet_as_often_and_change_sides(run: Path) -> None:
    asked = Judging(run, "me").questions
    assert len({(one.pair, frozenset((one.left, one.right))) for one in asked}) == len(asked) == 12
    early = Counter(name for one in asked[:6] for name in (one.left, one.right))
    assert set(early) == set(METHODS)
    assert max(early.values()) - min(early.values()) <= 1
    assert 0 < sum(one.left < one.right for one in asked) < 12
    assert Judging(run, "me").questions == asked
    assert Judging(run, "you").questions != asked


def test_keys_write_votes_and_a_judge_goes_on_later(run: Path, qtbot: QtBot) -> None:
    window = JudgeWindow(Judging(run, "me"))
    qtbot.addWidget(window)
    window.show()
    asked = window.judging.questions
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_0):
        qtbot.waitUntil(lambda: window.shown is not None)
        qtbot.keyClick(window, key)
    votes = read_votes(run)
    assert [vote.chosen for vote in votes] == [asked[0].left, asked[1].right, ""]
    window.close()
    again = Judging(run, "me")
    assert again.question == asked[3]
    assert "3 votes" in write_preferences(run, votes)


def test_nothing_shows_whose_picture_it_is(run: Path, qtbot: QtBot) -> None:
    window = JudgeWindow(Judging(run, "me"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.shown is not None)
    said = [one.text() + one.toolTip() + one.accessibleName() for one in window.findChildren(QLabel)]
    said += [window.windowTitle(), *(button.text() + button.toolTip() for button in window.buttons.values())]
    assert not any(method in text for method in METHODS for text in said)
    window.close()


def test_before_the_pictures_are_there_nothing_is_answered(run: Path, qtbot: QtBot) -> None:
    window = JudgeWindow(Judging(run, "me"))
    qtbot.addWidget(window)
    window.shown = None
    window._answer("left")
    assert window.judging.done == 0
    window.close()


def test_the_end_is_said(run: Path, qtbot: QtBot) -> None:
    judging = Judging(run, "me")
    while judging.question is not None:
        judging.vote("left")
    window = JudgeWindow(judging)
    qtbot.addWidget(window)
    assert not any(button.isEnabled() for button in window.buttons.values())
    assert "12" in window.count.text()
    window.close()


@pytest.mark.parametrize("name", ["", "../me", "a b"])
def test_a_name_that_is_no_file_is_refused(run: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        Judging(run, name)
