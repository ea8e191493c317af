"""Who collects Python's garbage in the window."""

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tryon_app.views.common.garbage import Garbage


class Dialog:
    """As a closed one is: it refers to itself, so that only a collector finds it. Says where that was."""

    where: ClassVar[set[threading.Thread]] = set()

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.where.add(threading.current_thread())


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    parent = QObject()
    gc.enable()
    yield Garbage(parent)
    gc.unfreeze()
    gc.enable()


def test_what_is_closed_goes_on_the_windows_thread_whoever_is_busy(garbage: Garbage, qtbot: QtBot) -> None:
    done = threading.Event()

    def busy() -> None:
        while not done.is_set():
            [[number] for number in range(2000)]

    Dialog.where.clear()
    reader = threading.Thread(target=busy)
    reader.start()
    try:
        for _ in range(100):
            Dialog()
            qtbot.wait(1)
        qtbot.waitUntil(lambda: bool(Dialog.where), timeout=30_000)
    finally:
        done.set()
        reader.join()
    assert Dialog.where == {threading.current_thread()}


def test_what_was_there_before_the_window_is_not_looked_through(garbage: Garbage) -> None:
    assert gc.get_freeze_count() > 10_000
    assert not gc.isenabled()
