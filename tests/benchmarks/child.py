"""Work in a process of its own, whose peak memory is that of the work: `python -m tests.benchmarks.child WORK ...`."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

GIB = 2**30


def peak_bytes() -> int:
    """The most memory this process has held so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # not getrusage: on Linux its maximum goes on from that of the process that started this one
        lines = status.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes, as macOS counts


def in_child(work: str, runs: int = 0, **arguments: Any) -> dict[str, float]:
    """Bytes `imported` (after importing torch), `loaded` (with the network) and `peak` of `work` in a new process.

    runs: how often it is done again, for the median of its `seconds` and `core_seconds`.
    """
    command = [sys.executable, "-m", "tests.benchmarks.child", work, json.dumps(arguments), str(runs)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{work} {arguments} ended with {done.returncode}: too little memory?")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(work: str, arguments: dict[str, Any], runs: int = 0) -> dict[str, float]:
    """Prepare the work, do it once, and note the memory in between; then do it `runs` times and note the time."""
    from tests.benchmarks import works
    from tests.benchmarks.timing import interleaved

    imported = peak_bytes()
    prepare: Callable[..., Callable[[], object]] = works.WORKS[work]
    run = prepare(**arguments)
    loaded = peak_bytes()
    run()
    found: dict[str, float] = {"imported": imported, "loaded": loaded, "peak": peak_bytes()}
    return found | (interleaved({work: (run, runs)})[work].as_row() if runs else {})


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]))))
