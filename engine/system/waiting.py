"""How threads wait for each other: briefly awake, then asleep.

The OpenMP libraries that PyTorch computes with let a thread that waits spin for milliseconds: on an idle machine that
saves waking it up, but beside any other busy process every spinning thread takes the core that the one it waits for
needs, and a picture takes ten times its time. They read their settings once, when they are loaded.
"""

import os
import sys
from collections.abc import MutableMapping

SETTINGS = {
    "OMP_WAIT_POLICY": "PASSIVE",
    "GOMP_SPINCOUNT": "5000",  # GNU's, of Linux: some ten microseconds, chosen by the table in RESEARCHERS.md
    "KMP_BLOCKTIME": "0",  # LLVM's and Intel's, of macOS and Windows: milliseconds
}
ALONE = ("OPENBLAS_NUM_THREADS", "1")
"""NumPy's own threads spin whatever is said; for the few small systems of equations here they do nothing else."""


def wait_asleep(environment: MutableMapping[str, str] | None = None) -> None:
    """Say so in the environment (this process's when None), before PyTorch is loaded; what a user has set, stays.

    For programs only: who uses `engine` as a library decides it for themselves. Processes that are started later
    inherit it.
    """
    place = os.environ if environment is None else environment
    if environment is None and "torch" in sys.modules:
        return  # too late for this process, and what it starts may be somebody else's
    place.setdefault(*ALONE)
    if not any(name in place for name in SETTINGS):
        place.update(SETTINGS)
