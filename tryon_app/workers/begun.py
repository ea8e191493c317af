"""A process of the engine from its first moment: it imports PyTorch, and waits to be asked.

Nothing of Qt is imported here, so that it can be begun before the window's own modules are.
"""

import multiprocessing
import os
import secrets
from pathlib import Path

from tryon_app.workers.child import serve
from tryon_app.workers.sharing import PREFIX


class Begun:
    """The process, this side of its pipe, and with what the names of shared arrays begin, each way.

    log: the file that gets what it would write to its standard error.
    """

    def __init__(self, log: Path) -> None:
        context = multiprocessing.get_context("spawn")
        prefix = f"{PREFIX}-{os.getpid()}-{secrets.token_hex(3)}"
        self.to_window, self.to_engine = f"{prefix}-e", f"{prefix}-w"
        self.connection, other = context.Pipe()
        self.process = context.Process(
            target=serve, args=(other, self.to_window, str(log)), name="tryon engine", daemon=True
        )
        self.process.start()
        other.close()
