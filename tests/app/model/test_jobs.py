"""The queue: order, one at a time, cancelling with and without force, and what happens when the process dies."""

import pytest
from pytestqt.qtbot import QtBot

from tests.app.fake_process import FakeProcess
from tryon_app.model.faults import fault
from tryon_app.model.jobs import JobQueue, Priority

KILLED = fault("death.signal", name="SIGKILL")


@pytest.fixture
def process(qapp: object) -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def queue(process: FakeProcess) -> JobQueue:
    queue = JobQueue(process, frozenset(["read"]))
    queue.start()
    return queue


def test_files_are_read_at_once_and_nothing_is_computed_before_torch_is_there(
    queue: JobQueue, process: FakeProcess
) -> None:
    compute, read = queue.submit("compute", "a", {}), queue.submit("read", "b", {})
    assert (compute.state, read.state) == ("queued", "running")
    process.ready()
    assert compute.state == "running"


def test_one_computes_at_a_time_and_the_user_comes_first(queue: JobQueue, process: FakeProcess) -> None:
    process.ready()
    first = queue.submit("compute", "first", {})
    soon = queue.submit("compute", "soon", {}, Priority.SOON)
    user = queue.submit("compute", "user", {})
    assert [first.state, soon.state, user.state] == ["running", "queued", "queued"]
    process.done("compute", 1)
    assert [first.state, user.state, soon.state] == ["done", "running", "queued"]


def test_idle_work_gives_way_and_is_not_killed_for_it(queue: JobQueue, process: FakeProcess) -> None:
    process.ready()
    idle = queue.submit("compute", "idle", {}, Priority.IDLE)
    user = queue.submit("compute", "user", {})
    assert process.cancels() == [idle.id]
    assert process.kills == 0
    process.cancelled("compute")
    assert (idle.state, user.state) == ("cancelled", "running")


def test_answers_reach_their_callbacks(queue: JobQueue, process: FakeProcess) -> None:
    got: list[object] = []
    process.ready()
    job = queue.submit("compute", "", {}, on_done=got.append, on_part=lambda name, data: got.append((name, data)))
    process.progress("compute", "warp", 0.5)
    assert (job.stage, job.progress) == ("warp", 0.5)
    process.part("compute", "warp", 7)
    process.done("compute", 8)
    assert got == [("warp", 7), 8]
    failing = queue.submit("compute", "", {}, on_failed=lambda fault, details: got.append(str(fault)))
    process.failed("compute", "No.")
    assert got[-1] == "No."
    assert failing.state == "failed"


def test_time_left_follows_from_the_share_done(queue: JobQueue, process: FakeProcess) -> None:
    process.ready()
    job = queue.submit("compute", "", {})
    assert job.seconds_left is None
    process.progress("compute", "warp", 0.5)
    before, left, after = job.seconds, job.seconds_left, job.seconds
    assert left is not None
    assert before <= left <= after, "as long again as the first half took"


def test_a_payload_can_be_made_when_the_job_begins(queue: JobQueue, process: FakeProcess) -> None:
    known = {"value": 1}
    queue.submit("compute", "", lambda: dict(known))
    known["value"] = 2
    process.ready()
    assert process.last("compute").payload == {"value": 2}


def test_cancelling_a_waiting_job_costs_nothing(queue: JobQueue, process: FakeProcess) -> None:
    job = queue.submit("compute", "", {})
    job.cancel()
    assert job.state == "cancelled"
    process.ready()
    assert process.said == []


def test_a_job_that_stops_by_itself_is_not_killed(queue: JobQueue, process: FakeProcess, qtbot: QtBot) -> None:
    process.ready()
    job = queue.submit("compute", "", {})
    job.cancel()
    process.cancelled("compute")
    qtbot.wait(700)
    assert (job.state, process.kills) == ("cancelled", 0)


def test_a_job_that_does_not_stop_takes_the_process_with_it(
    queue: JobQueue, process: FakeProcess, qtbot: QtBot
) -> None:
    process.ready()
    job, reading = queue.submit("compute", "", {}), queue.submit("read", "", {})
    with qtbot.waitSignal(queue.ended):
        job.cancel()
    assert (job.state, process.kills, process.started) == ("cancelled", 1, 2)
    assert reading.state == "running"
    assert len(process.requests("read")) == 2, "files are read again in the next process"


def test_a_part_of_a_cancelled_job_is_not_handed_on(queue: JobQueue, process: FakeProcess) -> None:
    got: list[str] = []
    process.ready()
    job = queue.submit(
        "compute", "", {}, on_part=lambda name, _: got.append(name), on_done=lambda _: got.append("done")
    )
    job.cancel()
    process.part("compute", "warp", 1)
    process.done("compute", 1)
    assert (got, job.state) == ([], "cancelled")


def test_death_fails_the_job_with_the_reason_and_starts_again(
    queue: JobQueue, process: FakeProcess, qtbot: QtBot
) -> None:
    process.ready()
    job, reading = queue.submit("compute", "", {}), queue.submit("read", "", {})
    with qtbot.waitSignal(queue.died) as died:
        process.die()
    assert died.args == [KILLED, "last words"]
    assert (job.state, job.fault) == ("failed", KILLED)
    assert (reading.state, process.started) == ("running", 2)


def test_a_file_that_kills_the_process_twice_is_not_tried_a_third_time(queue: JobQueue, process: FakeProcess) -> None:
    reading = queue.submit("read", "", {})
    process.die()
    process.die()
    assert reading.state == "failed"


def test_it_gives_up_after_three_deaths(queue: JobQueue, process: FakeProcess, qtbot: QtBot) -> None:
    process.die()
    process.die()
    with qtbot.waitSignal(queue.gave_up):
        process.die()
    assert process.started == 3
    queue.restart()
    assert process.started == 4


def test_stop_cancels_everything(queue: JobQueue, process: FakeProcess) -> None:
    jobs = [queue.submit("compute", "", {}), queue.submit("read", "", {})]
    queue.stop()
    assert [job.state for job in jobs] == ["cancelled", "cancelled"]
    assert not process.alive
