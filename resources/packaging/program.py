"""Where both programs of the bundle begin: `tryon-app`, and beside it `tryon`, told apart by the file's name."""

import multiprocessing
import sys
from pathlib import Path


def main() -> None:
    """Children of the batch and of the engine begin here too; `freeze_support` takes them where they belong."""
    multiprocessing.freeze_support()
    if Path(sys.executable).stem == "tryon":
        from engine.cli import main as begin
    else:
        from tryon_app.__main__ import main as begin
    begin()


if __name__ == "__main__":
    main()
