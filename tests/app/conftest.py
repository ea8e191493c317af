"""The window's tests run without a display and must leave nothing behind: no process, no thread, no timer."""

import gc
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from tests.app.window.forked import server
from tests.conftest import ROOT
from tryon_app.workers import commands

# before the first QApplication; OpenCV sets the other two when it is imported
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(_name, None)

_PATIENCE = 60.0  # seconds, on a machine as busy as it likes


def children() -> set[int]:
    """Child processes but multiprocessing's own helpers, which live as long as the tests."""
    found = psutil.Process().children(recursive=True)
    return {child.pid for child in found if _is_ours(child)}


def _is_ours(child: psutil.Process) -> bool:
    try:
        helper = child.pid == server() or "resource_tracker" in " ".join(child.cmdline())
        return child.status() != psutil.STATUS_ZOMBIE and not helper
    except psutil.NoSuchProcess:
        return False


def running(kind: type[QObject]) -> list[Any]:
    """Timers that tick and threads that run."""
    alive: list[Any] = [one for one in gc.get_objects() if issubclass(type(one), kind)]  # torch's warn when asked more
    found = []
    for one in alive:
        try:
            if one.isActive() if isinstance(one, QTimer) else one.isRunning():
                found.append(one)
        except RuntimeError:  # its C++ half is gone
            continue
    return found


def leftovers(before: set[int], threads: set[threading.Thread]) -> list[str]:
    """What runs now and did not run before."""
    found = [f"process {pid}" for pid in children() - before]
    found += [f"thread {one.name}" for one in set(threading.enumerate()) - threads if not isinstance(one, _Dummy)]
    found += [f"QThread {one!r}" for one in running(QThread)]
    found += [f"QTimer of {one.parent()!r}" for one in running(QTimer) if one.interval() > 0 and not one.isSingleShot()]
    return found


_Dummy = threading._DummyThread  # what Python calls a QThread that it has seen


@pytest.fixture(scope="session", autouse=True)
def even_font(qapp: QApplication) -> None:
    """Text has the same widths whatever fonts are installed, also where there are none (`tests.tools.even_font`)."""
    number = QFontDatabase.addApplicationFont(str(ROOT / "tests" / "data" / "even.ttf"))
    assert QFontDatabase.applicationFontFamilies(number) == ["Even"]
    qapp.setFont(QFont("Even", 9))


@pytest.fixture(scope="session", autouse=True)
def as_important() -> Iterator[None]:
    """Trainings are as important as the tests: one that steps back gets no turn on a machine that others keep busy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "NICE", 0)
        yield


@pytest.fixture(autouse=True)
def own_garbage() -> Iterator[None]:
    """Widgets that are garbage go on this thread, as in the window (`tryon_app.views.common.garbage`)."""
    gc.disable()
    yield
    gc.collect(0)  # all that was made meanwhile
    gc.enable()


@pytest.fixture
def nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test when a process, thread or timer outlives it."""
    before, threads = children(), set(threading.enumerate())
    yield
    until = time.monotonic() + _PATIENCE
    while (found := leftovers(before, threads)) and time.monotonic() < until:
        if (app := QCoreApplication.instance()) is not None:
            app.sendPostedEvents(None, 0)
            app.processEvents()
        gc.collect()
        time.sleep(0.05)
    assert not found, "left behind: " + ", ".join(found)
