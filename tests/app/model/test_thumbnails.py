"""Small pictures are read when they are asked for, and only so many of them are kept."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.fake_process import FakeProcess
from tryon_app.model.jobs import JobQueue
from tryon_app.model.thumbnails import Thumbnails
from tryon_app.workers import requests

SMALL = np.zeros((4, 3, 3), np.uint8)


@pytest.fixture
def process() -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def thumbnails(process: FakeProcess, qtbot: QtBot) -> Thumbnails:
    queue = JobQueue(process)
    queue.start()
    found = Thumbnails(queue, 16, 3)
    queue.setParent(found)
    return found


def test_a_picture_is_read_once_at_the_size_of_its_place(
    thumbnails: Thumbnails, process: FakeProcess, qtbot: QtBot
) -> None:
    assert thumbnails.get("/a") is None
    assert thumbnails.get("/a") is None
    assert thumbnails.get("/b") is None
    qtbot.waitUntil(lambda: bool(process.requests(requests.Thumbnails)))
    assert [one.task for one in process.requests(requests.Thumbnails)] == [requests.Thumbnails(("/a", "/b"), 16)]
    with qtbot.waitSignal(thumbnails.there) as there:
        process.part(requests.Thumbnails, "/a", SMALL)
    assert there.args == ["/a"]
    assert thumbnails.get("/a") is SMALL


def test_the_longest_unused_is_forgotten(thumbnails: Thumbnails, process: FakeProcess) -> None:
    for path in "abc":
        thumbnails.put(path, SMALL)
    thumbnails.get("a")
    thumbnails.put("d", SMALL)
    assert len(thumbnails) == 3
    assert thumbnails.get("a") is SMALL
    assert thumbnails.get("b") is None, "it is read again"


def test_a_picture_that_comes_when_it_is_no_longer_wanted_is_one_of_so_many(
    thumbnails: Thumbnails, process: FakeProcess
) -> None:
    for number in range(20):
        thumbnails.get(str(number))
    for number in range(20):
        thumbnails.put(str(number), SMALL)
    assert len(thumbnails) == 3


def test_another_picture_at_the_same_place_is_read_again(
    thumbnails: Thumbnails, process: FakeProcess, qtbot: QtBot
) -> None:
    thumbnails.put("/a", SMALL)
    thumbnails.drop("/a")
    thumbnails.drop("/never seen")
    assert thumbnails.get("/a") is None
    qtbot.waitUntil(lambda: len(process.requests(requests.Thumbnails)) == 1)
