"""Training runs seen from the window, with the real engine in the child."""

import json
import os
import signal
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot
from typer.testing import CliRunner

from engine.cli import app
from tests.app.training.conftest import STEPS, spec, start
from tests.app.training.test_monitor import lay_down
from tryon_app.model.runs import Run, Runs

LONG = 240_000  # milliseconds; a child imports torch first, and the machine may be busy


def until(qtbot: QtBot, run: Run, *states: str) -> None:
    qtbot.waitUntil(lambda: run.state in states, timeout=LONG)


def reach(qtbot: QtBot, run: Run, step: int) -> None:
    """Look as often as can be: the steps of so narrow a network are over quickly."""

    def there() -> bool:
        run.look()
        assert run.live, f"{run.state}: {list(run.log)[-5:]}"
        return run.record.step >= step

    qtbot.waitUntil(there, timeout=LONG)


def curves(run: Run) -> dict[str, tuple[list[int], list[float]]]:
    return {name: (curve.steps, curve.values) for name, curve in run.record.losses.items()}


@pytest.fixture(scope="module")
def unbroken(pairs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runs folder of a run in one go, by the command line; in this process, which may have torch already."""
    out = tmp_path_factory.mktemp("unbroken") / "mine"
    done = CliRunner().invoke(app, ["train", "--out", str(out), *spec(pairs).arguments()])
    assert done.exit_code == 0, done.output
    return out.parent


@pytest.fixture
def expected(unbroken: Path) -> dict[str, tuple[list[int], list[float]]]:
    """The losses of that run."""
    runs = Runs(unbroken)
    runs.scan()
    return curves(runs.runs[0])


def test_finished_run_is_found_with_all_it_told(unbroken: Path) -> None:
    runs = Runs(unbroken)
    runs.scan()
    (run,) = runs.runs
    assert (run.state, run.kind, run.steps, run.record.step) == ("finished", "matching", STEPS, STEPS)
    assert [len(curve.steps) for curve in run.record.losses.values()] == [STEPS] * len(run.record.losses)
    assert len(run.record.losses) >= 3
    assert run.record.numbers["mask_iou"].steps == [10, 20]
    assert [step for step, _ in run.record.samples] == [10, 20]
    assert run.sample is not None
    assert run.sample.is_file()
    assert run.record.pack == "pack"
    assert run.record.memory_mb > 50
    assert not run.resumable
    assert run.usable
    assert not runs._timer.isActive()


def test_paused_and_killed_and_resumed_it_gives_the_numbers_of_an_unbroken_run(
    qtbot: QtBot, runs: Runs, pairs: Path, expected: dict[str, tuple[list[int], list[float]]]
) -> None:
    run = start(runs, pairs)
    reach(qtbot, run, 2)
    run.pause()
    until(qtbot, run, "paused", "finished")
    assert run.state == "paused", "the run was over before it could be paused"
    assert run.resumable
    qtbot.waitUntil(lambda: run.exit_code == 0, timeout=LONG)
    runs.resume(run)
    assert run.live
    reach(qtbot, run, run.record.step + 1)
    os.kill(run._trainer.pid or 0, signal.SIGKILL)
    until(qtbot, run, "died", "finished")
    assert run.state == "died", "the run was over before it could be killed"
    assert run.exit_code == -signal.SIGKILL
    assert run.resumable
    runs.resume(run)
    assert run.live
    until(qtbot, run, "finished")
    assert curves(run) == expected


def test_stop_early_keeps_the_weights(qtbot: QtBot, runs: Runs, pairs: Path) -> None:
    run = start(runs, pairs, steps=5000)
    reach(qtbot, run, 2)
    run.stop()
    assert run.state == "stopping"
    until(qtbot, run, "stopped")
    assert json.loads((run.folder / "pack" / "pack.json").read_text())["configs"]["matching"] == {"width": 4}
    assert run.usable


def test_run_outlives_the_window_is_found_again_and_cancelled_without_a_trace(
    qtbot: QtBot, runs: Runs, pairs: Path
) -> None:
    first = start(runs, pairs, steps=5000)
    reach(qtbot, first, 2)
    pid = first._trainer.pid or 0
    runs.close()
    later = Runs(runs.folder)
    later.scan()
    (again,) = later.runs
    assert again.state == "running"
    assert again.kind == "matching"
    assert again.base == "base"
    before = again.record.step
    qtbot.waitUntil(lambda: again.record.step > before, timeout=LONG)
    again.cancel()
    with qtbot.waitSignal(later.removed, timeout=LONG):
        pass
    assert list(later.folder.iterdir()) == []
    assert later.runs == []
    later.close()
    qtbot.waitUntil(lambda: first.exit_code is not None, timeout=LONG)
    qtbot.waitUntil(lambda: not psutil.pid_exists(pid), timeout=LONG)


def test_what_went_wrong_before_the_first_step_is_said(qtbot: QtBot, runs: Runs, tmp_path: Path) -> None:
    run = start(runs, tmp_path / "nothing")
    until(qtbot, run, "failed")
    assert "is missing" in str(run.record.fault)
    assert not run.resumable


def test_dead_run_of_an_earlier_window_is_found_dead(runs: Runs) -> None:
    folder = runs.folder / "old"
    folder.mkdir(parents=True)
    (folder / "options.json").write_text('{"kind": "alias", "options": {}}')
    (folder / "process.json").write_text('{"pid": 1, "created": 5.0}')
    events = [{"event": "status", "time": 1.0, "step": 0, "status": "started", "kind": "alias", "steps": 9}]
    (folder / "events.jsonl").write_text("\n".join(map(json.dumps, events)) + "\n" + '{"event": "progr')
    runs.scan()
    (run,) = runs.runs
    assert (run.state, run.kind, run.steps, run.exit_code) == ("died", "alias", 9, None)
    assert not runs._timer.isActive()


def test_names_do_not_collide(runs: Runs) -> None:
    (runs.folder / "mine").mkdir(parents=True)
    assert runs.free_name("mine") == "mine-2"


class Child:
    """A process that the window started; reaped: somebody has asked for it since it ended."""

    pid = 0

    def __init__(self) -> None:
        self.ended = self.reaped = False

    def poll(self) -> int | None:
        self.reaped = self.ended
        return 0 if self.ended else None


def test_a_process_that_ends_after_its_last_word_is_waited_for(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tryon_app.model.runs._FRESH", 1e12)
    lay_down(runs.folder / "mine", "started")
    runs.scan()
    (run,) = runs.runs
    child = Child()
    monkeypatch.setattr(run._trainer, "_child", child)
    runs.look()
    lay_down_status(run, "finished")
    run._set_state("running")
    runs.look()
    assert (run.state, child.reaped) == ("finished", False)
    assert runs._timer.isActive(), "it still looks"
    child.ended = True
    runs.look()
    assert child.reaped
    assert not runs._timer.isActive()


def lay_down_status(run: Run, status: str) -> None:
    with (run.folder / "events.jsonl").open("a") as file:
        file.write(json.dumps({"event": "status", "status": status, "step": 4, "time": 1.0}) + "\n")
