"""What begins before the window's own modules are imported, which takes half as long as importing PyTorch beside it."""

import sys

from tryon_app.model import places
from tryon_app.workers.begun import Begun

__all__ = ["Begun", "begin_engine"]


def begin_engine() -> Begun:
    """The engine's process. Ends the program with a sentence where nothing can be kept."""
    fault = places.prepare()
    if fault is not None:
        sys.exit(f"tryon-app: {fault}")
    return Begun(places.engine_log())
