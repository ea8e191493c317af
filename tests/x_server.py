"""An X server that nobody sees, and a hand on its mouse and keyboard: Xvfb and xdotool."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def x_server(width: int, height: int) -> Iterator[str]:
    """The name of a display of this size, on a number that is free."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def xdotool(display: str, *words: object) -> str:
    """What xdotool answers."""
    command = ["xdotool", *map(str, words)]
    return subprocess.run(command, env=dict(os.environ) | {"DISPLAY": display}, capture_output=True, text=True).stdout
