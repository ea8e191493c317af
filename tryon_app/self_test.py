"""`tryon-app --self-test`: does this installation work? Asks the programs and files it has, and needs no screen."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tryon_app.workers.commands import command_line

BAD = ("NOT USABLE", "NOT WRITABLE", "could not be found out")
"""What `tryon doctor` writes where something does not work."""
_PATIENCE = 900  # seconds; a slow machine hashes large packs


def run(options: argparse.Namespace) -> int:
    """Print the report of `tryon doctor` and the outcome of each part; 0 where all work, else 1.

    All in a home of its own: what the user keeps stays as it is, and a pack of theirs that is broken does not make the
    installation broken (`tryon doctor` tells of it).
    """
    with tempfile.TemporaryDirectory(prefix="tryon-self-test-", ignore_cleanup_errors=True) as folder:
        os.environ["TRYON_HOME"] = str(Path(folder) / "home")
        passed = _tell("weights and devices", _look_around())
        passed = _tell("translations and a try-on of the samples", _try_on(options, Path(folder) / "out")) and passed
    _say("self-test: passed" if passed else "self-test: FAILED")
    return 0 if passed else 1


def _look_around() -> str:
    """What is wrong with weights, devices and folders; empty where nothing is."""
    try:
        done = subprocess.run(command_line(["doctor"]), capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    report = done.stdout.decode("utf-8", "replace")
    _say(report)
    if done.returncode:
        return done.stderr.decode("utf-8", "replace") or f"`tryon doctor` ended with {done.returncode}"
    return "; ".join(line.strip() for line in report.splitlines() if any(word in line for word in BAD))


def _try_on(options: argparse.Namespace, folder: Path) -> str:
    """What is wrong with the window, its languages or its engine; empty where nothing is."""
    from tryon_app.model.opening import begin_engine
    from tryon_app.views.window.application import Application

    options.samples, options.offscreen = True, str(folder)
    try:
        application = Application(options, begin_engine())
        for code in ("ko", "en"):
            application.language.choose(code)
    except RuntimeError as error:
        return str(error)
    ended = application.run()
    return "" if ended == 0 and (folder / "result.png").is_file() else "no picture was made"


def _tell(part: str, trouble: str) -> bool:
    _say(f"{part}: {trouble or 'ok'}")
    return not trouble


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
