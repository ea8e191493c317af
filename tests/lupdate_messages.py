"""The engine's sentences as Python that lupdate reads, since they stand in a table: see `make translations`."""

import sys
from pathlib import Path

from engine.messages import SENTENCES

CONTEXT = "Fault"


def write(path: Path) -> Path:
    """One line a sentence, in the table's order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"QT_TRANSLATE_NOOP({CONTEXT!r}, {sentence!r})\n" for sentence in dict.fromkeys(SENTENCES.values())]
    path.write_text("".join(lines), encoding="utf-8")
    return path


if __name__ == "__main__":
    write(Path(sys.argv[1]))
