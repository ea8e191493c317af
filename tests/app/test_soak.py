"""Hours of use, of which none may take more memory, threads, files or processes than the one before."""

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import psutil
import pytest

from tests.app.test_kills import Storm, family_of, pairs, read_lines
from tests.app.window.conftest import people, tiny_pack

__all__ = ["pairs", "people", "tiny_pack"]

MINUTES = float(os.environ.get("SOAK_MINUTES", "120"))
_WARM = 1 / 3  # of that, in which caches fill, and the history its 200 entries
_LATE = 1 / 6  # of that, at whose two ends what is left is compared
_GROWTH = 1.05
_CACHE = 64  # MB, so that it is full soon
_PAUSE = 5.0  # seconds between two looks
_SHARED = Path("/dev/shm")


@dataclass(frozen=True)
class Look:
    """What the window and its engine hold: bytes, threads, open files, processes, segments of shared memory."""

    window: int
    engine: int
    threads: int
    files: int
    processes: int
    segments: int


def look(window: psutil.Popen) -> Look:
    family = family_of(window)
    engine = max(family, key=lambda one: one.memory_info().rss)
    both = (window, engine)
    return Look(
        window.memory_info().rss,
        engine.memory_info().rss,
        sum(one.num_threads() for one in both),
        sum(one.num_fds() for one in both),
        len(family),
        len(list(_SHARED.glob(f"tryon-{window.pid}-*"))),
    )


def looks(window: psutil.Popen, seconds: float, log: Path) -> Iterator[Look]:
    """One after the other, each also a line of `log`."""
    start = time.monotonic()
    while (past := time.monotonic() - start) < seconds:
        found = look(window)
        with log.open("a") as file:
            file.write(" ".join(map(str, (round(past), *astuple(found)))) + "\n")
        yield found
        time.sleep(_PAUSE)


def middle(found: list[Look]) -> Look:
    return Look(*(round(statistics.median(column)) for column in zip(*map(astuple, found), strict=True)))


@pytest.mark.slow
@pytest.mark.timeout(MINUTES * 60 + 1800)
def test_use_without_end_takes_no_more(tmp_path: Path, people: Path, tiny_pack: Path, pairs: Path) -> None:
    one = Storm(tmp_path, people, tiny_pack, pairs)
    (one.home / "settings.ini").write_text(f"[engine]\ncache_mb={_CACHE}\n")
    try:
        with one.window() as (window, journal):
            one.finish_batch()
            found = list(looks(window, 60 * MINUTES, tmp_path / "looks.txt"))
            things = len(read_lines(journal))
            one.end_window(window, journal)
    finally:
        one.kill_trainers()
    warm = found[round(_WARM * len(found)) :]
    late = max(1, round(_LATE * len(found)))
    before, after = middle(warm[:late]), middle(warm[-late:])
    growth = {one.name: (getattr(before, one.name), getattr(after, one.name)) for one in fields(Look)}
    for name, (first, last) in growth.items():
        assert last <= _GROWTH * first + (name == "segments"), (name, growth)
    assert things > 10 * MINUTES, "it was used"
