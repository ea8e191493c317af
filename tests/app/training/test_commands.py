"""Commands in a child: what they tell, how they end, and that nothing of them stays."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from tryon_app.model.run_record import RunRecord
from tryon_app.views.train.curves import smoothed
from tryon_app.workers import commands
from tryon_app.workers.commands import Command, Ending
from tryon_app.workers.launches import Tail

LONG = 120_000
NICE = commands.NICE  # before the fixture of all tests takes it away
STUBBORN = """
import json, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(json.dumps({"child": child.pid}), flush=True)
time.sleep(600)
"""
TALKATIVE = """
import os, sys
sys.stdout.write('{"a": 1}\\nplain\\n{"b": [1, 2], "c": "\\u00e9"}\\n{broken\\n[1]\\n')
sys.stdout.write('{"last": true}\\n')
sys.stderr.write("a warning\\ntryon: this is wrong; do that.\\n")
sys.exit(3)
"""


def run(script: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setattr(commands, "command_line", lambda _: [sys.executable, "-c", script])
    return Command(["anything"])


@pytest.mark.skipif(sys.platform != "linux", reason="sessions share the CPU on Linux")
def test_a_training_steps_back_as_a_session_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within its own session a process may be as nice as it likes: the session still gets its share of the CPU."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    mine = Path("/proc/self/autogroup").read_text()
    monkeypatch.setattr(commands, "NICE", NICE)
    commands.make_nice(child.pid)
    try:
        assert psutil.Process(child.pid).nice() == NICE
        assert Path(f"/proc/{child.pid}/autogroup").read_text().split()[-1] == str(NICE)
        assert Path("/proc/self/autogroup").read_text() == mine
    finally:
        child.kill()
        child.wait()


def end(command: Command, qtbot: QtBot) -> Ending:
    with qtbot.waitSignal(command.ended, timeout=LONG) as ended:
        pass
    return ended.args[0]


def test_lines_of_json_are_told_and_the_rest_is_said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    command = run(TALKATIVE, monkeypatch)
    told: list[object] = []
    said: list[str] = []
    command.told.connect(told.append)
    command.said.connect(said.append)
    command.start()
    ending = end(command, qtbot)
    assert told == [{"a": 1}, {"b": [1, 2], "c": "é"}, {"last": True}]
    assert [line for line in said if "wrong" not in line and "warning" not in line] == ["plain", "{broken", "[1]"]
    assert (ending.code, ending.asked, ending.well) == (3, False, False)
    assert str(ending.fault) == "this is wrong; do that."


def test_what_a_command_says_is_wrong_is_known_by_its_code(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "command_line", lambda rest: [sys.executable, "-m", "engine.cli", *rest])
    command = Command(["train", "matching", "--out", "nowhere"])
    heard: list[str] = []
    command.said.connect(heard.append)
    command.start()
    ending = end(command, qtbot)
    assert ending.code == 1
    assert ending.said is not None
    assert ending.fault.code == "usage.no_task"
    assert "parser" in str(ending.fault.values["known"])
    assert heard[-1] == f"tryon: {ending.fault}", "the log is for people"


def test_stubborn_child_is_killed_with_its_children(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "PATIENCE", 200)
    command = run(STUBBORN, monkeypatch)
    with qtbot.waitSignal(command.told, timeout=LONG) as told:
        command.start()
    grandchild, pid = told.args[0]["child"], command.pid
    command.stop()
    ending = end(command, qtbot)
    assert (ending.code, ending.asked) == (-1, True)
    qtbot.waitUntil(lambda: not psutil.pid_exists(pid), timeout=LONG)
    qtbot.waitUntil(lambda: gone(grandchild), timeout=LONG)


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_real_command_answers(qtbot: QtBot, tryon_home: Path) -> None:
    command = Command(["weights", "path"])
    said: list[str] = []
    command.said.connect(said.append)
    command.start()
    assert end(command, qtbot).well
    assert said == [str(tryon_home / "weights")]


def test_tail_waits_for_whole_lines_and_sees_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "log"
    tail = Tail(path)
    assert tail.all_lines() == []
    path.write_text("one\ntw")
    assert tail.all_lines() == ["one"]
    path.write_text("one\ntwo\nthree\n")
    assert tail.all_lines() == ["two", "three"]
    path.write_text("new\n")
    assert tail.all_lines() == ["new"]


def test_resumed_run_forgets_what_it_does_again() -> None:
    record = RunRecord()
    for step in (1, 2, 3, 4):
        record.take(f'{{"event": "progress", "time": 1, "step": {step}, "losses": {{"a": {step}, "b": null}}}}')
        record.take(f'{{"event": "sample", "time": 1, "step": {step}, "path": "{step}.png"}}')
    record.take('{"event": "status", "time": 2, "step": 2, "status": "resumed", "steps": 9}')
    assert record.losses["a"].steps == [1, 2]
    assert record.losses["b"].values == []
    assert record.samples[-1] == (2, "2.png")
    assert (record.step, record.steps) == (2, 9)
    assert record.take("rubbish") == ""
    assert record.take('{"event": "unknown", "time": 1, "step": 1}') == "unknown"


def test_smoothing_keeps_level_and_length() -> None:
    assert smoothed([3.0] * 5, 0.9) == pytest.approx([3.0] * 5)
    assert smoothed([1.0, 2.0], 0) == [1.0, 2.0]
    rough = [0.0, 1.0] * 50
    assert max(smoothed(rough, 0.95)[50:]) - min(smoothed(rough, 0.95)[50:]) < 0.1
