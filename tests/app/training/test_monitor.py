"""The monitor by itself, on runs that only lie on the disk."""

import json
from pathlib import Path

from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from tryon_app.model.runs import Run, Runs
from tryon_app.views.train.monitor import Monitor


def lay_down(folder: Path, status: str, steps: int = 4, message: str = "") -> None:
    """The files of a run that ended."""
    folder.mkdir(parents=True)
    (folder / "options.json").write_text('{"kind": "matching", "options": {}}')
    lines: list[dict[str, object]] = [{"event": "status", "status": "started", "kind": "matching", "steps": 9}]
    lines += [{"event": "progress", "step": step, "losses": {"overlap": 1 / step}} for step in range(1, steps + 1)]
    if status:
        lines.append({"event": "status", "status": status, "step": steps, "message": message})
    text = "".join(json.dumps({"time": 1.0, "step": 0} | line) + "\n" for line in lines)
    (folder / "events.jsonl").write_text(text)
    (folder / "checkpoints").mkdir()
    (folder / "checkpoints" / "last.pt").touch()


def test_empty_monitor_says_what_to_do_and_fills_itself(runs: Runs, qtbot: QtBot) -> None:
    monitor = Monitor(runs)
    qtbot.addWidget(monitor)
    monitor.show_run()
    assert monitor.pages.currentWidget() is monitor.empty
    assert not monitor.list.isVisible()
    lay_down(runs.folder / "first", "stopped")
    runs.scan()
    assert monitor.list.isVisible()
    monitor.show_run(runs.runs[0])
    assert monitor.pages.currentWidget() is monitor.page
    runs.runs[0].cancel()
    assert monitor.pages.currentWidget() is monitor.empty
    assert not monitor.list.isVisible()
    assert list(runs.folder.iterdir()) == []


def test_every_state_has_its_buttons_and_remedy(runs: Runs, qtbot: QtBot) -> None:
    for name, status, message in (
        ("a", "finished", ""),
        ("b", "paused", ""),
        ("c", "failed", "The disk is full: free some space and resume."),
        ("d", "", ""),
    ):
        lay_down(runs.folder / name, status, message=message)
    runs.scan()
    monitor = Monitor(runs)
    qtbot.addWidget(monitor)
    monitor.show_run()
    shown = {run.name: look(monitor, run) for run in runs.runs}
    assert shown["a"] == ({"use", "cancel", "folder"}, "")
    assert shown["b"] == ({"use", "resume", "cancel", "folder"}, "")
    assert shown["c"] == ({"use", "resume", "cancel", "folder"}, "The disk is full: free some space and resume.")
    buttons, notice = shown["d"]
    assert "resume" in buttons
    assert "ended without a last word" in notice
    assert "up to the last checkpoint is kept" in notice


def look(monitor: Monitor, run: Run) -> tuple[set[str], str]:
    """Names of the buttons that can be pressed, and what the notice says."""
    monitor.show_run(run)
    page = monitor.page
    assert list(page.curves._curves) == ["overlap"]
    assert not any(button.isHidden() for button in page.buttons.values())
    able = {key for key, button in page.buttons.items() if button.isEnabled()}
    return able, " ".join(card.notice.text for card in page.notices.cards())


def test_resume_asks_the_run(runs: Runs, qtbot: QtBot) -> None:
    lay_down(runs.folder / "b", "paused")
    runs.scan()
    monitor = Monitor(runs)
    qtbot.addWidget(monitor)
    monitor.show_run(runs.runs[0])
    asked: list[str] = []
    monitor.page.asked.connect(asked.append)
    runs.resume = lambda run: asked.append(run.name)  # type: ignore[method-assign]
    monitor.page.buttons["resume"].click()
    assert asked == ["resume", "b"] or asked == ["b", "resume"]


def test_after_pause_no_button_has_moved_and_the_focus_is_on_resume(runs: Runs, qtbot: QtBot) -> None:
    lay_down(runs.folder / "b", "")
    runs.scan()
    (run,) = runs.runs
    monitor = Monitor(runs)
    qtbot.addWidget(monitor)
    monitor.show_run(run)
    buttons = monitor.page.buttons

    def become(state: str) -> tuple[str, dict[str, QRect]]:
        """The button that has the focus then, "" for none, and where all are."""
        run._set_state(state)
        layout = monitor.page.layout()
        assert layout is not None
        layout.activate()
        held = [key for key, button in buttons.items() if monitor.focusWidget() is button]
        return "".join(held), {key: button.geometry() for key, button in buttons.items()}

    _, places = become("running")
    buttons["pause"].setFocus()
    assert become("pausing") == ("", places)
    assert become("paused") == ("resume", places)
    assert become("preparing") == ("pause", places)
    buttons["stop"].setFocus()
    become("stopping")
    assert become("stopped")[0] == "use"
    monitor.list.setFocus()
    become("running")
    assert monitor.focusWidget() is monitor.list, "who is elsewhere stays there"
