"""The window: how soon it is seen, how soon a picture is, a cancel heard, and how late its event loop ever is.

Published widths at 1024 x 768, untrained, in the engine's own process, as a user has it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.child import GIB
from tests.benchmarks.plan import Plan, Size
from tests.rendered import write_rendered_dataset

TITLE = "Window: start, first try-on, event loop"
_PERCENTILES = (50, 99, 100)
_PAIRS = 40


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a width."""
    with tempfile.TemporaryDirectory() as folder:
        photos = write_rendered_dataset(Path(folder) / "photos", 1, (1024, 768)) / "train"
        pairs = write_rendered_dataset(Path(folder) / "pairs", _PAIRS)
        for channels in plan.widths:
            files = [next((photos / name).iterdir()) for name in ("image", "cloth")]
            found = probed("window_probe", home_of(Path(folder), channels), *files, pairs)
            late = {phase: _percentiles(values) for phase, values in found.pop("late").items()}
            yield {"case": f"width {channels}", "channels": channels, "late": late} | found


def home_of(folder: Path, channels: int, size: Size = (1024, 768)) -> Path:
    """A user data folder with a pack of that width, made in a process of its own to keep this one small."""
    home = folder / f"home-{channels}"
    code = (
        "from pathlib import Path; from engine.weights import write_pack; from tests.packs import narrow_networks; "
        f"write_pack(Path({str(home / 'weights' / 'default')!r}), 'default', narrow_networks(width={channels}), '1', "
        f"'none', ({size},), 'filled, not trained')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    return home


def probed(probe: str, home: Path, *arguments: object) -> dict[str, Any]:
    """What a probe of the window finds in a process of its own, with the pack in `home`."""
    command = [sys.executable, "-m", f"tests.benchmarks.{probe}", *map(str, arguments)]
    environment = os.environ | {"TRYON_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _percentiles(late: list[float]) -> dict[str, float]:
    """Milliseconds that the event loop was late; it is asked every 5."""
    return {str(share): float(np.percentile(late, share)) for share in _PERCENTILES} if late else {}


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print: seconds since the process was started, milliseconds of lateness."""
    return [
        {
            "width": str(row["channels"]),
            "window seen": f"{row['shown']:.2f} s",
            "torch ready": f"{row['torch']:.1f} s",
            "draft": f"{row.get('draft', float('nan')):.1f} s",
            "picture": f"{row['result']:.1f} s",
            "late, torch loads (99 %, worst)": _late(row, "torch"),
            "late, try-on (99 %, worst)": _late(row, "try_on"),
            "late, a child trains (99 %, worst)": _late(row, "training"),
            "slowest cancel": _slowest(row["cancel"]),
            "window": f"{row['window_memory'] / GIB:.2f} GiB",
            "engine": f"{row['engine_memory'] / GIB:.2f} GiB",
        }
        for row in rows
    ]


def _late(row: dict[str, Any], phase: str) -> str:
    late = row["late"][phase]
    return f"{late['99']:.0f} ms, {late['100']:.0f} ms" if late else ""


def _slowest(cancels: dict[str, float]) -> str:
    """The longest of all stages, and at which it was."""
    stage = max(cancels, key=cancels.__getitem__)
    return f"{cancels[stage]:.2f} s ({stage})"
