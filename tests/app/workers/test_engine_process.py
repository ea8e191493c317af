"""A real child process: it answers, its death is explained, and nothing of it stays."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.rendered import write_rendered_dataset
from tryon_app.workers.answers import Ready
from tryon_app.workers.begun import Begun
from tryon_app.workers.engine_process import EngineProcess
from tryon_app.workers.messages import Done, Failed, Part, Request
from tryon_app.workers.requests import ReadPerson, ReadVocabulary

LONG = 120_000


@pytest.fixture
def process(qapp: object, tmp_path: Path, tryon_home: Path, nothing_left: None) -> Iterator[EngineProcess]:
    process = EngineProcess(tmp_path / "logs" / "engine.log")
    process.start(1)
    yield process
    process.stop()


def heard(process: EngineProcess, qtbot: QtBot, kind: type) -> Any:
    with qtbot.waitSignal(process.heard, timeout=LONG, check_params_cb=lambda event: isinstance(event, kind)) as got:
        pass
    return got.args[0]


def test_it_answers_before_torch_is_there(process: EngineProcess, qtbot: QtBot, tmp_path: Path) -> None:
    data = write_rendered_dataset(tmp_path / "data", 1, (256, 192)) / "train"
    torch_is_there: list[Ready] = []
    process.heard.connect(lambda event: torch_is_there.append(event) if isinstance(event, Ready) else None)
    process.send(Request(1, ReadVocabulary()))
    done = heard(process, qtbot, Done)
    assert len(done.data.joints) == 25
    process.send(Request(2, ReadPerson(str(data / "image" / "00000_00.jpg"))))
    part = heard(process, qtbot, Part)
    assert part.data.image.shape == (256, 192, 3)
    done = heard(process, qtbot, Done)
    assert done.data.image.shape == (1024, 768, 3)
    assert done.data.data["parse"].dtype == np.uint8
    process.send(Request(3, ReadPerson(str(tmp_path / "nothing.jpg"))))
    failed = heard(process, qtbot, Failed)
    assert "nothing.jpg" in str(failed.fault)
    assert failed.details == "", "a user's mistake has no traceback"
    qtbot.waitUntil(lambda: bool(torch_is_there), timeout=LONG)
    assert torch_is_there[0].device in ("cpu", "cuda", "mps")


def test_one_that_was_begun_before_is_the_first(
    qapp: object, qtbot: QtBot, tmp_path: Path, tryon_home: Path, nothing_left: None
) -> None:
    log = tmp_path / "logs" / "engine.log"
    begun = Begun(log)
    process = EngineProcess(log, begun=begun)
    assert not process.alive, "nobody has asked for it yet"
    maps = Path(f"/proc/{begun.process.pid}/maps")
    if maps.exists():
        qtbot.waitUntil(lambda: "libtorch" in maps.read_text(), timeout=LONG)
    process.start(1)
    assert process.pid == begun.process.pid
    assert heard(process, qtbot, Ready).device in ("cpu", "cuda", "mps")
    first = process.pid
    process.kill()
    process.start(1)
    assert process.pid not in (None, first)
    process.stop()


def test_it_is_begun_before_the_window_is_imported() -> None:
    code = (
        "import sys, tryon_app.model.opening; print([one for one in ('torch', 'PySide6.QtGui') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_its_death_is_explained(process: EngineProcess, qtbot: QtBot) -> None:
    process.send(Request(1, ReadVocabulary()))
    heard(process, qtbot, Done)
    with qtbot.waitSignal(process.died, timeout=LONG) as died:
        os.kill(process.pid or 0, signal.SIGKILL)
    assert died.args[0].code == -signal.SIGKILL
    assert "SIGKILL" in str(died.args[0].fault)
    assert not process.alive
    process.start(1)
    process.send(Request(2, ReadVocabulary()))
    heard(process, qtbot, Done)


def test_a_crash_leaves_its_last_words(process: EngineProcess, qtbot: QtBot) -> None:
    process.send(Request(1, ReadVocabulary()))
    heard(process, qtbot, Done)
    with qtbot.waitSignal(process.died, timeout=LONG) as died:
        os.kill(process.pid or 0, signal.SIGSEGV)
    assert "SIGSEGV" in str(died.args[0].fault)
    assert "Segmentation fault" in died.args[0].details


def test_kill_is_no_death(process: EngineProcess, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(process.died, wait=300):
        process.kill()
    assert process.pid is None
