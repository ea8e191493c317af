"""The window: how soon it is seen, how soon a picture is, a cancel heard, and how late its event loop ever is.

At 768 x 1024, in the engine's own process, as a user has it: from raw photos with the pack that ships, in a new process
each time, and from photos with pose, parse and mask on untrained networks of published widths.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from tests.benchmarks.child import GIB
from tests.benchmarks.plan import Plan, Size
from tests.rendered import write_rendered_dataset

TITLE = "Window: start, first try-on, event loop"
_PERCENTILES = (50, 99, 100)
_PAIRS = 40


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row for the pack that ships, and one a width."""
    with tempfile.TemporaryDirectory() as folder:
        yield _first_pictures(Path(folder), plan.runs)
        photos = write_rendered_dataset(Path(folder) / "photos", 1, (1024, 768)) / "train"
        pairs = write_rendered_dataset(Path(folder) / "pairs", _PAIRS)
        for channels in plan.widths:
            photo_files = [next((photos / name).iterdir()) for name in ("image", "cloth")]
            found = probed("window_probe", home_of(Path(folder), channels), *photo_files, pairs)
            late = {phase: _percentiles(values) for phase, values in found.pop("late").items()}
            yield {"case": f"width {channels}", "channels": channels, "late": late} | found


def _first_pictures(folder: Path, runs: int) -> dict[str, Any]:
    """Medians of so many cold starts, after one that fills the system's caches."""
    with as_file(files("resources") / "samples") as samples:
        photos = [shutil.copy(samples / name, folder) for name in ("people/woman.jpg", "garments/tee.jpg")]
    found = [probed("window_probe", folder / "home-shipped", *photos) for _ in range(runs + 1)][1:]
    late = {phase: [one for run in found for one in run["late"][phase]] for phase in found[0]["late"]}
    row = {name: median(run[name] for run in found) for name in found[0] if name != "late"}
    late_row = {phase: _percentiles(values) for phase, values in late.items()}
    return {"case": "default pack, raw photos", "channels": "default pack", "late": late_row, "cancel": {}} | row


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
            "network": str(row["channels"]),
            "window seen": f"{row['shown']:.2f} s",
            "torch ready": f"{row['torch']:.1f} s",
            "draft": f"{row['draft']:.1f} s" if "draft" in row else "",
            "picture": f"{row['result']:.2f} s",
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
    if not cancels:
        return ""
    stage = max(cancels, key=cancels.__getitem__)
    return f"{cancels[stage]:.2f} s ({stage})"
