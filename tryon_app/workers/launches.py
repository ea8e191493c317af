"""Folders that a child process fills: how it was started, and a list in it that grows."""

import contextlib
import json
from pathlib import Path
from typing import Any

LAUNCH = "launch.json"  # how the window started the process, so that it can go on in the same way


class Tail:
    """The lines a file has grown by since the last look; a file that is not there has none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._rest = b""

    def all_lines(self) -> list[str]:
        """Every new whole line; half a line waits for its rest."""
        with contextlib.suppress(OSError):
            if self._path.stat().st_size < self._offset:
                self._offset, self._rest = 0, b""
            with self._path.open("rb") as file:
                file.seek(self._offset)
                data = file.read()
            self._offset += len(data)
            *lines, self._rest = (self._rest + data).split(b"\n")
            return [line.decode("utf-8", "replace") for line in lines]
        return []


def write_launch(folder: Path, launch: dict[str, Any]) -> None:
    """Note how a process is started. OSError where that cannot be written."""
    from engine.system.files import atomic_path

    with atomic_path(folder / LAUNCH) as temporary:
        temporary.write_text(json.dumps(launch, indent=1) + "\n", encoding="utf-8")


def read_launch(folder: Path) -> dict[str, Any]:
    """What `write_launch` noted; empty where nothing was, or it cannot be read."""
    return read_table(folder / LAUNCH)


def read_table(path: Path) -> dict[str, Any]:
    """The JSON object in a file; empty where there is none."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return table if isinstance(table, dict) else {}
