"""Experiments in the window, with a stand-in for the child: it says and writes what `tryon experiment run` does."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from typer.core import TyperGroup
from typer.main import get_command

from engine.cli import app
from tests.conftest import ROOT
from tryon_app.model.experiments import FIGURES, Experiment, Experiments, Wanted
from tryon_app.views.evaluate import experiment_dialog
from tryon_app.views.evaluate.experiment_dialog import ExperimentDialog
from tryon_app.workers import commands, training

LONG = 60_000
CHILD = r"""
import json, shutil, signal, sys, time
from pathlib import Path

def end(*_):
    print("tryon: stopped", file=sys.stderr, flush=True)
    sys.exit(130)

def say(**event):
    print(json.dumps(event), flush=True)

signal.signal(signal.SIGTERM, end)
words = sys.argv[2:]
if words[:2] == ["experiment", "judge"]:
    votes = len(Path(words[2], "votes", "judge.jsonl").read_text().splitlines())
    Path(words[2], "preference.md").write_text(f"{votes} votes")
    sys.exit()
root, photo = Path(words[words.index("--out") + 1]), sys.argv[1]
if not Path(words[words.index("--data") + 1]).is_dir():
    print('tryon: {"code": "plan.missing", "values": {"path": "that plan", "known": "smoke"}}', file=sys.stderr)
    sys.exit(1)
begun = root / "begun"
again = begun.exists()
begun.touch()
say(event="progress", name="flow", doing="training", done=3, total=9, share=0.25, seconds_left=90.0)
while not again:
    time.sleep(0.01)
(root / "table.md").write_text("| Method | SSIM |\n|---|---|\n| VITON-HD | 0.8 |\n")
for name in FIGURES:
    shutil.copyfile(photo, root / name)
pictures = dict.fromkeys(("first", "second"), photo)
pairs = [{"pair": "p g", "person": photo, "garment": photo, "pictures": pictures}]
(root / "pairs.json").write_text(json.dumps({"format": 1, "pairs": pairs}))
"""


@pytest.fixture
def experiments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Experiments]:
    """An empty folder of experiments, whose child works until it is told to end, and when gone on with ends itself."""
    script = tmp_path / "child.py"
    script.write_text(f"FIGURES = {FIGURES!r}\n{CHILD}")
    photo = str(ROOT / "resources" / "icons" / "app.svg")
    for module in (commands, training):
        monkeypatch.setattr(module, "command_line", lambda words: [sys.executable, "-S", str(script), photo, *words])
    made = Experiments(tmp_path / "experiments")
    yield made
    made.close()
    for one in made.all:
        one.kill()


@pytest.fixture
def dialog(experiments: Experiments, tmp_path: Path, qtbot: QtBot) -> Iterator[ExperimentDialog]:
    made = ExperimentDialog(experiments, str(tmp_path), "cpu")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


def until(qtbot: QtBot, one: Experiment, state: str) -> None:
    qtbot.waitUntil(lambda: one.state == state and (one.live or not one.lingers), timeout=LONG)


def begun(dialog: ExperimentDialog, qtbot: QtBot) -> Experiment:
    """One that was started by the button and has said how far it is."""
    dialog.plan.choose("smoke")
    dialog.start_button.click()
    one = dialog.experiment
    assert one is not None
    qtbot.waitUntil(lambda: one.far.total > 0, timeout=LONG)
    return one


def test_paused_and_gone_on_with_to_its_table_and_judged(dialog: ExperimentDialog, qtbot: QtBot) -> None:
    one = begun(dialog, qtbot)
    assert (one.state, one.far.name, one.far.share, one.far.seconds_left) == ("running", "flow", 0.25, 90.0)
    assert "3" in dialog.progress.text.text()
    assert dialog.progress.left.text()
    assert not dialog.start_button.isVisible()
    assert not dialog.judge_button.isEnabled()
    assert not dialog.plan.isEnabled()
    dialog.pause_button.click()
    assert one.state == "pausing", "at once"
    until(qtbot, one, "paused")
    assert dialog.notices.cards() == [], "that it was stopped is no error"
    dialog.resume_button.click()
    until(qtbot, one, "finished")
    qtbot.waitUntil(lambda: "VITON-HD" in dialog.results.table.toPlainText(), timeout=LONG)
    qtbot.waitUntil(lambda: all(one._picture for one in dialog.results.figures.values()), timeout=LONG)
    dialog.judge_button.click()
    window = dialog.judge_window
    assert window is not None
    qtbot.waitUntil(lambda: window.shown is not None, timeout=LONG)
    qtbot.keyClick(window, Qt.Key.Key_1)
    window.close()
    qtbot.waitUntil(lambda: "1 votes" in dialog.results.table.toPlainText(), timeout=LONG)
    assert dialog.judge_button.isEnabled()


def test_one_of_an_earlier_window_is_found_and_cancelled(
    dialog: ExperimentDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = begun(dialog, qtbot)
    dialog.experiments.close()
    later = Experiments(dialog.experiments.folder)
    later.scan()
    (found,) = later.all
    assert (found.state, found.wanted, found.far) == ("running", one.wanted, one.far)
    later.close()
    monkeypatch.setattr(experiment_dialog, "confirm", lambda *_: True)
    dialog.remove_button.click()
    assert dialog.experiments.all == []
    assert dialog.start_button.isVisible()
    qtbot.waitUntil(lambda: not one.lingers, timeout=LONG)
    assert [path for path in dialog.experiments.folder.iterdir() if not path.name.startswith(".")] == []


def test_what_goes_wrong_is_said_and_a_killed_one_is_interrupted(
    dialog: ExperimentDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    one = begun(dialog, qtbot)
    one.kill()
    until(qtbot, one, "paused")
    assert dialog.resume_button.isVisible()
    dialog.which.choose("")
    dialog.data.set_path(str(tmp_path / "gone"))
    dialog.start_button.click()
    failed = dialog.experiment
    assert failed is not None
    until(qtbot, failed, "failed")
    assert "that plan" in dialog.notices.cards()[0].notice.text
    assert dialog.resume_button.isVisible()


def test_a_plan_of_ones_own(dialog: ExperimentDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [dialog.plan.itemData(row) for row in range(dialog.plan.count())]
    assert {"smoke", "viton"} < set(keys)
    assert dialog.start_button.isEnabled()
    mine = str(tmp_path / "mine.yaml")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (mine, ""))
    dialog.plan.setCurrentIndex(dialog.plan.count() - 1)
    assert not dialog.start_button.isEnabled()
    dialog.plan.activated.emit(dialog.plan.currentIndex())
    assert dialog.wanted().plan == mine
    assert dialog.start_button.isEnabled()
    dialog.data.set_path("")
    assert not dialog.start_button.isEnabled()


def test_the_command_line_takes_what_is_wanted() -> None:
    run = get_command(app)
    for name in ("experiment", "run"):
        assert isinstance(run, TyperGroup)
        run = run.commands[name]
    told = Wanted("plans/mine.yaml", "D", 7, "cpu").arguments("O")
    known = run.make_context("run", told[2:]).params
    names = "plan", "data", "out", "minutes", "device", "events"
    assert [known[name] for name in names] == ["plans/mine.yaml", Path("D"), Path("O"), 7.0, "cpu", True]
    assert run.make_context("run", Wanted("smoke", "D").arguments("O")[2:]).params["minutes"] == 0
