"""Where both programs of the bundle begin: `tryon-app`, and beside it `tryon`, told apart by the file's name."""

import multiprocessing
import os
import sys
from pathlib import Path


def main() -> None:
    """Children of the batch and of the engine begin here too; `freeze_support` takes them where they belong."""
    _give_streams()
    _read_words()
    multiprocessing.freeze_support()
    if Path(sys.executable).stem == "tryon":
        from engine.cli import main as begin
    else:
        from tryon_app.__main__ import main as begin
    begin()


def _read_words() -> None:
    """A training on several devices starts its other processes as Python would: program, script, words."""
    if sys.argv[1:2] == [sys.executable]:
        del sys.argv[1]


def _give_streams() -> None:
    """A program without a console has none on Windows, and what is said there goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


if __name__ == "__main__":
    main()
