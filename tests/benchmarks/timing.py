"""Wall-clock time of calls that take turns, so that whatever else the machine does meets all of them alike."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Call = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """Seconds of each run, in order: on the clock, and of all cores together, which other programs disturb less."""

    runs: tuple[float, ...]
    cores: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    def as_row(self) -> dict[str, float]:
        """For JSON: the median, the first run (nothing warmed up for this size), the quickest and their number."""
        row = {"seconds": self.median, "first": self.runs[0], "best": min(self.runs), "runs": len(self.runs)}
        return row | ({"core_seconds": statistics.median(self.cores)} if self.cores else {})


def seconds(call: Call) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def interleaved(calls: Mapping[str, tuple[Call, int]]) -> dict[str, Times]:
    """Times of calls named with how often each is run: one after the other, and again from the first."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    cores: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(max(runs for _, runs in calls.values())):
        for name, (call, runs) in calls.items():
            if turn < runs:
                begin = time.process_time()
                taken[name].append(seconds(call))
                cores[name].append(time.process_time() - begin)
    return {name: Times(tuple(found), tuple(cores[name])) for name, found in taken.items()}
