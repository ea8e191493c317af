"""The queue: order, one at a time, cancelling with and without force, and what happens when the process dies."""

from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from tests.app.fake_process import FakeProcess
from tryon_app.model.faults import fault
from tryon_app.model.jobs import JobQueue, Later, Priority
from tryon_app.workers.requests import AsideTask, FileTask, Task


@dataclass(frozen=True)
class Compute(Task[int, int]):
    n: int = 0


@dataclass(frozen=True)
class Aside(AsideTask[int, int]):
    pass


@dataclass(frozen=True)
class Read(FileTask[int, int]):
    pass


KILLED = fault("death.signal", name="SIGKILL")


@pytest.fixture
def process(qapp: object) -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def queue(process: FakeProcess) -> JobQueue:
    queue = JobQueue(process)
    queue.start()
    return queue


def test_files_are_read_at_once_and_nothing_is_computed_before_torch_is_there(
    queue: JobQueue, process: FakeProcess
) -> None:
    compute, read = queue.submit(Compute()), queue.submit(Read())
    assert (compute.state, read.state) == ("queued", "running")
    process.ready()
    assert compute.state == "running"


def test_one_computes_at_a_time_and_the_user_comes_first(queue: JobQueue, process: FakeProcess) -> None:
    process.ready()
    first = queue.submit(Compute())
    soon = queue.submit(Compute(), priority=Priority.SOON)
    user = queue.submit(Compute())
    assert [first.state, soon.state, user.state] == ["running", "queued", "queued"]
    process.done(Compute, 1)
    assert [first.state, user.state, soon.state] == ["done", "running", "queued"]


def test_what_is_short_is_computed_beside_another(queue: JobQueue, process: FakeProcess) -> None:
    short = [queue.submit(Aside()), queue.submit(Aside())]
    assert short[0].state == "queued", "it needs torch too"
    process.ready()
    long = [queue.submit(Compute()), queue.submit(Compute())]
    assert [job.state for job in (*short, *long)] == ["running", "queued", "running", "queued"]
    process.done(Aside, 1)
    assert [job.state for job in (*short, *long)] == ["done", "running", "running", "queued"]


def test_what_is_computed_beside_a_job_that_is_killed_is_done_again(
    queue: JobQueue, process: FakeProcess, qtbot: QtBot
) -> None:
    process.ready()
    long, short = queue.submit(Compute()), queue.submit(Aside())
    short.cancel()
    qtbot.waitUntil(lambda: process.kills == 1)
    assert (long.state, short.state) == ("queued", "cancelled")
    process.ready()
    assert long.state == "running"


def test_idle_work_gives_way_and_is_not_killed_for_it(queue: JobQueue, process: FakeProcess) -> None:
    process.ready()
    idle = queue.submit(Compute(), priority=Priority.IDLE)
    user = queue.submit(Compute())
    assert process.cancels() == [idle.id]
    assert process.kills == 0
    process.cancelled(Compute)
    assert (idle.state, user.state) == ("cancelled", "running")


def test_answers_reach_their_callbacks(queue: JobQueue, process: FakeProcess) -> None:
    got: list[object] = []
    process.ready()
    job = queue.submit(Compute(), on_done=got.append, on_part=lambda name, data: got.append((name, data)))
    process.progress(Compute, "warp", 0.5)
    assert (job.stage, job.progress) == ("warp", 0.5)
    process.part(Compute, "warp", 7)
    process.done(Compute, 8)
    assert got == [("warp", 7), 8]
    failing = queue.submit(Compute(), on_failed=lambda fault, details: got.append(str(fault)))
    process.failed(Compute, "No.")
    assert got[-1] == "No."
    assert failing.state == "failed"


def test_time_left_follows_from_the_share_done(queue: JobQueue, process: FakeProcess) -> None:
    process.ready()
    job = queue.submit(Compute())
    assert job.seconds_left is None
    process.progress(Compute, "warp", 0.5)
    before, left, after = job.seconds, job.seconds_left, job.seconds
    assert left is not None
    assert before <= left <= after, "as long again as the first half took"


def test_a_task_can_be_made_when_the_job_begins(queue: JobQueue, process: FakeProcess) -> None:
    known = {"value": 1}
    job = queue.submit(Later(Compute, lambda: Compute(known["value"])))
    assert job.kind is Compute
    known["value"] = 2
    process.ready()
    assert process.last(Compute).task == Compute(2)


def test_cancelling_a_waiting_job_costs_nothing(queue: JobQueue, process: FakeProcess) -> None:
    job = queue.submit(Compute())
    job.cancel()
    assert job.state == "cancelled"
    process.ready()
    assert process.said == []


def test_a_job_that_stops_by_itself_is_not_killed(queue: JobQueue, process: FakeProcess, qtbot: QtBot) -> None:
    process.ready()
    job = queue.submit(Compute())
    job.cancel()
    process.cancelled(Compute)
    qtbot.wait(700)
    assert (job.state, process.kills) == ("cancelled", 0)


def test_a_job_that_does_not_stop_takes_the_process_with_it(
    queue: JobQueue, process: FakeProcess, qtbot: QtBot
) -> None:
    process.ready()
    job, reading = queue.submit(Compute()), queue.submit(Read())
    with qtbot.waitSignal(queue.ended):
        job.cancel()
    assert (job.state, process.kills, process.started) == ("cancelled", 1, 2)
    assert reading.state == "running"
    assert len(process.requests(Read)) == 2, "files are read again in the next process"


def test_a_part_of_a_cancelled_job_is_not_handed_on(queue: JobQueue, process: FakeProcess) -> None:
    got: list[str] = []
    process.ready()
    job = queue.submit(Compute(), on_part=lambda name, _: got.append(name), on_done=lambda _: got.append("done"))
    job.cancel()
    process.part(Compute, "warp", 1)
    process.done(Compute, 1)
    assert (got, job.state) == ([], "cancelled")


def test_death_fails_the_job_with_the_reason_and_starts_again(
    queue: JobQueue, process: FakeProcess, qtbot: QtBot
) -> None:
    process.ready()
    job, reading = queue.submit(Compute()), queue.submit(Read())
    with qtbot.waitSignal(queue.died) as died:
        process.die()
    assert died.args == [KILLED, "last words"]
    assert (job.state, job.fault) == ("failed", KILLED)
    assert (reading.state, process.started) == ("running", 2)


def test_a_file_that_kills_the_process_twice_is_not_tried_a_third_time(queue: JobQueue, process: FakeProcess) -> None:
    reading = queue.submit(Read())
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
    jobs = [queue.submit(Compute()), queue.submit(Read())]
    queue.stop()
    assert [job.state for job in jobs] == ["cancelled", "cancelled"]
    assert not process.alive
